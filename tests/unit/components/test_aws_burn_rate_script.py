"""The script that adds up the cost of machines, run by a real shell with a fake `aws` on PATH."""

import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from falaj.components.aws.money import burn_rate
from falaj.components.core.money.burn_rate import price_table

SCRIPT = Path(burn_rate.__file__).with_name("burn_rate.sh")
PRICES = "g5.xlarge 4532 1950\nm7g.large 373 120\np5en.48xlarge - -\n"
AWS = """#!/bin/sh
printf '%s\\n' "$*" >>"$LOG"
case "$1 $2" in
    "ec2 describe-instances") cat "$MACHINES"; exit "${FAILS:-0}" ;;
esac
"""


class Run:
    """One run of the script: the `aws` calls that it made, and its exit status."""

    def __init__(self, folder: Path, machines: str, prices: str = PRICES, **more: str) -> None:
        aws, log = folder / "aws", folder / "log"
        aws.write_text(AWS)
        aws.chmod(0o755)
        (folder / "machines").write_text(machines)
        (folder / "prices").write_text(prices)
        log.write_text("")
        environment = {"REGION": "me-central-1", "SITE": "uae", "CLUSTER": "uae-prod", "PRICES": str(folder / "prices")}
        mine = {"PATH": f"{folder}:/usr/bin:/bin", "LOG": str(log), "MACHINES": str(folder / "machines")}
        done = subprocess.run(["sh", str(SCRIPT)], env={**environment, **mine, **more}, capture_output=True, text=True)
        self.code, self.output, self.requests = done.returncode, done.stdout + done.stderr, log.read_text().splitlines()

    @property
    def published(self) -> dict[str, str]:
        """Returns metric -> value."""
        [call] = [line for line in self.requests if line.startswith("cloudwatch put-metric-data")]
        metrics = [name for name in call.split() if name.startswith("MetricName=")]
        return {item.split(",")[0].removeprefix("MetricName="): item.rsplit("=", 1)[-1] for item in metrics}


def metrics(spend: str, running: int, unpriced: int) -> dict[str, str]:
    return {"HourlySpendAed": spend, "RunningMachines": str(running), "UnpricedMachines": str(unpriced)}


@pytest.mark.parametrize(
    ("machines", "expected"),
    [
        ("", metrics("0.000", 0, 0)),
        ("m7g.large\tNone\n", metrics("0.373", 1, 0)),
        ("g5.xlarge\tspot\ng5.xlarge\tNone\nm7g.large\tNone\n", metrics("6.855", 3, 0)),
        ("g5.xlarge\tNone\n" * 250, metrics("1133.000", 250, 0)),
        ("p5en.48xlarge\tNone\ng5.xlarge\tspot\n", metrics("1.950", 2, 1)),
        ("x9.huge\tNone\n", metrics("0.000", 1, 1)),
        ("g5.xlarge\tcapacity-block\n", metrics("0.000", 1, 1)),
    ],
)
def test_machines_are_added_up_and_those_without_a_price_are_counted(
    tmp_path: Path, machines: str, expected: dict[str, str]
) -> None:
    run = Run(tmp_path, machines)
    assert (run.code, run.published) == (0, expected)


def test_it_asks_for_running_machines_of_its_cluster_and_publishes_for_its_site(tmp_path: Path) -> None:
    requests, published = Run(tmp_path, "").requests
    assert "Name=tag-key,Values=kubernetes.io/cluster/uae-prod Name=instance-state-name,Values=running" in requests
    assert "--region me-central-1" in requests
    assert published.startswith("cloudwatch put-metric-data --region me-central-1 --namespace Falaj --metric-data ")
    assert published.count("Dimensions=[{Name=Site,Value=uae}]") == 3


def test_a_machine_without_a_price_is_named(tmp_path: Path) -> None:
    assert "no price: x9.huge None" in Run(tmp_path, "x9.huge\tNone\n").output


def test_nothing_is_published_where_machines_cannot_be_seen(tmp_path: Path) -> None:
    run = Run(tmp_path, "m7g.large\tNone\n", FAILS="255")
    assert run.code != 0
    assert len(run.requests) == 1


@pytest.mark.parametrize("missing", ["REGION", "SITE", "CLUSTER", "PRICES"])
def test_it_fails_if_a_variable_is_missing(tmp_path: Path, missing: str) -> None:
    (tmp_path / "prices").write_text(PRICES)
    variables = {"REGION": "r", "SITE": "s", "CLUSTER": "c", "PRICES": str(tmp_path / "prices")}
    environment = {key: value for key, value in variables.items() if key != missing}
    (tmp_path / "aws").write_text("#!/bin/sh\necho m7g.large None\n")
    (tmp_path / "aws").chmod(0o755)
    done = subprocess.run(
        ["sh", str(SCRIPT)], env={**environment, "PATH": f"{tmp_path}:/usr/bin:/bin"}, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert missing in done.stderr


def test_what_comes_from_outside_is_never_run(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    run = Run(tmp_path, f"$(touch${{IFS}}{trap})\t`touch\n", prices=f"$(touch {trap}) 1 1\n")
    assert run.published == metrics("0.000", 1, 1)
    assert not trap.exists()


def test_a_table_of_the_regions_prices_is_what_it_reads(tmp_path: Path) -> None:
    table = price_table("me-central-1", ["g5.xlarge", "g6.xlarge", "p5en.48xlarge"], Decimal("3.6725"))
    run = Run(tmp_path, "g6.xlarge\tNone\n", prices=table)
    assert run.published == metrics("3.629", 1, 0)
