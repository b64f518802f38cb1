#include "dataset/read_ahead.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_ahead = 2; // buffers

} // namespace

struct ReadAhead::State {
  std::function<void(TextBuffer&)> fill;
  std::size_t bytes_before = 0;
  std::mutex guard; ///< of all below but the thread
  std::condition_variable changed;
  std::deque<TextBuffer> filled;
  std::vector<TextBuffer> spare;
  bool ended = false; ///< nothing more is filled
  std::exception_ptr failure;
  std::jthread thread; ///< last: it uses the others

  TextBuffer take_spare() {
    if (spare.empty()) {
      return {bytes_before, 0};
    }
    TextBuffer buffer = std::move(spare.back());
    spare.pop_back();
    buffer.clear(bytes_before);
    return buffer;
  }

  void run() {
    std::unique_lock lock(guard);
    while (!ended) {
      TextBuffer buffer = take_spare();
      lock.unlock();
      try {
        fill(buffer);
        lock.lock();
        ended = ended || buffer.view().empty();
      } catch (...) { // carried to next()
        lock.lock();
        failure = std::current_exception();
        ended = true;
      }
      filled.push_back(std::move(buffer));
      changed.notify_all();
      changed.wait(lock, [&] { return filled.size() < k_most_ahead || ended; });
    }
  }
};

ReadAhead::ReadAhead(std::function<void(TextBuffer&)> fill, std::size_t bytes_before, Threaded threaded)
    : state_(std::make_unique<State>()) {
  state_->fill = std::move(fill);
  state_->bytes_before = bytes_before;
  if (threaded == Threaded::yes) {
    state_->thread = std::jthread([state = state_.get()] { state->run(); });
  }
}

ReadAhead::~ReadAhead() {
  const std::lock_guard lock(state_->guard);
  state_->ended = true;
  state_->changed.notify_all();
}

TextBuffer ReadAhead::next() {
  State& state = *state_;
  std::unique_lock lock(state.guard);
  if (!state.thread.joinable()) {
    TextBuffer buffer = state.take_spare();
    state.fill(buffer);
    return buffer;
  }
  state.changed.wait(lock, [&] { return !state.filled.empty() || state.ended; });
  const bool is_last = state.filled.size() <= 1;
  if (is_last && state.failure != nullptr) {
    std::rethrow_exception(state.failure);
  }
  if (state.filled.empty()) {
    return {};
  }
  TextBuffer buffer = std::move(state.filled.front());
  state.filled.pop_front();
  state.changed.notify_all();
  return buffer;
}

void ReadAhead::reuse(TextBuffer buffer) {
  const std::lock_guard lock(state_->guard);
  state_->spare.push_back(std::move(buffer));
}

} // namespace mlp::dataset
