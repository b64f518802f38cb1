#include "base/error.hpp"

namespace mlp {

std::string_view name_of(ErrorCode code) {
  switch (code) {
  case ErrorCode::usage:
    return "usage";
  case ErrorCode::input:
    return "input";
  case ErrorCode::not_found:
    return "not_found";
  case ErrorCode::ambiguous:
    return "ambiguous";
  case ErrorCode::conflict:
    return "conflict";
  case ErrorCode::corrupt:
    return "corrupt";
  case ErrorCode::environment:
    return "environment";
  case ErrorCode::interrupted:
    return "interrupted";
  case ErrorCode::internal:
    return "internal";
  }
  return "internal";
}

} // namespace mlp
