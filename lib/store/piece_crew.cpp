#include "store/piece_crew.hpp"

#include "store/placing.hpp"
#include "store/reader.hpp"

namespace mlp::store {

std::unique_ptr<os::Draft> draft_of_piece(const Layout& layout, os::FileOps& files, PieceEncoder& encoder,
                                          const ContentId& id, std::string_view content) {
  // Read whole, not only looked for: so adding the data again mends a damaged store.
  if (std::holds_alternative<std::string>(load_piece(layout, id))) {
    return nullptr;
  }
  const EncodedPiece piece = encoder.encode(content);
  return draft_of(layout, files, layout.object(id), piece.header, piece.payload);
}

PieceCrew::PieceCrew(Layout layout, os::FileOps& files, unsigned threads)
    : layout_(std::move(layout)), files_(files), threads_(threads) {
  for (unsigned i = 0; threads > 1 && i < threads; ++i) {
    crew_.emplace_back([this] { run(); });
  }
}

PieceCrew::~PieceCrew() {
  const std::lock_guard lock(guard_);
  stop_ = true;
  waiting_.clear();
  changed_.notify_all();
}

void PieceCrew::submit(std::string content) {
  std::unique_lock lock(guard_);
  changed_.wait(lock, [&] { return waiting_.size() + busy_ <= threads_ || failure_ != nullptr; });
  if (failure_ != nullptr) {
    std::rethrow_exception(failure_);
  }
  Job job{manifest_.pieces.size(), std::move(content)};
  manifest_.pieces.push_back({ContentId(), job.content.size()});
  if (!crew_.empty()) {
    waiting_.push_back(std::move(job));
    changed_.notify_all();
    return;
  }
  lock.unlock();
  store(job, own_encoder_);
}

std::string PieceCrew::spare() {
  std::string content;
  const std::lock_guard lock(guard_);
  if (spares_.empty()) {
    content.reserve(k_piece_bytes);
  } else {
    content = std::move(spares_.back());
    spares_.pop_back();
    content.clear();
  }
  return content;
}

void PieceCrew::finish() {
  std::unique_lock lock(guard_);
  changed_.wait(lock, [&] { return (waiting_.empty() && busy_ == 0) || failure_ != nullptr; });
  if (failure_ != nullptr) {
    std::rethrow_exception(failure_);
  }
}

void PieceCrew::run() {
  std::unique_lock lock(guard_);
  try {
    PieceEncoder encoder;
    for (;;) {
      changed_.wait(lock, [&] { return stop_ || !waiting_.empty(); });
      if (stop_) {
        return;
      }
      Job job = std::move(waiting_.front());
      waiting_.pop_front();
      ++busy_;
      lock.unlock();
      store(job, encoder);
      lock.lock();
      --busy_;
      changed_.notify_all();
    }
  } catch (...) { // carried to the thread that appends
    if (!lock.owns_lock()) {
      lock.lock();
    }
    failure_ = std::current_exception();
    changed_.notify_all();
  }
}

void PieceCrew::store(Job& job, PieceEncoder& encoder) {
  const ContentId id = sha256(job.content);
  bool first = false;
  {
    const std::lock_guard lock(guard_);
    manifest_.pieces[job.index].id = id;
    first = seen_.insert(id).second;
  }
  auto draft = first ? draft_of_piece(layout_, files_, encoder, id, job.content) : nullptr;
  if (draft != nullptr) {
    draft->seal();
  }
  const std::lock_guard lock(guard_);
  if (draft != nullptr) {
    drafts_.push_back(std::move(draft));
  }
  spares_.push_back(std::move(job.content));
}

} // namespace mlp::store
