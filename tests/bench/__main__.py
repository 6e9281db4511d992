"""Measures the time of a preview, as ratios of one run: `python -m tests.bench`.

For each workload three previews are timed, best of `--rounds`: with a no-op provider and no policy pack (the engine's
floor), with the emulated clouds, and with the emulated clouds and the policy pack. Machines differ and are noisy, so
only ratios of the same run are meaningful.
"""

import argparse
import json
import os
import shlex
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from falaj.sandbox.environment import CLOUDS, prepare, sandbox_variables
from falaj.sandbox.paths import Paths
from falaj.sandbox.previews import link_environment
from falaj.sandbox.session import Session, operation
from falaj.sandbox.toolchain import Engine, find_engine

ROOT = Path(__file__).parents[2]
FLOOR, CLOUD, PACK = "floor", "emulated clouds", "clouds and pack"


@dataclass(frozen=True)
class Workload:
    """A program to preview: a stack of the project, or `count` plain resources."""

    name: str
    stack: str
    count: int = 0


@dataclass(frozen=True)
class Timing:
    """Seconds of one workload by setup, and the number of planned resources."""

    workload: str
    resources: int
    seconds: dict[str, float]


def workloads(names: list[str]) -> list[Workload]:
    """Returns the workloads by stack name; a number stands for that many plain resources."""
    return [Workload(f"{n} plain", "bench", int(n)) if n.isdigit() else Workload(n, n) for n in names]


def make_project(folder: Path, workload: Workload, engine: Engine, no_op: bool) -> Session:
    """Creates a separate project for a workload, with the emulated clouds or with the no-op provider."""
    folder.mkdir(parents=True)
    for linked in ("components", "policy_pack"):
        (folder / linked).symlink_to(ROOT / linked)
    shutil.copy(ROOT / "Pulumi.yaml", folder)
    if workload.count:
        shutil.copy(ROOT / "tests" / "bench" / "plain.py", folder / "__main__.py")
        (folder / "Pulumi.bench.yaml").write_text("config: {}\n")
    else:
        shutil.copy(ROOT / "__main__.py", folder)
        shutil.copy(ROOT / f"Pulumi.{workload.stack}.yaml", folder)
    paths = Paths(folder)
    link_environment(paths.read_project(), None)
    prepare(paths, engine)
    environment = sandbox_variables(paths, engine) | {"FALAJ_BENCH_COUNT": str(workload.count)}
    environment.pop("FALAJ_EVIDENCE")
    if no_op:
        for cloud in CLOUDS:
            path = paths.bin / f"pulumi-resource-{cloud}"
            path.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tests.bench.nothing "$@"\n')
        environment["PYTHONPATH"] = str(ROOT)
    session = Session(paths, engine, environment)
    session.ensure_stack(workload.stack)
    return session


def preview(session: Session, workload: Workload, pack: bool) -> tuple[float, int]:
    """Returns the seconds and the planned resources of one preview. Exits with the engine's output if it fails."""
    folder = Path("policy_pack") if pack else None
    started = time.perf_counter()
    process = session.pulumi(*operation("preview", workload.stack, pack=folder, extra=["--json"]), quiet=True)
    seconds = time.perf_counter() - started
    if process.returncode != 0:
        sys.exit(f"{workload.name}: the preview failed: {(process.stdout + process.stderr)[-2000:]}")
    summary = json.loads(process.stdout[process.stdout.index("{") :]).get("changeSummary", {})
    return seconds, sum(summary.values())


def measure(workload: Workload, engine: Engine, rounds: int, folder: Path) -> Timing:
    """Returns the best of `rounds` for each setup; the setups alternate so that noise affects all equally."""
    floor = make_project(folder / "floor", workload, engine, no_op=True)
    clouds = make_project(folder / "clouds", workload, engine, no_op=False)
    best: dict[str, float] = {}
    resources = 0
    for _ in range(rounds):
        for name, session, pack in ((FLOOR, floor, False), (CLOUD, clouds, False), (PACK, clouds, True)):
            seconds, resources = preview(session, workload, pack)
            best[name] = min(seconds, best.get(name, seconds))
    return Timing(workload.name, resources, best)


def show(timings: list[Timing], console: Console) -> None:
    """Prints the ratios to the floor, and the added milliseconds per resource."""
    ratios = (f"{CLOUD} / floor", f"{PACK} / floor")
    table = Table("workload", "resources", "floor s", *ratios, "clouds ms each", "pack ms each")
    for row in timings:
        floor, clouds, pack = (row.seconds[name] for name in (FLOOR, CLOUD, PACK))
        each = 1000 / max(row.resources, 1)
        table.add_row(
            row.workload,
            str(row.resources),
            f"{floor:.2f}",
            f"{clouds / floor:.2f}",
            f"{pack / floor:.2f}",
            f"{(clouds - floor) * each:.2f}",
            f"{(pack - clouds) * each:.2f}",
        )
    console.print(table)


def main() -> None:
    """Runs the benchmark and prints its table, or with `--json` its figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("workloads", nargs="*", default=["dev", "prod-uae", "100", "1000", "5000"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    console = Console(stderr=True)
    engine = find_engine(console.print)
    timings = []
    with tempfile.TemporaryDirectory() as folder:
        for index, workload in enumerate(workloads(options.workloads)):
            console.print(f"{workload.name}: {options.rounds} rounds of three previews", style="dim")
            timings.append(measure(workload, engine, options.rounds, Path(folder) / str(index)))
    if options.json:
        print(json.dumps([vars(timing) for timing in timings], indent=2))
    else:
        show(timings, Console(width=max(110, int(os.environ.get("COLUMNS", "0")))))


if __name__ == "__main__":
    main()
