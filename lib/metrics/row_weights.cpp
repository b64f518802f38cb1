#include "metrics/row_weights.hpp"

#include <algorithm>

namespace mlp::metrics {

void RowWeights::draw(std::span<const std::uint8_t> counts) {
  drawn_ = counts;
  is_made_ = false;
}

std::span<const double> RowWeights::block(std::size_t begin, std::span<double> room) const {
  if (is_made_) {
    return std::span(made_).subspan(begin, room.size());
  }
  if (drawn_.empty()) {
    if (!own_.empty()) {
      return own_.subspan(begin, room.size());
    }
    std::ranges::fill(room, 1.0);
    return room;
  }
  std::ranges::copy(drawn_.subspan(begin, room.size()), room.begin());
  for (std::size_t row = 0; !own_.empty() && row < room.size(); ++row) {
    room[row] *= own_[begin + row];
  }
  return room;
}

std::span<const double> RowWeights::all() {
  if (drawn_.empty() && !own_.empty()) {
    return own_;
  }
  if (!is_made_) {
    made_.resize(rows_);
    static_cast<void>(block(0, made_));
    is_made_ = true;
  }
  return made_;
}

} // namespace mlp::metrics
