"""A bad row of the fact files ends every command with one sentence and exit status 2, without a traceback."""

import io
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib import resources
from pathlib import Path

import pulumi
import pytest
import yaml

from falaj import cli
from falaj.cli.common import EXIT_INVALID
from falaj.components import aws
from falaj.components.settings import load, stackfile
from falaj.facts import commitments, machines, prices, rows
from tests.unit.components import aws_samples
from tests.unit.finops.plans import TAGS, agent_pool, preview, step

TOP = Path(__file__).parents[3]
CACHED = (machines._catalogue, prices._services, prices._machine, commitments._rows)
Spoil = Callable[[str, str, str], Path]


@pytest.fixture
def spoil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Spoil]:
    """Returns a function that replaces a text that occurs once in a fact file, in a copy that commands then read."""
    folder = tmp_path / "data"
    shutil.copytree(Path(str(resources.files("falaj.facts") / "data")), folder)

    def replaced(file: str, old: str, new: str) -> Path:
        text = (folder / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return folder

    monkeypatch.setattr(rows, "_DATA", folder)
    _forget()
    yield replaced
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for cached in CACHED:
        cached.cache_clear()


def run(main: Callable[[], object], *arguments: str, monkeypatch: pytest.MonkeyPatch) -> tuple[object, str, str]:
    """Returns the exit status, standard output and standard error of a command."""
    out, err = io.StringIO(), io.StringIO()
    monkeypatch.setattr(sys, "argv", ["falaj", *arguments])
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main()
        except SystemExit as ended:
            status = ended.code
    return status, out.getvalue(), err.getvalue()


G6 = ("machines.csv", "me-central-1,g6.12xlarge,48,", "me-central-1,g6.12xlarge,,")
TOLD = "machines.csv, line {line} (me-central-1 g6.12xlarge), vcpu: required value is missing; allowed: a whole number"


def line_of(text: str, file: str = "machines.csv") -> int:
    lines = (Path(str(resources.files("falaj.facts"))) / "data" / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_machines(spoil: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(*G6)
    status, out, err = run(cli.main, "machines", "--region", "me-central-1", monkeypatch=monkeypatch)
    assert (status, out) == (EXIT_INVALID, "")
    assert err.startswith(f"falaj: {TOLD.format(line=line_of('g6.12xlarge'))}")
    assert err.endswith("or write unknown\n")
    assert err.count("\n") == 1


def test_machines_with_commitments(spoil: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    line = line_of("me-central-1,m7g.large,", "commitments.csv")
    spoil("commitments.csv", "me-central-1,m7g.large,", "me-central-1,m7g.large,x")
    status, _, err = run(cli.main, "machines", "--region", "me-central-1", "--json", monkeypatch=monkeypatch)
    assert status == EXIT_INVALID
    assert err.startswith(f"falaj: commitments.csv, line {line} (me-central-1 m7g.large), reserved_1y_usd: 'x")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("spoiled", "message"),
    [
        (
            ("machines.csv", "uaenorth,Standard_NC40ads_H100_v5,40,", "uaenorth,Standard_NC40ads_H100_v5,4x,"),
            "vcpu: '4x'",
        ),
        (("services.csv", "uaenorth,aks,standard,hour,0.1,", "uaenorth,aks,standard,hour,much,"), "usd: 'much'"),
    ],
)
def test_bill(
    spoil: Spoil, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, spoiled: tuple[str, str, str], message: str
) -> None:
    plan = tmp_path / "plan.json"
    cluster = {"location": "uaenorth", "sku": {"name": "Base", "tier": "Standard"}, "tags": TAGS}
    pool = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS)
    plan.write_text(preview(step(*pool), step("azure-native:containerservice:ManagedCluster", "uae", cluster)))
    spoil(*spoiled)
    status, _, err = run(cli.main, "bill", "--stack", "prod", "--plan", str(plan), monkeypatch=monkeypatch)
    assert status == EXIT_INVALID
    assert err.startswith(f"falaj: {spoiled[0]}, line ")
    assert message in err
    assert err.count("\n") == 1


def test_check_names_the_row_in_full_and_not_the_stack_file(spoil: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(*G6)
    files = [str(TOP / f"Pulumi.{stack}.yaml") for stack in ("dev", "prod-uae")]
    status, out, err = run(stackfile.main, "check", *files, monkeypatch=monkeypatch)
    assert (status, out) == (EXIT_INVALID, "")
    assert err.startswith(TOLD.format(line=line_of("g6.12xlarge")))
    assert err.endswith("or write unknown\n")
    assert err.count("\n") == 1


def test_the_program_ends_with_the_sentence_and_no_traceback(spoil: Spoil, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = yaml.safe_load((TOP / "Pulumi.dev.yaml").read_text(encoding="utf-8"))["config"][stackfile.KEY]
    monkeypatch.setattr(load, "_read", lambda *of: raw)
    spoil(*G6)
    with pytest.raises(pulumi.RunError, match=r"^machines\.csv, line \d+ \(me-central-1 g6\.12xlarge\), vcpu: "):
        load.load_platform()


def test_a_bad_row_is_no_problem_of_the_arguments_that_are_validated(spoil: Spoil) -> None:
    spoil(*G6)
    with pytest.raises(rows.BadRow):
        aws.NodePoolArgs.of("pool", aws_samples.POOL)


@pytest.mark.parametrize("command", [["machines", "--region", "uaenorth"], ["check"], ["--help"]])
def test_regions_are_read_before_any_command(spoil: Spoil, command: list[str]) -> None:
    folder = spoil("regions/azure.csv", ",restricted,", ",closed,")
    program = (
        "import sys, pathlib, falaj.facts.rows as rows; rows._DATA = pathlib.Path(sys.argv.pop(1)); "
        "from falaj.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(folder), *command], cwd=TOP, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (EXIT_INVALID, "")
    assert done.stderr == (
        "falaj: regions/azure.csv, line 3 (uaecentral), state: 'closed' is not allowed; "
        "allowed: available, impaired, restricted. Fix: correct it\n"
    )
