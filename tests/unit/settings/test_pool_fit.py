"""A run of more pods than its pools ever hold is refused: it would wait for ever."""

import copy
from typing import Any

import pytest
import yaml

from falaj.components.settings.load import SettingsRefused, tenant_stack_settings
from falaj.components.settings.stackfile import TENANT_KEY
from tests.unit.settings.stacks import ROOT

FILE = ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml"
RUN: Any = {"cpu": 10, "memory_gib": 40, "gpus": 1}
"""Four of these fit on a `g5.12xlarge`: 48 vCPU, 192 GiB and 4 GPUs."""


def refused(nodes: int, path: str = "tenant.runs.claims-triage.nodes", **changes: Any) -> str:
    """Returns why a run on a pool of at most 8 machines is refused, once; empty if it is good."""
    settings = copy.deepcopy(yaml.safe_load(FILE.read_text(encoding="utf-8"))["config"][TENANT_KEY])
    settings["sites"]["awsuae"]["pools"]["gpuspot"]["machines"] = ["g5.12xlarge"]
    run = settings["runs"]["claims-triage"]
    run |= RUN | {"nodes": nodes} | changes
    try:
        tenant_stack_settings(settings)
    except SettingsRefused as refusal:
        [problem] = refusal.problems
        assert problem.path == path
        return problem.allowed
    return ""


@pytest.mark.parametrize(
    ("changes", "most"),
    [({}, 32), ({"gpus": 2}, 16), ({"gpus": 4}, 8), ({"cpu": 20}, 16), ({"memory_gib": 80}, 16), ({"cpu": 30}, 8)],
)
def test_as_many_pods_as_fit_on_all_machines_are_good(changes: dict[str, Any], most: int) -> None:
    assert refused(most, **changes) == ""
    assert refused(most + 1, **changes) == f"at most {most}, the room of gpuspot with all machines"


def test_what_fits_on_no_machine_is_said_once() -> None:
    left = "what a machine of gpuspot has left for pods: 47.5 vCPU, 169 GiB and 4 GPUs at most"
    assert refused(4, "tenant.runs.claims-triage", cpu=60) == left


@pytest.mark.parametrize(("capacity", "problem"), [("spot", True), ("spot-first", False), ("on-demand", False)])
def test_a_run_that_must_not_be_interrupted_has_no_room_on_spot_machines(capacity: str, problem: bool) -> None:
    settings = copy.deepcopy(yaml.safe_load(FILE.read_text(encoding="utf-8"))["config"][TENANT_KEY])
    settings["sites"]["awsuae"]["pools"]["gpuspot"] |= {"capacity": capacity}
    settings["runs"]["claims-triage"] |= RUN | {"nodes": 1, "interruptible": False}
    if not problem:
        tenant_stack_settings(settings)
        return
    with pytest.raises(SettingsRefused) as refused_settings:
        tenant_stack_settings(settings)
    allowed = "a pool of profile training that is open to the tenant, with machines that are not spot"
    assert [problem.allowed for problem in refused_settings.value.problems] == [allowed]
