"""Charges of cost exports and estimates, each counted once, and their sums.

`load` reads all files. The sums are portable SQL over the table `charges` (docs/showback.md shows the same as a view
on Athena), so that only as many figures reach Python as a report shows.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from falaj.finops.errors import BadInput
from falaj.finops.lines import ZERO
from falaj.finops.showback.counting import count_once, newest_runs
from falaj.finops.showback.engine import connect
from falaj.finops.showback.estimates import as_export
from falaj.finops.showback.files import Form, SourceFile, source_files
from falaj.finops.showback.staging import stage
from falaj.finops.showback.tags import write_tag_fields

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

DIMENSIONS = (
    "provider",
    "issuer",
    "invoice",
    "account",
    "sub_account",
    "site",
    "business_unit",
    "project",
    "tenant",
    "environment",
    "cost_centre",
    "service",
    "sku",
    "resource",
    "category",
    "charge_class",
    "billing_month",
)
"""Fields by which charges can be summed. `issuer` and `invoice` are those of the invoice; `category` and `charge_class`
are FOCUS's ChargeCategory and ChargeClass; `billing_month` is that of the billing period, `2026-11`. A charge without
the tag has `(untagged)`, other unknown values are empty or in parentheses."""

_CHARGES = """
CREATE TABLE charges AS
SELECT {fields}, CAST(NULL AS VARCHAR) AS busy,
       substr(CAST(staged.billing_period AS VARCHAR), 1, 7) AS billing_month,
       staged.* EXCLUDE (file, form, region, tags, invalid)
FROM staged LEFT JOIN tag_fields ON tag_fields.tags = staged.tags
"""

SUMS = """
SELECT {by}currency, tax, compute, estimated, busy, month, {days}length, overlap,
       usd IS NOT NULL AS has_usd, idle IS NOT NULL AS has_idle,
       sum(cost), sum(billed), sum(usd), sum(quantity), sum(idle), count(quantity) = count(*)
FROM (
  SELECT {by}currency, category = 'Tax' AS tax, compute, estimated, busy,
         CAST(date_trunc('month', first_day) AS DATE) AS month, first_day, last_day,
         date_diff('day', first_day, last_day) + 1 AS length,
         date_diff('day', greatest(first_day, DATE '{first}'), least(last_day, DATE '{last}')) + 1 AS overlap,
         cost, billed, usd, quantity, idle
  FROM {charges} AS charges
  WHERE first_day <= DATE '{last}' AND last_day >= DATE '{first}'
) AS charge
GROUP BY {by}currency, tax, compute, estimated, busy, month, {days}length, overlap,
         usd IS NOT NULL, idle IS NOT NULL
ORDER BY {by}currency, tax, month
"""
"""Sums of charges within a period, by dimensions. `length` and `overlap` are days: a charge of several days is spread
evenly over them. Runs on Trino and Athena too."""


DAYS = """
SELECT count(*),
       coalesce(min(CASE WHEN first_day = last_day AND category = 'Usage' AND cost <> 0 THEN first_day END),
                min(CASE WHEN first_day = last_day THEN first_day END)),
       coalesce(max(CASE WHEN first_day = last_day AND category = 'Usage' AND cost <> 0 THEN first_day END),
                max(CASE WHEN first_day = last_day THEN first_day END))
FROM charges
WHERE first_day <= DATE '{last}' AND last_day >= DATE '{first}'
"""
"""Number of charges in a period, and first and last day of the usage of one day; of other charges of one day, such as
purchases and taxes, only without usage, because they may be dated ahead."""


FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
"""All charges are within these days."""


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day with usage, otherwise with a charge of one day; None if all charges are of several days."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of charges within a period. `by` has the values of the dimensions asked for.

    `cost` (effective cost) and `billed` (as invoiced) are in `currency`; `usd` is the effective cost in USD, if the
    export states it. `quantity` is None if a charge has none. `idle` is the part of `cost` that is paid for idle
    machines, if known. `busy` is the measured utilisation. `starts` is the first day of the charges if days were
    asked for, otherwise of the month in which they begin: for the exchange rate. `first_day` and `last_day` are those
    of the charges, if days were asked for.
    """

    by: tuple[str, ...]
    currency: str
    tax: bool
    compute: bool
    estimated: bool
    busy: Decimal | None
    starts: date
    cost: Decimal
    billed: Decimal
    usd: Decimal | None
    quantity: Decimal | None
    idle: Decimal | None
    first_day: date
    last_day: date


@contextmanager
def load(paths: Iterable[Path]) -> Iterator["Charges"]:
    """Reads files and folders of exports and estimates. Raises `BadInput`.

    Rows of an estimate count only for providers without an export, so that the estimate of an on-premises cluster
    complements the clouds' bills and no cloud is counted twice.
    """
    files, notes = newest_runs(source_files(paths))
    with TemporaryDirectory(prefix="falaj-showback-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        connection = connect(folder, (file.path for file in files))
        try:
            yield Charges(connection, (*notes, *_read(connection, files, folder)))
        finally:
            connection.close()


def _read(connection: "DuckDBPyConnection", files: Sequence[SourceFile], folder: Path) -> list[str]:
    """Creates the table `charges`, and returns notes on what was left out."""
    exports = [
        as_export(file, folder / f"estimate-{number}.csv") if file.form is Form.ESTIMATE else file
        for number, file in enumerate(files)
    ]
    stage(connection, exports)
    forms = {file.form is Form.ESTIMATE for file in files}
    omitted = _omit_billed_estimates(connection) if len(forms) > 1 else []
    notes = count_once(connection, exports)
    fields, unread = write_tag_fields(connection, exports, folder / "tags.jsonl")
    connection.execute(_CHARGES.format(fields=", ".join(fields)))
    connection.execute("DROP TABLE staged")
    return [*omitted, *notes, *unread]


def _omit_billed_estimates(connection: "DuckDBPyConnection") -> list[str]:
    """Removes estimated rows of providers that have a bill, and returns notes."""
    billed = "estimated AND provider IN (SELECT provider FROM staged WHERE NOT estimated)"
    providers = connection.execute(f"SELECT DISTINCT provider FROM staged WHERE {billed} ORDER BY provider").fetchall()
    connection.execute(f"DELETE FROM staged WHERE {billed}")
    return [f"estimated rows of {provider} omitted: there is a bill" for (provider,) in providers]


@dataclass(frozen=True, slots=True)
class Charges:
    """All charges that were read. Usable until `load` ends. `notes` says what was left out."""

    connection: "DuckDBPyConnection"
    notes: tuple[str, ...] = ()
    relation: str = "charges"
    """SQL of the charges, with their measured utilisation."""

    def amounts(self, by: Sequence[str], first: date, last: date, *, by_day: bool = False) -> list[Amount]:
        """Returns the sums of the charges within a period, first and last day included, by dimensions."""
        import duckdb

        statement = SUMS.format(
            by="".join(f"{dimension}, " for dimension in by),
            days="first_day, last_day, " if by_day else "",
            charges=self.relation,
            first=first.isoformat(),
            last=last.isoformat(),
        )
        try:
            result = self.connection.execute(statement)
        except duckdb.OutOfRangeException:
            raise BadInput("", "the charges add up to 10^20 or more, which no bill does") from None
        return [_amount(row, len(by), by_day, (first, last)) for row in iter(result.fetchone, None)]

    def every_month(self) -> list[Amount]:
        """Returns the sums of all charges by day, for exchange rates that depend on the month's total."""
        return self.amounts((), FIRST_DAY, LAST_DAY, by_day=True)

    def days(self, first: date, last: date) -> Days | None:
        """Returns the days with charges within a period; None if there are none."""
        found = self.connection.execute(DAYS.format(first=first.isoformat(), last=last.isoformat())).fetchone()
        return Days(*found[1:]) if found and found[0] else None


def _amount(row: tuple, dimensions: int, by_day: bool, period: tuple[date, date]) -> Amount:
    by, rest = row[:dimensions], row[dimensions:]
    currency, tax, compute, estimated, busy, month, *rest = rest
    first_day, last_day = period
    if by_day:
        first_day, last_day, *rest = rest
    length, overlap, has_usd, has_idle, cost, billed, usd, quantity, idle, counted = rest
    share = Decimal(overlap) / length if overlap < length else Decimal(1)
    return Amount(
        by=by,
        currency=currency,
        tax=tax,
        compute=compute,
        estimated=estimated,
        busy=None if busy is None else Decimal(busy),
        starts=first_day if by_day else month,
        cost=cost * share,
        billed=billed * share,
        usd=usd * share if has_usd else None,
        quantity=(quantity or ZERO) * share if counted else None,
        idle=idle * share if has_idle else None,
        first_day=first_day,
        last_day=last_day,
    )
