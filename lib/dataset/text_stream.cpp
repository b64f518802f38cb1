#include "dataset/compressed_bytes.hpp"
#include "dataset/csv_structure.hpp"
#include "dataset/dataset_files.hpp"
#include "dataset/table_stream.hpp"
#include "dataset/text_encoding.hpp"
#include "os/files.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_magic_bytes = 16;

/// The bytes of a file as they are read; says how far, and shows them to the tap.
class FileBytes final : public ByteStream {
public:
  FileBytes(const Source& source, const ReadOptions& options, std::uint64_t size)
      : source_(source), options_(options), size_(size), file_(source.path, std::ios::binary) {}
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  ~FileBytes() override {
    if (options_.progress != nullptr) {
      options_.progress->finish();
    }
  }

  bool read(std::string& out, std::size_t most) override {
    const std::size_t before = out.size();
    out.resize(before + most);
    file_.read(out.data() + before, static_cast<std::streamsize>(most));
    const auto count = static_cast<std::size_t>(file_.gcount());
    out.resize(before + count);
    if (count == 0 && (file_.bad() || done_ != size_)) {
      throw_changed(source_);
    }
    done_ += count;
    if (options_.tap && count > 0) {
      options_.tap(std::string_view(out).substr(before));
    }
    if (options_.progress != nullptr) {
      options_.progress->show("reading " + source_.name, done_, size_, "B", "");
    }
    return count > 0;
  }

private:
  Source source_;
  const ReadOptions& options_;
  std::uint64_t size_;
  std::uint64_t done_ = 0;
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
      : source(from), options(given), piece_bytes(bytes_at_once) {}

  Source source;
  const ReadOptions& options;
  std::size_t piece_bytes;
  Compression compression = Compression::none;
  std::optional<os::FileStat> before;
  std::unique_ptr<ByteStream> bytes;
  std::optional<std::string> encoding; ///< declared, or shown by what was read
  bool byte_order_mark = false;
  bool at_end = false;
  std::string undecoded; ///< the front of a UTF-8 sequence
  std::string text;
  std::size_t first_line = 1; ///< of text
  std::size_t next_line = 1;  ///< of what is read next
  bool after_carriage_return = false;

  /// Appends the decoded piece to text.
  void decode(const std::string& piece) {
    DecodedText decoded;
    decode_text({piece, source.name, encoding, next_line}, options.threads, decoded);
    byte_order_mark = byte_order_mark || decoded.byte_order_mark;
    if (!decoded.ascii) {
      encoding = decoded.encoding;
    }
    text += decoded.text;
    next_line += line_of(decoded.text, decoded.text.size()) - 1;
    if (after_carriage_return && !decoded.text.empty() && decoded.text.front() == '\n') {
      --next_line; // a CRLF that was read in two pieces
    }
    after_carriage_return = !decoded.text.empty() && decoded.text.back() == '\r';
  }
};

TextStream::TextStream(const Source& source, const ReadOptions& options, std::size_t piece_bytes)
    : state_(std::make_unique<State>(source, options, piece_bytes)) {
  state_->compression = compression_of_file(source);
  state_->before = os::stat_file(source.path);
  state_->encoding = options.format.encoding;
  const std::uint64_t size = state_->before ? state_->before->size : 0;
  state_->bytes =
      unpacked(std::make_unique<FileBytes>(source, options, size), state_->compression, source.name);
}

TextStream::~TextStream() = default;

bool TextStream::read_on() {
  State& state = *state_;
  if (state.at_end) {
    return false;
  }
  if (state.options.interrupt != nullptr) {
    state.options.interrupt->check();
  }
  std::string piece = std::exchange(state.undecoded, {});
  state.at_end = !state.bytes->read(piece, std::max(state.piece_bytes, state.text.size()));
  if (!state.at_end && state.encoding != "latin-1") {
    const std::size_t incomplete = incomplete_bytes(piece);
    state.undecoded = piece.substr(piece.size() - incomplete);
    piece.resize(piece.size() - incomplete);
  }
  state.decode(piece);
  if (state.at_end && os::stat_file(state.source.path) != state.before) {
    throw_changed(state.source);
  }
  return true;
}

bool TextStream::at_end() const { return state_->at_end; }
std::string_view TextStream::text() const { return state_->text; }
std::string_view TextStream::whole_text() const {
  std::string_view text = state_->text;
  if (!state_->at_end && !text.empty() && text.back() == '\r') {
    text.remove_suffix(1);
  }
  return text;
}

void TextStream::read_first(std::size_t bytes) {
  const auto has_record = [&] { return take_records(whole_text(), 1, BlankLine::skipped).records > 0; };
  while ((state_->text.size() < bytes || !has_record()) && read_on()) {
  }
}

std::size_t TextStream::first_line() const { return state_->first_line; }

void TextStream::drop(std::size_t bytes) {
  const std::string_view dropped = std::string_view(state_->text).substr(0, bytes);
  state_->first_line += line_of(dropped, dropped.size()) - 1;
  state_->text.erase(0, bytes);
}

void TextStream::describe(Format& format) const {
  format.compression = name_of(state_->compression);
  format.encoding = state_->encoding.value_or("utf-8");
  format.byte_order_mark = state_->byte_order_mark;
}

} // namespace mlp::dataset
