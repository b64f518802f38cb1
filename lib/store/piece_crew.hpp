#pragma once

#include "os/files.hpp"
#include "store/layout.hpp"
#include "store/manifest.hpp"
#include "store/piece.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace mlp::store {

/// Writes the draft of a piece, not synced; nothing where the store holds the piece already, intact.
[[nodiscard]] std::unique_ptr<os::Draft> draft_of_piece(const Layout& layout, os::FileOps& files,
                                                        PieceEncoder& encoder, const ContentId& id,
                                                        std::string_view content);

/// Hashes, compresses and writes pieces as drafts on `threads` threads while the caller reads on; with one
/// thread, on the caller's. Holds at most `threads` + 1 pieces in memory beside the caller's.
class PieceCrew {
public:
  PieceCrew(Layout layout, os::FileOps& files, unsigned threads);
  ~PieceCrew(); ///< drops what was not finished, and its drafts
  PieceCrew(const PieceCrew&) = delete;
  PieceCrew& operator=(const PieceCrew&) = delete;

  /// Takes the next piece; waits while there are too many. throws what a thread threw
  void submit(std::string content);
  /// An empty string with room for a piece.
  [[nodiscard]] std::string spare();
  /// Waits for all pieces. throws what a thread threw
  void finish();

  // After finish():
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  [[nodiscard]] const std::vector<std::unique_ptr<os::Draft>>& drafts() const { return drafts_; }

private:
  struct Job {
    std::size_t index = 0;
    std::string content;
  };
  void run();
  void store(Job& job, PieceEncoder& encoder);

  const Layout layout_;
  os::FileOps& files_;
  const unsigned threads_;
  PieceEncoder own_encoder_; ///< of the caller's thread

  std::mutex guard_; ///< of all below
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  unsigned busy_ = 0;
  bool stop_ = false;
  std::exception_ptr failure_;
  Manifest manifest_;
  std::set<ContentId> seen_; ///< pieces of this content: a repeated one is written once
  std::vector<std::unique_ptr<os::Draft>> drafts_;
  std::vector<std::string> spares_;

  std::vector<std::jthread> crew_; ///< last: joined before anything it uses goes
};

} // namespace mlp::store
