"""`falaj bill` on existing plans: its output and exit statuses."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from falaj.cli import bill as bill_module
from falaj.cli.bill import bill
from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError
from tests.unit.finops.controlling_files import controlling
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


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def wrong(result: Result) -> str:
    """Returns the error message of an invalid call."""
    assert isinstance(result.exception, CommandError)
    assert result.exception.status == EXIT_INVALID
    sentence = str(result.exception)
    assert "\n" not in sentence
    return sentence


def test_the_estimate_as_tables(plan_file: str) -> None:
    result = run("--plan", plan_file)
    assert result.exit_code == EXIT_OK, result.output
    for word in ("26,755.63", "1,337.78", "28,093.41", "bank", "observed", "recoverable"):
        assert word in result.output


def test_the_age_of_prices_is_a_threshold(plan_file: str, tmp_path: Path) -> None:
    lenient = run("--plan", plan_file, "--ceilings", written(tmp_path, "a.yaml", "price_age: {list_days: 200}"))
    assert (lenient.exit_code, "are older than" in lenient.output) == (EXIT_OK, False)
    strict = run("--plan", plan_file, "--ceilings", written(tmp_path, "b.yaml", "price_age: {list_days: 20}"))
    assert (strict.exit_code, "are older than 20 days" in " ".join(strict.output.split())) == (EXIT_OK, True)
    limits = written(tmp_path, "c.yaml", "price_age: {list_days: 20, refuse: true}")
    refusing = run("--plan", plan_file, "--ceilings", limits)
    assert (refusing.exit_code, "age of prices: " in refusing.output) == (EXIT_FAILED, True)


def test_the_estimate_as_json_and_a_plan_from_standard_input(plan_file: str) -> None:
    result = run("--plan", "-", "--json", stdin=Path(plan_file).read_text())
    data = json.loads(result.output)
    assert result.exit_code == EXIT_OK
    assert data["totals"]["net_aed"]["expected"] == str(AED)
    assert {row["ChargeCategory"] for row in data["focus"]} == {"Usage", "Tax"}


def test_an_exceeded_threshold_fails(plan_file: str, tmp_path: Path) -> None:
    result = run("--plan", plan_file, "--ceilings", written(tmp_path, "limits.yaml", "sites: {uae: 26000}"))
    assert result.exit_code == EXIT_FAILED
    assert "1 of 1 refused site uae: AED 26,755.63" in " ".join(result.output.split())


def test_a_missing_price_fails_unless_it_is_waived(tmp_path: Path) -> None:
    file = written(tmp_path, "plan.json", preview(step("aws:rds/instance:Instance", "db", {})))
    assert run("--plan", file).exit_code == EXIT_FAILED
    assert "at least" in run("--plan", file).output
    assert run("--plan", file, "--allow-missing").exit_code == EXIT_OK


def test_a_base_is_a_plan_or_an_estimate(plan_file: str, tmp_path: Path) -> None:
    nothing = written(tmp_path, "nothing.json", preview())
    limits = written(tmp_path, "limits.yaml", "increase_aed: 100")
    assert run("--plan", plan_file, "--base", nothing, "--ceilings", limits).exit_code == EXIT_FAILED
    estimate = written(tmp_path, "estimate.json", run("--plan", plan_file, "--json").output)
    assert run("--plan", plan_file, "--base", estimate, "--ceilings", limits).exit_code == EXIT_OK


def test_a_price_book_overrides_the_list_for_plan_and_baseline(plan_file: str, tmp_path: Path) -> None:
    rate = "{region: uaenorth, service: machine, sku: Standard_NC40ads_H100_v5, usd: 8}"
    head = "contract: EA 2026-114\nvalid_from: 2020-01-01\nvalid_until: 2999-12-31\n"
    book = written(tmp_path, "book.yaml", f"{head}rates: [{rate}]")
    limits = written(tmp_path, "limits.yaml", "increase_aed: 0")
    result = run("--plan", plan_file, "--price-book", book, "--base", plan_file, "--ceilings", limits)
    assert result.exit_code == EXIT_OK, result.output
    assert "21,447.40" in result.output
    assert "negotiated" in result.output


def test_the_rate_is_the_option_then_the_stack_then_the_peg(tmp_path: Path) -> None:
    pool = step(*agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1))
    file = written(tmp_path, "plan.json", preview(pool, config={"falaj:platform": json.dumps(SETTINGS)}))

    def rates(*arguments: str) -> dict:
        return json.loads(run("--plan", file, "--json", *arguments).output)["rates"]

    assert (rates()["aed_per_usd"], rates()["as_of"]) == ("3.7", "2026-11-01")
    result = rates(
        "--rate", "3.68@2026-11-20", "--spread", "1", "--invoice", "EUR=0.92@2026-11-20", "--vat-non-recoverable"
    )
    assert (result["aed_per_usd"], result["as_of"], Decimal(result["spread"])) == (
        "3.68",
        "2026-11-20",
        Decimal("0.01"),
    )
    assert result["vat_recoverable"] is False
    assert result["invoice"] == {"currency": "EUR", "per_usd": "0.92", "as_of": "2026-11-20"}


def test_unusual_figures_can_be_confirmed_and_a_policy_is_named(tmp_path: Path) -> None:
    pool = step(*agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1))
    file = written(tmp_path, "plan.json", preview(pool))
    unusual = ("--rate", "4.2@2026-11-20", "--confirm-rate", "--spread", "0.02", "--confirm-percent")
    rates = json.loads(run("--plan", file, "--json", *unusual).output)["rates"]
    assert (rates["aed_per_usd"], rates["spread"]) == ("4.2", "0.0002")
    today = datetime.now(UTC).date().isoformat()
    published = written(tmp_path, "rates.csv", f"date,aed_per_usd\n{today},3.6730\n")
    options = (
        "--fx",
        "day",
        "--fx-rates",
        published,
        "--controlling",
        written(tmp_path, "c.yaml", json.dumps(controlling())),
    )
    shown = run("--plan", file, *options).output
    assert "3.6730 AED" in shown
    assert "day rate" in shown
    assert "reverse charge: azure" in shown
    assert "of it accounted for by reverse charge" in shown


def test_ceilings_of_the_stack_hold_where_no_file_is_given(tmp_path: Path) -> None:
    pool = step(*agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1))
    settings = {"falaj:platform": json.dumps({"ceilings": {"aed_per_month": 5}})}
    assert run("--plan", written(tmp_path, "plan.json", preview(pool, config=settings))).exit_code == EXIT_FAILED


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--rate", "0"], "rates.aed_per_usd: a rate must be more than zero"),
        (["--rate", "3.6725@2999-01-01"], "rates.as_of: 2999-01-01 is in the future"),
        (["--rate", "cheap"], "--rate: 'cheap' is not a number"),
        (["--rate", "3.6725@soon"], "--rate: 'soon' is not a date"),
        (["--spread", "50"], "rates.spread"),
        (["--spread", "0.02"], "--spread: 0.02 percent is a factor of 0.0002; did you mean 2?"),
        (
            ["--rate", "36.725@2026-11-20"],
            "--rate: 36.725 AED per USD is more than 2 % from the peg; did you mean 3.6725?",
        ),
        (["--invoice", "AED=36.7"], "--invoice: 36.7 AED per USD is more than 2 % from the peg"),
        (["--fx", "day"], "--fx-rates: is required by --fx day"),
        (["--controlling", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--invoice", "EUR=0"], "rates.invoice.per_usd"),
        (["--usage", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--base", "nowhere.json"], "nowhere.json: cannot be read"),
        (["--ceilings", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
        (["--price-book", "nowhere.yaml"], "nowhere.yaml: cannot be read"),
    ],
)
def test_an_invalid_call_prints_one_sentence(plan_file: str, arguments: list[str], sentence: str) -> None:
    assert sentence in wrong(run("--plan", plan_file, *arguments))


def test_malformed_files_are_rejected_in_one_sentence(plan_file: str, tmp_path: Path) -> None:
    broken = written(tmp_path, "broken", "{")
    assert f"{broken}: not JSON" in wrong(run("--plan", broken))
    assert f"{broken}: not JSON" in wrong(run("--plan", plan_file, "--base", broken))
    assert f"{broken}: not YAML" in wrong(run("--plan", plan_file, "--usage", broken))
    assert "sits: unknown field" in wrong(run("--plan", plan_file, "--usage", written(tmp_path, "u.yaml", "sits: {}")))
    elsewhere = written(tmp_path, "names.yaml", "sites: {uea: {nat_gb: 1}}")
    assert f"{elsewhere}: sites.uea: unknown name" in wrong(run("--plan", plan_file, "--usage", elsewhere))
    limits = written(tmp_path, "limits.yaml", "tenants: {shop: 5}")
    assert "ceilings.tenants.shop: unknown name" in wrong(run("--plan", plan_file, "--ceilings", limits))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--rate", "3,67"), "--rate: '3,67' is not a number: write it like 3.6725, without separators"),
        (("--spread", "much"), "--spread: 'much' is not a number"),
        (("--fx", "weekly"), "--fx: "),
        (("--usage", "none.yaml"), "none.yaml: cannot be read"),
        (("--price-book", "none.yaml"), "none.yaml: cannot be read"),
        (("--ceilings", "none.yaml"), "none.yaml: cannot be read"),
        (("--controlling", "none.yaml"), "none.yaml: cannot be read"),
        (("--fx", "day", "--fx-rates", "none.csv"), "none.csv: cannot be read"),
    ],
)
def test_a_wrong_option_is_told_before_the_preview(
    arguments: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def previews(*_: object) -> str:
        raise AssertionError("a preview takes long")

    monkeypatch.setattr(bill_module, "plan_text", previews)
    assert wrong(run(*arguments)).startswith(sentence)
