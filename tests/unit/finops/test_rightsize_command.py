"""`falaj rightsize`: output and exit statuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from falaj.cli.common import GOOD, REFUSED, WRONG, Refused
from falaj.cli.rightsize import app
from tests.unit.finops.utilisation import azure, cloudwatch, dcgm, flat, office, opencost, prometheus

LLM = """
kind: inference
name: arabic-8b
parameters_billion: 8
context_tokens: 2048
requests_per_second: 2
dataset_gib: 16
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def usage_error(result: Result) -> str:
    """Returns the one-sentence message of a usage error."""
    assert isinstance(result.exception, Refused)
    assert result.exception.status == WRONG
    assert "\n" not in str(result.exception)
    return str(result.exception)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "llm.yaml"
    file.write_text(LLM)
    return file


def test_a_profile_as_text(profile: Path) -> None:
    result = run("profile", str(profile), "--site", "uaenorth")
    assert result.exit_code == GOOD, result.output
    for word in ("Standard_NC40ads_H100_v5", "26,755.63", "VAT 1,337.78", "runner-up", "blob hot-zrs", "assumed"):
        assert word in result.output
    # 9.98 x 730 x 3.6725 AED for 2 x 3,600 x 730 requests
    assert "5.09" in result.output


def test_a_profile_as_json(profile: Path) -> None:
    result = run("profile", str(profile), "--json", "--rate", "4@2026-01-01")
    data = json.loads(result.output)
    assert result.exit_code == GOOD
    sites = {site["site"]: site for site in data["sites"]}
    assert set(sites) == {"me-central-1", "uaenorth", "uaecentral"}
    assert sites["uaenorth"]["chosen"]["month"] == {"usd": "7285.40", "aed": "29141.60", "vat_aed": "1457.08"}
    assert {failure["obstacle"] for failure in sites["me-central-1"]["failures"]} >= {"not offered", "memory", "kind"}
    assert data["best_site"] == "me-central-1"


def test_negotiated_prices_affect_the_choice(profile: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text(
        "contract: EA 1\nvalid_from: 2026-01-01\nvalid_until: 2099-12-31\n"
        "rates: [{region: uaenorth, service: machine, sku: Standard_NC40ads_H100_v5, usd: 1}]"
    )
    result = run("profile", str(profile), "--site", "uaenorth", "--price-book", str(book), "--json")
    chosen = json.loads(result.output)["sites"][0]["chosen"]
    assert (chosen["month"]["usd"], chosen["price"]["book"]) == ("730.00", "EA 1")


def test_on_premises_machines_in_dirhams_have_no_fx_spread(profile: Path, tmp_path: Path) -> None:
    machines_file = tmp_path / "own.yaml"
    machines_file.write_text(
        "sites: {dc1: [{name: h100x8, vcpu: 96, memory_gib: 1024, gpus: 8, gpu_model: H100, count: 1, aed_hour: 39.8}]}"
    )
    result = run(
        "profile", str(profile), "--site", "dc1", "--on-prem-machines", str(machines_file), "--spread", "2", "--json"
    )
    chosen = json.loads(result.output)["sites"][0]["chosen"]
    assert (chosen["month"]["aed"], chosen["price"]["kind"]) == ("29054.00", "amortised")
    machines_file.write_text(machines_file.read_text().replace("aed_hour", "usd_hour: 1, aed_hour"))
    assert "not both" in usage_error(run("profile", str(profile), "--on-prem-machines", str(machines_file)))


def test_a_profile_that_no_machine_can_run_is_refused(profile: Path) -> None:
    profile.write_text(LLM + "p95_ms: 1\n")
    result = run("profile", str(profile))
    assert result.exit_code == REFUSED
    assert "no site" in result.output


def test_usage_errors_of_the_profile_command(profile: Path, tmp_path: Path) -> None:
    assert "no site 'mars'" in usage_error(run("profile", str(profile), "--site", "mars"))
    assert "cannot be read" in usage_error(run("profile", str(tmp_path / "none.yaml")))
    assert "not a number" in usage_error(run("profile", str(profile), "--rate", "x"))
    machines_file = tmp_path / "own.yaml"
    machines_file.write_text("sites: {dc: [{name: a, vcpu: 8, memory_gib: 64, gpus: 1, gpu_model: V100, count: 1}]}")
    assert "unknown GPU 'V100'" in usage_error(run("profile", str(profile), "--on-prem-machines", str(machines_file)))


@pytest.fixture
def export_options(tmp_path: Path) -> list[str]:
    texts = {
        "prometheus": prometheus(*dcgm("gpu-1", tensor=office(0.5), dram=office(0.5), fb=flat(20_000))),
        "opencost": opencost("bank/scorer", cpuCoreRequestAverage=10, cpuCoreUsageAverage=0.7, cpuCost=1.0),
        "cloudwatch": cloudwatch("i-1", CPUUtilization=flat(20)),
        "azure-monitor": azure("vm-1", Percentage_CPU=flat(1)),
        "inventory": "subjects: {gpu-*: {machine: g5.xlarge, region: me-central-1}, "
        "i-*: {machine: m5.4xlarge, region: me-central-1}, vm-1: {machine: Standard_D16as_v5, region: uaenorth}}",
    }
    options: list[str] = []
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        options += [f"--{name}", str(tmp_path / name)]
    return options


def test_usage_as_text_json_and_markdown(export_options: list[str]) -> None:
    text = run("usage", *export_options)
    assert text.exit_code == GOOD, text.output
    for word in ("gpu-1", "scale to zero", "vm-1", "must not change", "VAT", "bank/scorer"):
        assert word in text.output
    result = json.loads(run("usage", *export_options, "--json").output)
    assert {row["subject"] for row in result["recommendations"]} >= {"gpu-1", "vm-1", "bank/scorer"}
    # 0.848 x 730 x 3.6725 AED: the machine is never busy
    idle = next(
        row for row in result["recommendations"] if row["subject"] == "vm-1" and row["action"] == "scale to zero"
    )
    assert idle["saves"]["aed"] == "2273.42"
    page = run("usage", *export_options, "--markdown").output
    assert page.startswith("## Right-sizing: AED ")
    assert result["total"]["aed"] == page.split("AED ")[1].split(" ")[0].replace(",", "")


def test_without_an_inventory_only_requests_are_recommended(export_options: list[str]) -> None:
    result = run("usage", *export_options[:-2])
    assert result.exit_code == GOOD, result.output
    assert "smaller requests" in result.output
    assert "add them to the inventory" in " ".join(result.output.split())


def test_usage_errors_of_the_usage_command(tmp_path: Path) -> None:
    assert "name at least one export" in usage_error(run("usage"))
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in usage_error(run("usage", "--prometheus", str(broken)))
    broken.write_text("{}")
    assert "not a response of a Prometheus" in usage_error(run("usage", "--prometheus", str(broken)))
