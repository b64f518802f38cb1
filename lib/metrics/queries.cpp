#include "metrics/queries.hpp"

#include <algorithm>
#include <cmath>

namespace mlp::metrics {
namespace {

double discount(double rank) { return 1.0 / std::log2(1.0 + rank); }

double exponential_gain(double grade) { return std::exp2(grade) - 1.0; }

/// Of a run of results after `before` others: how many of them are within the first `places`.
double within(double before, double count, double places) { return std::clamp(places - before, 0.0, count); }

double discounted(double before, double count) {
  double total = 0.0;
  for (double rank = before + 1.0; rank <= before + count; rank += 1.0) {
    total += discount(rank);
  }
  return total;
}

double ideal(const Query& query, double places, Gain gain) {
  double total = 0.0;
  double rank = 1.0;
  for (const double grade : query.grades) {
    if (rank > places || grade == 0.0) {
      break;
    }
    total += (gain == Gain::linear ? grade : exponential_gain(grade)) * discount(rank);
    rank += 1.0;
  }
  return total;
}

Tie tie_of(const Rows& rows, std::span<const std::uint32_t> members) {
  Tie tie;
  for (const std::uint32_t row : members) {
    const double grade = rows.target[row];
    tie.rows += 1.0;
    tie.relevant += grade > 0.0 ? 1.0 : 0.0;
    tie.gain += grade;
    tie.gain_exp += exponential_gain(grade);
  }
  return tie;
}

void order(const Rows& rows, Query& query) {
  std::ranges::stable_sort(query.rows, std::ranges::greater{},
                           [&](std::uint32_t row) { return rows.scores[row]; });
  const std::span<const std::uint32_t> all = query.rows;
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin + 1;
    while (end < all.size() && rows.scores[all[end]] == rows.scores[all[begin]]) {
      ++end;
    }
    query.ties.push_back(tie_of(rows, all.subspan(begin, end - begin)));
    query.relevant += query.ties.back().relevant;
    begin = end;
  }
  for (const std::uint32_t row : all) {
    query.grades.push_back(rows.target[row]);
  }
  std::ranges::sort(query.grades, std::ranges::greater{});
}

} // namespace

std::vector<Query> queries_of(const Rows& rows) {
  std::vector<Query> queries(rows.groups);
  for (std::uint32_t row = 0; row < rows.size(); ++row) {
    queries[rows.places[row]].rows.push_back(row);
  }
  for (Query& query : queries) {
    order(rows, query);
  }
  return queries;
}

std::int64_t count_units(const Rows& rows) {
  if (rows.task != Task::ranking) {
    return static_cast<std::int64_t>(rows.size());
  }
  std::vector<bool> has_relevant(rows.groups, false);
  for (std::size_t row = 0; row < rows.size(); ++row) {
    has_relevant[rows.places[row]] = has_relevant[rows.places[row]] || rows.target[row] > 0.0;
  }
  return std::ranges::count(has_relevant, true);
}

double ndcg(const Query& query, double places, Gain gain) {
  double total = 0.0;
  double before = 0.0;
  for (const Tie& tie : query.ties) {
    const double mean = (gain == Gain::linear ? tie.gain : tie.gain_exp) / tie.rows;
    if (mean > 0.0) {
      total += mean * discounted(before, within(before, tie.rows, places));
    }
    before += tie.rows;
  }
  return total / ideal(query, places, gain);
}

double average_precision(const Query& query, double places) {
  double total = 0.0;
  double before = 0.0;
  double found = 0.0;
  for (const Tie& tie : query.ties) {
    const double share = tie.relevant / tie.rows;
    // of the other relevant rows of the tie, so many stand before a relevant one at each earlier place
    const double others = tie.rows > 1.0 ? (tie.relevant - 1.0) / (tie.rows - 1.0) : 0.0;
    const double counted = share > 0.0 ? within(before, tie.rows, places) : 0.0;
    for (double place = 1.0; place <= counted; place += 1.0) {
      total += share * (found + 1.0 + (place - 1.0) * others) / (before + place);
    }
    before += tie.rows;
    found += tie.relevant;
  }
  return total / std::min(query.relevant, places);
}

double reciprocal_rank(const Query& query) {
  double before = 0.0;
  for (const Tie& tie : query.ties) {
    if (tie.relevant > 0.0) {
      double none_yet = 1.0; // the chance that the earlier places of the tie are not relevant
      double expected = 0.0;
      for (double place = 1.0; place <= tie.rows - tie.relevant + 1.0; place += 1.0) {
        const double hit = tie.relevant / (tie.rows - place + 1.0);
        expected += none_yet * hit / (before + place);
        none_yet *= 1.0 - hit;
      }
      return expected;
    }
    before += tie.rows;
  }
  return 0.0;
}

double relevant_within(const Query& query, double places) {
  double found = 0.0;
  double before = 0.0;
  for (const Tie& tie : query.ties) {
    found += tie.relevant * within(before, tie.rows, places) / tie.rows;
    before += tie.rows;
  }
  return found;
}

double chance_of_hit(const Query& query, double places) {
  double before = 0.0;
  for (const Tie& tie : query.ties) {
    const double drawn = within(before, tie.rows, places);
    if (tie.relevant > 0.0) {
      double missed = 1.0;
      for (double i = 0.0; i < drawn; i += 1.0) {
        missed *= std::max(0.0, tie.rows - tie.relevant - i) / (tie.rows - i);
      }
      return 1.0 - missed;
    }
    before += tie.rows;
  }
  return 0.0;
}

} // namespace mlp::metrics
