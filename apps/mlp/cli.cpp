#include "cli.hpp"

#include "base/error.hpp"
#include "command_line.hpp"
#include "commands/commands.hpp"
#include "help_text.hpp"
#include "parser.hpp"
#include "report/display.hpp"
#include "terminal_progress.hpp"

#include <charconv>
#include <chrono>
#include <new>
#include <ostream>
#include <system_error>

namespace mlp::cli {
namespace {

/// The only place where an error becomes an exit status.
Exit status_of(ErrorCode code) {
  switch (code) {
  case ErrorCode::usage:
    return Exit::usage;
  case ErrorCode::input:
  case ErrorCode::not_found:
  case ErrorCode::ambiguous:
    return Exit::input;
  case ErrorCode::conflict:
    return Exit::no;
  case ErrorCode::corrupt:
    return Exit::integrity;
  case ErrorCode::environment:
    return Exit::environment;
  case ErrorCode::interrupted:
    return Exit::interrupted;
  case ErrorCode::internal:
    return Exit::bug;
  }
  return Exit::bug;
}

Exit report_error(const Error& error, Session& session, bool json) {
  session.out.flush();
  if (json) {
    session.err << Json::object({{"schema", "mlp.error/1"},
                                 {"code", name_of(error.code())},
                                 {"message", error.what()},
                                 {"hints", error.hints()}})
                       .dump()
                << '\n';
  } else {
    session.err << "mlp: error: " << report::printable(error.what()) << '\n';
    for (const std::string& hint : error.hints()) {
      session.err << "hint: " << report::printable(hint) << '\n';
    }
  }
  session.err.flush();
  return status_of(error.code());
}

Error bug(const char* what) {
  return Error(ErrorCode::internal, "unexpected: {}", what)
      .hint("this is a bug in mlp: please report it with the command line and what `mlp --version` prints");
}

unsigned threads_from(const std::string& text) {
  unsigned threads = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), threads);
  if (problem != std::errc() || end != text.data() + text.size() || threads < 1 || threads > 1024) {
    throw Error(ErrorCode::usage, "MLP_THREADS is '{}', wanted a whole number from 1 to 1024", text)
        .hint("unset MLP_THREADS to use every processor");
  }
  return threads;
}

void apply(const GlobalFlags& flags, Session& session) {
  session.json = flags.json;
  session.quiet = flags.quiet;
  const bool wanted =
      session.out_is_terminal && !session.variable("NO_COLOR") && session.variable("TERM") != "dumb";
  session.color = flags.color == "always" || (flags.color == "auto" && wanted);
  if (const auto threads = session.variable("MLP_THREADS")) {
    session.threads = threads_from(*threads);
  }
  if (!flags.directory.empty()) {
    session.directory /= flags.directory;
    if (!std::filesystem::is_directory(session.directory)) {
      throw Error(ErrorCode::not_found, "-C '{}' is not a folder", flags.directory)
          .hint("name an existing folder after -C");
    }
  }
}

std::int64_t steady_ns() {
  return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Exit run_command(const Command& command, const std::vector<std::string>& arguments, Session& session) {
  Options options;
  GlobalFlags flags;
  const Options global = global_options(flags);
  const auto action = command.declare(options);
  parse("mlp " + command.name, options, global, arguments);
  apply(flags, session);
  SilentProgress silent(session.err);
  TerminalProgress terminal(session.err, steady_ns, session.width);
  const bool shows = session.err_is_terminal && !session.quiet;
  session.progress = shows ? static_cast<Progress*>(&terminal) : &silent;
  return action(session);
}

/// `mlp --version` and `mlp --help` are the commands of that name; so is `mlp promote --help`.
std::vector<std::string> with_flags_as_verbs(const std::vector<std::string>& arguments,
                                             std::span<const Command> known) {
  const bool help = has_flag(arguments, "--help") || has_flag(arguments, "-h");
  if (!help && arguments.empty()) {
    return {"help"};
  }
  if (!help && !has_flag(arguments, "--version")) {
    return arguments;
  }
  const CalledCommand called = find_command(arguments, known);
  const std::string json = has_flag(arguments, "--json") ? "--json" : "--quiet";
  if (!called.word.empty() && !help) {
    return arguments;
  }
  if (!help) {
    return {"version", json};
  }
  const std::string name = called.command != nullptr ? called.command->name : called.word;
  std::vector<std::string> result = {"help", json};
  if (!name.empty()) {
    result.push_back(name);
  }
  return result;
}

Exit dispatch(const std::vector<std::string>& given, Session& session) {
  const std::vector<Command> known = commands();
  const std::vector<std::string> arguments = with_flags_as_verbs(given, known);
  const CalledCommand called = find_command(arguments, known);
  if (called.command == nullptr && called.word.empty()) {
    throw Error(ErrorCode::usage, "no command is named").hint("run `mlp --help`");
  }
  if (called.command == nullptr) {
    throw Error(ErrorCode::usage, "`mlp {}` wants a verb", called.word)
        .hint(fmt::format("run `mlp {} --help`", called.word));
  }
  const Exit exit = run_command(*called.command, called.arguments, session);
  if (!session.out.flush()) {
    throw Error(ErrorCode::environment, "cannot write the result to standard output")
        .hint("is the disk full, or the reader gone?");
  }
  return exit;
}

} // namespace

int run(const std::vector<std::string>& arguments, Session session) {
  const bool json = has_flag(arguments, "--json");
  Exit exit = Exit::bug;
  try {
    exit = dispatch(arguments, session);
  } catch (const Error& error) {
    exit = report_error(error, session, json);
  } catch (const std::filesystem::filesystem_error& error) {
    exit = report_error(Error(ErrorCode::environment, "{}", error.what()), session, json);
  } catch (const std::bad_alloc&) {
    exit = report_error(Error(ErrorCode::environment, "not enough memory")
                            .hint("free some memory, or use a smaller part of the data"),
                        session, json);
  } catch (const std::exception& error) {
    exit = report_error(bug(error.what()), session, json);
  }
  return static_cast<int>(exit);
}

} // namespace mlp::cli
