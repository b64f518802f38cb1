#include "store/pack_writer.hpp"

#include "store/placing.hpp"

#include <utility>

namespace mlp::store {
namespace {

constexpr std::uint64_t k_full_pack_bytes = std::uint64_t{32} << 20U;

} // namespace

void PackedPieces::add(const ContentId& id, PackEntry::Kind kind, const Payload& payload, std::size_t size) {
  PackEntry entry;
  entry.id = id;
  entry.offset = static_cast<std::uint32_t>(bytes.size());
  entry.stored = static_cast<std::uint32_t>(payload.bytes.size());
  entry.size = static_cast<std::uint32_t>(size);
  entry.kind = kind;
  entry.encoding = payload.encoding;
  entries.push_back(entry);
  bytes += payload.bytes;
}

PackWriter::PackWriter(Layout layout, os::FileOps& files) : layout_(std::move(layout)), files_(files) {}
PackWriter::~PackWriter() = default;

bool PackWriter::holds(const ContentId& id) const {
  const std::lock_guard lock(guard_);
  return held_.contains(id);
}

bool PackWriter::is_open() const {
  const std::lock_guard lock(guard_);
  return draft_ != nullptr || failure_ != nullptr;
}

void PackWriter::add(const PackedPieces& pieces) {
  std::unique_lock lock(guard_);
  require_sound();
  std::vector<std::unique_ptr<os::Draft>> full;
  try {
    append(pieces);
    if (bytes_ < k_full_pack_bytes) {
      return;
    }
    full.push_back(close());
  } catch (...) {
    failure_ = std::current_exception();
    throw;
  }
  // Taken before the other is given back: whoever fills the next pack waits for this one.
  const std::lock_guard order(order_);
  lock.unlock();
  try {
    place(files_, full);
  } catch (...) {
    lock.lock();
    failure_ = std::current_exception();
    throw;
  }
}

void PackWriter::append(const PackedPieces& pieces) {
  const std::string_view payloads = pieces.bytes;
  std::string_view run; // of payloads that are written at once
  for (const PackEntry& added : pieces.entries) {
    if (!held_.insert(added.id).second) {
      write(std::exchange(run, {}));
      continue;
    }
    if (draft_ == nullptr) {
      draft_ = draft_in(layout_, files_, layout_.packs() / "pack");
      write(pack_head());
    }
    PackEntry entry = added;
    entry.offset = static_cast<std::uint32_t>(bytes_ + run.size());
    entries_.push_back(entry);
    run = payloads.substr(added.offset - run.size(), run.size() + added.stored);
  }
  write(run);
}

std::unique_ptr<os::Draft> PackWriter::finish() {
  const std::lock_guard lock(guard_);
  require_sound();
  return draft_ == nullptr ? nullptr : close();
}

/// After a failure everybody gets it: what was added since may rely on what is not there.
void PackWriter::require_sound() const {
  if (failure_ != nullptr) {
    std::rethrow_exception(failure_);
  }
}

void PackWriter::write(std::string_view bytes) {
  if (bytes.empty()) {
    return;
  }
  draft_->write(bytes);
  hash_.update(bytes);
  bytes_ += bytes.size();
}

std::unique_ptr<os::Draft> PackWriter::close() {
  write(pack_tail(std::move(entries_)));
  draft_->set_read_only();
  draft_->retarget(layout_.pack(hash_.finish()));
  entries_.clear();
  bytes_ = 0;
  return std::move(draft_);
}

} // namespace mlp::store
