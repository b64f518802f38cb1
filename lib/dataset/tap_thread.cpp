#include "dataset/tap_thread.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_most_waiting = 2; // pieces, as large as put() gets them

} // namespace

struct TapThread::State {
  std::mutex guard; ///< of all below but the thread
  std::condition_variable changed;
  std::deque<std::string> waiting;
  std::vector<std::string> spare; ///< had their bytes taken: the room is used again
  bool ended = false;             ///< nothing more comes
  bool dropped = false;
  std::exception_ptr failure;
  std::jthread thread; ///< last: it uses the others

  void run(const std::function<void(std::string_view)>& tap) {
    std::unique_lock lock(guard);
    for (;;) {
      changed.wait(lock, [&] { return !waiting.empty() || ended; });
      if (waiting.empty() || dropped) {
        return;
      }
      std::string bytes = std::move(waiting.front());
      waiting.pop_front();
      lock.unlock();
      try {
        tap(bytes);
        lock.lock();
      } catch (...) { // carried to put() or finish()
        lock.lock();
        failure = std::current_exception();
        ended = true;
        waiting.clear();
      }
      spare.push_back(std::move(bytes));
      changed.notify_all();
    }
  }
};

TapThread::TapThread(std::function<void(std::string_view)> tap, unsigned threads) : tap_(std::move(tap)) {
  if (tap_ && threads > 1) {
    state_ = std::make_unique<State>();
    state_->thread = std::jthread([state = state_.get(), this] { state->run(tap_); });
  }
}

TapThread::~TapThread() {
  if (state_ != nullptr) {
    const std::lock_guard lock(state_->guard);
    state_->ended = true;
    state_->dropped = true;
    state_->changed.notify_all();
  }
}

void TapThread::put(std::string_view bytes) {
  if (state_ == nullptr) {
    tap_(bytes);
    return;
  }
  std::unique_lock lock(state_->guard);
  state_->changed.wait(lock, [&] { return state_->waiting.size() < k_most_waiting || state_->ended; });
  if (state_->failure != nullptr) {
    std::rethrow_exception(state_->failure);
  }
  std::string copy;
  if (!state_->spare.empty()) {
    copy = std::move(state_->spare.back());
    state_->spare.pop_back();
  }
  lock.unlock();
  copy.assign(bytes);
  lock.lock();
  state_->waiting.push_back(std::move(copy));
  state_->changed.notify_all();
}

void TapThread::finish() {
  if (state_ == nullptr) {
    return;
  }
  {
    const std::lock_guard lock(state_->guard);
    state_->ended = true;
    state_->changed.notify_all();
  }
  state_->thread.join();
  if (state_->failure != nullptr) {
    std::rethrow_exception(state_->failure);
  }
}

} // namespace mlp::dataset
