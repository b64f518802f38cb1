#include "workflow/git_notes.hpp"

#include "opened_project.hpp"

using namespace mlp;
using namespace mlp::test;
using workflow::note_of_git;

TEST_CASE("data that git would commit are named with the line that keeps them out") {
  OpenedProject project;
  workflow::Workspace workspace = project.open();
  const auto note = [&](const std::string& path) { return note_of_git(workspace, project.root / path); };
  project.write("raw/big.csv", "a\n1\n");
  CHECK(note("raw/big.csv") ==
        "git does not ignore 'raw/big.csv', and `git add -A` would commit the data themselves: the line "
        "'/raw/big.csv' in '.gitignore' keeps them out");
  CHECK(note("raw")->find("the line '/raw/' in") != std::string::npos);
  project.write("my data/a[1]*.csv", "a\n1\n");
  CHECK(note("my data/a[1]*.csv")->find("'/my\\ data/a\\[1]\\*.csv'") != std::string::npos);
  CHECK_FALSE(note("data/churn.csv").has_value()); // ignored
  CHECK_FALSE(note("/etc/hostname").has_value());  // outside
  CHECK_FALSE(note("absent.csv").has_value());

  // The line named does what it says.
  project.write(".gitignore", "/raw/big.csv\n/my\\ data/a\\[1]\\*.csv\n");
  CHECK_FALSE(note("raw/big.csv").has_value());
  CHECK_FALSE(note("my data/a[1]*.csv").has_value());
}

TEST_CASE("data that git has already are named with how to untrack them") {
  OpenedProject project;
  project.write("old it's/x.csv", "a\n1\n");
  project.git("", {"add", "old it's"});
  workflow::Workspace workspace = project.open();
  CHECK(note_of_git(workspace, project.root / "old it's/x.csv") ==
        "git keeps 'old it's/x.csv' too: `git rm --cached 'old it'\\''s/x.csv'` and the line '/old\\ "
        "it's/x.csv' "
        "in '.gitignore' leave the data to mlp");
  CHECK(note_of_git(workspace, project.root / "old it's")->find("`git rm -r --cached 'old it'") !=
        std::string::npos);
}
