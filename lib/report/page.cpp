#include "report/page.hpp"

#include "config/templates.hpp"

namespace mlp::report {
namespace {

void write_head(Markup& page, const std::string& title) {
  page.element("head", {}, [&] {
    page.empty("meta", {{"charset", "utf-8"}});
    page.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
    page.empty("meta",
               {{"http-equiv", "Content-Security-Policy"},
                {"content", "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"}});
    page.element("title", {}, title);
    page.element("style", {}, [&] { page.raw(config::page_style()); });
  });
}

} // namespace

std::string html_page(const PageHead& head, const std::function<void(Markup&)>& main) {
  Markup page;
  page.raw("<!DOCTYPE html>\n");
  page.element("html", {{"lang", "en"}}, [&] {
    write_head(page, head.title + " · " + head.kind);
    page.element("body", {}, [&] {
      page.element("a", {{"class", "skip"}, {"href", "#" + head.skip_to}}, head.skip_text);
      page.element("header", {}, [&] {
        page.element("h1", {}, head.title);
        page.element("p", {{"class", "quiet"}}, head.beside);
      });
      page.element("main", {}, [&] { main(page); });
    });
  });
  return page.str();
}

void write_fact(Markup& page, std::string_view name, std::string_view value, std::string_view beside) {
  page.element("div", {}, [&] {
    page.element("dt", {}, name);
    page.element("dd", {}, [&] {
      page.text(value);
      if (!beside.empty()) {
        page.element("small", {}, beside);
      }
    });
  });
}

void write_table(Markup& page, const std::vector<PageColumn>& columns, const std::function<void()>& rows) {
  page.element("div", {{"class", "wide"}}, [&] {
    page.element("table", {}, [&] {
      if (!columns.empty()) {
        page.element("thead", {}, [&] {
          page.element("tr", {}, [&] {
            for (const PageColumn& column : columns) {
              page.element("th", {{"scope", "col"}, {"class", std::string(column.css)}}, column.name);
            }
          });
        });
      }
      page.element("tbody", {}, rows);
    });
  });
}

void write_cell(Markup& page, std::string_view text, std::string_view css) {
  page.element("td", {{"class", std::string(css)}}, text);
}

void write_terms(Markup& page, const std::vector<std::pair<std::string, std::string>>& terms) {
  write_table(page, {}, [&] {
    for (const auto& [name, value] : terms) {
      if (value.empty()) {
        continue;
      }
      page.element("tr", {}, [&] {
        page.element("th", {{"scope", "row"}}, name);
        page.element("td", {}, [&] { page.element("code", {}, value); });
      });
    }
  });
}

void write_check_rows(Markup& page, const Json& checks) {
  write_table(page, {}, [&] {
    for (const Json& check : checks.as_array()) {
      const std::string status = check["status"].string_or();
      page.element("tr", {}, [&] {
        page.element("td", {{"class", "status " + status}}, status);
        page.element("th", {{"scope", "row"}}, [&] {
          page.name(check["id"].string_or());
          if (const std::string subject = check["subject"].string_or(); !subject.empty()) {
            page.element("span", {{"class", "quiet"}}, " " + subject);
          }
        });
        page.element("td", {}, check["why"].string_or());
      });
    }
  });
}

} // namespace mlp::report
