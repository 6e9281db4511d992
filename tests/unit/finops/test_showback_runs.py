"""The newest run of an export counts as a whole: what it no longer has was withdrawn or moved.

Layouts: AWS Data Exports User Guide, dataexports-export-delivery (a refresh delivers the whole billing period) and API
reference, CreateExport (`Name`); Azure: Microsoft's FinOps toolkit, data-processing.md (manifest, folders of days). All
read 2026-11-27.
"""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import load
from falaj.finops.showback.runs import run_of
from tests.unit.finops.exports import charge, export, span

NOVEMBER = date(2026, 11, 1)
ALWAYS = (date(2000, 1, 1), date(2099, 12, 31))
Rows = list[dict[str, Any]]


def billed(day: date, **changed: Any) -> dict[str, Any]:
    """A charge of a dollar with accounts and billing period."""
    own = {"BillingAccountId": "1", "SubAccountId": "1", "BillingPeriodStart": "2026-11-01T00:00:00Z"}
    return charge(day, EffectiveCost="1", **own) | changed


def days(first: int, last: int, **changed: Any) -> Rows:
    return [billed(date(2026, 11, day), **changed) for day in range(first, last + 1)]


def to_date(last: int) -> dict[str, Any]:
    """A charge of the month to date."""
    return billed(NOVEMBER, ChargePeriodEnd=f"2026-11-{last}T00:00:00Z", EffectiveCost=str(last - 1))


FORMER: dict[str, tuple[Rows, Rows]] = {
    "charges that moved to another sub account": (days(1, 20, SubAccountId="222"), days(1, 30, SubAccountId="333")),
    "a sub account that was charged by mistake": (
        [*days(1, 20), billed(NOVEMBER, SubAccountId="999", EffectiveCost="500")],
        days(1, 30),
    ),
    "support that belonged to no sub account": (
        [*days(1, 20), billed(NOVEMBER, SubAccountId="", ResourceId="", ServiceName="Support", EffectiveCost="100")],
        days(1, 30),
    ),
    "a purchase of the first day": ([billed(NOVEMBER, SkuId="p", EffectiveCost="1000"), *days(2, 20)], days(2, 30)),
    "charges of the month to date": ([to_date(21)], [to_date(30)]),
    "IDs in another case": (
        days(1, 20, ResourceId="/subscriptions/a/resourceGroups/RG/vm"),
        days(1, 30, ResourceId="/subscriptions/a/resourcegroups/rg/vm"),
    ),
    "other SKUs": (days(1, 20, SkuId="old"), days(1, 30, SkuId="new")),
    "another provider's account": (
        [*days(1, 20), billed(NOVEMBER, BillingAccountId="9", ProviderName="X")],
        days(1, 9),
    ),
}
"""Former and final run of a month; the final one is right."""

OF_OTHER_DAYS = ("a purchase of the first day", "another provider's account")
"""Cases that need a layout that says which days a run has."""

LAYOUTS: dict[str, Callable[[int], str]] = {
    "AWS": lambda day: f"acme.focus/data/BILLING_PERIOD=2026-11/2026-12-{day:02}T18:52:29.123Z-8d1b0f0e-1111",
    "Azure": lambda day: f"acme/20261101-20261130/202612{day:02}0410/6f9619ff-8b86-d011-b42d-00c04fc964f{day}",
    "Azure, days first": lambda day: (
        f"20261101-20261130/acme/202612{day:02}0410/6f9619ff-8b86-d011-b42d-00c04fc964f{day}"
    ),
}


def cost(*paths: Path) -> tuple[int, tuple[str, ...]]:
    with load(paths) as charges:
        return int(sum(amount.cost for amount in charges.amounts((), *ALWAYS))), charges.notes


def written(folder: Path, rows: Rows, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return export(folder, rows, name)


def total(rows: Rows) -> int:
    return sum(int(row["EffectiveCost"]) for row in rows)


@pytest.mark.parametrize(
    ("case", "layout"),
    [*((case, "AWS") for case in FORMER), *((next(iter(FORMER)), layout) for layout in LAYOUTS if layout != "AWS")],
)
def test_a_later_run_replaces_the_former_one_as_a_whole(tmp_path: Path, case: str, layout: str) -> None:
    former, final = FORMER[case]
    for day, rows in ((1, former), (3, final)):
        written(tmp_path / LAYOUTS[layout](day), rows, "acme.focus-00001.csv" if layout == "AWS" else "part_0_0001.csv")
    found, (note,) = cost(tmp_path)
    assert found == total(final)
    assert note.startswith("2026-11 is counted once: ")


@pytest.mark.parametrize("case", [case for case in FORMER if case not in OF_OTHER_DAYS])
def test_runs_that_differ_in_a_date_only(tmp_path: Path, case: str) -> None:
    former, final = FORMER[case]
    written(tmp_path / "2026-11-21", former, "f.csv")
    written(tmp_path / "2026-12-03", final, "f.csv")
    found, (note,) = cost(tmp_path)
    assert found == total(final)
    assert note.startswith("AWS 2026-11 is counted once: ")


def test_a_later_run_that_begins_later_is_refused(tmp_path: Path) -> None:
    """It may be corrected, or have the last days only."""
    former, final = FORMER["a purchase of the first day"]
    written(tmp_path / "2026-11-21", former, "f.csv")
    written(tmp_path / "2026-12-03", final, "f.csv")
    with pytest.raises(BadInput, match="the newer one only from 2026-11-02 to 2026-11-30"):
        cost(tmp_path)


def test_runs_of_the_last_days_replace_their_days(tmp_path: Path) -> None:
    """Each run exports five days, and corrects those that it shares with the run before."""
    for first, price in ((1, "1"), (4, "2"), (7, "3")):
        folder = tmp_path / f"202611{first:02}-202611{first + 4:02}" / f"202611{first + 5:02}0410"
        written(folder, days(first, first + 4, EffectiveCost=price), "part_0_0001.csv")
    assert cost(tmp_path)[0] == 3 * 1 + 3 * 2 + 5 * 3


def test_folders_of_days_are_no_runs(tmp_path: Path) -> None:
    """A partition by day within AWS's partition by billing period: all days count."""
    for day in (1, 2, 3):
        written(tmp_path / "BILLING_PERIOD=2026-11" / f"day=2026-11-{day:02}", days(day, day), "a.csv")
    assert cost(tmp_path) == (3, ())


def test_different_exports_are_not_runs_of_one(tmp_path: Path) -> None:
    """Exports of two subscriptions with equal charges without a resource; and names that differ in more than a date."""
    for day, sub in ((20, "a"), (21, "b")):
        written(tmp_path / sub / f"2026-11-{day}", days(1, 9, SubAccountId=sub, ResourceId=""), "f.csv")
    assert cost(tmp_path) == (18, ())
    other = tmp_path / "others" / "all-2026-11-22.csv"
    written(other.parent, days(1, 9, SubAccountId="a", ResourceId="", EffectiveCost="2"), other.name)
    with pytest.raises(BadInput, match="their names differ in more than a date") as refused:
        cost(tmp_path)
    assert str(other) in str(refused.value)


def test_ids_in_another_case_are_the_same_charge(tmp_path: Path) -> None:
    written(tmp_path, days(1, 3, ResourceId="/subscriptions/a/resourceGroups/RG", SkuId="S"), "a.csv")
    written(tmp_path, days(1, 3, ResourceId="/subscriptions/a/resourcegroups/rg", SkuId="s"), "b.csv")
    with pytest.raises(BadInput, match="neither a manifest nor a date in a name says which is newer"):
        cost(tmp_path)


def test_the_manifest_says_which_export_and_which_days(tmp_path: Path) -> None:
    def run(folder: str, time: str, number: int) -> Path:
        file = written(tmp_path / folder, span(NOVEMBER, number, billed), "part_0_0001.csv")
        manifest = {
            "exportConfig": {"resourceId": "/subscriptions/A/providers/Microsoft.CostManagement/exports/Acme"},
            "runInfo": {"submittedTime": time, "startDate": "2026-11-01T00:00:00", "endDate": "2026-11-30T00:00:00"},
        }
        (tmp_path / folder / "manifest.json").write_text(json.dumps(manifest))
        return file

    run("first", "2026-11-21T04:10:03.1032074Z", 20)
    later = run("second/copied", "2026-11-21T04:10:04.1032074Z", 10)
    found, (note,) = cost(tmp_path)
    assert found == 10
    assert note == f"2026-11 is counted once: {later} repeats {tmp_path / 'first' / 'part_0_0001.csv'}"


def test_names_of_aws_exports_may_have_dots(tmp_path: Path) -> None:
    folder = tmp_path / "acme.focus" / "data" / "BILLING_PERIOD=2026-11"
    files = [written(folder, days(1, 3), f"acme.focus-0000{part}.csv") for part in (1, 2)]
    assert cost(tmp_path) == (6, ())
    assert len({run_of(file) for file in files}) == 1
    assert run_of(folder / "a.b-00001.snappy.parquet") == run_of(folder / "a.b-00002.snappy.parquet")


def test_an_account_is_one_whatever_its_provider_is_called(tmp_path: Path) -> None:
    """ProviderName of FOCUS 1.2 and ServiceProviderName of 1.3 are spelled differently."""
    written(tmp_path, days(1, 3), "a.csv")
    written(tmp_path, days(1, 3, ProviderName="Amazon Web Services"), "b.csv")
    assert cost(tmp_path)[0] == 3
    written(tmp_path, days(1, 4, ProviderName="Amazon Web Services"), "b.csv")
    with pytest.raises(BadInput, match="neither a manifest nor a date in a name says which is newer"):
        cost(tmp_path)
