"""Root disks and pods of nodes on AWS that EC2 and EKS would not take."""

from ipaddress import IPv4Network
from typing import Any

import pytest

from falaj.components.core.node_pools.aws_options import AwsPoolOptions
from falaj.components.core.node_pools.checks import pool_problems
from falaj.components.core.node_pools.node_groups import node_group_problems
from falaj.components.core.node_pools.pod_addresses import address_warnings
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.enums import Profile


def pool(disk_gib: int = 100, **options: Any) -> NodePoolSpec:
    return NodePoolSpec(
        profile=Profile.BATCH,
        machines=("m7g.large", "m7g.4xlarge"),
        max=20,
        disk_gib=disk_gib,
        aws=AwsPoolOptions(**options),
    )


@pytest.mark.parametrize(
    ("changed", "path", "allowed"),
    [
        ({"disk_iops": 16000, "disk_gib": 31}, "aws.disk_iops", "at most 15500 on 31 GiB"),
        ({"disk_throughput_mbps": 1000}, "aws.disk_throughput_mbps", "at most 750 with 3000 IOPS"),
        ({"max_pods": 111}, "aws.max_pods", "at most 110 with these machine types"),
    ],
)
def test_what_a_node_cannot_have_is_refused(changed: dict[str, Any], path: str, allowed: str) -> None:
    problems = list(pool_problems("me-central-1", pool(**changed)))
    assert [(problem.path, problem.allowed) for problem in problems] == [(path, allowed)]


def test_what_a_node_can_have_is_accepted() -> None:
    given = pool(disk_iops=4000, disk_throughput_mbps=1000, max_pods=60)
    assert list(pool_problems("me-central-1", given)) == []


def test_eks_sets_the_pods_of_managed_node_groups() -> None:
    (problem,) = node_group_problems(pool(max_pods=60))
    assert (problem.path, problem.allowed) == (
        "aws.max_pods",
        "nothing for a managed node group, whose number of pods EKS sets",
    )


def test_fewer_pods_take_fewer_addresses() -> None:
    def warnings(**options: Any) -> list[str]:
        return list(address_warnings("me-central-1", IPv4Network("10.20.0.0/19"), ["mec1-az1"], {"a": pool(**options)}))

    assert len(warnings()) == 1
    assert warnings(max_pods=20) == []
