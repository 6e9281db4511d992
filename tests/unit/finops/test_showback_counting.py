"""Charges that several runs of an export contain are counted once, or refused with a sentence that names the files."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from falaj.finops.errors import BadInput
from falaj.finops.showback.charges import load
from tests.unit.finops.exports import as_csv, charge, estimate, export, span

NOVEMBER = date(2026, 11, 1)
ALWAYS = (date(2000, 1, 1), date(2099, 12, 31))


def cost_and_notes(*paths: Path) -> tuple[int, tuple[str, ...]]:
    with load(paths) as charges:
        return int(sum(amount.cost for amount in charges.amounts((), *ALWAYS))), charges.notes


def azure_run(root: Path, time: str, number: int, parts: int = 1) -> None:
    """Writes the parts of a run of Azure's export of the month to date."""
    folder = root / "actualcost" / "costs" / "20261101-20261130" / time / f"6f9619ff-8b86-d011-b42d-{time}"
    folder.mkdir(parents=True)
    rows = span(NOVEMBER, number)
    for part in range(parts):
        (folder / f"part_0_{part + 1:04}.csv").write_text(as_csv(rows[part::parts]), newline="")


def test_the_newest_run_of_a_month_counts(tmp_path: Path) -> None:
    """Two daily runs of the month to date: 10 and 20 days. Before, they added up to 30."""
    azure_run(tmp_path, "202611110410", 10, parts=2)
    azure_run(tmp_path, "202611210410", 20, parts=3)
    cost, notes = cost_and_notes(tmp_path)
    assert cost == 20 * 24
    (note,) = notes
    assert note.startswith("2026-11 is counted once: ")
    assert note.index("202611210410") < note.index(" repeats ") < note.index("202611110410")


def test_the_folders_of_aws_data_exports(tmp_path: Path) -> None:
    """An export that overwrites has parts of each month; one that keeps runs has a folder per execution."""
    for month, parts in ((10, 1), (11, 2)):
        folder = tmp_path / "costs" / "data" / f"BILLING_PERIOD=2026-{month}"
        folder.mkdir(parents=True)
        rows = span(date(2026, month, 1), 6)
        for part in range(parts):
            export(folder, rows[part::parts], f"costs-{part + 1:05}.csv")
    assert cost_and_notes(tmp_path) == (12 * 24, ())
    for execution, number in (("2026-11-20T01:05:52.132Z-2f1c", 7), ("2026-11-21T01:05:52.132Z-0a9e", 8)):
        (folder / execution).mkdir()
        export(folder / execution, span(NOVEMBER, number), "costs-00001.csv")
    assert cost_and_notes(*folder.glob("2026*"))[0] == 8 * 24
    (folder / "2026-11-21T01:05:52.132Z-0a9e").rename(folder / "0a9e")
    (folder / "2026-11-20T01:05:52.132Z-2f1c").rename(folder / "2f1c")
    with pytest.raises(BadInput, match="neither a manifest nor a date in a name says which is newer"):
        cost_and_notes(folder / "0a9e", folder / "2f1c")


def test_thirty_runs_of_a_month_are_one_note(tmp_path: Path) -> None:
    for day in range(2, 31):
        azure_run(tmp_path, f"202611{day:02}0410", day - 1)
    cost, (note,) = cost_and_notes(tmp_path)
    assert cost == 29 * 24
    assert note.endswith(" and 25 more")


def test_a_corrected_month_replaces_the_former_one(tmp_path: Path) -> None:
    export(tmp_path, span(NOVEMBER, 30), "aws-2026-12-01.csv")
    export(tmp_path, span(NOVEMBER, 30, lambda day: charge(day, EffectiveCost="20")), "aws-2026-12-05.csv")
    assert cost_and_notes(tmp_path)[0] == 30 * 20


def test_the_same_file_counts_once(tmp_path: Path) -> None:
    file = export(tmp_path, span(NOVEMBER, 3))
    assert cost_and_notes(file, file, tmp_path / "." / file.name) == (72, ())
    packed = tmp_path / "copy.csv.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    cost, notes = cost_and_notes(file, packed)
    assert cost == 72
    assert notes == (f"AWS 2026-11 is counted once: {file} repeats {packed}",)


def test_runs_of_unknown_age_are_refused(tmp_path: Path) -> None:
    files = export(tmp_path, span(NOVEMBER, 10), "a.csv"), export(tmp_path, span(NOVEMBER, 20), "b.csv")
    with pytest.raises(BadInput) as refused:
        cost_and_notes(*files)
    assert all(str(file) in str(refused.value) for file in files)
    assert "both have charges of AWS in the billing period 2026-11" in str(refused.value)
    assert "give one of them" in str(refused.value)


def test_two_datasets_of_one_account_are_refused(tmp_path: Path) -> None:
    for folder in ("actualcost", "amortizedcost"):
        (tmp_path / folder / "2026-11-20").mkdir(parents=True)
        export(tmp_path / folder / "2026-11-20", span(NOVEMBER, 3), "part_0_0001.csv")
    with pytest.raises(BadInput, match="as ActualCost and as AmortizedCost; give one of them"):
        cost_and_notes(tmp_path)


def test_focus_and_cost_details_of_one_subscription_are_refused(tmp_path: Path) -> None:
    focus = charge(NOVEMBER, ProviderName="Microsoft") | {
        "BillingAccountId": "/providers/Microsoft.Billing/billingAccounts/42",
        "SubAccountId": "/subscriptions/ABC",
    }
    details = tmp_path / "details.csv"
    details.write_text(
        "date,costInBillingCurrency,billingCurrency,chargeType,billingAccountId,SubscriptionId\n"
        "11/01/2026,24,USD,Usage,42,abc\n"
    )
    with pytest.raises(BadInput, match=r"as FOCUS and as cost details|as cost details and as FOCUS"):
        cost_and_notes(export(tmp_path, [focus]), details)


def test_files_that_divide_charges_all_count(tmp_path: Path) -> None:
    """By day, by service, by part, by account, by month, and by account of the estimate."""
    files = [
        export(tmp_path, span(NOVEMBER, 3), "days-1.csv"),
        export(tmp_path, span(date(2026, 11, 4), 3), "days-2.csv"),
        export(tmp_path, [charge(NOVEMBER, ServiceName="S3", ResourceId="bucket")], "services.csv"),
        export(tmp_path, [charge(NOVEMBER) | {"BillingAccountId": "2"}], "account-2.csv"),
        export(tmp_path, [charge(NOVEMBER) | {"SubAccountId": "3"}], "account-3.csv"),
        export(tmp_path, [charge(date(2026, 10, 31))], "october.csv"),
        export(tmp_path, span(NOVEMBER, 2, lambda day: charge(day, ProviderName="Oracle")), "x-00001.csv"),
        export(tmp_path, span(NOVEMBER, 2, lambda day: charge(day, ProviderName="Oracle")), "x-00002.csv"),
        estimate(tmp_path, [charge(NOVEMBER, ProviderName="On-premises")]),
    ]
    assert cost_and_notes(*files) == (24 * (3 + 3 + 1 + 1 + 1 + 1 + 2 + 2 + 1), ())


def test_a_correction_in_a_later_billing_period_adds_up(tmp_path: Path) -> None:
    """FOCUS 1.2, ChargeClass: a correction of a closed period is a row of its own in a later period."""
    period = {"BillingPeriodStart": "2026-11-01T00:00:00Z", "ChargeClass": ""}
    correction = {"BillingPeriodStart": "2026-12-01T00:00:00Z", "ChargeClass": "Correction"}
    bill = export(tmp_path, [charge(NOVEMBER) | period], "november.csv")
    corrected = export(tmp_path, [charge(NOVEMBER, EffectiveCost="-4") | correction], "december.csv")
    assert cost_and_notes(bill, corrected) == (20, ())


def test_equal_rows_of_one_file_all_count(tmp_path: Path) -> None:
    """FOCUS has no key of a row: two equal purchases on one day are two rows."""
    assert cost_and_notes(export(tmp_path, [charge(NOVEMBER), charge(NOVEMBER)])) == (48, ())
