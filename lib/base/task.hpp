#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace mlp {

/// What a model predicts. Ground vocabulary: configuration, metrics and trainers all speak of it.
enum class Task { binary, multiclass, regression, ranking };

inline constexpr std::array<std::string_view, 4> k_task_names = {"binary", "multiclass", "regression",
                                                                 "ranking"};

[[nodiscard]] constexpr std::string_view name_of(Task task) {
  return k_task_names[static_cast<std::size_t>(task)];
}

/// Whether a target is one of some classes, and a score a probability.
[[nodiscard]] constexpr bool has_classes(Task task) {
  return task == Task::binary || task == Task::multiclass;
}

[[nodiscard]] constexpr std::optional<Task> task_from(std::string_view name) {
  for (std::size_t i = 0; i < k_task_names.size(); ++i) {
    if (k_task_names[i] == name) {
      return static_cast<Task>(i);
    }
  }
  return std::nullopt;
}

/// How a model's probabilities are corrected after training (metrics/calibrator.hpp).
enum class Calibration { none, platt, isotonic, temperature };

inline constexpr std::array<std::string_view, 4> k_calibration_names = {"none", "platt", "isotonic",
                                                                        "temperature"};

[[nodiscard]] constexpr std::string_view name_of(Calibration calibration) {
  return k_calibration_names[static_cast<std::size_t>(calibration)];
}

[[nodiscard]] constexpr std::optional<Calibration> calibration_from(std::string_view name) {
  for (std::size_t i = 0; i < k_calibration_names.size(); ++i) {
    if (k_calibration_names[i] == name) {
      return static_cast<Calibration>(i);
    }
  }
  return std::nullopt;
}

} // namespace mlp
