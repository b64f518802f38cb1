#include "report/text_table.hpp"

#include <doctest/doctest.h>

using mlp::report::Align;
using mlp::report::TextTable;

TEST_CASE("columns line up by what is seen, and lines have no trailing blanks") {
  TextTable table({Align::left, Align::right, Align::left});
  table.row({"city", "n", "note"}).row({"Zürich", "1,234", ""}).row({"東京", "5", "x"});
  CHECK(table.text(2) == "  city        n  note\n"
                         "  Zürich  1,234\n"
                         "  東京        5  x\n");
}

TEST_CASE("a row may have fewer cells; an empty table is empty text") {
  TextTable table({Align::left, Align::left});
  CHECK(table.text() == "");
  table.row({"only"});
  CHECK(table.text() == "only\n");
}
