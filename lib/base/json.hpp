#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace mlp {

/// A JSON value. Objects are sorted by key, so dump() is canonical: the same value gives the same bytes.
///
/// Integers and reals are kept apart; a real is written in the shortest form that reads back as the same
/// double. NaN and infinities cannot be stored: they become null, so that "undefined" is always null.
class Json {
public:
  using Array = std::vector<Json>;
  using Object = std::map<std::string, Json, std::less<>>;

  Json() = default; ///< null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  template <typename T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool>) Json(T value) {
    if (std::in_range<std::int64_t>(value)) {
      value_ = static_cast<std::int64_t>(value);
    } else {
      value_ = static_cast<double>(value); // as parse() does; above 2^63 the last digits are lost
    }
  }
  Json(double value);
  Json(const char* value) : value_(std::string(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(Array value) : value_(std::move(value)) {}
  Json(Object value) : value_(std::move(value)) {}
  template <typename T> Json(const std::optional<T>& value) {
    if (value) {
      *this = Json(*value);
    }
  }
  template <typename T>
  requires std::is_constructible_v<Json, const T&> Json(const std::vector<T>& values) {
    Array array;
    array.reserve(values.size());
    for (const auto& item : values) {
      array.emplace_back(item);
    }
    value_ = std::move(array);
  }

  /// `Json::object({{"a", 1}, {"b", "x"}})`
  static Json object(std::initializer_list<std::pair<const std::string, Json>> items = {}) {
    return Json(Object(items));
  }
  static Json array(std::initializer_list<Json> items = {}) { return Json(Array(items)); }

  /// Reads one JSON document (UTF-8). `name` is what an error calls it.
  /// throws Error{input} with the byte offset of what is wrong
  static Json parse(std::string_view text, std::string_view name = "JSON");

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  [[nodiscard]] bool is_bool() const { return std::holds_alternative<bool>(value_); }
  [[nodiscard]] bool is_integer() const { return std::holds_alternative<std::int64_t>(value_); }
  [[nodiscard]] bool is_number() const { return is_integer() || std::holds_alternative<double>(value_); }
  [[nodiscard]] bool is_string() const { return std::holds_alternative<std::string>(value_); }
  [[nodiscard]] bool is_array() const { return std::holds_alternative<Array>(value_); }
  [[nodiscard]] bool is_object() const { return std::holds_alternative<Object>(value_); }

  // Reading; throws Error{corrupt} "expected a string, found a number" where the kind differs.
  [[nodiscard]] bool as_bool() const;
  [[nodiscard]] std::int64_t as_integer() const;
  [[nodiscard]] double as_number() const;
  [[nodiscard]] const std::string& as_string() const;
  [[nodiscard]] const Array& as_array() const;
  [[nodiscard]] const Object& as_object() const;

  /// The member `key`, or a shared null where this is no object or has no such member: never throws.
  [[nodiscard]] const Json& operator[](std::string_view key) const;
  /// The member `key`, made where absent (a null becomes an object).
  Json& operator[](std::string_view key);
  [[nodiscard]] bool has(std::string_view key) const;
  void push_back(Json item); ///< a null becomes an array
  void erase(std::string_view key);
  [[nodiscard]] std::size_t size() const; ///< members or items; 0 for anything else

  // Reading with a fallback for null (and absent): the usual way to read a record.
  [[nodiscard]] std::string string_or(std::string_view fallback = "") const;
  [[nodiscard]] double number_or(double fallback) const;
  [[nodiscard]] std::int64_t integer_or(std::int64_t fallback) const;
  [[nodiscard]] bool bool_or(bool fallback) const;

  /// Canonical: sorted keys, no space, shortest round-trip numbers. Always valid JSON: bytes that are no
  /// UTF-8 are written as U+FFFD.
  [[nodiscard]] std::string dump() const;
  /// For people: two blanks a level.
  [[nodiscard]] std::string pretty() const;

  /// Numbers compare by value, whole or real, so that a value equals what its dump reads back as.
  friend bool operator==(const Json& a, const Json& b);

private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// The shortest decimal form that reads back as the same double: "0.1", "3", "1e+300"; "nan", "inf".
[[nodiscard]] std::string shortest(double value);

} // namespace mlp
