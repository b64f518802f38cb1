#include "store/piece_crew.hpp"

namespace mlp::store {

PieceCrew::PieceCrew(const Holdings& holdings, PackWriter& packs, unsigned threads)
    : holdings_(holdings), packs_(packs), threads_(threads) {
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

void PieceCrew::submit(Cuts cuts) {
  std::unique_lock lock(guard_);
  changed_.wait(lock, [&] { return waiting_.size() + busy_ <= threads_ || failure_ != nullptr; });
  if (failure_ != nullptr) {
    std::rethrow_exception(failure_);
  }
  Job job{manifest_.pieces.size(), jobs_++, std::move(cuts)};
  for (const std::size_t size : job.cuts.sizes) {
    manifest_.pieces.push_back({ContentId(), size});
  }
  if (!crew_.empty()) {
    waiting_.push_back(std::move(job));
    changed_.notify_all();
    return;
  }
  lock.unlock();
  work(job, own_encoder_);
}

std::string PieceCrew::spare() {
  std::string bytes;
  const std::lock_guard lock(guard_);
  if (!spares_.empty()) {
    bytes = std::move(spares_.back());
    spares_.pop_back();
    bytes.clear();
  }
  return bytes;
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
      work(job, encoder);
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

void PieceCrew::work(Job& job, PieceEncoder& encoder) {
  PackedPieces packed = spare_packed();
  std::vector<ContentId> ids;
  std::string_view rest = job.cuts.bytes;
  for (const std::size_t size : job.cuts.sizes) {
    const std::string_view piece = rest.substr(0, size);
    rest.remove_prefix(size);
    const ContentId& id = ids.emplace_back(sha256(piece));
    if (!packs_.holds(id) && !holdings_.has_intact_piece(id)) {
      packed.add(id, PackEntry::Kind::piece, encoder.compress(piece), piece.size());
    }
  }
  {
    const std::lock_guard lock(guard_);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      manifest_.pieces[job.index + i].id = ids[i];
    }
    spares_.push_back(std::move(job.cuts.bytes));
  }
  hand_over(job.turn, std::move(packed));
}

void PieceCrew::hand_over(std::size_t turn, PackedPieces pieces) {
  {
    const std::lock_guard lock(guard_);
    done_.emplace(turn, std::move(pieces));
  }
  for (;;) {
    const std::lock_guard packing(packing_);
    PackedPieces next;
    {
      const std::lock_guard lock(guard_);
      const auto found = done_.find(next_turn_);
      if (found == done_.end()) {
        return; // whoever has that turn goes on from there
      }
      next = std::move(found->second);
      done_.erase(found);
      ++next_turn_;
    }
    packs_.add(next);
    const std::lock_guard lock(guard_);
    packed_spares_.push_back(std::move(next));
  }
}

/// Empty, with room.
PackedPieces PieceCrew::spare_packed() {
  PackedPieces pieces;
  const std::lock_guard lock(guard_);
  if (!packed_spares_.empty()) {
    pieces = std::move(packed_spares_.back());
    packed_spares_.pop_back();
    pieces.entries.clear();
    pieces.bytes.clear();
  }
  return pieces;
}

} // namespace mlp::store
