"""A Helm release whose pods fit on no node pool of the emulated cluster waits until it fails."""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import Site
from tests.unit.clouds.driver import Driver
from tests.unit.clouds.kubernetes_objects import RELEASE, Open, kubeconfig, refusal, release

SYSTEM: dict[str, Json] = {
    "nodeSelector": {"falaj/profile": "system"},
    "tolerations": [{"key": "CriticalAddonsOnly", "operator": "Exists"}],
}
NFD = "node-feature-discovery"
GROUPS: tuple[dict[str, Json], ...] = (
    {
        "labels": {"falaj/profile": "system"},
        "taints": [{"key": "CriticalAddonsOnly", "value": "true", "effect": "NO_SCHEDULE"}],
    },
    {
        "labels": {"falaj/profile": "training"},
        "taints": [{"key": "falaj/profile", "value": "training", "effect": "NO_SCHEDULE"}],
    },
)


@pytest.fixture
def site(aws: Driver) -> Site:
    return Site(aws)


@pytest.fixture
def eks(site: Site, open_cloud: Open) -> Driver:
    cluster = site.cluster(site.role())
    for index, group in enumerate(GROUPS):
        site.nodes(site.role(f"nodes-{index}"), nodeGroupName=f"pool-{index}", **group)
    return open_cloud("kubernetes", kubeconfig=kubeconfig(cluster.text("endpoint")))


def operator(**parts: Json) -> dict[str, Json]:
    values: dict[str, Json] = {"operator": SYSTEM, NFD: {"master": SYSTEM, **parts}}
    return release(
        name="gpu-operator", chart="gpu-operator", version="v25.10.1", namespace="kube-system", values=values
    )


def test_a_workload_that_no_pool_takes_stays_pending(eks: Driver) -> None:
    refused = refusal(eks, RELEASE, **operator())
    assert "timed out waiting for the condition: Deployment node-feature-discovery-gc is not ready" in refused
    eks.create(RELEASE, "gpu-operator", **operator(gc=SYSTEM))


def test_a_workload_that_is_not_created_needs_no_node(eks: Driver) -> None:
    eks.create(RELEASE, "gpu-operator", **operator(gc={"enable": False}))


def test_a_pool_without_taints_takes_it(site: Site, open_cloud: Open) -> None:
    cluster = site.cluster(site.role())
    site.nodes(site.role("pool"), labels={"falaj/profile": "system"})
    eks = open_cloud("kubernetes", kubeconfig=kubeconfig(cluster.text("endpoint")))
    eks.create(RELEASE, "gpu-operator", **operator())
