#pragma once

#include "dataset/read_table.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mlp::dataset {

/// A file's text as UTF-8, piece by piece: unpacked, checked and decoded as text_of does it for a whole file.
///
/// What was decoded and not yet dropped is text(). An encoding that only a later piece shows is used from
/// there on; what came before was ASCII, which is the same in both.
class TextStream {
public:
  /// throws Error{not_found}, Error{environment}, Error{input}
  TextStream(const Source& source, const ReadOptions& options, std::size_t piece_bytes);
  ~TextStream();
  TextStream(const TextStream&) = delete;
  TextStream& operator=(const TextStream&) = delete;

  /// Reads on; false where nothing is left to read.
  bool read_on();
  [[nodiscard]] bool at_end() const;
  /// Reads on until text() has so many bytes and a whole record, or the file ends.
  void read_first(std::size_t bytes);
  /// From now on, and in what was read, quotes escaped by backslashes become doubled ones: see
  /// EscapeRewriter.
  void rewrite_escapes();
  [[nodiscard]] std::string_view text() const;
  /// text() without a CR at its end, which may be half of a CRLF.
  [[nodiscard]] std::string_view whole_text() const;
  [[nodiscard]] std::size_t first_line() const; ///< of text()
  void drop(std::size_t bytes);                 ///< off the front of text()
  void describe(Format& format) const;          ///< compression, encoding, byte order mark

private:
  struct State;
  std::unique_ptr<State> state_;
};

/// What stream_table does, with pieces of a size of one's own.
void stream_pieces(const Source& source, const ReadOptions& options, std::size_t rows_at_once,
                   std::size_t piece_bytes, const std::function<bool(Table&&)>& take);

} // namespace mlp::dataset
