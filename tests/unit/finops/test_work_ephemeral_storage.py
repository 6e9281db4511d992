"""Requests of ephemeral storage fit on the disks of nodes, without what the kubelet keeps free and reserves.

Karpenter's provider for AWS, pkg/providers/instancetype/types.go: of a disk 10 % are kept free and 1 GiB is reserved
(read 2026-11-27). Two pods of 40 GiB fit on 100 GiB, two of 45 do not.
"""

from typing import Any

import pytest

from tests.unit.finops.plans import TAGS, Row, agent_pool, karpenter_pool
from tests.unit.finops.test_work_nodes import nodes
from tests.unit.finops.work_plans import deployment, pod

QUIET = "profiles: {training: {load: 0}, inference-gpu: {load: 0}}"


def storing(storage: str, replicas: int = 4) -> Row:
    template = pod("500m", "1Gi")
    template["spec"]["containers"][0]["resources"]["requests"]["ephemeral-storage"] = storage
    return deployment("cache", replicas, template)


def on_karpenter(*volumes: dict[str, Any], **spec: Any) -> tuple[Row, Row]:
    kind, name, props = karpenter_pool("cpu", ["m7gd.4xlarge"], limits={"nodes": "9"})
    reference = {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "cpu"}
    props["spec"]["template"]["spec"]["nodeClassRef"] = reference
    mappings = [{"deviceName": f"/dev/xvd{at}", "ebs": volume} for at, volume in enumerate(volumes)]
    node_class = {"metadata": {"name": "cpu", "labels": TAGS}, "spec": {"blockDeviceMappings": mappings, **spec}}
    return (kind, name, props), ("kubernetes:karpenter.k8s.aws/v1:EC2NodeClass", "uae-cpu", node_class)


@pytest.mark.parametrize(("storage", "expected"), [("80Gi", 4), ("45Gi", 4), ("44Gi", 2), ("1Gi", 1), ("90Gi", 0)])
def test_a_node_holds_what_its_disk_leaves(storage: str, expected: int) -> None:
    rows = on_karpenter({"volumeSize": "100Gi", "volumeType": "gp3"})
    assert nodes(*rows, storing(storage), usage=QUIET) == (expected, expected, 9)


def test_the_default_disk_of_a_node_has_twenty_gibibytes() -> None:
    assert nodes(*on_karpenter(), storing("10Gi"), usage=QUIET)[:2] == (4, 4)


def test_disks_of_aks_leave_nine_tenths() -> None:
    """90 of 100 GiB: two pods of 45 a node."""
    pool = agent_pool("cpu", "Standard_D16as_v5", 0, 9, osDiskType="Managed", osDiskSizeGB=100)
    assert nodes(pool, storing("45Gi"), usage=QUIET)[:2] == (2, 2)
    assert nodes(pool, storing("46Gi"), usage=QUIET)[:2] == (4, 4)


def test_storage_of_unknown_size_holds_every_request() -> None:
    """Local disks as storage of nodes, and ephemeral OS disks: the bill has no size of them."""
    rows = on_karpenter({"volumeSize": "20Gi", "volumeType": "gp3"}, instanceStorePolicy="RAID0")
    assert nodes(*rows, storing("100Gi"), usage=QUIET)[:2] == (1, 1)
    assert nodes(agent_pool("cpu", "Standard_D16as_v5", 0, 9), storing("100Gi"), usage=QUIET)[:2] == (1, 1)
