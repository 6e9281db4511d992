"""Answers many mutants of all stack files, and builds what is accepted: with a recording stand-in, without an engine.

`python -m tests.exhaustive.settings_mutants COUNT [FIRST [SEED]]` counts how they are answered, and prints each that
crashes, takes more than two seconds of processor time, or is called good and cannot be built. Exit status 1 if there is
one.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

from falaj.components.settings.stackfile import check
from falaj.facts.strict_yaml import load
from tests.exhaustive.built_settings import build_config
from tests.unit.settings.mutants import Mutant, mutant

SEED = 11
SECONDS = 2.0
"""Processor time within which a file is answered: the slowest, of 400 kB and 30,000 keys, takes 0.9 s."""


def answered(made: Mutant, folder: Path, builds: bool = True) -> tuple[str, str]:
    """Returns how a mutant is answered, `refused`, `built`, `crashed`, `slow` or `not built`, and why."""
    file = folder / "Pulumi.mutant.yaml"
    file.write_bytes(made.data)
    problems, seconds = _checked(file)
    if seconds > SECONDS:  # once more: what runs beside it on the same core lengthens its time too
        seconds = min(seconds, _checked(file)[1])
    if crash := next((str(problem) for problem in problems if "report it to the maintainers" in str(problem)), ""):
        return "crashed", crash
    if seconds > SECONDS:
        return "slow", f"{seconds:.2f} s"
    if problems:
        return "refused", str(problems[0])
    try:
        with chdir(folder):
            is_built = builds and build_config(load(file).get("config") or {}) is not None
    except Exception as error:
        return "not built", f"{type(error).__name__}: {error}"
    return ("built" if is_built else "accepted"), ""


def _checked(file: Path) -> tuple[Sequence[object], float]:
    """Returns the problems of a file, and the processor time that it took to find them, in seconds."""
    started = time.process_time()
    problems = check(file).problems
    return problems, time.process_time() - started


def run(count: int, first: int = 0, seed: int = SEED) -> Iterator[tuple[Mutant, str, str]]:
    """Yields each mutant with its answer and the reason."""
    with TemporaryDirectory() as folder:
        for number in range(first, first + count):
            made = mutant(seed, number)
            yield (made, *answered(made, Path(folder)))


def main(arguments: list[str]) -> int:
    """Prints what is wrong, then the counts."""
    counts = Counter[str]()
    for made, answer, why in run(*map(int, arguments)):
        counts[answer] += 1
        if answer in ("crashed", "slow", "not built"):
            print(f"{answer}: {made.base}: {made.change}: {why[:200]}")
    print(dict(counts))
    return int(any(counts[answer] for answer in ("crashed", "slow", "not built")))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
