#include "base/progress.hpp"

#include "base/error.hpp"

namespace mlp {

void Interrupt::check() const {
  if (requested()) {
    throw Error(ErrorCode::interrupted, "interrupted");
  }
}

} // namespace mlp
