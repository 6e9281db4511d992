"""Gives commands many mutants of each file that they read.

`python -m tests.exhaustive.file_inputs COUNT [NAME]` counts how COUNT mutants of each file, or of one, are answered,
and prints each that crashes or is slow. Exit status 1 if there is one.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.unit.cli.file_inputs import INPUTS, Answer, answered, write_valid
from tests.unit.cli.input_mutants import mutant

SEED = "17"
SECONDS = 1.0
"""Processor time within which a file is answered, beyond that of the command with the valid file."""
STATUSES = (0, 1, 2, 3)
"""Documented exit statuses of a command that is not interrupted."""
MAX_SENTENCE = 3000
"""Greatest length of an error, in characters."""


def fault(given: Answer, usual: float) -> str:
    """Returns what is wrong with an answer; empty if nothing is. `usual` is the time with the valid file."""
    if given.crash is not None:
        return f"crashed: {type(given.crash).__name__}: {given.crash}"
    if given.status not in STATUSES:
        return f"status {given.status}"
    if given.seconds > usual + SECONDS:
        return f"slow: {given.seconds:.1f} s"
    if "\n" in given.sentence.strip() and not given.sentence.startswith("Usage: "):
        return f"several lines: {given.sentence}"
    if len(given.sentence) > MAX_SENTENCE:
        return f"long: {given.sentence}"
    return ""


def run(names: Iterable[str], numbers: range) -> Iterator[tuple[str, str, Answer, str]]:
    """Yields each mutant: input, change, answer and what is wrong with it."""
    with TemporaryDirectory() as folder:
        write_valid(Path(folder))
        for name in names:
            given = INPUTS[name]
            file = Path(folder) / "spoiled" / given.name
            file.write_bytes(given.text(given.content))
            answered(name, Path(folder), file)  # imports and caches
            usual = answered(name, Path(folder), file).seconds
            for number in numbers:
                change, data = mutant(f"{SEED}/{name}", number, given.content, given.text)
                file.write_bytes(data)
                answer = answered(name, Path(folder), file, ("--json",) if given.json and number % 2 else ())
                yield name, change, answer, fault(answer, usual)
            file.unlink(missing_ok=True)


def main(arguments: list[str]) -> int:
    """Prints what is wrong, then the counts."""
    names = arguments[1:] or list(INPUTS)
    total, wrong = Counter[str](), 0
    for name, change, answer, what in run(names, range(int(arguments[0]))):
        total[f"status {answer.status}" if answer.crash is None else "crashed"] += 1
        if what:
            wrong += 1
            print(f"{name}: {change}: {what[:300]}", flush=True)
    print(dict(total))
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
