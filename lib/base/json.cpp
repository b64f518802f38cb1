#include "base/json.hpp"

#include "base/error.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace mlp {
namespace {

// One shared null, so that reading an absent member needs no copy.
const Json k_null;

std::string_view kind_of(const Json& value) {
  if (value.is_null()) {
    return "null";
  }
  if (value.is_bool()) {
    return "a boolean";
  }
  if (value.is_number()) {
    return "a number";
  }
  if (value.is_string()) {
    return "a string";
  }
  return value.is_array() ? "a list" : "an object";
}

[[noreturn]] void mismatch(std::string_view wanted, const Json& found) {
  throw Error(ErrorCode::corrupt, "expected {}, found {}", wanted, kind_of(found));
}

/// Builds our value from nlohmann's parser events, so that no second tree is made.
class Builder : public nlohmann::json_sax<nlohmann::json> {
public:
  Json result;
  std::size_t error_offset = 0;
  std::string error_text;

  bool null() override { return add(Json()); }
  bool boolean(bool value) override { return add(Json(value)); }
  bool number_integer(std::int64_t value) override { return add(Json(value)); }
  bool number_unsigned(std::uint64_t value) override {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      return add(Json(static_cast<double>(value)));
    }
    return add(Json(static_cast<std::int64_t>(value)));
  }
  bool number_float(double value, const std::string& /*text*/) override { return add(Json(value)); }
  bool string(std::string& value) override { return add(Json(std::move(value))); }
  bool binary(nlohmann::json::binary_t& /*value*/) override { return false; }
  bool start_object(std::size_t /*size*/) override { return open(Json(Json::Object{})); }
  bool key(std::string& value) override {
    keys_.back() = std::move(value);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t /*size*/) override { return open(Json(Json::Array{})); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t offset, const std::string& /*token*/,
                   const nlohmann::json::exception& error) override {
    error_offset = offset;
    error_text = error.what();
    return false;
  }

private:
  bool add(Json value) {
    if (open_.empty()) {
      result = std::move(value);
    } else if (open_.back().is_array()) {
      open_.back().push_back(std::move(value));
    } else {
      open_.back()[keys_.back()] = std::move(value);
    }
    return true;
  }
  bool open(Json value) {
    constexpr std::size_t k_deepest = 200; // a hostile record must not exhaust the stack when it is destroyed
    if (open_.size() >= k_deepest) {
      error_text = "nested too deeply";
      return false;
    }
    open_.push_back(std::move(value));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Json done = std::move(open_.back());
    open_.pop_back();
    keys_.pop_back();
    return add(std::move(done));
  }

  std::vector<Json> open_;
  std::vector<std::string> keys_;
};

/// What the parser found, without its class names and its own count of lines:
/// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error - unexpected end; ..."
std::string_view without_place(std::string_view text) {
  if (const auto bracket = text.find("] "); text.starts_with('[') && bracket != std::string_view::npos) {
    text.remove_prefix(bracket + 2);
  }
  if (const auto colon = text.find(": ");
      text.starts_with("parse error") && colon != std::string_view::npos) {
    text.remove_prefix(colon + 2);
  }
  return text.substr(0, text.rfind("; "));
}

} // namespace

Json::Json(double value) {
  if (std::isfinite(value)) {
    value_ = value == 0 ? 0.0 : value; // "-0" would read back as 0 and be written differently then
  }
}

bool operator==(const Json& a, const Json& b) {
  if (a.is_number() && b.is_number() && a.is_integer() != b.is_integer()) {
    return a.as_number() == b.as_number();
  }
  return a.value_ == b.value_;
}

Json Json::parse(std::string_view text, std::string_view name) {
  Builder builder;
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) {
    throw Error(ErrorCode::input, "{}: not valid JSON at byte {}: {}", name, builder.error_offset,
                without_place(builder.error_text));
  }
  return std::move(builder.result);
}

bool Json::as_bool() const {
  if (!is_bool()) {
    mismatch("a boolean", *this);
  }
  return std::get<bool>(value_);
}

std::int64_t Json::as_integer() const {
  if (!is_integer()) {
    mismatch("a whole number", *this);
  }
  return std::get<std::int64_t>(value_);
}

double Json::as_number() const {
  if (is_integer()) {
    return static_cast<double>(std::get<std::int64_t>(value_));
  }
  if (!is_number()) {
    mismatch("a number", *this);
  }
  return std::get<double>(value_);
}

const std::string& Json::as_string() const {
  if (!is_string()) {
    mismatch("a string", *this);
  }
  return std::get<std::string>(value_);
}

const Json::Array& Json::as_array() const {
  if (!is_array()) {
    mismatch("a list", *this);
  }
  return std::get<Array>(value_);
}

const Json::Object& Json::as_object() const {
  if (!is_object()) {
    mismatch("an object", *this);
  }
  return std::get<Object>(value_);
}

const Json& Json::operator[](std::string_view key) const {
  if (is_object()) {
    const auto& members = std::get<Object>(value_);
    if (const auto found = members.find(key); found != members.end()) {
      return found->second;
    }
  }
  return k_null;
}

Json& Json::operator[](std::string_view key) {
  if (is_null()) {
    value_ = Object{};
  }
  if (!is_object()) {
    mismatch("an object", *this);
  }
  auto& members = std::get<Object>(value_);
  if (const auto found = members.find(key); found != members.end()) {
    return found->second;
  }
  return members[std::string(key)];
}

bool Json::has(std::string_view key) const { return is_object() && std::get<Object>(value_).contains(key); }

void Json::push_back(Json item) {
  if (is_null()) {
    value_ = Array{};
  }
  if (!is_array()) {
    mismatch("a list", *this);
  }
  std::get<Array>(value_).push_back(std::move(item));
}

void Json::erase(std::string_view key) {
  if (is_object()) {
    auto& members = std::get<Object>(value_);
    if (const auto found = members.find(key); found != members.end()) {
      members.erase(found);
    }
  }
}

std::size_t Json::size() const {
  if (is_array()) {
    return std::get<Array>(value_).size();
  }
  return is_object() ? std::get<Object>(value_).size() : 0;
}

std::string Json::string_or(std::string_view fallback) const {
  return is_null() ? std::string(fallback) : as_string();
}
double Json::number_or(double fallback) const { return is_null() ? fallback : as_number(); }
std::int64_t Json::integer_or(std::int64_t fallback) const { return is_null() ? fallback : as_integer(); }
bool Json::bool_or(bool fallback) const { return is_null() ? fallback : as_bool(); }

} // namespace mlp
