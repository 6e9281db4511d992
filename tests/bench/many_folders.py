"""Many folders with a project each, as in the repository of a platform team: what one call reads of all of them."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from guardrails import reports

from falaj.components.settings.stackfile import check
from tests.bench.analyses import evaluate
from tests.bench.measuring import measured_call
from tests.bench.table import Row
from tests.bench.workloads import ROOT

STACK_FILE = "Pulumi.dev.yaml"
EVALUATED = 20
"""Resources in the evidence of each folder."""


def check_all(files: list[Path]) -> None:
    """Checks stack files as `falaj check` does. Raises `ValueError` if one has a problem."""
    for file in files:
        if problems := check(file).problems:
            raise ValueError(f"{file}: {problems[0]}")


def steps(folders: list[Path]) -> Mapping[str, Callable[[], object]]:
    """Returns the steps by name, for folders that `made` has made."""
    evidence = [file for folder in folders for file in folder.glob("guardrails-*")]
    return {
        "check": partial(check_all, [folder / STACK_FILE for folder in folders]),
        "guardrail report, SARIF": lambda: reports.sarif(reports.rows_of(evidence)),
        "guardrail report, JUnit": lambda: reports.junit(reports.rows_of(evidence)),
    }


def made(count: int, folder: Path) -> list[Path]:
    """Makes folders with a stack file and the evidence of a preview each."""
    evidence = evaluate(EVALUATED, folder / "evidence")
    folders = [folder / f"team-{number}" for number in range(count)]
    for project in folders:
        project.mkdir()
        shutil.copy(ROOT / STACK_FILE, project)
        shutil.copy(evidence, project)
    return folders


def many_folders(count: int, folder: Path) -> Iterator[Row]:
    """Yields the rows of all steps; the resources of a row are the folders."""
    for name, step in steps(made(count, folder)).items():
        yield Row(f"{count:,} folders", count, name, "in one process", measured_call(step))
