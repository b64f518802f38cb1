#include "ledger/record_format.hpp"

#include "base/error.hpp"

#include <doctest/doctest.h>

namespace mlp::ledger {
namespace {

Json good_body() {
  return Json::object({{"schema", "mlp.note/1"},
                       {"kind", "note"},
                       {"seq", 7},
                       {"time", "2026-11-23T05:16:40Z"},
                       {"name", "income"}});
}

std::string path_of(const std::string& bytes, std::string_view time = "2026-11-23T05:16:40Z") {
  return record_path(sha256(bytes), time);
}

std::string refusal(const std::string& path, const std::string& bytes) {
  try {
    static_cast<void>(entry_of(record_at(path, bytes)));
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("record_path: month, day and id; id_in reads it back") {
  const ContentId id = sha256("x");
  const std::string path = record_path(id, "2026-11-23T05:16:40Z");
  CHECK(path == "records/2026-11/23/" + id.hex() + ".json");
  CHECK(id_in(path) == id);
  CHECK(id_in("records/2026-11/23/README").empty());
}

TEST_CASE("record_at: a sound record gives its entry") {
  const std::string bytes = good_body().dump();
  const Entry entry = entry_of(record_at(path_of(bytes), bytes));
  CHECK(entry.id == sha256(bytes));
  CHECK(entry.kind == "note");
  CHECK(entry.seq == 7);
  CHECK(entry.name == "income");
  CHECK(entry.project == ".");
  CHECK(entry.path == path_of(bytes));
}

TEST_CASE("record_at: says what is wrong with a malformed record") {
  const std::string good = good_body().dump();
  CHECK(refusal(path_of(good), good + " ").starts_with("the bytes hash to"));
  CHECK(refusal("records/x.json", good) == "the file's name is not a record's id");
  CHECK(refusal(path_of(good, "2026-11-24T00:00:00Z"), good) ==
        "it does not lie in the folder of its day, 2026-11-23");
  CHECK(refusal(path_of("{\"kind\":"), "{\"kind\":").find("not valid JSON") != std::string::npos);
  CHECK(refusal(path_of("[]"), "[]") == "'kind' is missing");
  const std::string large = std::string(k_largest_record + 1, ' ');
  CHECK(refusal(path_of(large), large).find("more than the 65536") != std::string::npos);

  const auto with = [](std::string_view member, Json value) {
    Json body = good_body();
    body[member] = std::move(value);
    return body.dump();
  };
  for (const std::string& bytes :
       {with("seq", 0), with("seq", "7"), with("seq", 1.5), with("seq", k_largest_seq + 1),
        with("time", "today"), with("time", nullptr), with("schema", "mlp.run/1"), with("name", 5)}) {
    CAPTURE(bytes);
    CHECK_FALSE(refusal(path_of(bytes), bytes).empty());
  }
}

} // namespace
} // namespace mlp::ledger
