"""Replicas on several machines in a stack: GPUs of the pool, the tenant's space, and the installed controller."""

from typing import Any

import pytest

from falaj.components.settings.cluster_charts import cluster_charts
from falaj.components.settings.load import platform_settings
from falaj.components.settings.unqueued_work import unqueued_pods
from tests.unit.settings.stacks import changed, problems, raw

ASSISTANT = "tenants.retail-banking.services.assistant.serving"
POOL, SITE = "sites.azuae.pools.gpu", "azuae"


def on_machines(nodes: int, most: int = 99, **serving: Any) -> dict[str, Any]:
    settings = changed(f"{POOL}.max", most)
    found = settings["tenants"]["retail-banking"]["services"]["assistant"]["serving"]
    found |= {"image": "registry.example.ae/vllm/vllm-openai:v0.12.0", "nodes": nodes, **serving}
    space = settings["tenants"]["retail-banking"]["spaces"][SITE]
    space |= {"cpu": 9000, "memory_gib": 90_000, "gpus": 99}
    return settings


def charts(settings: dict[str, Any]) -> set[str]:
    platform = platform_settings(settings)
    site = platform.sites[SITE]
    return {chart.name for chart in cluster_charts(SITE, site.cloud, site.cluster, platform, True)}


def test_gpus_are_counted_on_every_machine() -> None:
    """Up to two replicas of two machines, and one more during a rollout."""
    platform_settings(on_machines(2, 6))
    [problem] = problems(on_machines(2, 5))
    assert problem.path == f"platform.{POOL}.max"
    assert problem.allowed.startswith("enough for 6 x nvidia.com/gpu, of which gpu have 5")


def test_the_space_holds_all_machines() -> None:
    settings = on_machines(8)
    settings["tenants"]["retail-banking"]["spaces"][SITE]["gpus"] = 15
    assert any(problem.given == "gpus: 16" for problem in problems(settings))


def test_what_is_not_queued_counts_all_machines() -> None:
    one, two = (
        unqueued_pods(platform_settings(on_machines(nodes)).tenants["retail-banking"], SITE) for nodes in (1, 2)
    )
    assistant = platform_settings(on_machines(1)).tenants["retail-banking"].services["assistant"].serving
    added = assistant.max + 1
    assert two.gpus - one.gpus == added
    assert two.cpu - one.cpu == pytest.approx(added * assistant.pod_cpu)
    assert two.memory_gib - one.memory_gib == pytest.approx(added * assistant.pod_memory_gib)


@pytest.mark.parametrize(("nodes", "is_installed"), [(1, False), (2, True)])
def test_the_controller_is_installed_where_replicas_have_several_machines(nodes: int, is_installed: bool) -> None:
    assert ("lws" in charts(on_machines(nodes))) is is_installed


def test_the_controller_is_installed_for_tenants_with_stacks_of_their_own() -> None:
    settings = raw()
    settings["sites"][SITE]["cluster"]["multi_node_serving"] = True
    assert "lws" in charts(settings)
    assert "lws" not in charts(raw())


def named(nodes: int, name: str) -> dict[str, Any]:
    settings = on_machines(nodes)
    services = settings["tenants"]["retail-banking"]["services"]
    services[name] = {"site": SITE, "serving": {**services["assistant"]["serving"], "nodes": 1}}
    return settings


def test_no_service_has_the_name_of_a_leader() -> None:
    [problem] = problems(named(2, "assistant-0"))
    assert problem.path == "platform.tenants.retail-banking.services.assistant-0"


@pytest.mark.parametrize(("nodes", "name"), [(2, "assistant-zero"), (2, "other-0"), (1, "assistant-0")])
def test_other_names_are_free(nodes: int, name: str) -> None:
    platform_settings(named(nodes, name))
