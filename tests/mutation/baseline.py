"""Runs the tests on unchanged code and records which test runs which line; selects the tests of each mutant.

`python -m tests.mutation.baseline PACKAGES MUTANTS TEST-FOLDER...`, in a copy of the checkout; adds the tests to the
file of mutants. PACKAGES: the folder that has the package `coverage`. Tests that fail here select nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stdout
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.mutant import FOLDERS, read_mutants, write_mutants
from tests.mutation.selection import MAX_SECONDS, SURVIVOR_SECONDS, Coverage, select

CASES = 4
"""Cases of a test function that are recorded in any case, spread evenly."""
RECORDED_SECONDS = 1.0
"""CPU seconds for which its other cases are recorded: a table of a thousand would take longer than all other tests, and
its cases mostly run the same lines. Mutants are tried with all cases."""
PROCESSES = os.cpu_count() or 1
LONGEST_SECONDS = 40
"""A case that takes longer while it is recorded is not selected: the longest ones (months that are simulated, estimates
of thousands of plans) took half of the time."""


def spread_cases(items: list[pytest.Item]) -> list[pytest.Item]:
    """Returns the cases of each test function together, and first among them `CASES` that are spread evenly."""
    by_function: dict[str, list[pytest.Item]] = {}
    for item in items:
        by_function.setdefault(_function(item.nodeid), []).append(item)
    ordered: list[pytest.Item] = []
    for cases in by_function.values():
        number = min(CASES, len(cases))
        first = [cases[index * len(cases) // number] for index in range(number)]
        ordered += [*first, *(case for case in cases if case not in first)]
    return ordered


def _function(node_id: str) -> str:
    return node_id.partition("[")[0]


class Recorder:
    """A plug-in of pytest: tells coverage which test function runs, and measures it."""

    def __init__(self, recording: Any) -> None:
        self.recording = recording
        self.cases: Counter[str] = Counter()
        self.spent: dict[str, list[float]] = {}
        self.failed: set[str] = set()

    @property
    def seconds(self) -> dict[str, float]:
        """CPU seconds of all cases of each function. Those that were not recorded take as long as the others but the
        longest, which may have loaded what all of them need."""
        return {name: sum(spent) + self._of_others(name, sorted(spent)) for name, spent in self.spent.items() if spent}

    def _of_others(self, name: str, spent: list[float]) -> float:
        usual = spent[:-1] or spent
        return (self.cases[name] - len(spent)) * sum(usual) / len(usual)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Sorts the cases of each function, and counts them."""
        items[:] = spread_cases(items)
        self.cases = Counter(_function(item.nodeid) for item in items)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Records one test, unless enough cases of its function are."""
        name = _function(item.nodeid)
        if not self.is_recorded(name):
            self.recording.switch_context(name)
        started = time.process_time()
        try:
            return (yield)
        finally:
            if not self.is_recorded(name):
                self.spent.setdefault(name, []).append(time.process_time() - started)
            self.recording.switch_context("")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skips the other cases of a function of which enough are recorded."""
        if self.is_recorded(_function(item.nodeid)):
            pytest.skip("enough cases of the function are recorded")

    def is_recorded(self, name: str) -> bool:
        """Whether enough cases of a function are recorded: `CASES` and `RECORDED_SECONDS`, or as much time as all tests
        of a mutant may take."""
        spent = self.spent.get(name, [])
        return sum(spent) > (RECORDED_SECONDS if len(spent) >= CASES else MAX_SECONDS)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Notes a test that fails without any change."""
        if report.failed:
            self.failed.add(_function(report.nodeid))


def record(source: list[str], tests: list[str]) -> Coverage:
    """Runs the tests of folders, a file in one process, on all processors; returns which run which lines of the source
    folders."""
    import coverage  # type: ignore[import-not-found]  # in the environment of the tools

    files = _test_files(tests)
    shares = [share for number in range(PROCESSES) if (share := files[number::PROCESSES])]
    data = coverage.CoverageData(no_disk=True)
    seconds: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory(prefix="falaj-recorded-") as folder,
        ProcessPoolExecutor(len(shares), get_context("spawn")) as pool,
    ):
        parts = [f"{folder}/{number}" for number in range(len(shares))]
        for part, spent in zip(parts, pool.map(_record_share, parts, repeat(source), shares), strict=True):
            recorded = coverage.CoverageData(part)
            recorded.read()
            data.update(recorded)
            seconds |= spent

    def contexts(file: Path) -> dict[int, set[str]]:
        found = data.contexts_by_lineno(str(file.resolve()))
        return {line: set(names) & seconds.keys() for line, names in found.items()}

    return Coverage(contexts, seconds)


def _test_files(tests: list[str]) -> list[str]:
    """Returns the files of tests that folders have, and the files that are named."""
    return sorted(
        str(file) for name in tests for file in ([name] if Path(name).is_file() else Path(name).rglob("test_*.py"))
    )


def _record_share(part: str, source: list[str], files: list[str]) -> dict[str, float]:
    """Runs test files and writes which of their functions run which lines into the file `part`; returns the CPU seconds
    of the functions that pass."""
    import coverage  # type: ignore[import-not-found]

    recording = coverage.Coverage(data_file=part, source=source, config_file=False)
    recorder = Recorder(recording)
    recording.start()
    try:
        with redirect_stdout(sys.stderr):
            options = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--timeout", str(LONGEST_SECONDS))
            pytest.main([*files, *options, "--timeout-method=signal"], plugins=[recorder])
    finally:
        recording.stop()
    recording.save()
    return {name: spent for name, spent in recorder.seconds.items() if name not in recorder.failed}


def main(packages: str, mutants: str, *folders: str) -> None:
    """Records, and selects the tests of each mutant."""
    sys.path.append(packages)
    drawn = read_mutants(Path(mutants))
    recorded = record([folder for folder in FOLDERS if Path(folder).is_dir()], list(folders))
    for mutant in drawn:
        mutant.tests = select(Path(), mutant.file, mutant.line, recorded)
        more = select(Path(), mutant.file, mutant.line, recorded, SURVIVOR_SECONDS)
        mutant.later = tuple(test for test in more if test not in mutant.tests)
    write_mutants(Path(mutants), drawn)


if __name__ == "__main__":
    main(*sys.argv[1:])
