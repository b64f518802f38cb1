# Writes the Parquet files of the tests beside it: `python make.py`, with pyarrow 26.0.1.
import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

here = pathlib.Path(__file__).parent
utc = datetime.timezone.utc


def column(kind, values):
    return pa.array(values, kind)


def stamp(*parts):
    return datetime.datetime(*parts)


words = pa.DictionaryArray.from_arrays(pa.array([1, 0, None, 1, 2], pa.int8()), ["low", "high", "mid"])
types = pa.table({
    "int8": column(pa.int8(), [-128, 127, None, 0, 1]),
    "uint64": column(pa.uint64(), [0, 2**53, None, 7, 8]),
    "id64": column(pa.int64(), [2**53 + 1, 2**53 + 2, None, -1, 5]),
    "float32": column(pa.float32(), [0.1, -2.5, None, float("nan"), 123456789.0]),
    "float64": column(pa.float64(), [0.1, float("inf"), None, 3.0, -0.0]),
    "decimal": column(pa.decimal128(12, 2), [decimal.Decimal(v) if v else None
                                             for v in ["1.10", "-99.99", None, "1234567890.12", "5.00"]]),
    "bool": column(pa.bool_(), [True, False, None, False, True]),
    "text": column(pa.string(), ["a", "b, \"c\"", None, "", "Zürich, a text of more than sixteen bytes"]),
    "large_text": column(pa.large_string(), ["x", "y", None, "x", "x"]),
    "text_view": column(pa.string_view(), ["x", "a text of more than twelve bytes", None, "x", "y"]),
    "words": words,
    "date": column(pa.date32(), [datetime.date(1969, 12, 31), datetime.date(2026, 11, 23), None,
                                 datetime.date(1, 1, 1), datetime.date(9999, 12, 31)]),
    "ms": column(pa.timestamp("ms"), [stamp(1970, 1, 1), stamp(1969, 12, 31, 23, 59, 59, 500000), None,
                                      stamp(2026, 11, 23, 5, 14, 13), stamp(2000, 2, 29)]),
    "zoned": column(pa.timestamp("us", tz="Europe/Zurich"), [datetime.datetime(2026, 7, 1, 12, tzinfo=utc), None, None,
                                                             datetime.datetime(2026, 1, 1, tzinfo=utc), None]),
    "none": pa.nulls(5),
})
pq.write_table(types, here / "types.parquet", row_group_size=2)
pq.write_table(types.slice(0, 0), here / "no_rows.parquet")
pq.write_table(pa.table({"x": [1], "tags": [["a", "b"]]}), here / "nested.parquet")
pq.write_table(pa.table({"x": pa.array([b"\xff\xfe", b"a"], pa.binary())}), here / "no_text.parquet")

# The sample project's customers (tests/support/sample_project.hpp), so that a model of them can be compared.
ids = range(1, 401)
contract = [["month", "year", "two"][i * 7 % 3] for i in ids]
leaves = [(i * 37 % 72 < 30 and i * 7 % 3 < 2) != (i * 13 % 10 == 0) for i in ids]
pq.write_table(pa.table({
    "id": pa.array(ids, pa.int32()),
    "tenure": pa.array([i * 37 % 72 for i in ids], pa.int16()),
    "charge": [20 + i * 7919 % 10007 / 100.0 for i in ids],
    "contract": contract,
    "region": pa.array(["north" if i % 4 == 0 else "south" for i in ids]).dictionary_encode(),
    "churn": ["Yes" if leaving else "No" for leaving in leaves],
}), here / "customers.parquet", row_group_size=150)
