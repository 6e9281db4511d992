"""`falaj bill` with existing plan files: output and exit statuses."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from falaj.cli.bill import bill
from falaj.cli.common import GOOD, REFUSED, WRONG, Refused
from tests.unit.finops.plans import TAGS, agent_pool, preview, step

AED = Decimal("26755.63")
SETTINGS = {"currency": {"aed_per_usd": 3.7, "as_of": "2026-11-01"}}


def run(*arguments: str, stdin: str | None = None) -> Result:
    app = typer.Typer()
    app.command()(bill)
    return CliRunner().invoke(app, ["--stack", "prod", *arguments], input=stdin)


@pytest.fixture
def plan_file(tmp_path: Path) -> str:
    pool = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"tenant": "bank"})
    file = tmp_path / "plan.json"
    file.write_text(preview(step(*pool)))
    return str(file)


def write_file(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def usage_error(result: Result) -> str:
    """Returns the one-sentence message of a usage error."""
    assert isinstance(result.exception, Refused)
    assert result.exception.status == WRONG
    sentence = str(result.exception)
    assert "\n" not in sentence
    return sentence


def test_the_bill_as_text(plan_file: str) -> None:
    result = run("--plan", plan_file)
    assert result.exit_code == GOOD, result.output
    for word in ("26,755.63", "1,337.78", "28,093.41", "bank", "observed", "recoverable"):
        assert word in result.output


def test_the_bill_as_json_from_standard_input(plan_file: str) -> None:
    result = run("--plan", "-", "--json", stdin=Path(plan_file).read_text())
    data = json.loads(result.output)
    assert result.exit_code == GOOD
    assert data["totals"]["net_aed"]["expected"] == str(AED)
    assert {row["ChargeCategory"] for row in data["focus"]} == {"Usage", "Tax"}


def test_an_exceeded_ceiling_is_refused(plan_file: str, tmp_path: Path) -> None:
    result = run("--plan", plan_file, "--ceilings", write_file(tmp_path, "limits.yaml", "sites: {uae: 26000}"))
    assert result.exit_code == REFUSED
    assert "refused site uae" in " ".join(result.output.split())


def test_a_missing_price_is_refused_unless_it_is_waived(tmp_path: Path) -> None:
    file = write_file(tmp_path, "plan.json", preview(step("aws:rds/instance:Instance", "db", {})))
    assert run("--plan", file).exit_code == REFUSED
    assert "at least" in run("--plan", file).output
    assert run("--plan", file, "--allow-missing").exit_code == GOOD


def test_a_base_is_a_plan_or_an_estimate(plan_file: str, tmp_path: Path) -> None:
    empty = write_file(tmp_path, "nothing.json", preview())
    limits = write_file(tmp_path, "limits.yaml", "increase_aed: 100")
    assert run("--plan", plan_file, "--base", empty, "--ceilings", limits).exit_code == REFUSED
    estimate = write_file(tmp_path, "estimate.json", run("--plan", plan_file, "--json").output)
    assert run("--plan", plan_file, "--base", estimate, "--ceilings", limits).exit_code == GOOD


def test_a_price_book_overrides_list_prices_in_plan_and_base(plan_file: str, tmp_path: Path) -> None:
    rate = "{region: uaenorth, service: machine, sku: Standard_NC40ads_H100_v5, usd: 8}"
    header = "contract: EA 2026-114\nvalid_from: 2020-01-01\nvalid_until: 2999-12-31\n"
    book = write_file(tmp_path, "book.yaml", f"{header}rates: [{rate}]")
    limits = write_file(tmp_path, "limits.yaml", "increase_aed: 0")
    result = run("--plan", plan_file, "--price-book", book, "--base", plan_file, "--ceilings", limits)
    assert result.exit_code == GOOD, result.output
    assert "21,447.40" in result.output
    assert "negotiated" in result.output


def test_the_exchange_rate_comes_from_the_option_or_else_the_stack(tmp_path: Path) -> None:
    pool = step(*agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1))
    file = write_file(tmp_path, "plan.json", preview(pool, config={"falaj:platform": json.dumps(SETTINGS)}))

    def rates(*arguments: str) -> dict:
        return json.loads(run("--plan", file, "--json", *arguments).output)["rates"]

    assert (rates()["aed_per_usd"], rates()["as_of"]) == ("3.7", "2026-11-01")
    overridden = rates(
        "--rate", "3.68@2026-11-20", "--spread", "1", "--invoice", "EUR=0.92@2026-11-20", "--vat-non-recoverable"
    )
    assert (overridden["aed_per_usd"], overridden["as_of"], Decimal(overridden["spread"])) == (
        "3.68",
        "2026-11-20",
        Decimal("0.01"),
    )
    assert overridden["vat_recoverable"] is False
    assert overridden["invoice"] == {"currency": "EUR", "per_usd": "0.92", "as_of": "2026-11-20"}


def test_ceilings_of_the_stack_apply_without_a_file(tmp_path: Path) -> None:
    pool = step(*agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1))
    settings = {"falaj:platform": json.dumps({"ceilings": {"aed_per_month": 5}})}
    assert run("--plan", write_file(tmp_path, "plan.json", preview(pool, config=settings))).exit_code == REFUSED


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rate", "0"], "rates.aed_per_usd: a rate must be more than zero"),
        (["--rate", "3.6725@2999-01-01"], "rates.as_of: 2999-01-01 is in the future"),
        (["--rate", "cheap"], "--rate: 'cheap' is not a number"),
        (["--rate", "3.6725@soon"], "--rate: 'soon' is not a date"),
        (["--spread", "50"], "rates.spread"),
        (["--invoice", "EUR=0"], "rates.invoice.per_usd"),
        (["--usage", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--base", "nowhere.json"], "nowhere.json: cannot be read"),
        (["--ceilings", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--price-book", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
    ],
)
def test_usage_errors_are_one_sentence(plan_file: str, arguments: list[str], sentence: str) -> None:
    assert sentence in usage_error(run("--plan", plan_file, *arguments))


def test_malformed_files_are_reported_in_one_sentence(plan_file: str, tmp_path: Path) -> None:
    broken = write_file(tmp_path, "broken", "{")
    assert f"{broken}: not JSON" in usage_error(run("--plan", broken))
    assert f"{broken}: not JSON" in usage_error(run("--plan", plan_file, "--base", broken))
    assert f"{broken}: not YAML" in usage_error(run("--plan", plan_file, "--usage", broken))
    assert "sits: unknown field" in usage_error(
        run("--plan", plan_file, "--usage", write_file(tmp_path, "u.yaml", "sits: {}"))
    )
    limits = write_file(tmp_path, "limits.yaml", "tenants: {shop: 5}")
    assert "ceilings.tenants.shop: unknown name" in usage_error(run("--plan", plan_file, "--ceilings", limits))
