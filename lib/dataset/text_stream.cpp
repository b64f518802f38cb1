#include "dataset/compressed_bytes.hpp"
#include "dataset/csv_escapes.hpp"
#include "dataset/csv_structure.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/read_ahead.hpp"
#include "dataset/table_stream.hpp"
#include "dataset/text_encoding.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <optional>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_magic_bytes = 16;
constexpr std::size_t k_most_before = std::size_t{64} << 10U;

/// The bytes of a file as they are read; shows them to the tap.
class FileBytes final : public ByteStream {
public:
  FileBytes(const Source& source, std::function<void(std::string_view)> tap, std::uint64_t size,
            std::atomic<std::uint64_t>& done)
      : source_(source), tap_(std::move(tap)), size_(size), done_(done),
        file_(source.path, std::ios::binary) {}

  std::size_t read(std::span<char> room) override {
    file_.read(room.data(), static_cast<std::streamsize>(room.size()));
    const auto count = static_cast<std::size_t>(file_.gcount());
    if (count == 0 && (file_.bad() || done_.load() != size_)) {
      throw_changed(source_);
    }
    done_ += count;
    if (tap_ && count > 0) {
      tap_({room.data(), count});
    }
    return count;
  }

private:
  Source source_;
  std::function<void(std::string_view)> tap_;
  std::uint64_t size_;
  std::atomic<std::uint64_t>& done_;
  std::ifstream file_;
};

Compression compression_of_file(const Source& source) {
  os::InputFile file(source.path); // also the one that says why a file cannot be read
  std::array<char, k_magic_bytes> first{};
  const std::size_t count = file.read(first);
  return compression_of({first.data(), count}, source.name);
}

} // namespace

struct TextStream::State {
  State(const Source& from, const ReadOptions& given, std::size_t bytes_at_once)
      : source(from), options(given), bytes_before(std::min(k_most_before, bytes_at_once)),
        compression(compression_of_file(from)), before(os::stat_file(from.path)),
        encoding(given.format.encoding) {
    auto stored = std::make_unique<FileBytes>(source, options.tap, before ? before->size : 0, done);
    std::shared_ptr<ByteStream> bytes = unpacked(std::move(stored), compression, source.name);
    ahead.emplace(
        [bytes, bytes_at_once](TextBuffer& next) { next.added(bytes->read(next.room(bytes_at_once))); },
        bytes_before, options.threads > 1 ? ReadAhead::Threaded::yes : ReadAhead::Threaded::no);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (options.progress != nullptr) {
      options.progress->finish();
    }
  }

  Source source;
  const ReadOptions& options;
  std::size_t bytes_before; ///< room in front of what is read, for what is left of the text before
  Compression compression;
  std::optional<os::FileStat> before;
  std::optional<std::string> encoding; ///< declared, or shown by what was read
  bool byte_order_mark = false;
  bool at_end = false;
  TextBuffer buffer;          ///< text, then what is not decoded yet: the front of a UTF-8 sequence
  std::size_t text_bytes = 0; ///< in the buffer
  std::size_t first_line = 1; ///< of text
  std::optional<EscapeRewriter> escapes;
  std::atomic<std::uint64_t> done{0}; ///< bytes that were read, as they are stored
  std::optional<ReadAhead> ahead;     ///< last: it uses `done`

  [[nodiscard]] std::string_view text() const { return buffer.view().substr(0, text_bytes); }

  /// Puts the next bytes behind the text. False where there are none.
  bool fetch() {
    TextBuffer next = ahead->next();
    const bool any = !next.view().empty();
    if (next.put_in_front(buffer.view())) {
      std::swap(next, buffer);
    } else {
      buffer.add(next.view());
    }
    ahead->reuse(std::move(next));
    return any;
  }

  void show_progress() const {
    if (options.progress != nullptr) {
      options.progress->show("reading " + source.name, done.load(), before ? before->size : 0, "B", "");
    }
  }

  /// Makes text of what stands behind it, up to `end`, the end of the buffer or a few bytes before it.
  void decode(std::size_t end) {
    const std::string_view bytes = buffer.view().substr(text_bytes, end - text_bytes);
    DecodedText decoded;
    decode_text({bytes, source.name, encoding, first_line, text()}, options.threads, decoded);
    byte_order_mark = byte_order_mark || decoded.byte_order_mark;
    if (!decoded.ascii) {
      encoding = decoded.encoding;
    }
    if (!decoded.decoded.empty()) { // Latin-1
      const std::string rest(buffer.view().substr(end));
      buffer.keep(text_bytes);
      buffer.add(decoded.decoded);
      end = buffer.view().size();
      buffer.add(rest);
    } else if (decoded.text.size() < bytes.size()) { // a mark, with which the text begins
      buffer.drop(bytes.size() - decoded.text.size());
      end -= bytes.size() - decoded.text.size();
    }
    const std::size_t new_text = std::exchange(text_bytes, end);
    if (escapes) {
      escapes->rewrite(buffer.bytes().first(text_bytes), new_text);
    }
  }
};

TextStream::TextStream(const Source& source, const ReadOptions& options, std::size_t piece_bytes)
    : state_(std::make_unique<State>(source, options, piece_bytes)) {}

TextStream::~TextStream() = default;

bool TextStream::read_on() {
  State& state = *state_;
  if (state.at_end) {
    return false;
  }
  if (state.options.interrupt != nullptr) {
    state.options.interrupt->check();
  }
  state.at_end = !state.fetch();
  state.show_progress();
  const std::string_view bytes = state.buffer.view();
  const bool is_cut = !state.at_end && state.encoding != "latin-1";
  state.decode(bytes.size() - (is_cut ? incomplete_bytes(bytes.substr(state.text_bytes)) : 0));
  if (state.at_end && os::stat_file(state.source.path) != state.before) {
    throw_changed(state.source);
  }
  return true;
}

bool TextStream::at_end() const { return state_->at_end; }
std::string_view TextStream::text() const { return state_->text(); }
std::string_view TextStream::whole_text() const {
  std::string_view text = state_->text();
  if (!state_->at_end && !text.empty() && text.back() == '\r') {
    text.remove_suffix(1);
  }
  return text;
}

void TextStream::read_first(std::size_t bytes) {
  const auto has_record = [&] { return take_records(whole_text(), 1, BlankLine::skipped).records > 0; };
  while ((text().size() < bytes || !has_record()) && read_on()) {
  }
}

void TextStream::rewrite_escapes() {
  state_->escapes.emplace();
  state_->escapes->rewrite(state_->buffer.bytes().first(state_->text_bytes), 0);
}

std::size_t TextStream::first_line() const { return state_->first_line; }

void TextStream::drop(std::size_t bytes) {
  const std::string_view dropped = text().substr(0, bytes);
  state_->first_line += line_of(dropped, dropped.size()) - 1;
  state_->buffer.drop(dropped.size());
  state_->text_bytes -= dropped.size();
}

void TextStream::describe(Format& format) const {
  format.compression = name_of(state_->compression);
  format.encoding = state_->encoding.value_or("utf-8");
  format.byte_order_mark = state_->byte_order_mark;
}

} // namespace mlp::dataset
