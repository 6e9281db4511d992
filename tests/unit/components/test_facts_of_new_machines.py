"""A new machine type needs only its row in the catalogue; no code names it."""

import re
from dataclasses import replace
from typing import Any

import pytest

from falaj.components.aws.nodes.karpenter.pools import KarpenterPool
from falaj.components.aws.nodes.local_disks import have_local_disks, user_data
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.pod_addresses import pods_per_node
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.facts import machines as catalogue
from falaj.facts.machines import Machine, find
from falaj.finops.rightsize.sites import CandidateSite
from falaj.sandbox.clouds.azure.aks_pools import pool_error
from tests.samples import COST_TAGS

AWS, AZURE = "me-central-1", "uaenorth"
DISKS, PLAIN, EFA, SPLIT, WHOLE = (
    "r9gd.4xlarge",
    "r9g.4xlarge",
    "g9.24xlarge",
    "Standard_NC9_B9_v9",
    "Standard_NC9_B8_v9",
)


def machine(like: tuple[str, str], name: str, **facts: Any) -> Machine:
    known = find(*like)
    assert known is not None
    return replace(known, name=name, **facts)


@pytest.fixture(autouse=True)
def new_machines(monkeypatch: pytest.MonkeyPatch) -> None:
    new = (
        machine((AWS, "r8g.4xlarge"), DISKS, local_nvme_gb=950, local_nvme_disks=1, max_pods=77),
        machine((AWS, "r8g.4xlarge"), PLAIN, local_nvme_gb=None, max_pods=None),
        machine((AWS, "g6e.24xlarge"), EFA, efa_interfaces=3, rdma=True),
        machine((AZURE, "Standard_NC40ads_H100_v5"), SPLIT, mig=True, rdma=True, ephemeral_os_gib=64),
        machine((AZURE, "Standard_NC40ads_H100_v5"), WHOLE, mig=None, ephemeral_os_gib=0),
    )
    known = {
        region: {**catalogue.machines(region), **{m.name: m for m in new if m.region == region}}
        for region in (AWS, AZURE)
    }
    monkeypatch.setattr(catalogue, "_catalogue", lambda: known)


def of(name: str, region: str = AWS) -> Machine:
    machine = find(region, name)
    assert machine is not None
    return machine


def refused(region: str, name: str, **more: Any) -> str:
    """Returns what is wrong with a pool of a machine type; empty for a valid one."""
    pool = NodePoolSpec.model_validate({"profile": "training", "machines": [name], "max": 2, **more})
    return "; ".join(map(str, pool_problems(region, pool)))


def joins_disks(*machines: str) -> bool:
    """Returns whether Karpenter combines the local disks of such a pool's nodes."""
    pool = NodePoolSpec(profile="batch", machines=machines, max=2)
    return KarpenterPool("batch", AWS, pool, COST_TAGS).local_disks


def test_its_local_disks_are_joined() -> None:
    assert have_local_disks([of(DISKS)])
    assert user_data([of(DISKS)])
    # Unknown disks count as none: a disk strategy for disks that a machine lacks would keep its nodes from joining.
    assert user_data([of(DISKS), of(PLAIN)]) is None
    assert joins_disks(DISKS)
    assert not joins_disks(DISKS, PLAIN)


def test_its_pods_are_its_rows_and_those_of_its_vcpu_where_not_known() -> None:
    assert (pods_per_node(AWS, DISKS), pods_per_node(AWS, PLAIN)) == (77, 110)


def test_its_interconnect_is_allowed_where_it_has_interfaces() -> None:
    interconnected: dict[str, Any] = {"aws": {"interconnect": True}, "zone": "me-central-1a"}
    assert refused(AWS, EFA, **interconnected) == ""
    message = refused(AWS, "g6e.4xlarge", **interconnected)
    assert re.search(r"interconnect: .*that have EFA interfaces: .*g6e\.48xlarge.*g9\.24xlarge", message)


def test_its_gpus_are_split_where_they_can_be() -> None:
    assert refused(AZURE, SPLIT, azure={"gpu_partition": "MIG1g"}) == ""
    assert re.search(r"gpu_partition: .*A100, H100 or H200", refused(AZURE, WHOLE, azure={"gpu_partition": "MIG1g"}))


def test_the_emulated_cloud_knows_them_too() -> None:
    pool = {"name": "gpu", "vmSize": SPLIT, "mode": "User"}
    assert pool_error({**pool, "gpuInstanceProfile": "MIG1g"}, AZURE) is None
    assert "no GPU that can be partitioned" in (
        pool_error({**pool, "vmSize": WHOLE, "gpuInstanceProfile": "MIG1g"}, AZURE) or ""
    )
    ephemeral = {**pool, "osDiskType": "Ephemeral"}
    assert pool_error({**ephemeral, "osDiskSizeGB": 64}, AZURE) is None
    assert "ephemeral OS disk of 64 GiB at most" in (pool_error({**ephemeral, "osDiskSizeGB": 65}, AZURE) or "")
    assert "ephemeral OS disk of 0 GiB at most" in (pool_error({**ephemeral, "vmSize": WHOLE}, AZURE) or "")


def test_right_sizing_knows_how_they_are_joined() -> None:
    assert CandidateSite(AWS, AWS, (of(EFA),)).stock(EFA).rdma
    assert not CandidateSite(AWS, AWS, (of(DISKS),)).stock(DISKS).rdma
    assert CandidateSite(AZURE, AZURE, ()).stock(SPLIT).rdma
