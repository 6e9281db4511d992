"""Programs to measure: stacks of the project, stacks with many pools or tenants, and any number of plain resources."""

import re
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from falaj.sandbox.environment import CLOUDS, SKIP_CHECKPOINTS, prepare, sandbox_variables
from falaj.sandbox.language_hosts import provide_language_host
from falaj.sandbox.paths import Paths
from falaj.sandbox.previews import link_environment
from falaj.sandbox.session import Session
from falaj.sandbox.toolchain import Engine

ROOT = Path(__file__).parents[2]
PLAIN = "dev"
"""Stack of the plain resources: in others, the estimate of 100 log groups is above the cost ceiling."""
_MANY = re.compile(r"(\d+)-(pools|tenants)")


@dataclass(frozen=True)
class Workload:
    """A program: a stack of the project, `settings` changed if given, or `count` plain resources."""

    name: str
    stack: str
    count: int = 0
    change: Callable[[dict[str, Any]], None] | None = None


def workload(name: str) -> Workload:
    """Returns a workload by its name: a stack, `50-pools`, `200-tenants`, or a number of plain resources."""
    if name.isdigit():
        return Workload(f"{name} plain", PLAIN, count=int(name))
    if many := _MANY.fullmatch(name):
        count, kind = int(many[1]), many[2]
        return Workload(name, "dev", change=lambda platform: _CHANGES[kind](platform, count))
    return Workload(name, name)


def _add_pools(platform: dict[str, Any], count: int) -> None:
    del platform["tenants"]  # a queue would admit more than their quota
    pools = platform["sites"]["devaws"]["pools"]
    for number in range(count - len(pools)):
        pools[f"more{number}"] = pools["cpuspot"] | {"max": 1}  # the network has room for no more nodes


def add_tenants(platform: dict[str, Any], count: int) -> None:
    """Adds tenants `unit0`, `unit1` ... of tier smb to a platform, each with a namespace and a host of its gateway."""
    gateway = {"gateway_class": "istio", "domains": ["*.models.example.ae"], "certificate": "models-tls"}
    platform["sites"]["devaws"]["cluster"] = {"keda": True, "gateway": gateway}
    for number in range(count):
        platform["tenants"][f"unit{number}"] = {
            "tier": "smb",
            "authentication": {"issuer": "https://login.example.ae", "audiences": [f"unit{number}"]},
            "spaces": {"devaws": {"cpu": 2, "memory_gib": 4, "hosts": [f"unit{number}.models.example.ae"]}},
        }


_CHANGES = {"pools": _add_pools, "tenants": add_tenants}


def make_project(folder: Path, workload: Workload, engine: Engine, no_op: bool = False) -> Session:
    """Creates a project of its own for a workload, with the emulated clouds or with the no-op provider.

    The engine writes its state at the end of an operation, as in the first deployment of `./try`.
    """
    folder.mkdir(parents=True)
    for linked in ("components", "policy_pack"):
        (folder / linked).symlink_to(ROOT / linked)
    shutil.copy(ROOT / "Pulumi.yaml", folder)
    if workload.count:
        shutil.copy(ROOT / "tests" / "bench" / "plain.py", folder / "__main__.py")
        (folder / f"Pulumi.{PLAIN}.yaml").write_text("config: {}\n")
    else:
        shutil.copy(ROOT / "__main__.py", folder)
        _write_settings(folder, workload)
    return open_project(Paths(folder), workload, engine, no_op)


def _write_settings(folder: Path, workload: Workload) -> None:
    settings = yaml.safe_load((ROOT / f"Pulumi.{workload.stack}.yaml").read_text())
    if workload.change is not None:
        workload.change(settings["config"]["falaj:platform"])
    (folder / f"Pulumi.{workload.stack}.yaml").write_text(yaml.safe_dump(settings))


def open_project(paths: Paths, workload: Workload, engine: Engine, no_op: bool = False) -> Session:
    """Opens the sandbox of a project that is there."""
    link_environment(paths.read_project(), None)
    prepare(paths, engine)
    provide_language_host(paths, engine, lambda _sentence: None)
    environment = sandbox_variables(paths, engine) | {
        "FALAJ_BENCH_COUNT": str(workload.count),
        SKIP_CHECKPOINTS: "true",
    }
    environment.pop("FALAJ_EVIDENCE")
    if no_op:
        for cloud in CLOUDS:
            path = paths.bin / f"pulumi-resource-{cloud}"
            path.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m tests.bench.nothing "$@"\n')
        environment["PYTHONPATH"] = str(ROOT)
    session = Session(paths, engine, environment)
    session.ensure_stack(workload.stack)
    return session
