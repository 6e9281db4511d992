"""Checks of the root disks and pods of nodes on AWS. Pure; paths of problems are relative to the pool."""

from collections.abc import Iterator

from falaj.components.core.node_pools.pod_addresses import most_pods
from falaj.components.core.node_pools.profiles import TRAITS
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.problems import Problem

IOPS_PER_GIB, IOPS_PER_MBPS = 500, 4
"""Limits of gp3 volumes: 500 IOPS per GiB, and 0.25 MiB/s per IOPS (EBS User Guide, general purpose SSD volumes)."""


def disk_problems(pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields the problems of a root disk that EC2 would not create."""
    options, traits = pool.aws, TRAITS[pool.profile]
    iops, gib = options.disk_iops or traits.disk_iops, pool.disk_gib or traits.disk_gib
    if options.disk_iops is not None and iops > gib * IOPS_PER_GIB:
        yield Problem(
            "aws.disk_iops", iops, f"at most {gib * IOPS_PER_GIB} on {gib} GiB", "lower it, or raise disk_gib"
        )
    throughput = options.disk_throughput_mbps or traits.disk_throughput_mbps
    if (options.disk_iops or options.disk_throughput_mbps) and throughput * IOPS_PER_MBPS > iops:
        allowed = f"at most {iops // IOPS_PER_MBPS} with {iops} IOPS"
        yield Problem("aws.disk_throughput_mbps", throughput, allowed, "lower it, or raise aws.disk_iops")


def pod_problems(region: str, pool: NodePoolSpec) -> Iterator[Problem]:
    """Yields the problem of more pods than a machine type of the pool supports."""
    given = pool.aws.max_pods
    if given is not None and given > (most := most_pods(region, pool.machines)):
        yield Problem("aws.max_pods", given, f"at most {most} with these machine types", "lower it")
