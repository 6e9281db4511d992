"""Kills random processes at random moments and prints what the documented commands made of it, as a table.

`.venv/bin/python -m tests.chaos --kills 300 --seed 7 --stack onprem --stack dev --stack prod-uae`. Ends with status 1
if something was lost, left over, doubled or hung, or a command failed. Each kill takes a quarter of a minute (onprem,
an example), half a minute (dev) or two minutes (prod-uae), and longer on a machine that does other work. A stack
that is named twice is drawn twice as often.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from falaj.sandbox.toolchain import find_engine
from tests.chaos.kills import Aftermath, Deployment, drawn, suffered
from tests.engine.harness import ROOT, Project, new_project
from tests.engine.lives import EXAMPLES

FAULTS = ("kills", "good", "recover != 0", "end != 0", "adopted", "orphans", "lost", "duplicates", "left", "hung")


def main() -> None:
    """Makes the kills, one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stack", action="append", dest="stacks")
    options = parser.parse_args()
    stacks = tuple(options.stacks or ("dev",))
    with tempfile.TemporaryDirectory(prefix="falaj-chaos-") as folder:
        deployed = {stack: _deployment(Path(folder), stack, stacks) for stack in dict.fromkeys(stacks)}
        done = []
        for seed in range(options.seed, options.seed + options.kills):
            killed = drawn(seed, stacks)
            project = _project(Path(folder) / f"kill-{seed}", stacks)
            done.append(suffered(killed, project, deployed))
            print(f"{killed}: {'good' if done[-1].is_good else done[-1]}", file=sys.stderr, flush=True)
            shutil.rmtree(project.folder)
    print(table(done))
    sys.exit(0 if all(aftermath.is_good for aftermath in done) else 1)


def table(done: list[Aftermath]) -> str:
    """Returns a table in Markdown: operations and victims, how many, and what went wrong."""
    rows: dict[tuple[str, str], Counter[str]] = {}
    for aftermath in done:
        row = rows.setdefault((aftermath.kill.operation, aftermath.kill.victim), Counter())
        counts = (
            1, aftermath.is_good, aftermath.recover != 0, aftermath.finish != 0, aftermath.adopted, aftermath.orphans,
            aftermath.lost, aftermath.duplicates, aftermath.left, aftermath.hung,
        )  # fmt: skip
        row.update(dict(zip(FAULTS, map(int, counts), strict=True)))
    lines = [f"| operation | victim | {' | '.join(FAULTS)} |", f"| --- | --- |{' --- |' * len(FAULTS)}"]
    for (name, victim), row in sorted(rows.items()):
        lines.append(f"| {name} | {victim} | {' | '.join(str(row[fault]) for fault in FAULTS)} |")
    return "\n".join(lines)


def _project(folder: Path, stacks: Iterable[str]) -> Project:
    """Makes a project with the stacks of this one and of the examples."""
    folder.mkdir()
    for example in (name for name, stack in EXAMPLES.items() if stack in stacks):
        for file in (ROOT / "examples" / example).glob("*.yaml"):
            shutil.copy(file, folder)
    project = new_project(folder, find_engine(print), ROOT / "__main__.py", checkpoints=True)
    for file in folder.glob("Pulumi.*.yaml"):
        # The engine refuses to destroy what is protected, as documented: no kill shows in that.
        file.write_text(file.read_text().replace("protect: true", "protect: false"))
    return project


def _deployment(folder: Path, stack: str, stacks: Iterable[str]) -> Deployment:
    project = _project(folder / f"deployed-{stack}", stacks)
    started = time.monotonic()
    done = project.run("up", stack)
    if done.status != 0:
        sys.exit(done.output)
    return Deployment(project, time.monotonic() - started)


if __name__ == "__main__":
    main()
