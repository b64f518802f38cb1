#include "cli.hpp"
#include "surroundings.hpp"

int main(int argument_count, char** arguments) {
  return mlp::cli::run({arguments + 1, arguments + argument_count}, mlp::cli::surroundings());
}
