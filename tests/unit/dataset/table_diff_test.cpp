#include "dataset/table_diff.hpp"

#include "dataset/read_table.hpp"
#include "support/scratch.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::dataset;

namespace {

DiffSide held(const std::string& text, ReadOptions options = {}) {
  const auto read = [=](const std::map<std::string, ColumnType>& types) {
    ReadOptions reading = options;
    reading.types = types;
    return read_table_bytes({{"t.csv", text}}, reading);
  };
  return held_side(read, options);
}

/// As they go by in pieces of a few rows, and as tables at hand: both tell the same.
TableDiff diff_of(const std::string& left, const std::string& right, const TableDiffOptions& options = {},
                  const ReadOptions& reading = {}) {
  const mlp::test::Scratch scratch;
  const auto streamed = [&](const std::string& name, const std::string& text) {
    const std::vector<Source> sources = {{scratch.write(name, text), name}};
    constexpr std::size_t k_piece_bytes = 40;
    return DiffSide{
        [=](const RowScanRequest& request) { return scan_rows(sources, reading, request, k_piece_bytes); },
        [=](const CellRequest& request) { return read_cells(sources, reading, request, k_piece_bytes); }};
  };
  TableDiff diff = compare_tables(streamed("l.csv", left), streamed("r.csv", right), options);
  const TableDiff at_hand = compare_tables(held(left, reading), held(right, reading), options);
  CHECK(to_json(diff) == to_json(at_hand));
  CHECK(diff.hidden == at_hand.hidden);
  CHECK(diff.notes == at_hand.notes);
  const TableDiff mixed = compare_tables(streamed("l.csv", left), held(right, reading), options);
  CHECK(to_json(diff) == to_json(mixed));
  return diff;
}

std::string change(const SchemaChange& of) {
  return std::string(name_of(of.what)) + " " + of.column + " " + of.left + ">" + of.right;
}

} // namespace

TEST_CASE("equal tables are equal, however they are written; other order is a difference") {
  CHECK(diff_of("a,b\n1,x\n2,y\n", "a;b\n1;x\n2;y\n").equal());
  const TableDiff shuffled = diff_of("a,b\n1,x\n2,y\n", "a,b\n2,y\n1,x\n");
  CHECK_FALSE(shuffled.equal());
  CHECK(shuffled.rows.added == 0);
  CHECK(shuffled.columns.empty());
}

TEST_CASE("columns that came, went, changed type or place; rows compare over those of both") {
  const TableDiff diff = diff_of("a,b,c,d\n1,x,5,p\n2,y,6,q\n", "d,a,c,e\np,1,5,0\nq,2,many,0\n");
  REQUIRE(diff.schema.size() == 4);
  CHECK(change(diff.schema[0]) == "removed b category>");
  CHECK(change(diff.schema[1]) == "type c number>category");
  CHECK(change(diff.schema[2]) == "added e >number");
  CHECK(change(diff.schema[3]) == "order  a, c, d>d, a, c");
  CHECK(diff.left_columns.size() == 4);
  CHECK(diff.left_columns[2].type == ColumnType::number); // as found, not as read again
  CHECK(diff.rows.unchanged == 1);                        // 1,5,p
  CHECK(diff.rows.added == 1);
  CHECK(diff.rows.removed == 1);
  CHECK_FALSE(diff.equal());
}

TEST_CASE("one word among a million numbers changes its row, not the spelling of all others") {
  // as a number 1.50 is 1.5; beside a word it stays text, on both sides
  const TableDiff diff = diff_of("a,b\n1.50,x\n2.50,y\n", "a,b\n1.50,x\nunknown,y\n");
  CHECK(diff.rows.unchanged == 1);
  CHECK(diff.rows.removed_rows == std::vector<std::size_t>{1});
}

TEST_CASE("by id: changed rows name the cells that differ, and values unless they are hidden") {
  TableDiffOptions options;
  options.ids = {"id"};
  options.hidden = {"id", "sex"};
  const TableDiff diff =
      diff_of("id,sex,hours\n7,f,40\n8,m,20\n9,f,30\n", "id,sex,hours\n8,f,25\n7,f,40\n5,f,1\n", options);
  CHECK(diff.by_id);
  CHECK(diff.rows.unchanged == 1);
  CHECK(diff.rows.added_rows == std::vector<std::size_t>{2});
  CHECK(diff.rows.removed_rows == std::vector<std::size_t>{2});
  CHECK(diff.cells.columns == std::vector<std::pair<std::string, std::int64_t>>{{"sex", 1}, {"hours", 1}});
  REQUIRE(diff.cells.examples.size() == 1);
  const ChangedRow& row = diff.cells.examples[0];
  CHECK(row.left == 1);
  CHECK(row.right == 0);
  REQUIRE(row.cells.size() == 2);
  CHECK_FALSE(row.cells[0].shown);
  CHECK(row.cells[0].left.empty());
  CHECK(row.cells[1].left == "20");
  CHECK(row.cells[1].right == "25");
  const std::string json = to_json(diff).dump();
  CHECK(json.find(R"("left":"20")") != std::string::npos);
  CHECK(json.find(R"("m")") == std::string::npos); // that sex m went is counted, not named
}

TEST_CASE("by id with a new column: the cells of the others still compare") {
  TableDiffOptions options;
  options.ids = {"id"};
  const TableDiff diff = diff_of("id,h\n1,4\n2,5\n", "id,extra,h\n1,0,4\n2,0,6\n", options);
  CHECK(diff.by_id);
  CHECK(diff.rows.changed.size() == 1);
  CHECK(diff.cells.columns.front().first == "h");
}

TEST_CASE("ids that are none: rows are compared by content, and a note says why") {
  TableDiffOptions options;
  options.ids = {"id"};
  const TableDiff twice = diff_of("id,h\n1,4\n1,5\n", "id,h\n1,4\n2,5\n", options);
  CHECK_FALSE(twice.by_id);
  CHECK(twice.notes.front() == "'id' does not name each row once: rows are compared by content");
  CHECK(diff_of("id,h\n1,4\n", "h\n4\n", options).notes.front() ==
        "'id' is not in both tables: rows are compared by content");
  CHECK(diff_of("h\n4\n", "h\n4\n", options).notes.empty());
}

TEST_CASE("the columns that moved farthest come first, and words that name rows are never shown") {
  std::string left = "name,x,y\n";
  std::string right = left;
  for (int i = 0; i < 100; ++i) {
    left += "n" + std::to_string(i) + "," + std::to_string(i) + "," + std::to_string(i) + "\n";
    right += "m" + std::to_string(i) + "," + std::to_string(i + 10) + "," + std::to_string(i + 50) + "\n";
  }
  const TableDiff diff = diff_of(left, right);
  REQUIRE(diff.columns.size() == 3);
  CHECK(diff.columns[0].name == "name"); // no name is in both: 1
  CHECK(diff.columns[1].name == "y");    // 50 of 100 apart
  CHECK(*diff.columns[1].distance == doctest::Approx(0.5));
  CHECK(*diff.columns[2].distance == doctest::Approx(0.1));
  CHECK(diff.hidden.contains("name"));
  CHECK(to_json(diff).dump().find("\"n1\"") == std::string::npos);
}

TEST_CASE("each side is read once where the columns agree") {
  int reads = 0;
  const DiffSide side = held("a\n1\n");
  const DiffSide counting{[&](const RowScanRequest& request) {
                            ++reads;
                            return side.scan(request);
                          },
                          side.read_cells};
  static_cast<void>(compare_tables(counting, counting, {}));
  CHECK(reads == 2);
}

TEST_CASE("the same on any number of threads, and tables without rows") {
  ReadOptions four;
  four.threads = 4;
  const std::string left = "a,b\n1,x\n2,y\n3,z\n";
  const std::string right = "a,b\n1,x\n2,z\n4,z\n";
  CHECK(to_json(diff_of(left, right)) == to_json(diff_of(left, right, {}, four)));
  const TableDiff empty = diff_of("a,b\n", "a,b\n1,x\n");
  CHECK(empty.rows.added == 1);
  CHECK(empty.columns.empty());
}

TEST_CASE("types that the first rows do not show: all rows are hashed as what the column is") {
  std::string left = "a,when,yes\n";
  for (int i = 0; i < 60; ++i) {
    left += std::to_string(i) + ".50,2024-01-02," + (i % 2 == 0 ? "no" : "yes") + "\n";
  }
  const std::string right = left + "many,2024-01-03,no\n"; // 0.50 is a word then, in both
  const TableDiff diff = diff_of(left, right);
  CHECK(diff.rows.unchanged == 60);
  CHECK(diff.rows.added_rows == std::vector<std::size_t>{60});
  CHECK(diff.right_columns[0].type == ColumnType::category);
  CHECK(diff.right_columns[1].type == ColumnType::datetime);
  CHECK(diff.right_columns[2].type == ColumnType::boolean);
}

TEST_CASE("by id: cells of all types, in any order of the rows, some columns at a time") {
  TableDiffOptions options;
  options.ids = {"id"};
  options.most_cells = 3; // of three rows: one column at a time
  const std::string left = "id,n,w,t,b\n1,1.5,x,2024-01-02,yes\n2,2,y,2024-01-03,no\n3,,z,2024-01-04,no\n";
  const std::string right = "id,n,w,t,b\n3,4,z,2024-01-04,no\n2,2,,2024-01-05,no\n1,1.5,x,2024-01-02,no\n";
  const TableDiff diff = diff_of(left, right, options);
  REQUIRE(diff.cells.examples.size() == 3);
  const auto cell = [&](std::size_t row, std::size_t i) {
    const ChangedCell& of = diff.cells.examples[row].cells.at(i);
    return of.column + ":" + of.left + ">" + of.right;
  };
  CHECK(diff.cells.examples[0].right == 2);
  CHECK(cell(0, 0) == "b:yes>no");
  CHECK(cell(1, 0) == "w:y>");
  CHECK(cell(1, 1) == "t:2024-01-03>2024-01-05");
  CHECK(cell(2, 0) == "n:>4");
  CHECK(diff.cells.columns.size() == 4);
}

TEST_CASE("a declared boolean is its value, however it is spelt; missing words and numbers are one") {
  ReadOptions reading;
  reading.columns["b"].type = "boolean";
  const TableDiff diff = diff_of("a,b\n1,yes\nNA,0\n", "a,b\n1,1\n,no\n", {}, reading);
  CHECK(diff.rows.unchanged == 2);
  CHECK(diff_of("a,w\n1,NA\n", "a,w\n1,\n").rows.unchanged == 1);
}
