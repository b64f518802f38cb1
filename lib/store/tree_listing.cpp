#include "base/error.hpp"
#include "store/object_store.hpp"
#include "store/piece.hpp"

#include <algorithm>
#include <set>

namespace mlp::store {
namespace {

// A folder, version 1: the line below, then `sha256sum`'s lines sorted by path bytes:
//   "<sha-256>  <path>\n"     or, where the path holds a backslash, newline or carriage return,
//   "\<sha-256>  <path with these written as \\, \n, \r>\n"
constexpr std::string_view k_magic = "# mlp tree 1\n";
constexpr std::string_view k_any_version = "# mlp tree ";

std::string escaped(std::string_view path) {
  std::string text;
  for (const char c : path) {
    switch (c) {
    case '\\':
      text += "\\\\";
      break;
    case '\n':
      text += "\\n";
      break;
    case '\r':
      text += "\\r";
      break;
    default:
      text += c;
    }
  }
  return text;
}

std::string unescaped(std::string_view text) {
  std::string path;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      path += text[i];
      continue;
    }
    ++i;
    path += text[i] == 'n' ? '\n' : text[i] == 'r' ? '\r' : text[i];
  }
  return path;
}

/// Why a path may not be written below a folder; nothing where it may.
std::optional<std::string_view> unsafe(std::string_view path) {
  if (path.starts_with('/')) {
    return "is absolute";
  }
  if (path.find('\0') != std::string_view::npos) {
    return "holds a zero byte";
  }
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") {
      return "has an empty, '.' or '..' part";
    }
    begin = end + 1;
  }
  return std::nullopt;
}

/// throws Error{code} unless the items, sorted, can be written as one folder
void require_a_folder(const std::vector<TreeItem>& items, ErrorCode code) {
  std::set<std::string_view> files;
  for (const TreeItem& item : items) {
    if (const auto why = unsafe(item.path)) {
      throw Error(code, "cannot use the folder's file '{}': its path {}", item.path, *why);
    }
    if (!files.insert(item.path).second) {
      throw Error(code, "cannot use the folder's file '{}': it is listed twice", item.path);
    }
  }
  for (const TreeItem& item : items) {
    const std::string_view path = item.path;
    for (auto slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
      if (files.contains(path.substr(0, slash))) {
        throw Error(code, "cannot use the folder's file '{}': '{}' is a file itself", path,
                    path.substr(0, slash));
      }
    }
  }
}

std::string render(const std::vector<TreeItem>& items) {
  std::string listing(k_magic);
  for (const TreeItem& item : items) {
    const std::string path = escaped(item.path);
    listing += path == item.path ? "" : "\\";
    listing += item.id.hex() + "  " + path + "\n";
  }
  return listing;
}

std::optional<TreeItem> parse_line(std::string_view line) {
  const bool has_escapes = line.starts_with('\\');
  line.remove_prefix(has_escapes ? 1 : 0);
  const auto id = ContentId::from_hex(line.substr(0, 64));
  if (!id || line.substr(64, 2) != "  ") {
    return std::nullopt;
  }
  const std::string_view path = line.substr(66);
  return TreeItem{has_escapes ? unescaped(path) : std::string(path), *id};
}

bool is_newer(std::string_view listing) {
  if (!listing.starts_with(k_any_version)) {
    return false;
  }
  const std::string_view rest = listing.substr(k_any_version.size());
  const auto version = parse_decimal(rest.substr(0, rest.find('\n')));
  return version && *version > 1;
}

} // namespace

std::string tree_listing(std::vector<TreeItem> items) {
  std::sort(items.begin(), items.end(), [](const TreeItem& a, const TreeItem& b) { return a.path < b.path; });
  require_a_folder(items, ErrorCode::input);
  return render(items);
}

std::vector<TreeItem> parse_tree_listing(std::string_view listing) {
  if (!is_tree_listing(listing)) {
    if (is_newer(listing)) {
      throw Error(ErrorCode::input, "cannot read the folder: its listing has a newer format")
          .hint("upgrade mlp");
    }
    throw Error(ErrorCode::corrupt, "cannot read the folder: its listing does not begin with '# mlp tree 1'");
  }
  std::vector<TreeItem> items;
  for (std::string_view rest = listing.substr(k_magic.size()); !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    auto item = parse_line(rest.substr(0, end));
    if (!item) {
      throw Error(ErrorCode::corrupt, "cannot read the folder: line {} of its listing is broken",
                  items.size() + 2);
    }
    items.push_back(std::move(*item));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  require_a_folder(items, ErrorCode::corrupt);
  const bool sorted = std::is_sorted(items.begin(), items.end(),
                                     [](const TreeItem& a, const TreeItem& b) { return a.path < b.path; });
  if (!sorted || render(items) != listing) { // one folder has one listing, and so one id
    throw Error(ErrorCode::corrupt,
                "cannot read the folder: its listing is not in the one form that names it");
  }
  return items;
}

bool is_tree_listing(std::string_view bytes) { return bytes.starts_with(k_magic); }

} // namespace mlp::store
