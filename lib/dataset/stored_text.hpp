#pragma once

#include "dataset/compressed_bytes.hpp"
#include "dataset/read_table.hpp"
#include "dataset/text_encoding.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mlp::dataset {

/// One stored file, unpacked and decoded.
struct StoredText {
  Compression compression = Compression::none;
  std::string unpacked; ///< where it was compressed, and its text is UTF-8
  DecodedText decoded;
};

/// Unpacks and decodes `stored`, which must outlive the result. throws Error{input}
[[nodiscard]] std::unique_ptr<StoredText> text_of(std::string_view stored, const std::string& name,
                                                  const ReadOptions& options);

/// Hands the stored bytes of all files to options.tap while something else goes on: in a thread where more
/// than one may be used, else in finish().
class TapFeed {
public:
  TapFeed(const ReadOptions& options, std::vector<std::string_view> files);
  ~TapFeed(); ///< where finish() was not reached, stops feeding
  TapFeed(const TapFeed&) = delete;
  TapFeed& operator=(const TapFeed&) = delete;

  /// Returns when all bytes were handed over. throws what the tap threw
  void finish();

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace mlp::dataset
