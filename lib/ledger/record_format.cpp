#include "ledger/record_format.hpp"

#include "base/error.hpp"
#include "base/time.hpp"

namespace mlp::ledger {
namespace {

constexpr std::string_view k_folder = "records/";
constexpr std::string_view k_ending = ".json";
constexpr std::size_t k_id_digits = 64;

std::string required_text(const Json& body, std::string_view member) {
  const Json& value = body[member];
  if (!value.is_string() || value.as_string().empty()) {
    throw Error(ErrorCode::input, "'{}' is missing", member);
  }
  return value.as_string();
}

Record record_from(const ContentId& id, std::string_view bytes) {
  if (bytes.size() > k_largest_record) {
    throw Error(ErrorCode::input, "{} bytes are more than the {} of a record", bytes.size(),
                k_largest_record);
  }
  Record record;
  record.id = id;
  record.body = Json::parse(bytes, "record");
  record.kind = required_text(record.body, "kind");
  record.time = required_text(record.body, "time");
  if (!required_text(record.body, "schema").starts_with("mlp." + record.kind + "/")) {
    throw Error(ErrorCode::input, "'schema' and 'kind' do not agree");
  }
  const Json& seq = record.body["seq"];
  if (!seq.is_integer() || seq.as_integer() < 1 || seq.as_integer() > k_largest_seq) {
    throw Error(ErrorCode::input, "'seq' is not a number from 1 to 2^53");
  }
  record.seq = seq.as_integer();
  if (const auto time = parse_time(record.time); !time || format_utc(*time) != record.time) {
    throw Error(ErrorCode::input, "'time' is not of the form 2026-11-23T05:14:13Z");
  }
  return record;
}

} // namespace

std::string record_path(const ContentId& id, std::string_view time) {
  return fmt::format("{}{}/{}/{}{}", k_folder, time.substr(0, 7), time.substr(8, 2), id.hex(), k_ending);
}

bool is_record_path(std::string_view path) { return path.starts_with(k_folder); }

ContentId id_in(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.size() != k_id_digits + k_ending.size() || !name.ends_with(k_ending)) {
    return {};
  }
  return ContentId::from_hex(name.substr(0, k_id_digits)).value_or(ContentId());
}

Record record_at(std::string_view path, std::string_view bytes) {
  const ContentId id = id_in(path);
  if (id.empty()) {
    throw Error(ErrorCode::input, "the file's name is not a record's id");
  }
  if (const ContentId found = sha256(bytes); found != id) {
    throw Error(ErrorCode::corrupt, "the bytes hash to {}, not to the record's id", found.hex());
  }
  Record record = record_from(id, bytes);
  if (record_path(id, record.time) != path) {
    throw Error(ErrorCode::input, "it does not lie in the folder of its day, {}", record.time.substr(0, 10));
  }
  return record;
}

Entry entry_of(const Record& record) {
  const Json& body = record.body;
  Entry entry;
  entry.id = record.id;
  entry.kind = record.kind;
  entry.seq = record.seq;
  entry.time = record.time;
  entry.project = body["project"].string_or(".");
  entry.name = body["name"].string_or();
  entry.model = body["model"].string_or();
  entry.dataset = body["dataset"].string_or();
  entry.stage = body["stage"].string_or();
  entry.headline = body["headline"].is_null() ? "" : body["headline"].dump();
  entry.decision = body["decision"].string_or();
  entry.expects = body["expects"].string_or();
  entry.path = record_path(record.id, record.time);
  return entry;
}

} // namespace mlp::ledger
