#pragma once

#include "validation/subject.hpp"

namespace mlp::validation {

// What the order of the rows in the file says.

/// order_leakage    AUC of the row's number against the label (the highest of one class against the others;
///                  the target above its median, in a regression), either way. warn from 0.6 on where it is
///                  4 standard errors from 0.5 (Mann-Whitney's)
/// row_dependence   correlation of each row's label with the next row's (the highest of the classes' 0/1).
///                  warn from 0.3 on where that is 6 standard errors from 0 and the split is by hash, so that
///                  the neighbours of test rows are learnt from
/// stuck_column     a feature of 20 or more different numbers that keeps one value for 5% of the rows (100 or
///                  more) in a stretch, four times as long as any stretch of another value, where other rows
///                  hold that value less than every twentieth time: a sensor that was out, or was not there
///                  yet. warn
/// totals_row       the last of four rows or more is a total: a word for it ("Total", "Gesamt", …) stands
/// there
///                  and nowhere else in its column, or its numbers are the sums of two columns or more, and
///                  of at least as many as not. warn
void check_totals_row(const Subject& subject, Findings& findings);
/// id_leakage       whether what a column says that names rows (an id, by role or by its values) and is no
///                  feature tells the label: its order (where it does not just count the rows), its letters
///                  up to the first digit, its last character, its length. Half of the rows teach each
///                  value's share of a class, the other half is ordered by it; the AUC of the best look
///                  counts. warn from 0.6 on, where it is sqrt(16 + 2 ln L) standard errors (Mann-Whitney's)
///                  above 0.5 with L looks: by the Mills ratio, no more likely by chance than 4 errors with
///                  one look
void check_id_leakage(const Subject& subject, Findings& findings);
void check_row_order(const Subject& subject, Findings& findings);
void check_row_dependence(const Subject& subject, Findings& findings);
void check_stuck_columns(const Subject& subject, Findings& findings);

// What time says: the column of role `time`, else the only column of dates.

/// label_by_time    the labels are cut into periods (years, quarters, … hours: the shortest of which at least
///                  three hold 30 rows, and four fifths of all rows stand in such). fail where a period has
///                  only one label that is so frequent overall that chance would make this in one of a
///                  million such tables, or where the mean jumps between two periods by 6 standard errors,
///                  half a standard deviation of the label, and 6 times the usual jump (the median)
/// freshness        days from the newest row to now: a value for a policy. warn where it lies in the future
/// row_count        rows against the version before; warn beyond ±20%, fail beyond ±50%
void check_label_by_time(const Subject& subject, Findings& findings);
void check_freshness(const Subject& subject, Findings& findings);
void check_row_count(const Subject& subject, Findings& findings);

} // namespace mlp::validation
