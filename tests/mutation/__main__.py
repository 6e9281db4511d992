"""Changes random lines of the code, in a copy, and prints how many of the changes the fast tests notice, as a table.

`.venv/bin/python -m tests.mutation --sample 300 --seed 7`. The same seed draws the same lines and changes of the same
code. Ends with status 1 if the share is below `--wanted`. The unchanged tests run first, for an hour of one processor;
then each mutant takes some seconds, and one that survives up to a minute. All processors are used. With `--folder`, the
same command goes on where it was interrupted: the drawn lines are in random order, so the first of them are a sample.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from itertools import zip_longest
from pathlib import Path

from tests.mutation.baseline import PROCESSES
from tests.mutation.mutant import FOLDERS, TESTS, Mutant, read_mutants, write_mutants
from tests.mutation.report import as_json, rate_of, table
from tests.mutation.tools import packages, tools
from tests.scan.tools import NoTools

ROOT = Path(__file__).parents[2]
BASELINE_SECONDS, TRIAL_SECONDS, DRAW_SECONDS = 2 * 3600, 5 * 3600, 900


def main(arguments: list[str] | None = None) -> int:
    """Measures, prints, and returns the exit status: 1 below the wanted rate, 2 without the tools."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=300, help="number of changed lines")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--wanted", type=float, default=0.92, help="share that the tests must notice, from 0 to 1")
    parser.add_argument("--only", action="append", choices=FOLDERS, help="folder to change; repeatable")
    parser.add_argument("--json", type=Path, help="file for the rates and every mutant")
    parser.add_argument("--folder", type=Path, help="folder with which an interrupted run goes on")
    options = parser.parse_args(arguments)
    try:
        mutants = measure(ROOT, tuple(options.only or FOLDERS), TESTS, options.sample, options.seed, options.folder)
    except NoTools as missing:
        print(missing, file=sys.stderr)
        return 2
    print(table(mutants))
    if options.json:
        options.json.write_text(json.dumps(as_json(mutants, options.seed), indent=1))
    return 0 if rate_of(mutants).share >= options.wanted else 1


def measure(
    root: Path, folders: tuple[str, ...], tests: tuple[str, ...], sample: int, seed: int, kept: Path | None = None
) -> list[Mutant]:
    """Draws mutants and tries them out, in a copy of the checkout. Raises `NoTools`.

    `kept`: a folder for the copy and the mutants; those that it has already are neither drawn nor tried again.
    """
    environment = tools()
    kept_path = None if kept is None else str(kept.resolve())  # the steps run in another folder
    with nullcontext(kept_path) if kept_path else tempfile.TemporaryDirectory(prefix="falaj-mutation-") as folder:
        copy, drawn, shares = (Path(folder) / name for name in ("checkout", "drawn.json", "shares"))
        files = copied(root, copy)  # also restores the file that was changed at an interruption
        if not shares.exists():
            beginnings = tuple(f"{folder}/" for folder in folders)
            changed = [file for file in files if file.endswith(".py") and file.startswith(beginnings)]
            python = environment / "bin" / "python"
            drawn.write_text(_step(python, "draw", copy, DRAW_SECONDS, str(copy), str(sample), str(seed), *changed))
            arguments = (str(packages(environment)), str(drawn), *tests)
            _step(Path(sys.executable), "baseline", copy, BASELINE_SECONDS, *arguments)
            write_shares(shares, read_mutants(drawn), PROCESSES)
        parts = sorted(shares.glob("*.json"))

        def tried(part: Path) -> list[Mutant]:
            own = Path(folder) / part.stem
            shutil.rmtree(own, ignore_errors=True)
            shutil.copytree(copy, own, symlinks=True)  # not of the checkout, which may have changed meanwhile
            _step(Path(sys.executable), "trial", own, TRIAL_SECONDS, str(part))
            return read_mutants(part)

        with ThreadPoolExecutor(max(len(parts), 1)) as pool:  # no line may be drawn
            dealt = zip_longest(*pool.map(tried, parts))
        return [mutant for mutants in dealt for mutant in mutants if mutant is not None]


def write_shares(folder: Path, mutants: list[Mutant], number: int) -> None:
    """Deals the mutants to so many files, whole or not at all."""
    part = folder.with_suffix(".part")
    part.mkdir(exist_ok=True)
    for share in range(min(number, len(mutants))):
        write_mutants(part / f"share-{share:03}.json", mutants[share::number])
    part.rename(folder)


def copied(root: Path, copy: Path) -> list[str]:
    """Copies the files of a checkout that git does not ignore; returns their paths. Links stay links."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=60).stdout
    files = sorted(name for name in listed.split("\0") if name and (root / name).exists())
    for name in files:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if (copy / name).is_symlink():  # it would be written into what it leads to
            (copy / name).unlink()
        shutil.copy2(root / name, copy / name, follow_symlinks=False)
    return files


def _step(python: Path, name: str, copy: Path, seconds: int, *arguments: str) -> str:
    """Runs a module of this package in the copy; returns what it prints."""
    variables = os.environ | {"PYTHONPATH": f"{copy}{os.pathsep}{copy / 'policy_pack'}"}
    command = [python, "-m", f"tests.mutation.{name}", *arguments]
    done = subprocess.run(
        command, cwd=copy, env=variables, stdout=subprocess.PIPE, text=True, timeout=seconds, check=True
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
