"""Volumes, disks and file systems that a plan declares itself. The bills are computed by hand from the price list;
sources are those of `test_claims_of_classes.py`, and AWS, EFS pricing: provisioned throughput above 50 kB/s for each GB
stored (read 2026-11-27)."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Range
from tests.unit.finops.plans import AWS_NETWORK, TAGS, UNKNOWN_WORD, Row, plan, priced
from tests.unit.finops.volume_plans import volumes


def disk(**props: Any) -> Row:
    return "azure-native:compute:Disk", "own", {"location": "uaenorth", "tags": TAGS, **props}


@pytest.mark.parametrize(
    ("props", "by_hand"),
    [
        # 100 x 0.0968 + 3,000 x 0.00605 + 375 x 0.0484
        ({"type": "gp3", "size": 100, "iops": 6000, "throughput": 500}, "45.98"),
        # 100 x 0.15125 + 20,000 x 0.07865
        ({"type": "io2", "size": 100, "iops": 20000}, "1588.125"),
    ],
)
def test_provisioned_performance_of_ebs(props: dict[str, Any], by_hand: str) -> None:
    lines = volumes("aws", ("aws:ebs/volume:Volume", "own", {**props, "tags": TAGS}))
    assert sum(line.usd.expected for line in lines) == Decimal(by_hand)
    # The same disk of nodes.
    names = {"volumeType": props["type"], "volumeSize": props["size"]}
    template = {"blockDeviceMappings": [{"ebs": names | {k: props[k] for k in ("iops", "throughput") if k in props}}]}
    group = {"scalingConfig": {"minSize": 2, "maxSize": 2, "desiredSize": 2}, "instanceTypes": ["m7g.large"]}
    rows = ("aws:ec2/launchTemplate:LaunchTemplate", "t", template), ("aws:eks/nodeGroup:NodeGroup", "g", group)
    of_nodes = [line for line in priced(plan(AWS_NETWORK, *rows)).lines if line.charge.service == "ebs"]
    assert sum(line.usd.expected for line in of_nodes) == 2 * Decimal(by_hand)


@pytest.mark.parametrize(
    ("props", "by_hand"),
    [
        ({"sku": {"name": "StandardSSD_LRS"}, "diskSizeGB": 1024}, "94.66368"),
        ({"sku": {"name": "Premium_LRS"}, "diskSizeGB": 1024}, "166.610542"),
        ({"diskSizeGB": 1024}, "166.610542"),
        # 1,024 x 0.0998406 + 17,000 x 0.006298586 + 475 x 0.04948889
        ({"sku": {"name": "PremiumV2_LRS"}, "diskSizeGB": 1024, "diskIOPSReadWrite": 20000, "diskMBpsReadWrite": 600},
         "232.81995915"),
    ],
)  # fmt: skip
def test_disks_of_azure_have_their_sku(props: dict[str, Any], by_hand: str) -> None:
    assert sum(line.usd.expected for line in volumes("azure", disk(**props))) == Decimal(by_hand)


@pytest.mark.parametrize("unknown", ["diskSizeGB", "sku", "diskIOPSReadWrite", "diskMBpsReadWrite"])
def test_disks_of_azure_that_are_known_only_after_the_update_have_no_price(unknown: str) -> None:
    props: dict[str, Any] = {"sku": {"name": "PremiumV2_LRS"}, "diskSizeGB": 100} | {unknown: UNKNOWN_WORD}
    (line,) = volumes("azure", disk(**props))
    assert line.price.source == f"{unknown} is known only after the update"


def test_provisioned_throughput_of_a_file_system() -> None:
    """230 GB include 11.5 of 100 MB/s, as in Infracost's bill of such a file system; 88.5 x 7.26."""
    props = {"throughputMode": "provisioned", "provisionedThroughputInMibps": 100, "tags": TAGS}
    lines = volumes("aws", ("aws:efs/fileSystem:FileSystem", "own", props), usage="site_defaults: {files_gb: 230}")
    (line,) = (line for line in lines if line.charge.sku == "provisioned-throughput")
    assert line.usd == Range(Decimal("642.51"), Decimal("642.51"), Decimal(726))


@pytest.mark.parametrize(("unknown", "reason"), [("size", "its size"), ("iops", "iops"), ("throughput", "throughput")])
def test_volumes_of_ebs_that_are_known_only_after_the_update_have_no_price(unknown: str, reason: str) -> None:
    props = {"type": "gp3", "size": 100, "tags": TAGS} | {unknown: UNKNOWN_WORD}
    (line,) = volumes("aws", ("aws:ebs/volume:Volume", "own", props))
    assert line.price.source == f"{reason} is known only after the update"
