#pragma once

#include <memory>

namespace mlp {

/// Frees a C library's handle with the library's own function.
template <typename T, auto free_function> struct CDeleter {
  void operator()(T* pointer) const noexcept { static_cast<void>(free_function(pointer)); }
};

/// An owned handle of a C library: `using RepositoryHandle = CHandle<git_repository, git_repository_free>;`
template <typename T, auto free_function> using CHandle = std::unique_ptr<T, CDeleter<T, free_function>>;

} // namespace mlp
