"""`falaj rightsize`: its output and exit statuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from falaj.cli.common import EXIT_FAILED, EXIT_INVALID, EXIT_OK, CommandError
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


def wrong(result: Result) -> str:
    """Returns the error message of an invalid call."""
    assert isinstance(result.exception, CommandError)
    assert result.exception.status == EXIT_INVALID
    assert "\n" not in str(result.exception)
    return str(result.exception)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    file = tmp_path / "llm.yaml"
    file.write_text(LLM)
    return file


def test_the_answer_as_tables(profile: Path) -> None:
    result = run("profile", str(profile), "--site", "uaenorth")
    assert result.exit_code == EXIT_OK, result.output
    for word in ("Standard_NC40ads_H100_v5", "26,755.63", "VAT 1,337.78", "runner-up", "blob hot-zrs", "assumed"):
        assert word in result.output
    # 9.98 x 730 x 3.6725 AED for 2 x 3,600 x 730 requests
    assert "5.09" in result.output


def test_the_answer_as_json(profile: Path) -> None:
    result = run("profile", str(profile), "--json", "--rate", "4@2026-01-01", "--confirm-rate")
    data = json.loads(result.output)
    assert result.exit_code == EXIT_OK
    sites = {site["site"]: site for site in data["sites"]}
    assert set(sites) == {"me-central-1", "uaenorth", "uaecentral"}
    assert sites["uaenorth"]["chosen"]["month"] == {"usd": "7285.40", "aed": "29141.60", "vat_aed": "1457.08"}
    assert {item["obstacle"] for item in sites["me-central-1"]["failures"]} >= {"not offered", "memory", "kind"}
    assert data["best_site"] == "me-central-1"


def test_the_lengths_of_a_trace_beside_the_profile(profile: Path) -> None:
    profile.with_name("requests.csv").write_text("ContextTokens,GeneratedTokens\n100,50\n300,150\n4000,1000\n")
    profile.write_text(f"{LLM}trace: requests.csv\n")
    result = run("profile", str(profile), "--site", "uaenorth")
    assert result.exit_code == EXIT_OK, result.output
    words = " ".join(result.output.split())
    for word in (
        "trace requests.csv: 3 requests",
        "mean 200, p50 100, p95 300",
        "33.33% of the trace's requests exceed",
    ):
        assert word in words
    profile.with_name("requests.csv").unlink()
    assert "cannot be read as a trace" in wrong(run("profile", str(profile)))


def test_machines_that_the_platform_cannot_run_and_the_sources_are_shown(profile: Path) -> None:
    words = " ".join(run("profile", str(profile), "--site", "uaenorth").output.split())
    assert "not offered by this platform: 2, such as Standard_ND96is_MI300X_v5: has GPUs of AMD" in words
    assert "not offered by this platform: 3, such as Standard_NV12ads_A10_v5: has a part of a GPU" in words
    assert "AMX reaches 20% of its bf16 peak (sonos/tract#2339" in words
    assert "2026-06-03)" in words


def test_the_help_names_the_page_of_the_format() -> None:
    for arguments in (("--help",), ("profile", "--help")):
        assert "docs/rightsizing.md" in " ".join(run(*arguments).output.split())


def test_negotiated_prices_are_chosen_by(profile: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.yaml"
    book.write_text(
        "contract: EA 1\nvalid_from: 2026-01-01\nvalid_until: 2099-12-31\n"
        "rates: [{region: uaenorth, service: machine, sku: Standard_NC40ads_H100_v5, usd: 1}]"
    )
    result = run("profile", str(profile), "--site", "uaenorth", "--price-book", str(book), "--json")
    chosen = json.loads(result.output)["sites"][0]["chosen"]
    assert (chosen["month"]["usd"], chosen["price"]["book"]) == ("730.00", "EA 1")


def test_own_machines_cost_their_dirhams_whatever_the_bank_takes(profile: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "sites: {dc1: [{name: h100x8, vcpu: 96, memory_gib: 1024, gpus: 8, gpu_model: H100, count: 1, aed_hour: 39.8}]}"
    )
    result = run("profile", str(profile), "--site", "dc1", "--on-prem-machines", str(own), "--spread", "2", "--json")
    chosen = json.loads(result.output)["sites"][0]["chosen"]
    assert (chosen["month"]["aed"], chosen["price"]["kind"]) == ("29054.00", "amortised")
    own.write_text(own.read_text().replace("aed_hour", "usd_hour: 1, aed_hour"))
    assert "not both" in wrong(run("profile", str(profile), "--on-prem-machines", str(own)))


def test_a_profile_that_no_site_can_run_fails(profile: Path) -> None:
    profile.write_text(LLM + "p95_ms: 1\n")
    result = run("profile", str(profile))
    assert result.exit_code == EXIT_FAILED
    assert "no site" in result.output


def test_invalid_calls_of_profile(profile: Path, tmp_path: Path) -> None:
    assert "no site 'mars'" in wrong(run("profile", str(profile), "--site", "mars"))
    assert "cannot be read" in wrong(run("profile", str(tmp_path / "none.yaml")))
    assert "not a number" in wrong(run("profile", str(profile), "--rate", "x"))
    own = tmp_path / "own.yaml"
    own.write_text("sites: {dc: [{name: a, vcpu: 8, memory_gib: 64, gpus: 1, gpu_model: V100, count: 1}]}")
    assert "unknown GPU 'V100'" in wrong(run("profile", str(profile), "--on-prem-machines", str(own)))


@pytest.fixture
def given(tmp_path: Path) -> list[str]:
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


def test_usage_in_three_forms(given: list[str]) -> None:
    people = run("usage", *given)
    assert people.exit_code == EXIT_OK, people.output
    for word in ("gpu-1", "scale to zero", "vm-1", "must not change", "VAT", "bank/scorer"):
        assert word in people.output
    result = json.loads(run("usage", *given, "--json").output)
    assert {row["subject"] for row in result["recommendations"]} >= {"gpu-1", "vm-1", "bank/scorer"}
    # 0.848 x 730 x 3.6725 AED: the machine is never busy
    idle = next(
        row for row in result["recommendations"] if row["subject"] == "vm-1" and row["action"] == "scale to zero"
    )
    assert idle["saves"]["aed"] == "2273.42"
    page = run("usage", *given, "--markdown").output
    assert page.startswith("## Right-sizing: AED ")
    assert result["total"]["aed"] == page.split("AED ")[1].split(" ")[0].replace(",", "")


def test_without_an_inventory_requests_are_advised_and_machines_are_asked_for(given: list[str]) -> None:
    result = run("usage", *given[:-2])
    assert result.exit_code == EXIT_OK, result.output
    assert "smaller requests" in result.output
    assert "add them to the inventory" in " ".join(result.output.split())


def test_invalid_calls_of_usage(tmp_path: Path) -> None:
    assert "name at least one export" in wrong(run("usage"))
    broken = tmp_path / "broken.json"
    broken.write_bytes(b"\xff\xfe\x00")
    assert "cannot be read" in wrong(run("usage", "--prometheus", str(broken)))
    broken.write_text("{}")
    assert "not a response of a Prometheus" in wrong(run("usage", "--prometheus", str(broken)))


SPOT_TRAINING = """
kind: training
name: lora
parameters_billion: 8
method: lora
context_tokens: 4096
samples: 20000
gradient_checkpointing: true
deadline_hours: 24
interruptible: true
"""


def test_a_spot_price_says_what_it_is_of_which_day_and_how_old(tmp_path: Path) -> None:
    """The table of instances.vantage.sh has the lowest price of Azure's spot machines, not their mean (2025-05-28)."""
    file = tmp_path / "lora.yaml"
    file.write_text(SPOT_TRAINING)
    (site,) = json.loads(run("profile", str(file), "--site", "uaenorth", "--json").output)["sites"]
    assert site["chosen"]["capacity"] != "on-demand"
    warnings = "\n".join(site["warnings"])
    assert "lowest observed spot price of 2025-05-28" in warnings
    assert "older than 30 days: update it with `falaj prices refresh`" in warnings
    assert "average spot price" not in warnings
    shown = run("profile", str(file), "--site", "uaenorth").output
    assert "observed 2025-05-28" in shown
    assert shown.startswith("cheapest uaenorth: 1 x ")
