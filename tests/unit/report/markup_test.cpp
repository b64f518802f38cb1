#include "report/markup.hpp"

#include <doctest/doctest.h>

using mlp::report::escaped;
using mlp::report::Markup;

TEST_CASE("text of the data stays text, in elements and in attributes") {
  CHECK(escaped("<b>&\"'</b>") == "&lt;b&gt;&amp;&quot;'&lt;/b&gt;");
  CHECK(escaped(std::string("a\0b\n", 4)) == "a\\x00b\\n");
  Markup page;
  page.element("p", {{"title", "\" onclick=\"x"}}, "<script>");
  CHECK(page.str() == "<p title=\"&quot; onclick=&quot;x\">&lt;script&gt;</p>\n");
}

TEST_CASE("elements stand in one another and are closed") {
  Markup page;
  page.element("ul", {}, [&] {
    page.element("li", {{"class", "a"}}, "one");
    page.empty("br", {});
  });
  CHECK(page.str() == "<ul><li class=\"a\">one</li>\n<br/></ul>\n");
}
