#pragma once

#include "store/holdings.hpp"
#include "store/manifest.hpp"
#include "store/pack_writer.hpp"
#include "store/piece.hpp"

#include <condition_variable>
#include <deque>
#include <exception>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mlp::store {

/// Several pieces of one content, one after another.
struct Cuts {
  std::string bytes;
  std::vector<std::size_t> sizes; ///< of the pieces; their sum is the bytes' length
};

/// Hashes and compresses pieces and packs them in their order, on `threads` threads while the caller reads
/// on; with one thread, on the caller's. What the store holds intact is not packed again. Holds at most
/// `threads` + 1 submissions in memory beside the caller's.
class PieceCrew {
public:
  PieceCrew(const Holdings& holdings, PackWriter& packs, unsigned threads);
  ~PieceCrew(); ///< drops what was not finished
  PieceCrew(const PieceCrew&) = delete;
  PieceCrew& operator=(const PieceCrew&) = delete;

  /// Takes the next pieces; waits while there are too many. throws what a thread threw
  void submit(Cuts cuts);
  /// Empty, with room.
  [[nodiscard]] std::string spare();
  /// Waits for all pieces. throws what a thread threw
  void finish();
  /// After finish().
  [[nodiscard]] const Manifest& manifest() const { return manifest_; }

private:
  struct Job {
    std::size_t index = 0; ///< of its first piece
    std::size_t turn = 0;  ///< among the jobs
    Cuts cuts;
  };
  void run();
  void work(Job& job, PieceEncoder& encoder);
  void hand_over(std::size_t turn, PackedPieces pieces);
  [[nodiscard]] PackedPieces spare_packed();

  const Holdings& holdings_;
  PackWriter& packs_;
  const unsigned threads_;
  PieceEncoder own_encoder_; ///< of the caller's thread

  std::mutex guard_; ///< of all below
  std::condition_variable changed_;
  std::deque<Job> waiting_;
  unsigned busy_ = 0;
  bool stop_ = false;
  std::exception_ptr failure_;
  Manifest manifest_;
  std::size_t jobs_ = 0;
  std::size_t next_turn_ = 0;                ///< whose pieces go into the pack next
  std::map<std::size_t, PackedPieces> done_; ///< by turn: those that others are to come before
  std::vector<std::string> spares_;
  std::vector<PackedPieces> packed_spares_;

  std::mutex packing_; ///< held while pieces are packed: one hand-over at a time, in order

  std::vector<std::jthread> crew_; ///< last: joined before anything it uses goes
};

} // namespace mlp::store
