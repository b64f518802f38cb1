#include "page_check.hpp"
#include "report/data_diff_html.hpp"
#include "report/data_diff_text.hpp"
#include "report/data_html.hpp"
#include "report/datasheet_text.hpp"
#include "report/display.hpp"

#include <doctest/doctest.h>

using namespace mlp;
using namespace mlp::report;
using mlp::test::badly_closed;
using mlp::test::holds;

namespace {

Json document() {
  return Json::parse(R"({"schema":"mlp.data_diff/1","equal":false,"notes":["a note"],
    "left":{"name":"adult","dataset":"3f2a9c1000","rows":3,"columns":2,"files":1},
    "right":{"name":"adult","dataset":"77aa01b000","rows":4,"columns":3,"files":1},
    "files":{"added":12,"removed":0,"changed":1,"moved":1,"unchanged":7,
      "added_files":["a.csv","b.csv","c.csv","d.csv"],"removed_files":[],"changed_files":["x<y.csv"],
      "moved_files":[{"from":"m.csv","to":"n.csv"}]},
    "table":{"left_rows":3,"right_rows":4,"left_file":null,"right_file":null,
      "schema_changes":[{"what":"added","column":"bonus","left":"","right":"number"},
                        {"what":"type","column":"age","left":"number","right":"category"},
                        {"what":"order","column":"","left":"a, b","right":"b, a"}],
      "rows":{"by":"id","added":1,"removed":0,"changed":1,"unchanged":2,"same_order":false,
        "added_rows":[4],"removed_rows":[],
        "changed_columns":[{"column":"hours","rows":1}],
        "changed_rows":[{"left":2,"right":3,"cells":[
          {"column":"hours","shown":true,"left":"40","right":""},{"column":"sex","shown":false}]}]},
      "columns":[{"name":"hours","type":"number","distance_name":"ks","distance":0.25,"distance_error":0,
          "left":{"count":3,"missing":0,"median":38,"mean":38.5},"right":{"count":3,"missing":1,"median":39,"mean":38.5},
          "came":{"n":0,"values":[]},"went":{"n":0,"values":[]}},
        {"name":"job","type":"category","distance_name":"tv","distance":0.1,"distance_error":0,
          "left":{"count":3,"missing":0},"right":{"count":4,"missing":0},
          "came":{"n":5,"values":[{"value":"<b>","count":2},{"value":"y","count":1},{"value":"z","count":1}]},
          "went":{"n":2,"values":[]}},
        {"name":"flat","type":"number","distance_name":"ks","distance":0.0001,"distance_error":0,
          "left":{"count":3,"missing":0,"median":1,"mean":1},"right":{"count":4,"missing":0,"median":1,"mean":1},
          "came":{"n":0,"values":[]},"went":{"n":0,"values":[]}}]}})");
}

} // namespace

TEST_CASE("a difference of data on a terminal") {
  CHECK(data_diff_text(document(), Style()) ==
        "- adult 3f2a9c1   3 rows × 2 columns\n"
        "+ adult 77aa01b   4 rows × 3 columns\n"
        "files\n"
        "  + 12 added   a.csv, b.csv, c.csv, …\n"
        "  ~ 1 changed   x<y.csv\n"
        "  ~ 1 moved   m.csv → n.csv\n"
        "  = 7 unchanged\n"
        "schema\n"
        "  + bonus   number\n"
        "  ~ age   number → category\n"
        "  ~ the columns stand in another order\n"
        "rows, by id\n"
        "  - 0 removed\n"
        "  + 1 added   row 4\n"
        "  ~ 1 changed   hours in 1\n"
        "      row 2 → 3   hours 40 → (missing), sex (not shown)\n"
        "  = 2 unchanged\n"
        "columns that moved\n"
        "  column  distance      n\n"
        "  hours   ks 0.250  3 → 3  median 38.00 → 39.00 · missing 0.0% → 25.0%\n"
        "  job     tv 0.100  3 → 4  came '<b>' (2), 'y' (1), 'z' (1) and 2 more · went 2 values\n"
        "  … 1 more moved less (--json has all)\n");
}

TEST_CASE("equal data are one line more") {
  Json same = document();
  same["equal"] = true;
  CHECK(holds(data_diff_text(same, Style()), "the same table in other bytes\n"));
  same["table"] = nullptr;
  CHECK(holds(data_diff_text(same, Style()), "the same bytes\n"));
}

TEST_CASE("a difference as a page is one element in another, and what data say is text in it") {
  const std::string page = data_diff_html(document(), "mlp 1");
  CHECK(badly_closed(page) == "");
  CHECK_FALSE(holds(page, "<b>"));
  CHECK(holds(page, "&lt;b&gt;"));
  CHECK(holds(page, "default-src 'none'"));
  CHECK(holds(page, "They differ"));
}

TEST_CASE(
    "data as a page: warnings on top, a picture a column, where they are from; what is not drawn is said") {
  dataset::Profile profile;
  profile.rows = 4;
  dataset::ColumnProfile number;
  number.name = "<x>";
  number.count = 4;
  number.unique = 4;
  number.min = number.q25 = 0;
  number.median = number.q75 = 1;
  number.max = 900;
  number.mean = 1;
  number.histogram = {3, 1};
  number.body = dataset::Body{0, 2, {1, 2}, 0, 1};
  dataset::ColumnProfile word;
  word.name = "w";
  word.type = dataset::ColumnType::category;
  word.count = 2;
  word.missing = 2;
  word.unique = 2;
  word.top = {{"<script>", 1}, {"b", 1}};
  profile.columns = {number, word, word};
  Check check;
  check.why = "'x' is odd";
  DataPage facts;
  facts.name = "t";
  facts.dataset = "0123456789";
  facts.provenance = {{"source", "https://example.org"}, {"licence", ""}};
  const std::string page = data_html(profile, std::vector<std::size_t>{0, 1}, std::vector{check}, facts);
  CHECK(badly_closed(page) == "");
  CHECK_FALSE(holds(page, "<script>"));
  CHECK(page.find("1 warning") < page.find("class=\"histogram\""));
  CHECK(holds(page, "1 more columns are not drawn"));
  CHECK(holds(page, "Not in the picture: 0 values below it, 1 above."));
  CHECK(holds(page, "https://example.org"));
  CHECK_FALSE(holds(page, "licence"));
  // of bins 1 and 2 the second is the highest: the first is half as high
  CHECK(holds(page, R"(y="50.000%" width="50.000%" height="50.000%")"));
}

TEST_CASE("a datasheet says NOT PROVIDED where nobody wrote anything, and cites each evidence in full once") {
  const Json sheet =
      Json::parse(R"({"schema":"mlp.datasheet/1","name":"t","dataset":"0123456789abc","sections":[
    {"title":"Motivation","asks":"Why?","text":null,"text_evidence":null,"facts":[
      {"name":"question","value":null,"evidence":null}]},
    {"title":"Composition","asks":"What?","text":"People, *one* a row.","text_evidence":{"kind":"file d.md","id":"feedfacefeed"},
     "facts":[{"name":"rows","value":1234,"evidence":{"kind":"profile","id":"abcdef0123456"}},
              {"name":"a|b","value":"x","evidence":{"kind":"profile","id":"abcdef0123456"}}]}]})");
  CHECK(datasheet_markdown(sheet) == "# Datasheet of t 0123456\n"
                                     "\n## Motivation\n\n*Why?*\n\n"
                                     "| fact | value | evidence |\n| --- | --- | --- |\n"
                                     "| question | NOT PROVIDED |  |\n\n"
                                     "NOT PROVIDED\n"
                                     "\n## Composition\n\n*What?*\n\n"
                                     "| fact | value | evidence |\n| --- | --- | --- |\n"
                                     "| rows | 1,234 | profile abcdef0 |\n"
                                     "| a\\|b | x | profile abcdef0 |\n\n"
                                     "People, *one* a row.\n\n(file d.md feedfac)\n"
                                     "\n## Evidence\n\n"
                                     "- file d.md feedfac: `feedfacefeed`\n"
                                     "- profile abcdef0: `abcdef0123456`\n");
}

TEST_CASE("the signs of reports have a form in ASCII; what comes from data stays") {
  CHECK(in_ascii("▁▂▃▄▅▆▇█‹›…×–·→") == "_.-=+*%#<>...x--->");
  CHECK(in_ascii("Zürich 東京") == "Zürich 東京");
}
