"""MIG profiles are those of the pool's GPUs, and a service's share of a GPU is one that a pool offers."""

from typing import Any

import pytest

from falaj.components.core.node_pools.gpu_offers import mig_profiles
from falaj.components.core.node_pools.gpu_sharing import GpuSharingSpec
from falaj.components.core.validation.problems import Problem
from falaj.components.settings.load import platform_settings
from falaj.facts.gpus import GPUS
from falaj.facts.machines import machines
from tests.unit.settings.stacks import changed, problems

POOL = "sites.azuae.pools.gpu"
ASSISTANT = "tenants.retail-banking.services.assistant.serving"


def stack(gpu: dict[str, Any], **pool: Any) -> dict[str, Any]:
    """Returns the stack with these GPUs of its service and these settings of the pool that it runs on."""
    settings = changed(f"{ASSISTANT}.gpu", gpu)
    del settings["tenants"]["retail-banking"]["experiments"]
    settings["sites"]["azuae"]["pools"]["gpu"] |= pool
    return settings


def one(settings: dict[str, Any]) -> Problem:
    (problem,) = problems(settings)
    return problem


@pytest.mark.parametrize(
    ("machine", "given", "allowed"),
    [
        ("Standard_NC40ads_H100_v5", "1g.18gb", "1g.12gb, 1g.24gb, 2g.24gb, 3g.47gb, 4g.47gb, 7g.94gb"),
        ("Standard_ND96isr_H200_v5", "1g.12gb", "1g.18gb, 1g.35gb, 2g.35gb, 3g.71gb, 4g.71gb, 7g.141gb"),
        ("Standard_ND96isr_H100_v5", "1g.12gb", "1g.10gb, 1g.20gb, 2g.20gb, 3g.40gb, 4g.40gb, 7g.80gb"),
    ],
)
def test_a_profile_of_another_gpu_is_refused(machine: str, given: str, allowed: str) -> None:
    problem = one(stack({"mig_profile": given}, machines=[machine], sharing={"mig_profile": given}))
    assert problem.path == f"platform.{POOL}.sharing.mig_profile"
    assert (problem.given, problem.allowed.endswith(f": {allowed}")) == (given, True)
    assert problem.fix == "choose one of these, or machines with another GPU"


@pytest.mark.parametrize(
    ("gpu", "pool"),
    [
        ({"count": 1}, {}),
        ({"mig_profile": "1g.12gb"}, {"sharing": {"mig_profile": "1g.12gb"}}),
        ({"mig_profile": "1g.12gb"}, {"azure": {"gpu_partition": "MIG1g"}}),
        ({"mig_profile": "3g.71gb"}, {"azure": {"gpu_partition": "MIG3g"}, "machines": ["Standard_ND96isr_H200_v5"]}),
        ({"time_sliced": True}, {"sharing": {"time_slices": 4}}),
    ],
)
def test_a_share_that_the_pool_offers_is_accepted(gpu: dict[str, Any], pool: dict[str, Any]) -> None:
    assert platform_settings(stack(gpu, **pool))


def test_profiles_of_several_machines_are_those_that_all_have() -> None:
    names = {"H200": "Standard_ND96isr_H200_v5", "H100": "Standard_ND96isr_H100_v5", "A100": "Standard_ND96ams_A100_v4"}
    offered = {model: machines("uaenorth")[name] for model, name in names.items()}
    assert mig_profiles([offered["H100"], offered["A100"]]) == [*GPUS["H100"].mig_profiles]
    assert mig_profiles([offered["H100"], offered["H200"]]) == []
    assert mig_profiles([machines("uaenorth")["Standard_D16as_v5"]]) == []
    assert mig_profiles([]) == []


def test_a_run_needs_whole_gpus() -> None:
    settings = changed("sites.azuae.pools.gpuspot.sharing", {"mig_profile": "1g.18gb"})
    run = settings["tenants"]["retail-banking"]["runs"]["fraud-tuning"] | {"site": "azuae", "gpus": 1}
    settings["tenants"]["retail-banking"]["runs"]["fraud-tuning"] = run
    found = {problem.path: problem.allowed for problem in problems(settings)}
    allowed = found["platform.tenants.retail-banking.runs.fraud-tuning.gpus"]
    assert allowed == "what the GPUs of gpuspot are offered as: nvidia.com/mig-1g.18gb"


@pytest.mark.parametrize(
    ("gpu", "pool", "path", "allowed"),
    [
        ({"mig_profile": "1g.12gb"}, {}, "gpu.mig_profile", "what the GPUs of gpu are offered as: nvidia.com/gpu"),
        (
            {"mig_profile": "1g.12gb"},
            {"sharing": {"mig_profile": "2g.24gb"}},
            "gpu.mig_profile",
            "nvidia.com/mig-2g.24gb",
        ),
        (
            {"mig_profile": "1g.24gb"},
            {"azure": {"gpu_partition": "MIG1g"}},
            "gpu.mig_profile",
            "nvidia.com/mig-1g.12gb",
        ),
        ({"mig_profile": "1g.12gb"}, {"sharing": {"time_slices": 4}}, "gpu.mig_profile", "nvidia.com/gpu.shared"),
        ({"time_sliced": True}, {}, "gpu.time_sliced", "nvidia.com/gpu"),
        ({"count": 1}, {"sharing": {"mig_profile": "1g.12gb"}}, "gpu.count", "nvidia.com/mig-1g.12gb"),
    ],
)
def test_a_share_that_no_pool_offers_is_refused(
    gpu: dict[str, Any], pool: dict[str, Any], path: str, allowed: str
) -> None:
    problem = one(stack(gpu, **pool))
    assert problem.path == f"platform.{ASSISTANT}.{path}"
    assert problem.allowed.endswith(allowed)
    assert problem.fix == "request one of these, or change how the pool shares its GPUs"


@pytest.mark.parametrize("gpus", [1, 2, 8])
def test_a_machine_offers_the_shares_of_all_its_gpus(gpus: int) -> None:
    """An H100 has seven slices of the smallest profile (NVIDIA, MIG User Guide)."""
    assert GpuSharingSpec(time_slices=4).devices(gpus) == {"nvidia.com/gpu.shared": 4 * gpus}
    assert GpuSharingSpec(mig_profile="1g.12gb").devices(gpus) == {"nvidia.com/mig-1g.12gb": 7 * gpus}
