"""Price refresh: the diff, the plausibility checks, and files that are never half written."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from falaj.cli import prices as command
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, EXIT_UNAVAILABLE, CommandError
from falaj.finops.prices import aws_source, azure_source
from falaj.finops.prices.refresh import Refresh, catalogue_folder, compare, save
from falaj.finops.prices.tables import KEYS, read
from falaj.finops.prices.vendor_list import ListedMachine, PriceListUnreachable, VendorList

TODAY = datetime.now(UTC).date().isoformat()
OWN = read(catalogue_folder())
D16 = "Standard_D16as_v5"


def same(region: str) -> VendorList:
    """Returns a vendor list equal to the existing one."""
    committed = OWN.rows["commitments"]
    result = {
        name: ListedMachine(
            Decimal(row["on_demand_usd"]),
            Decimal(row["spot_usd"]) if row["spot_usd"] else None,
            _committed(committed.get((region, name), {})),
        )
        for (location, name), row in OWN.rows["machines"].items()
        if location == region and row["on_demand_usd"]
    }
    return VendorList(region, "a list", TODAY, result, {})


def _committed(row: Mapping[str, str]) -> dict[str, Decimal]:
    return {key.removesuffix("_usd"): Decimal(text) for key, text in row.items() if key.endswith("_usd") and text}


def with_machines(result: VendorList, **machines: ListedMachine) -> VendorList:
    return replace(result, machines={**result.machines, **machines})


def notes_of(one: Refresh) -> set[tuple[str, str]]:
    return {(change.what, change.label) for change in one.changes}


def contents(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


def copied(folder: Path) -> Path:
    for name in KEYS:
        file = folder / f"{name}.csv"
        file.parent.mkdir(exist_ok=True)
        file.write_text((catalogue_folder() / f"{name}.csv").read_text())
    return folder


def test_what_is_written_and_read_is_the_same_to_the_byte(tmp_path: Path) -> None:
    save(compare(None, []), tmp_path)
    assert contents(tmp_path) == {f"{name}.csv": (catalogue_folder() / f"{name}.csv").read_text() for name in KEYS}


def test_files_that_a_folder_lacks_start_as_a_copy(tmp_path: Path) -> None:
    """A folder of an earlier version has no file of databases: what it has stays, and the others come with it."""
    own = copied(tmp_path) / "machines.csv"
    own.write_text(own.read_text().replace(f"uaenorth,{D16},", f"uaenorth,{D16}_of_ours,"))
    (tmp_path / "services/azure_databases.csv").unlink()
    save(compare(tmp_path, []), tmp_path)
    assert f"{D16}_of_ours" in own.read_text()
    assert contents(tmp_path).keys() == {f"{name}.csv" for name in KEYS}


def test_prices_of_databases_are_written_to_their_own_file() -> None:
    units = {("postgresql", "dsv6-vcore"): Decimal("0.1"), ("blob", "hot-lrs"): Decimal("0.02")}
    one = compare(None, [replace(same("uaenorth"), units=units)])
    assert {change.table for change in one.changes} == {"services", "services/azure_databases"}
    row = one.after.rows["services/azure_databases"]["uaenorth", "postgresql", "dsv6-vcore"]
    assert (row["usd"], row["kind"], row["unit"]) == ("0.1", "observed", "hour")
    other = OWN.rows["services/azure_databases"]["uaecentral", "postgresql", "dsv6-vcore"]
    assert one.after.rows["services/azure_databases"]["uaecentral", "postgresql", "dsv6-vcore"] == other


def test_a_list_that_says_the_same_changes_no_price() -> None:
    for region in ("me-central-1", "uaenorth", "uaecentral"):
        result = compare(None, [same(region)])
        assert (result.changes, result.doubts) == ((), ())
        row = next(
            row for key, row in result.after.rows["machines"].items() if key[0] == region and row["on_demand_usd"]
        )
        assert (row["on_demand_kind"], row["on_demand_source"], row["on_demand_date"]) == ("observed", "a list", TODAY)


def test_changed_new_and_removed_prices() -> None:
    result = same("me-central-1")
    machines = {name: item for name, item in result.machines.items() if name != "g5.xlarge"}
    machines["g6.xlarge"] = replace(machines["g6.xlarge"], on_demand=Decimal("1.087064"))
    machines["g9.xlarge"] = ListedMachine(Decimal(2), None, {"savings_1y": Decimal(1)}, {"vcpu": "4", "gpus": "1"})
    one = compare(None, [replace(result, machines=machines, units={("s3", "standard"): Decimal("0.025")})])
    assert {
        ("g6.xlarge on_demand", "+10.0 %"),
        ("g9.xlarge on_demand", "new"),
        ("g9.xlarge savings_1y", "new"),
        ("g5.xlarge on_demand", "gone"),
        ("g5.xlarge reserved_1y", "gone"),
        ("s3 standard", "-10.2 %"),
    } <= notes_of(one)
    assert one.doubts == ()
    new = one.after.rows["machines"]["me-central-1", "g9.xlarge"]
    assert {new[fact] for fact in ("efa_interfaces", "local_nvme_gb", "max_pods", "gpu_model", "mig")} == {"unknown"}
    assert (new["vcpu"], new["gpus"], new["rdma"], new["zone_ids"]) == ("4", "1", "unknown", "unknown")
    gone = one.after.rows["machines"]["me-central-1", "g5.xlarge"]
    assert (gone["on_demand_usd"], gone["on_demand_kind"], gone["gpus"]) == ("", "missing", "1")
    s3 = one.after.rows["services"]["me-central-1", "s3", "standard"]
    assert (s3["usd"], s3["kind"], s3["unit"]) == ("0.025", "observed", "GB-month")
    # Rows that no list contains stay unchanged.
    assert (
        one.after.rows["services"]["me-central-1", "eks", "cluster"]
        == OWN.rows["services"]["me-central-1", "eks", "cluster"]
    )


def test_what_is_unclear_or_of_unknown_gpus_stays_out() -> None:
    unclear = ListedMachine(Decimal(9), unclear="x: several prices")
    result = with_machines(same("uaenorth"), **{D16: unclear, "Standard_NC_new": ListedMachine(Decimal(3))})
    one = compare(None, [result])
    assert one.changes == ()
    assert one.notes == (
        "uaenorth x: several prices",
        "uaenorth Standard_NC_new is new: enter its GPUs by hand",
    )


@pytest.mark.parametrize(("usd", "doubted"), [("8.48", False), ("8.49", True), ("0.0848", False), ("0.084", True)])
def test_a_price_ten_times_what_it_was_is_doubted(usd: str, doubted: bool) -> None:
    one = compare(None, [with_machines(same("uaenorth"), **{D16: ListedMachine(Decimal(usd))})])
    assert any(D16 in doubt for doubt in one.doubts) == doubted


def test_the_windows_price_is_doubted() -> None:
    one = compare(None, [with_machines(same("uaenorth"), **{D16: ListedMachine(Decimal("1.584"))})])
    assert f"uaenorth {D16} goes from 0.848 to 1.584 USD: higher by exactly a Windows licence" in one.doubts


def test_a_list_of_less_than_half_is_doubted() -> None:
    result = same("uaecentral")
    few = dict(list(result.machines.items())[: len(result.machines) // 2 - 1])
    assert any(
        "machines that currently have a price" in doubt
        for doubt in compare(None, [replace(result, machines=few)]).doubts
    )
    bare = {name: replace(item, commitments={}) for name, item in result.machines.items()}
    assert any("commitments of 0" in doubt for doubt in compare(None, [replace(result, machines=bare)]).doubts)
    unmatched = replace(result, units={("nat", "gateway"): Decimal("0.045")}, unmatched=("a", "b"))
    assert any("1 of the 3 requested service rows" in doubt for doubt in compare(None, [unmatched]).doubts)
    half = replace(unmatched, unmatched=("a",))
    assert not any("requested service rows" in doubt for doubt in compare(None, [half]).doubts)


@pytest.mark.parametrize("stops_at", ["first", "second"])
def test_an_interruption_leaves_every_file_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stops_at: str
) -> None:
    before = contents(copied(tmp_path))
    one = compare(tmp_path, [with_machines(same("uaenorth"), **{D16: ListedMachine(Decimal("0.9"))})])
    count, rename = 0, Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count == (1 if stops_at == "first" else 2):
            raise KeyboardInterrupt
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        save(one, tmp_path)
    after = contents(tmp_path)
    assert set(after) == set(before)  # and no temporary file remains
    changed = {name for name in after if after[name] != before[name]}
    assert changed == (set() if stops_at == "first" else {"machines.csv"})
    read(tmp_path)


def run(monkeypatch: pytest.MonkeyPatch, lists: Iterable[VendorList], *arguments: str) -> Result:
    by_region = {result.region: result for result in lists}

    def aws(clients: object, notes_of: object) -> VendorList:
        return by_region["me-central-1"]

    def azure(region: str, notes_of: object) -> VendorList:
        if region not in by_region:
            raise PriceListUnreachable("Azure Retail Prices did not answer: nobody there")
        return by_region[region]

    monkeypatch.setattr(aws_source, "connect", lambda: None)
    monkeypatch.setattr(aws_source, "fetch", aws)
    monkeypatch.setattr(azure_source, "fetch", azure)
    app = typer.Typer()
    app.add_typer(command.app, name="prices")
    return CliRunner().invoke(app, ["prices", "refresh", *arguments])


def test_the_command_shows_the_changes_and_then_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dearer = with_machines(same("uaenorth"), **{D16: ListedMachine(Decimal("0.9"))})
    before, report = contents(copied(tmp_path)), tmp_path.parent / f"{tmp_path.name}.md"
    arguments = ("--azure", "--out", str(tmp_path))
    dry = run(monkeypatch, [dearer, same("uaecentral")], *arguments, "--dry-run", "--report", str(report))
    assert dry.exit_code == EXIT_OK, dry.output
    assert contents(tmp_path) == before
    assert f"| uaenorth | {D16} on_demand | 0.848 | 0.9 | +6.1 % |" in report.read_text()
    assert report.read_text().startswith(f"# Prices of {TODAY}")
    result = run(monkeypatch, [dearer, same("uaecentral")], *arguments, "--json")
    assert result.exit_code == EXIT_OK
    assert {"before_usd": "0.848", "after_usd": "0.9"}.items() <= next(
        item for item in json.loads(result.stdout)["changes"] if item["what"] == f"{D16} on_demand"
    ).items()
    assert read(tmp_path).rows["machines"]["uaenorth", D16]["on_demand_usd"] == "0.9"


def test_implausible_prices_are_written_only_with_accept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    windows = with_machines(same("uaenorth"), **{D16: ListedMachine(Decimal("1.584"))})
    before, arguments = contents(copied(tmp_path)), ("--azure", "--out", str(tmp_path))
    result = run(monkeypatch, [windows, same("uaecentral")], *arguments)
    assert isinstance(result.exception, CommandError)
    assert result.exception.status == EXIT_FAILED
    assert "Windows licence" in " ".join(result.output.split())
    assert contents(tmp_path) == before
    assert run(monkeypatch, [windows, same("uaecentral")], *arguments, "--accept").exit_code == EXIT_OK
    assert contents(tmp_path) != before


def test_an_unreachable_region_leaves_all_files_unchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(copied(tmp_path))
    result = run(monkeypatch, [same("me-central-1"), same("uaenorth")], "--out", str(tmp_path))
    assert isinstance(result.exception, CommandError)
    assert (result.exception.status, contents(tmp_path)) == (EXIT_UNAVAILABLE, before)
    assert str(result.exception).startswith("nothing was written: Azure Retail Prices did not answer")


def test_a_folder_that_cannot_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path)
    (tmp_path / "services.csv").write_text("a,b\n1,2\n")
    result = run(monkeypatch, [same("me-central-1")], "--aws", "--out", str(tmp_path))
    assert isinstance(result.exception, CommandError)
    assert result.exception.status == EXIT_INVALID
    assert "services.csv: cannot be read" in str(result.exception)
