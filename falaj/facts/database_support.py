"""Versions of managed databases from whose end of standard support on the cloud charges for extended support.

`paid_from` is the first day that is charged, and `version` the beginning of a version that the date holds for. An
engine or version without a row has no announced charge.

Sources, with the date on which they were read:

- `flexera`: flexera-public/policy_templates c4528fa1, data/aws/aws_extended_support_dates.json, which names the pages
  of AWS that it took each date from;
- `endoflife-date`: endoflife-date/endoflife.date a70eca33, products amazon-opensearch, amazon-documentdb and
  azure-database-for-mysql, whose month of grace counts; for Elasticsearch the product amazon-elasticsearch of
  endoflife.date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from falaj.facts.rows import Row, rows

_COLUMNS = ("engine", "version", "paid_from", "source", "date")


@dataclass(frozen=True, slots=True)
class DatabaseSupport:
    """From when a version of an engine is charged for extended support."""

    engine: str
    version: str
    paid_from: date
    source: str
    looked_up: date

    @property
    def is_paid(self) -> bool:
        """Whether it was charged for on the day on which the dates were read."""
        return self.paid_from <= self.looked_up


def database_support(engine: str, version: str) -> DatabaseSupport | None:
    """Returns the support of a version, such as `13.4` of `postgres`; None if no charge is announced."""
    return next((row for row in _support().get(engine, ()) if f"{version}.".startswith(f"{row.version}.")), None)


@cache
def _support() -> Mapping[str, Sequence[DatabaseSupport]]:
    by_engine: dict[str, list[DatabaseSupport]] = {}
    for row in rows("database_support.csv", ("engine", "version"), _COLUMNS):
        item = _read(row)
        by_engine.setdefault(item.engine, []).append(item)
    return by_engine


def _read(row: Row) -> DatabaseSupport:
    day = "a day, YYYY-MM-DD"
    return DatabaseSupport(
        engine=row.need("engine", str, "the engine"),
        version=row.need("version", str, "the beginning of a version, such as 13 or 8.0"),
        paid_from=row.need("paid_from", date.fromisoformat, day),
        source=row.need("source", str, "the source of the date"),
        looked_up=row.need("date", date.fromisoformat, day),
    )
