"""Runs the selected tests on each mutant: `python -m tests.mutation.trial MUTANTS`, in a copy of the checkout.

Each mutant's tests run in a process forked from one that has loaded the SDKs, because loading them takes longer than
the tests. The file is written, and restored afterwards; nothing else of the copy changes.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.engine.warm import SDKS
from tests.forked.server import forking_python
from tests.mutation.mutant import CORPORA, KILLED, SURVIVED, TIMED_OUT, Mutant, read_mutants, write_mutants

ROOT = Path(__file__).parents[2]
LIBRARIES = (*SDKS, "pytest", "hypothesis", "numpy", "scipy.stats", "duckdb")
TEST_SECONDS, SECONDS = 120, 1800
"""Longest duration of one test, and of all tests of a mutant, on a busy machine: they take seconds without the change,
and all together up to `selection.MAX_SECONDS` of CPU time."""
OPTIONS = (
    "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--timeout", str(TEST_SECONDS),
    "-W", "ignore::pytest.PytestAssertRewriteWarning",
)  # fmt: skip
"""Libraries that are loaded before pytest starts are not rewritten, and need not be."""
_HUNG = "+ Timeout +"
"""What pytest-timeout prints before it ends the process."""

_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


class Trial:
    """Runs tests in the copy."""

    def __init__(self, root: Path, python: Path) -> None:
        """`python`: the interpreter that forks."""
        self.root, self.python = root, python

    def try_out(self, mutant: Mutant, left_out: frozenset[str] = frozenset()) -> None:
        """Sets the mutant's outcome. `left_out`: tests that also fail without a change."""
        path = self.root / mutant.file
        original, times = path.read_bytes(), path.stat()
        try:
            path.write_text(mutant.content)
            os.utime(path, (times.st_atime, times.st_mtime + 3600))  # what is compiled of the original is not taken
            mutant.outcome, mutant.killer = self._run([test for test in mutant.tests if test not in left_out])
        finally:
            path.write_bytes(original)
            os.utime(path, (times.st_atime, times.st_mtime))
        if mutant.outcome == KILLED and not mutant.killer:  # pytest did not come as far as a test
            self.check(mutant.tests[:1])

    def check(self, tests: Sequence[str]) -> None:
        """Raises `RuntimeError` if tests fail without a change: then nothing could be measured."""
        outcome, killer = self._run(tests)
        if outcome != SURVIVED:
            raise RuntimeError(f"tests fail without a change: {killer or tests} {outcome}")

    def failures(self, tests: Sequence[str]) -> frozenset[str]:
        """Returns which of the tests fail without a change."""
        done = self._pytest(tests, "--maxfail=0")
        return frozenset(tests if done is None else map(_function, _FAILED.findall(done.stdout)))

    def _run(self, tests: Sequence[str]) -> tuple[str, str]:
        """Returns the outcome, and the test function that failed."""
        done = self._pytest(tests)
        if done is None or _HUNG in done.stderr:
            return TIMED_OUT, ""
        if done.returncode == 0:
            return SURVIVED, ""
        failed = _FAILED.search(done.stdout)
        return KILLED, _function(failed[1]) if failed else ""

    def _pytest(self, tests: Sequence[str], *options: str) -> subprocess.CompletedProcess[str] | None:
        """Runs tests up to the first that fails; returns None if they do not end."""
        if not tests:
            return subprocess.CompletedProcess([], 0, "", "")
        with tempfile.TemporaryDirectory(prefix="falaj-mutant-") as folder:
            command = [self.python, "-m", "pytest", *OPTIONS, *options, f"--basetemp={folder}/tests", *tests]
            try:
                return subprocess.run(
                    command,
                    cwd=self.root,
                    env=os.environ | {"TMPDIR": folder},
                    capture_output=True,
                    text=True,
                    timeout=SECONDS,
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return None


def _function(node_id: str) -> str:
    return node_id.partition("[")[0]


def tests_of_survivor(mutant: Mutant) -> tuple[str, ...]:
    """Returns the tests that a surviving mutant has not met: slower and less likely ones, and those of corpora."""
    if mutant.outcome != SURVIVED:
        return ()
    corpora = (test for start, some in CORPORA.items() if mutant.file.startswith(start) for test in some)
    return tuple(dict.fromkeys(test for test in (*mutant.later, *corpora) if test not in mutant.tests))


def main(file: str) -> None:
    """Tries out all mutants without an outcome, then survivors with more of them, then those that an unfit test has
    killed once more without it."""
    mutants = read_mutants(Path(file))
    trial = Trial(ROOT, forking_python(sys.executable, LIBRARIES))
    trial.check(mutants[0].tests[:1])

    def try_out(number: int, left_out: frozenset[str] = frozenset()) -> None:
        mutant = mutants[number]
        trial.try_out(mutant, left_out)
        print(f"{number + 1}/{len(mutants)} {mutant.file}:{mutant.line} {mutant.outcome}", file=sys.stderr, flush=True)
        write_mutants(Path(file), mutants)

    for number, mutant in enumerate(mutants):
        if not mutant.outcome:
            try_out(number)
    for number, mutant in enumerate(mutants):
        if more := tests_of_survivor(mutant):
            met = frozenset(mutant.tests)
            mutant.tests += more
            try_out(number, met)
    unfit = trial.failures(sorted({mutant.killer for mutant in mutants if mutant.killer}))
    for mutant in mutants:
        if mutant.killer in unfit:
            trial.try_out(mutant, unfit)
    write_mutants(Path(file), mutants)


if __name__ == "__main__":
    main(*sys.argv[1:])
