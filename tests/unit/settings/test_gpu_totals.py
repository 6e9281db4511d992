"""The GPUs of a pool suffice for all services, both variants of experiments and rollouts together."""

from typing import Any

import pytest
import yaml

from falaj.components.settings.checks.gpu_totals import GpuDemand, GpuPool, pool_total_problems
from falaj.components.settings.load import SettingsRefused, platform_settings, tenant_stack_settings
from falaj.components.settings.stackfile import KEY, TENANT_KEY
from tests.unit.settings.stacks import ROOT, changed, problems, raw

POOL, PARTS = "sites.azuae.pools.gpu", "sites.azuae.pools.gpusmall"
RETAIL = "tenants.retail-banking"


def refused(settings: dict[str, Any]) -> dict[str, str]:
    return {problem.path: problem.allowed for problem in problems(settings)}


def test_the_production_pool_has_what_its_services_need() -> None:
    platform_settings(raw())
    platform_settings(changed(f"{POOL}.max", 3))
    found = refused(changed(f"{POOL}.max", 2))
    assert set(found) == {f"platform.{POOL}.max"}
    assert found[f"platform.{POOL}.max"] == (
        "enough for 3 x nvidia.com/gpu, of which gpu have 2: retail-banking.services.assistant 3 (maximum and surge)"
    )


def test_a_part_of_a_gpu_counts_as_one() -> None:
    """The pool gpusmall has machines with a third of an A10; a rollout starts a second one."""
    found = refused(changed(f"{PARTS}.max", 1))
    assert found[f"platform.{PARTS}.max"] == (
        "enough for 2 x nvidia.com/gpu, of which gpusmall have 1: retail-banking.experiments.intents.a 2 "
        "(maximum and surge)"
    )


def test_services_of_a_pool_are_counted_together() -> None:
    settings = changed(f"{RETAIL}.experiments.intents.a.pool", "gpu")
    settings["sites"]["azuae"]["pools"]["gpu"]["max"] = 4
    assert refused(settings)[f"platform.{POOL}.max"] == (
        "enough for 5 x nvidia.com/gpu, of which gpu have 4: retail-banking.services.assistant 3, "
        "retail-banking.experiments.intents.a 2 (maximum and surge)"
    )


def test_a_single_replica_needs_one_more_during_a_rollout_and_several_do_not() -> None:
    intents = f"{RETAIL}.experiments.intents.a"
    two = changed(f"{intents}.min", 2)
    two["tenants"]["retail-banking"]["experiments"]["intents"]["a"]["max"] = 2
    platform_settings(two)
    assert f"platform.{POOL}.max" in refused(changed(f"{RETAIL}.services.assistant.serving.max", 5))


def test_slices_are_counted_as_slices() -> None:
    def sliced(most: int) -> dict[str, Any]:
        settings = changed(f"{RETAIL}.services.assistant.serving.gpu", {"mig_profile": "1g.12gb"})
        del settings["tenants"]["retail-banking"]["experiments"]
        serving = settings["tenants"]["retail-banking"]["services"]["assistant"]["serving"]
        serving |= {"min": 2, "max": most, "office_hours": None}
        settings["sites"]["azuae"]["pools"]["gpu"] |= {"max": 1, "sharing": {"mig_profile": "1g.12gb"}}
        return settings

    platform_settings(sliced(7))
    assert "8 x nvidia.com/mig-1g.12gb, of which gpu have 7" in refused(sliced(8))[f"platform.{POOL}.max"]


def test_time_slices_are_counted_too() -> None:
    def shared(slices: int) -> dict[str, Any]:
        settings = changed(f"{RETAIL}.services.assistant.serving.gpu", {"time_sliced": True})
        del settings["tenants"]["retail-banking"]["experiments"]
        serving = settings["tenants"]["retail-banking"]["services"]["assistant"]["serving"]
        serving |= {"min": 2, "max": 4, "office_hours": None}
        settings["sites"]["azuae"]["pools"]["gpu"] |= {"max": 1, "sharing": {"time_slices": slices}}
        return settings

    platform_settings(shared(4))
    assert "4 x nvidia.com/gpu.shared, of which gpu have 3" in refused(shared(3))[f"platform.{POOL}.max"]


def test_own_machines_are_counted_by_their_nodes() -> None:
    file = ROOT / "examples" / "onprem" / "Pulumi.onprem.yaml"
    settings = yaml.safe_load(file.read_text())["config"][KEY]
    serving = settings["tenants"]["treasury"]["services"]["documents"]["serving"]
    serving |= {"min": 8, "max": 8}
    settings["tenants"]["treasury"]["spaces"]["dc1"] |= {"cpu": 2000, "memory_gib": 20000, "gpus": 99}
    platform_settings(settings)
    serving |= {"min": 9, "max": 9}
    with pytest.raises(SettingsRefused) as caught:
        platform_settings(settings)
    assert {problem.path for problem in caught.value.problems} == {"platform.onprem.dc1.pools.serve.nodes"}


def test_a_tenants_own_stack_is_checked_too() -> None:
    file = ROOT / "examples" / "tenant" / "Pulumi.insurance.yaml"
    settings = yaml.safe_load(file.read_text())["config"][TENANT_KEY]
    settings["sites"]["awsuae"]["pools"]["gpu"] = {"profile": "inference-gpu", "machines": ["g6.xlarge"], "max": 1}
    settings["services"]["claims"]["serving"] = {
        **{"tier": "enterprise", "runtime": "vllm", "image": "registry.example.ae/vllm/vllm-openai:v0.11.0"},
        **{"model": {"uri": "vault://models/claims", "gib": 8}, "cpu": 2, "memory_gib": 8, "gpu": {}},
        **{"min": 1, "max": 1},
    }
    with pytest.raises(SettingsRefused) as caught:
        tenant_stack_settings(settings)
    assert {problem.path for problem in caught.value.problems} == {"tenant.sites.awsuae.pools.gpu.max"}


def pool(devices: int | None, tenant: str | None = None) -> GpuPool:
    return GpuPool(tenant, None if devices is None else {"nvidia.com/gpu": devices}, ("max", devices))


def demand(service: str, devices: int, name: str | None = None, tenant: str = "retail") -> GpuDemand:
    return GpuDemand(service, tenant, "nvidia.com/gpu", devices, name)


@pytest.mark.parametrize(
    ("pools", "demands", "found"),
    [
        ({"x": pool(4)}, [demand("a", 2, "x"), demand("b", 2)], []),
        ({"x": pool(4)}, [demand("a", 3, "x"), demand("b", 2)], ["s.pools.x.max"]),
        ({"x": pool(4), "y": pool(4)}, [demand("a", 4, "x"), demand("b", 4)], []),
        ({"x": pool(4), "y": pool(4)}, [demand("a", 5, "x"), demand("b", 3)], ["s.pools.x.max"]),
        ({"x": pool(4), "y": pool(4)}, [demand("a", 4, "x"), demand("b", 5)], ["s.pools.x.max"]),
        ({"x": pool(4), "y": pool(4, "other")}, [demand("a", 5)], ["s.pools.x.max"]),
        ({"x": pool(4), "y": pool(None)}, [demand("a", 50)], []),
        ({}, [demand("a", 5)], []),
    ],
    ids=["fits", "too small", "two pools", "one of two", "both", "of another tenant", "unknown", "no pool"],
)
def test_services_that_may_run_anywhere_share_what_is_left(
    pools: dict[str, GpuPool], demands: list[GpuDemand], found: list[str]
) -> None:
    assert [problem.path for problem in pool_total_problems("s", pools, demands)] == found
