#include "model/external_command.hpp"

#include "base/error.hpp"
#include "dataset/write_csv.hpp"
#include "os/command.hpp"
#include "os/files.hpp"

namespace mlp::model {
namespace {

constexpr int k_not_executable = 126; // as every shell says it
constexpr int k_not_found = 127;
constexpr std::size_t k_shown_lines = 12;
constexpr std::size_t k_flush_bytes = 1U << 20U;

/// "\n  | line" for each of the last lines of the log.
std::string quoted_log(const std::filesystem::path& log) {
  std::string text;
  for (const std::string& line : os::last_lines(log, k_shown_lines)) {
    text += "\n  | " + line;
  }
  return text.empty() ? "; it wrote nothing" : text;
}

[[noreturn]] void fail(const ExternalCommand& command, int status, const std::filesystem::path& log) {
  const bool missing = status == k_not_found || status == k_not_executable;
  const std::string how = status > 128 ? fmt::format("was ended by signal {}", status - 128)
                                       : fmt::format("ended with status {}", status);
  throw Error(missing ? ErrorCode::environment : ErrorCode::input, "the {} command `{}` {}{}", command.role,
              command.text, how, quoted_log(log))
      .hint(missing ? "is the program installed, executable, and in PATH?"
                    : "run the command by hand: `mlp help trainer` tells what it is given");
}

} // namespace

double run_external(const ExternalCommand& command, const ExternalPlace& place) {
  os::CommandOptions options;
  options.directory = command.directory;
  options.variables = command.variables;
  options.log = place.folder / "log";
  options.timeout_seconds = place.timeout_seconds;
  options.interrupt = place.interrupt;
  const os::CommandResult result = os::run_command(command.text, options);
  if (result.timed_out) {
    throw Error(ErrorCode::input, "the {} command `{}` took longer than {} s{}", command.role, command.text,
                *place.timeout_seconds, quoted_log(options.log))
        .hint("raise model.trainer.timeout in mlp.yaml, or leave it out for no limit");
  }
  if (result.status != 0) {
    fail(command, result.status, options.log);
  }
  return result.seconds;
}

void write_rows(const std::filesystem::path& file, const dataset::Table& table,
                const std::vector<std::string>& columns, std::span<const std::uint32_t> rows,
                Numbered numbered) {
  const auto out = os::real_files().create(file);
  std::vector<const dataset::Column*> chosen;
  std::string text = numbered == Numbered::yes ? "row" : "";
  for (const std::string& name : columns) {
    chosen.push_back(&table.column(name));
    text += text.empty() ? "" : ",";
    dataset::append_csv_field(text, name);
  }
  text += '\n';
  std::uint64_t number = 0;
  for (const std::uint32_t row : rows) {
    ++number;
    bool first = true;
    if (numbered == Numbered::yes) {
      text += std::to_string(number);
      first = false;
    }
    for (const dataset::Column* column : chosen) {
      text += first ? "" : ",";
      first = false;
      dataset::append_csv_field(text, column->text(row));
    }
    text += '\n';
    if (text.size() > k_flush_bytes) {
      out->write(text);
      text.clear();
    }
  }
  out->write(text);
}

} // namespace mlp::model
