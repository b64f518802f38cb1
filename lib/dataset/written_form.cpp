#include "dataset/written_form.hpp"

#include "dataset/ascii.hpp"
#include "dataset/written_date.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace mlp::dataset {
namespace {

constexpr std::size_t k_few = 2;

/// Ways to write numbers, the plainest first: of equals it is the one that is named.
constexpr std::array<NumberStyle, 8> k_styles = {
    {{'.', '\0'}, {',', '\0'}, {',', '.'}, {',', ' '}, {',', '\''}, {'.', ','}, {'.', ' '}, {'.', '\''}}};
constexpr std::array<std::string_view, 16> k_currencies = {
    "$",   "\u20ac", "\u00a3", "\u00a5", "\u20b9", "EUR", "USD", "CHF",
    "GBP", "JPY",    "CNY",    "SEK",    "NOK",    "DKK", "PLN", "R$"};

/// Without plain and no-break blanks at the ends.
std::string_view without_blanks(std::string_view text) {
  constexpr std::array<std::string_view, 4> k_blanks = {" ", "\t", "\u00a0", "\u202f"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view blank : k_blanks) {
      if (text.starts_with(blank)) {
        text.remove_prefix(blank.size());
        again = true;
      }
      if (text.ends_with(blank)) {
        text.remove_suffix(blank.size());
        again = true;
      }
    }
  }
  return text;
}

/// "192.168.100.200" has groups of three digits, too.
bool is_address(std::string_view text) {
  std::size_t parts = 0;
  for (std::string_view rest = text; !rest.empty(); ++parts) {
    const std::size_t end = std::min(rest.find('.'), rest.size());
    if (end == 0 || end > 3 || !all_digits(rest.substr(0, end)) ||
        (end == 3 && rest.substr(0, end) > "255")) {
      return false;
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return parts == 4;
}

/// A number in any of the ways to write one.
struct Cell {
  std::array<bool, k_styles.size()> fits{};
  bool is_number = false;
  bool per_cent = false;
  bool currency = false;
  bool comma = false;
  bool point = false;
  std::size_t size = 0; ///< bytes
};

/// Takes a sign of per cent or of a currency off.
void take_sign(std::string_view& text, Cell& cell) {
  const bool negative = text.starts_with('-'); // -$5
  std::string_view rest = without_blanks(text.substr(negative ? 1 : 0));
  if (rest.ends_with('%')) {
    rest.remove_suffix(1);
    cell.per_cent = true;
  }
  for (const std::string_view sign : k_currencies) {
    if (!cell.currency && (rest.starts_with(sign) || rest.ends_with(sign))) {
      rest = rest.starts_with(sign) ? rest.substr(sign.size()) : rest.substr(0, rest.size() - sign.size());
      cell.currency = true;
    }
  }
  if (cell.per_cent || cell.currency) {
    text = without_blanks(rest);
  }
}

Cell cell_of(std::string_view text) {
  constexpr std::size_t k_longest = 40;
  Cell cell;
  cell.size = text.size();
  if (text.empty() || text.size() > k_longest) {
    return cell;
  }
  take_sign(text, cell);
  if (is_address(text)) {
    return cell;
  }
  for (std::size_t i = 0; i < k_styles.size(); ++i) {
    cell.fits[i] = parse_number(text, k_styles[i]).fit == NumberFit::exact;
    cell.is_number = cell.is_number || cell.fits[i];
  }
  cell.comma = text.find(',') != std::string_view::npos;
  cell.point = text.find('.') != std::string_view::npos;
  return cell;
}

/// What the cells of a column have in common.
class Cells {
public:
  explicit Cells(std::span<const std::string> values) : needed_(least(values.size())), all_(values.size()) {
    for (const std::string& value : values) {
      add(cell_of(value));
    }
  }

  [[nodiscard]] std::optional<WrittenForm> form(NumberStyle declared) const {
    if (numbers_ < needed_) {
      return std::nullopt;
    }
    if (per_cent_ >= needed_ || currency_ >= needed_) {
      const bool per_cent = per_cent_ >= currency_;
      return of(per_cent ? WrittenAs::per_cent : WrittenAs::currency, {}, per_cent ? per_cent_ : currency_);
    }
    const auto most = *std::max_element(fits_.begin(), fits_.end());
    if (most < needed_ || most == fits_of(declared)) {
      return std::nullopt;
    }
    return most == fits_.front() ? of(WrittenAs::decimal_points, {}, most) : styled(most);
  }

  /// How many of the values must be of a form.
  static std::size_t least(std::size_t values) {
    const double share = k_written_share * static_cast<double>(values);
    auto count = static_cast<std::size_t>(share);
    count += static_cast<double>(count) < share ? 1U : 0U;
    return std::max(count, k_few);
  }

private:
  void add(const Cell& cell) {
    if (!cell.is_number) {
      return;
    }
    ++numbers_;
    per_cent_ += cell.per_cent ? 1U : 0U;
    currency_ += cell.currency ? 1U : 0U;
    commas_ += cell.comma ? 1U : 0U;
    points_ += cell.point ? 1U : 0U;
    shortest_ = std::min(shortest_, cell.size);
    longest_ = std::max(longest_, cell.size);
    for (std::size_t i = 0; i < k_styles.size(); ++i) {
      fits_[i] += cell.fits[i] && !cell.per_cent && !cell.currency ? 1U : 0U;
    }
  }

  [[nodiscard]] std::optional<WrittenForm> of(WrittenAs as, NumberStyle style, std::size_t count) const {
    return WrittenForm{as, style, static_cast<double>(count) / static_cast<double>(all_)};
  }

  [[nodiscard]] std::size_t fits_of(NumberStyle style) const {
    const auto* found = std::find(k_styles.begin(), k_styles.end(), style);
    return found == k_styles.end() ? 0 : fits_[static_cast<std::size_t>(found - k_styles.begin())];
  }

  /// `most`: values that the best style reads, which is not the plain one.
  [[nodiscard]] std::optional<WrittenForm> styled(std::size_t most) const {
    const auto* best = std::find(fits_.begin(), fits_.end(), most);
    const NumberStyle style = k_styles[static_cast<std::size_t>(best - fits_.begin())];
    const bool by_points =
        fits_of({'.', ','}) == most || fits_of({'.', ' '}) == most || fits_of({'.', '\''}) == most;
    const bool codes = shortest_ == longest_;
    if (style.decimal == ',' && commas_ == 0) { // thousands alone
      const bool points = style.thousands == '.';
      const auto form = points ? of(WrittenAs::grouped_by_points, style, most)
                               : of(WrittenAs::grouped, {'.', style.thousands}, most);
      return codes ? std::nullopt : form;
    }
    if (style.decimal == ',' && by_points) {
      return of(WrittenAs::commas_either_way, {',', '.'}, most);
    }
    if (style.decimal == ',') {
      return of(WrittenAs::decimal_commas, style, most);
    }
    return codes && points_ == 0 ? std::nullopt : of(WrittenAs::grouped, style, most);
  }

  std::size_t needed_;
  std::size_t all_;
  std::size_t numbers_ = 0, per_cent_ = 0, currency_ = 0, commas_ = 0, points_ = 0;
  std::size_t shortest_ = std::string_view::npos, longest_ = 0;
  std::array<std::size_t, k_styles.size()> fits_{};
};

WrittenAs order_of(const DateOrders& dates) {
  const std::size_t rest = dates.all - dates.year_first;
  if (dates.year_first >= rest) {
    return WrittenAs::year_month_day;
  }
  if (dates.day_first > 0 && dates.month_first > 0) {
    return WrittenAs::day_or_month_first;
  }
  if (dates.month_first > 0) {
    return WrittenAs::month_day_year;
  }
  return dates.day_first > 0 || dates.points == rest ? WrittenAs::day_month_year
                                                     : WrittenAs::day_or_month_first;
}

} // namespace

std::optional<WrittenForm> written_form(std::span<const std::string> values, NumberStyle declared) {
  if (auto form = Cells(values).form(declared)) {
    return form;
  }
  const DateOrders dates = date_orders(values);
  if (dates.all < Cells::least(values.size())) {
    return std::nullopt;
  }
  return WrittenForm{
      order_of(dates), {}, static_cast<double>(dates.all) / static_cast<double>(values.size())};
}

} // namespace mlp::dataset
