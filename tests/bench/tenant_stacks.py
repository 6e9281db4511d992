"""Stacks of tenants on one platform, deployed at once: whether they wait for each other."""

import shutil
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import yaml

from falaj.sandbox.paths import Paths
from falaj.sandbox.session import Session, operation
from falaj.sandbox.toolchain import Engine
from tests.bench.measuring import Cost, measured
from tests.bench.table import Row
from tests.bench.workloads import ROOT, Workload, add_tenants, make_project, open_project

AT_ONCE = 4
"""Deployments at one time, as a pipeline with as many runners has them."""


def tenant_stacks(count: int, engine: Engine, folder: Path) -> Iterator[Row]:
    """Yields the cost of the platform, of a few of its tenants' stacks one after the other, and of the others at once.

    Raises `OperationFailed` if one fails.
    """

    def change(platform: dict[str, Any]) -> None:
        add_tenants(platform, count)
        site = platform["sites"]["devaws"]
        site["pools"]["cpu"] = {"profile": "inference-cpu", "machines": ["m7g.2xlarge"], "max": 2}
        site["vaults"] = ["datasets", "checkpoints", "models"]

    platform = make_project(folder / "platform", Workload("platform", "dev", change=change), engine)
    yield _row("platform", 1, "up", measured(platform, *operation("up", "dev", extra=["--suppress-outputs"]))[0])
    sessions = _projects(count, platform, folder, engine)
    first, others = sessions[:AT_ONCE], sessions[AT_ONCE:]
    for few, at_once in ((first, 1), (others, AT_ONCE)) if others else ((first, 1),):
        yield _row(f"{len(few)} stacks", len(few), f"up, {at_once} at a time", _deploy(few, at_once))


def _row(name: str, count: int, step: str, cost: Cost) -> Row:
    return Row(name, count, step, "emulated clouds", cost)


def _projects(count: int, platform: Session, folder: Path, engine: Engine) -> list[tuple[str, Session]]:
    """Creates the stack of each tenant in the sandbox of the platform."""
    project = folder / "tenant"
    project.mkdir()
    (project / "components").symlink_to(ROOT / "components")
    shutil.copy(ROOT / "examples" / "tenant" / "__main__.py", project)
    (project / "Pulumi.yaml").write_text("name: tenant\nruntime: {name: python, options: {virtualenv: .venv}}\n")
    example = yaml.safe_load((ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml").read_text())["config"]
    names = [f"unit{number}" for number in range(count)]
    for name in names:
        settings = {"config": {"falaj:tenant": _settings(name, example["falaj:tenant"])}}
        (project / f"Pulumi.{name}.yaml").write_text(yaml.safe_dump(settings))
    paths = Paths(project, platform.paths.sandbox)
    return [(name, open_project(paths, Workload(name, name), engine)) for name in names]


def _settings(name: str, example: dict[str, Any]) -> dict[str, Any]:
    """Returns the settings of a tenant with the service of the example, and without its run."""
    service = example["services"]["claims"]
    site = {key: example["sites"]["awsuae"][key] for key in ("cloud", "region", "kubernetes_version", "cluster")}
    site |= {"cidr": "10.10.0.0/18", "pools": {"cpu": example["sites"]["awsuae"]["pools"]["cpu"]}}
    return {
        "platform": "organization/falaj/dev",
        "name": name,
        "tier": "smb",
        "tags": example["tags"] | {"environment": "dev"},
        "sites": {"devaws": site},
        "services": {"claims": {**service, "site": "devaws", "host": f"{name}.models.example.ae"}},
    }


def _deploy(sessions: list[tuple[str, Session]], at_once: int) -> Cost:
    """Deploys stacks; returns wall-clock time of all, the sum of their processor time, and memory."""
    started = time.perf_counter()
    with ThreadPoolExecutor(at_once) as pool:
        calls = [
            pool.submit(measured, session, *operation("up", name, extra=["--suppress-outputs"]), alone=at_once == 1)
            for name, session in sessions
        ]
        costs = [call.result()[0] for call in calls]
    seconds = time.perf_counter() - started
    return Cost(seconds, sum(cost.cpu for cost in costs), max(cost.mib for cost in costs))
