#include "dataset/stored_text.hpp"

#include <atomic>
#include <exception>
#include <thread>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_unpacked_piece_bytes = std::size_t{4} << 20U;
constexpr std::size_t k_tap_piece_bytes = std::size_t{4} << 20U;

} // namespace

std::unique_ptr<StoredText> text_of(std::string_view stored, const std::string& name,
                                    const ReadOptions& options) {
  auto result = std::make_unique<StoredText>();
  result->compression = compression_of(stored, name);
  std::string_view bytes = stored;
  if (result->compression != Compression::none) {
    const auto stream = unpacked(stream_of(stored), result->compression, name);
    while (append_bytes(*stream, result->unpacked, k_unpacked_piece_bytes)) {
      if (options.interrupt != nullptr) {
        options.interrupt->check();
      }
    }
    bytes = result->unpacked;
  }
  decode_text({bytes, name, options.format.encoding}, options.threads, result->decoded);
  if (!result->decoded.decoded.empty()) { // rewritten: what it was made from need not stay beside it
    std::string().swap(result->unpacked); // an assignment would keep the capacity
  }
  return result;
}

struct TapFeed::State {
  std::vector<std::string_view> files;
  std::function<void(std::string_view)> tap;
  std::atomic<bool> stopped{false};
  std::exception_ptr failure;
  std::jthread thread; ///< last: it uses the others

  void feed() {
    for (const std::string_view file : files) {
      for (std::size_t at = 0; at < file.size() && !stopped.load(); at += k_tap_piece_bytes) {
        tap(file.substr(at, k_tap_piece_bytes));
      }
    }
  }
};

TapFeed::TapFeed(const ReadOptions& options, std::vector<std::string_view> files) {
  if (!options.tap) {
    return;
  }
  state_ = std::make_unique<State>();
  state_->files = std::move(files);
  state_->tap = options.tap;
  if (options.threads > 1) {
    state_->thread = std::jthread([state = state_.get()] {
      try {
        state->feed();
      } catch (...) { // carried to finish()
        state->failure = std::current_exception();
      }
    });
  }
}

TapFeed::~TapFeed() {
  if (state_ != nullptr) {
    state_->stopped.store(true);
  }
}

void TapFeed::finish() {
  if (state_ == nullptr) {
    return;
  }
  if (!state_->thread.joinable()) {
    state_->feed();
    return;
  }
  state_->thread.join();
  if (state_->failure != nullptr) {
    std::rethrow_exception(state_->failure);
  }
}

} // namespace mlp::dataset
