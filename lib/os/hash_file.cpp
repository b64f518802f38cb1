#include "os/hash_file.hpp"

#include "os/files.hpp"

namespace mlp::os {

ContentId hash_file(const std::filesystem::path& path, const std::function<void(std::size_t)>& took) {
  constexpr std::size_t k_block_bytes = std::size_t{256}
                                        << 10U; // stays in the second cache until it is hashed
  InputFile file(path);
  Sha256 hash;
  std::string block(k_block_bytes, '\0');
  for (std::size_t got = block.size(); got == block.size();) {
    got = file.read(block);
    hash.update(std::string_view(block).substr(0, got));
    if (took != nullptr) {
      took(got);
    }
  }
  return hash.finish();
}

} // namespace mlp::os
