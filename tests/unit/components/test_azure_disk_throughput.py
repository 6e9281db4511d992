"""Throughput of managed OS disks on Azure, by the size class into which their size falls."""

import pytest

from falaj.components.core.node_pools.azure_nodes import managed_disk_mbps


@pytest.mark.parametrize(
    ("gib", "mbps"),
    [
        (30, 25),
        (32, 25),
        (33, 50),
        (64, 50),
        (128, 100),
        (129, 125),
        (512, 150),
        (1024, 200),
        (1025, 250),
        (4096, 250),
        (8192, 500),
        (16384, 750),
        (16385, 900),
    ],
)
def test_a_disk_has_the_throughput_of_the_smallest_class_that_holds_it(gib: int, mbps: int) -> None:
    """Premium SSD, P4 to P80; the source stands beside `MANAGED_DISK_MBPS`."""
    assert managed_disk_mbps(gib) == mbps
