"""Random exports, valid and damaged, and what a plain Python reader makes of them."""

import csv
import gzip
import io
import zlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import load
from tests.unit.finops.exports import as_csv, charge

ALWAYS = (date(2000, 1, 1), date(2099, 12, 31))

VALID_COSTS = st.one_of(
    st.decimals(-(10**9), 10**9, places=10).map(str),
    st.sampled_from(["0", "-0", "1e3", "1E-7", "12.50", ".5", "0.000000000000000001", "99999999999999"]),
)
SPOILED_COSTS = st.sampled_from(
    [
        "1e999999999",
        "1e308",
        "-1e308",
        "nan",
        "inf",
        "-Infinity",
        "much",
        "1,5",
        "",
        "NULL",
        "0x10",
        "1\x002",
        "٣",
        "1 2",
    ]
)
VALID_TIMES = st.sampled_from(
    [
        ("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"),
        ("2026-11-01T00:00Z", "2026-11-02T00:00Z"),
        ("2026-11-01 00:00:00", "2026-11-01 01:00:00"),
        ("2026-11-01T00:00:00+04:00", "2026-11-01T01:00:00+04:00"),
        ("2026-11-01", "2026-12-01"),
        ("2026-11-01T00:00:00.000Z", "2026-11-01T00:00:01.000Z"),
    ]
)
SPOILED_TIMES = st.sampled_from(
    [
        ("0001-01-01T00:00:00+04:00", "2026-11-02T00:00:00Z"),
        ("2026-11-01", "9999-12-31T23:59:59Z"),
        ("infinity", "infinity"),
        ("2026-11-02", "2026-11-02"),
        ("then", "2026-11-02"),
        ("", ""),
        ("2026-13-01", "2026-13-02"),
        ("20261101", "20261102"),
    ]
)
TAGS = st.sampled_from(
    [
        '{"business-unit": "retail"}',
        '"Business-Unit": "retail","a": "b"',
        "NULL",
        "",
        '{"user:business-unit": "بنك"}',
        '{"business-unit": 7, "n": null, "t": true}',
    ]
)
SPOILED_TAGS = st.sampled_from(["{", "[]", "[" * 5000, '{"a":' * 5000, "text", '{"a": 1}}'])
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@st.composite
def rows(draw: Callable[[Any], Any]) -> list[dict[str, Any]]:
    """Draws the rows of an export: some values of some exports are invalid."""
    costs, times, tags = VALID_COSTS, VALID_TIMES, TAGS
    if draw(st.integers(0, 3)) == 0:
        costs, times, tags = costs | SPOILED_COSTS, times | SPOILED_TIMES, tags | SPOILED_TAGS
    return [
        charge(ALWAYS[0], ResourceId=draw(TEXTS), ServiceName=draw(TEXTS), SkuId=draw(TEXTS))
        | {"EffectiveCost": draw(costs), "Tags": draw(tags), "BilledCost": "0", "PricingQuantity": draw(VALID_COSTS)}
        | dict(zip(("ChargePeriodStart", "ChargePeriodEnd"), draw(times), strict=True))
        for _ in range(draw(st.integers(1, 4)))
    ]


DAMAGES: dict[str, Callable[[bytes, int], bytes]] = {
    "none": lambda data, _: data,
    "cut": lambda data, at: data[:at],
    "byte": lambda data, at: data[:at] + b"\xff" + data[at + 1 :],
    "nul": lambda data, at: data[:at] + b"\x00" + data[at:],
    "quote": lambda data, at: data[:at] + b'"' + data[at:],
    "comma": lambda data, at: data[:at] + b"," + data[at:],
    "line": lambda data, at: data[:at] + b"\n" + data[at:],
    "lf": lambda data, _: data.replace(b"\r\n", b"\n"),
    "cr": lambda data, _: data.replace(b"\r\n", b"\r"),
    "bom": lambda data, _: b"\xef\xbb\xbf" + data,
}


@st.composite
def files(draw: Callable[[Any], Any]) -> tuple[str, bytes]:
    """Draws the name and the bytes of a file, of which half are damaged."""
    data = as_csv(draw(rows())).encode()
    packed = draw(st.booleans())
    damage = DAMAGES[draw(st.sampled_from(["none"] * len(DAMAGES) + list(DAMAGES)))]
    place = draw(st.floats(0, 1, exclude_max=True))
    if packed and draw(st.booleans()):
        data = gzip.compress(data)
        return "bill.csv.gz", damage(data, int(place * len(data)))
    data = damage(data, int(place * len(data)))
    return ("bill.csv.gz", gzip.compress(data)) if packed else ("bill.csv", data)


def check_is_right_or_refused(folder: Path, name: str, data: bytes) -> None:
    """Checks that the sum of a file is that of a plain reader, or that one sentence names the file."""
    path = folder / name
    path.write_bytes(data)
    expected = plain_sum(data)
    cost, refusal = _read(path)
    if cost is None:
        assert str(path) in refusal
        assert "\n" not in refusal
        assert expected is None or not _is_valid(data), refusal
    elif expected is None:
        # DuckDB does not compare the checksum of a gzip file, which Python does.
        assert name.endswith(".gz"), "a plain reader refuses it"
    else:
        assert abs(cost - expected) < Decimal("1e-9")


def _read(path: Path) -> tuple[Decimal | None, str]:
    try:
        with load([path]) as charges:
            return sum((amount.cost for amount in charges.amounts(("business_unit",), *ALWAYS)), Decimal(0)), ""
    except BadInput as error:
        return None, str(error)


def _records(data: bytes, errors: str = "strict") -> list[dict[str, str]]:
    text = (gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data).decode("utf-8-sig", errors)
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    records = list(reader)
    if any(None in record or None in record.values() for record in records):
        raise ValueError("a row has a different number of fields")
    return records


def plain_sum(data: bytes) -> Decimal | None:
    """Returns the sum of the costs, or None if a plain reader cannot read them. Bytes that are no text matter in the
    costs only: the reader does not look at columns that it does not need."""
    try:
        costs = [Decimal(record["EffectiveCost"]) for record in _records(data, "replace")]
    except (OSError, EOFError, ValueError, KeyError, csv.Error, InvalidOperation, zlib.error):
        return None
    return sum(costs, Decimal(0)) if all(cost.is_finite() and cost.adjusted() < 14 for cost in costs) else None


def _is_valid(data: bytes) -> bool:
    """Whether all values that showback needs are plainly valid: then the file must be read."""
    columns = ("ChargePeriodStart", "ChargePeriodEnd")
    try:
        records = _records(data)
        if not records:
            return False
        for record in records:
            if any("-" not in record[column] for column in columns):
                return False
            start, end = (datetime.fromisoformat(record[column]) for column in columns)
            start, end = (moment.replace(tzinfo=moment.tzinfo or UTC) for moment in (start, end))
            if not (start < end and start.year >= 2001 and end.year <= 2098 and set(record) == set(charge(ALWAYS[0]))):
                return False
            if not record["EffectiveCost"].isascii():
                return False  # Python reads digits of all scripts
            if record["Tags"] not in _VALID_TAGS or not record["ProviderName"]:
                return False
            for column in ("BilledCost", "PricingQuantity"):
                Decimal(record[column])
    except (ValueError, KeyError, InvalidOperation):
        return False
    return data.count(b"\r") in (0, data.count(b"\r\n")) and b"\x00" not in data


_VALID_TAGS = frozenset(
    ('{"business-unit": "retail"}', '"Business-Unit": "retail","a": "b"', "NULL", "", '{"user:business-unit": "بنك"}')
)
