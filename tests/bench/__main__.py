"""Measures the scale of the project: `python -m tests.bench [WORKLOAD...]`; results are a Markdown table, or JSON.

A workload is a stack of the project, `50-pools`, `200-tenants`, a number of plain resources such as `1000`,
`plan-5000` for what reads a plan of that size in one process, `50-stacks` for as many stacks of tenants at once, or
`1000-folders` for a repository of as many projects.
Each step runs with the no-op provider (the floor: engine, program and SDK), with the emulated clouds, and with these
and the policy pack. Its figures are printed when it ends, on standard error, so that an interrupted run keeps them.
Machines differ and are noisy, so only ratios of the same run are meaningful.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Container, Iterator
from itertools import product
from pathlib import Path

from rich.console import Console

from falaj.sandbox.session import Session, operation
from falaj.sandbox.toolchain import Engine, find_engine
from tests.bench.analyses import analyses
from tests.bench.many_folders import many_folders
from tests.bench.measuring import Cost, OperationFailed, measured
from tests.bench.table import FLOOR, Row, as_json, as_markdown
from tests.bench.tenant_stacks import tenant_stacks
from tests.bench.workloads import Workload, make_project, workload

CLOUD, PACK = "emulated clouds", "clouds and pack"
SETUPS = {"floor": FLOOR, "clouds": CLOUD, "pack": PACK}
"""Option -> setup."""
CONSOLE = Console(stderr=True)
WORKLOADS = [
    *("dev", "prod-uae", "50-pools", "200-tenants", "1000", "5000", "10000"),
    *("plan-1000", "plan-5000", "plan-10000", "50-stacks", "1000-folders"),
]
CYCLE = (("preview", "preview"), ("up", "up"), ("up", "no-op"), ("refresh", "refresh"), ("destroy", "destroy"))
"""Operation of the engine -> name of the step, in the order in which a stack lives."""


def steps(subject: Workload, setup: str, chosen: Container[str]) -> tuple[tuple[str, str], ...]:
    """Returns the steps of a workload in a setup: all, and with a pack those that it evaluates; at the floor, of a
    platform, whose program needs what the clouds answer, the preview."""
    life = CYCLE if subject.count or setup != FLOOR else CYCLE[:1]
    return tuple(step for step in life if step[1] in chosen and (setup != PACK or step[0] in ("preview", "up")))


def run_step(session: Session, subject: Workload, step: tuple[str, str], setup: str) -> Cost:
    """Runs one step, and returns its cost. Raises `OperationFailed`."""
    extra = ["--expect-no-changes"] if step[1] == "no-op" else []
    folder = Path("policy_pack") if setup == PACK else None
    arguments = operation(step[0], subject.stack, pack=folder, extra=[*extra, "--suppress-outputs"])
    cost = measured(session, *arguments)[0]
    show(step[1], setup, cost)
    return cost


def show(step: str, setup: str, cost: Cost) -> None:
    """Prints the figures of a step, and how many processes the machine had to run in the last minute."""
    figures = f"{cost.seconds:.1f} s, processor {cost.cpu:.1f} s, {cost.mib:.0f} MiB, load {os.getloadavg()[0]:.0f}"
    CONSOLE.print(f"  {step}, {setup}: {figures}", style="dim", highlight=False, markup=False, soft_wrap=True)


def engine_rows(subject: Workload, engine: Engine, options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Yields the rows of a workload, for each step the best of all rounds; setups alternate in each round, so that
    noise affects all equally. Raises `OperationFailed` after the rows of the steps before it."""
    best: dict[tuple[str, str], Cost] = {}
    failure: OperationFailed | None = None
    try:
        for number in range(options.rounds):
            setups = {
                setup: make_project(folder / f"{number}-{setup}", subject, engine, no_op=setup == FLOOR)
                for setup in (SETUPS[option] for option in options.setups)
            }
            for step, (setup, session) in product(CYCLE, setups.items()):
                if step in steps(subject, setup, options.steps):
                    cost, key = run_step(session, subject, step, setup), (step[1], setup)
                    best[key] = min(cost, best.get(key, cost), key=lambda each: each.cpu)
    except OperationFailed as error:
        failure = error
    try:
        size = count_resources(make_project(folder / "counted", subject, engine), subject)
    except OperationFailed as error:
        failure, size = failure or error, 0  # the rows stay, without the number
    for (step_name, setup), cost in best.items():
        yield Row(subject.name, size, step_name, setup, cost)
    if failure is not None:
        raise failure


def count_resources(session: Session, subject: Workload) -> int:
    """Returns the number of resources that a workload plans, the stack and its providers included."""
    if subject.count:
        return subject.count + 3
    output = measured(session, *operation("preview", subject.stack, extra=["--diff", "--suppress-outputs"]))[1]
    return output.count("[urn=urn:")


def rows_of(name: str, engine: Engine, options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Yields the rows of one workload by its name. Raises `OperationFailed`."""
    kind, _, size = name.partition("-")
    if kind == "plan":
        return _shown(analyses(int(size), engine, folder))
    if size == "stacks":
        return _shown(tenant_stacks(int(kind), engine, folder))
    if size == "folders":
        return _shown(many_folders(int(kind), folder))
    return engine_rows(workload(name), engine, options, folder)


def _shown(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        show(row.step, row.setup, row.cost)
        yield row


def main() -> None:
    """Runs the workloads; a failed one is reported, the others are measured, and the exit status is 1."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("workloads", nargs="*", default=WORKLOADS)
    parser.add_argument("--rounds", type=int, default=1)
    names = [name for _, name in CYCLE]
    parser.add_argument("--steps", nargs="+", choices=names, default=names, help="needs those before it, from `up` on")
    parser.add_argument("--setups", nargs="+", choices=SETUPS, default=[*SETUPS])
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows: list[Row] = []
    failed = False
    engine = find_engine(CONSOLE.print)
    for name in options.workloads:
        CONSOLE.print(f"measuring {name}", style="dim")
        try:
            with tempfile.TemporaryDirectory() as folder:
                rows.extend(rows_of(name, engine, options, Path(folder)))  # of a failed one, those before the failure
        except OperationFailed as error:
            failed = True
            CONSOLE.print(f"{name}: {error}", markup=False)
    print(as_json(rows) if options.json else as_markdown(rows))
    sys.exit(failed)


if __name__ == "__main__":
    main()
