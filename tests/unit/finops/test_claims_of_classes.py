"""A claimed volume costs what its storage class makes of it. The bills beside each case are computed by hand from the
price list; sources are those of the drivers and of the clouds' pages on billing, read on 2026-11-27:

- aws-ebs-csi-driver, docs/parameters.md: kinds, `iops`, `iopsPerGB`, `throughput`, keys in any case, gp3 by default;
- AWS, EBS pricing: gp3 includes 3,000 IOPS and 125 MB/s; io1 and io2 charge every provisioned IOPS;
- azuredisk-csi-driver, docs/driver-parameters.md: `skuName` (alias `storageAccountType`), StandardSSD_LRS by default;
- Azure, Understand Azure Disk Storage billing: the next larger size, 58 GiB is P6 and 400 GiB is P20; Premium SSD v2 by
  GiB, and what exceeds 3,000 IOPS and 125 MB/s.
"""

from decimal import Decimal
from typing import Any

import pytest

from tests.unit.finops.plans import UNKNOWN_WORD, Row
from tests.unit.finops.volume_plans import azure_disk, claim, ebs, storage_class, volumes


def usd(cloud: str, *rows: Row) -> Decimal:
    lines = volumes(cloud, *rows)
    assert all(line.priced for line in lines), [line.price.source for line in lines]
    return sum((line.usd.expected for line in lines), Decimal(0))


@pytest.mark.parametrize(
    ("parameters", "gib", "by_hand"),
    [
        ({}, 100, "9.68"),  # 100 x 0.0968
        ({"type": "gp3"}, 100, "9.68"),
        # 9.68 + 1,000 IOPS x 0.00605 + 375 MB/s x 0.0484
        ({"type": "gp3", "iops": "4000", "throughput": "500"}, 100, "33.88"),
        ({"type": "gp3", "throughput": "250"}, 1000, "102.85"),  # 96.80 + 125 x 0.0484
        ({"Type": "gp3", "Throughput": "250"}, 1000, "102.85"),
        ({"type": "gp3", "iopsPerGB": "50"}, 100, "21.78"),  # 9.68 + 2,000 x 0.00605
        ({"type": "gp2"}, 100, "12.1"),  # 100 x 0.121
        ({"type": "io2", "iops": "1000"}, 100, "93.775"),  # 100 x 0.15125 + 1,000 x 0.07865
        ({"type": "io1", "iopsPerGB": "10"}, 100, "93.775"),
        ({"type": "io2", "iopsPerGB": "1"}, 40, "13.915"),  # at least 100 IOPS: 40 x 0.15125 + 100 x 0.07865
        ({"type": "st1"}, 500, "27.225"),  # 500 x 0.05445
        ({"type": "sc1"}, 500, "9.075"),  # 500 x 0.01815
    ],
)
def test_volumes_of_ebs(parameters: dict[str, str], gib: int, by_hand: str) -> None:
    assert usd("aws", ebs("own", **parameters), claim(f"{gib}Gi", "own")) == Decimal(by_hand)


@pytest.mark.parametrize(
    ("parameters", "reason"),
    [
        ({"type": "io2"}, "io2 volumes need provisioned IOPS, and none are stated"),
        ({"type": "io2", "iops": "40000"}, "the catalogue has no row ebs io2-iops-above-32000 for me-central-1"),
        ({"type": "gp5"}, "the catalogue has no row ebs gp5 for me-central-1"),
        ({"type": "gp3", "iops": UNKNOWN_WORD}, "iops of storage class own is known only after the update"),
        (UNKNOWN_WORD, "parameters of storage class own is known only after the update"),
    ],
)
def test_kinds_of_ebs_whose_price_is_unknown_are_missing(parameters: Any, reason: str) -> None:
    lines = volumes("aws", storage_class("own", "ebs.csi.aws.com", parameters), claim("1000Gi", "own"))
    assert reason in [line.price.source for line in lines if not line.priced]


@pytest.mark.parametrize(
    ("sku", "gib", "what"),
    [
        (None, 100, "e10"),
        ("StandardSSD_LRS", 100, "e10"),
        ("StandardSSD_LRS", 3, "e1"),
        ("Standard_LRS", 3, "s4"),
        ("Standard_LRS", 300, "s20"),
        ("Premium_LRS", 4, "p1"),
        ("Premium_LRS", 8, "p2"),
        ("Premium_LRS", 16, "p3"),
        ("Premium_LRS", 58, "p6"),
        ("Premium_LRS", 400, "p20"),
        ("Premium_LRS", 4000, "p50"),
    ],
)
def test_disks_of_azure_have_the_next_larger_size(sku: str | None, gib: int, what: str) -> None:
    named = {} if sku is None else {"skuName": sku}
    (line,) = volumes("azure", azure_disk("own", **named), claim(f"{gib}Gi", "own"))
    assert (line.charge.sku, line.charge.quantity.expected, line.priced) == (what, 1, True)


@pytest.mark.parametrize(
    ("sku", "gib", "what"),
    [
        ("Premium_LRS", 5000, "p60"),
        ("Premium_LRS", 10000, "p70"),
        ("Premium_LRS", 20000, "p80"),
        ("Premium_LRS", 40000, "larger-than-p80"),
        ("StandardSSD_LRS", 5000, "e60"),
        ("Premium_ZRS", 100, "p10-zrs"),
        ("StandardSSD_ZRS", 100, "e10-zrs"),
        ("QuantumSSD_LRS", 100, "QuantumSSD_LRS"),
    ],
)
def test_disks_of_azure_without_a_price_are_missing(sku: str, gib: int, what: str) -> None:
    (line,) = volumes("azure", azure_disk("own", storageAccountType=sku), claim(f"{gib}Gi", "own"))
    assert (line.charge.sku, line.priced) == (what, False)


@pytest.mark.parametrize(
    ("parameters", "gib", "by_hand"),
    [
        ({}, 300, "29.95218"),  # 300 x 0.0998406
        ({"DiskIOPSReadWrite": "3000", "DiskMBpsReadWrite": "125"}, 33, "3.2947398"),
        # 300 x 0.0998406 + 125 MB/s x 0.04948889
        ({"DiskIOPSReadWrite": "3000", "DiskMBpsReadWrite": "250"}, 300, "36.13829125"),
        # the same and 2,000 IOPS x 0.006298586
        ({"diskIopsReadWrite": "5000", "diskMbpsReadWrite": "250"}, 300, "48.73546325"),
    ],
)
def test_premium_ssd_v2(parameters: dict[str, str], gib: int, by_hand: str) -> None:
    row = azure_disk("own", skuName="PremiumV2_LRS", **parameters)
    assert usd("azure", row, claim(f"{gib}Gi", "own")) == Decimal(by_hand)


@pytest.mark.parametrize(
    ("parameters", "gib", "by_hand"),
    [
        # (2,048 x 0.11972 + 5,000 x 0.04964 + 200 x 0.34967) x 1.2326
        ({"DiskIOPSReadWrite": "5000", "DiskMBpsReadWrite": "200"}, 2048, "694.35"),
        # 128 GiB, and the driver's defaults: (128 x 0.11972 + 500 x 0.04964 + 100 x 0.34967) x 1.2326
        ({}, 100, "92.58"),
        # whole TiB, 2 IOPS and 0.032 MB/s for each GiB: (4,096 x 0.11972 + 8,000 x 0.04964 + 128 x 0.34967) x 1.2326
        ({}, 4000, "1149.09"),
    ],
)
def test_ultra_disks(parameters: dict[str, str], gib: int, by_hand: str) -> None:
    found = usd("azure", azure_disk("own", skuName="UltraSSD_LRS", **parameters), claim(f"{gib}Gi", "own"))
    assert round(found, 2) == Decimal(by_hand)


@pytest.mark.parametrize(
    ("cloud", "row"),
    [
        ("aws", storage_class("shared", "efs.csi.aws.com", {"provisioningMode": "efs-ap"})),
        ("azure", storage_class("shared", "file.csi.azure.com", {"shareName": UNKNOWN_WORD})),
        ("azure", storage_class("shared", "blob.csi.azure.com", {"storageAccount": "models"})),
        ("aws", storage_class("shared", "kubernetes.io/no-provisioner")),
    ],
)
def test_claims_of_files_that_the_plan_counts_cost_nothing_more(cloud: str, row: Row) -> None:
    assert volumes(cloud, row, claim("500Gi", "shared")) == []


@pytest.mark.parametrize(
    ("cloud", "provisioner", "parameters", "gib", "what", "quantity"),
    [
        ("azure", "file.csi.azure.com", {"skuName": "Premium_LRS"}, 20, "files premium-lrs", 100),
        ("azure", "file.csi.azure.com", {"skuName": "Premium_ZRS"}, 500, "files premium-zrs", 500),
        ("azure", "blob.csi.azure.com", {}, 500, "blob hot-lrs", 500),
        ("aws", "fsx.csi.aws.com", {"deploymentType": "PERSISTENT_2", "perUnitStorageThroughput": "125"}, 1300,
         "fsx-lustre persistent-2-125", 2400),
    ],
)  # fmt: skip
def test_files_that_the_driver_creates_for_a_claim(
    cloud: str, provisioner: str, parameters: dict[str, str], gib: int, what: str, quantity: int
) -> None:
    (line,) = volumes(cloud, storage_class("own", provisioner, parameters), claim(f"{gib}Gi", "own"))
    assert (line.what, line.charge.quantity.max, line.priced) == (what, quantity, True)


def test_volumes_of_an_unknown_driver_are_missing() -> None:
    (line,) = volumes("aws", storage_class("own", "csi.example.com"), claim("500Gi", "own"))
    assert line.price.usd is None
    assert line.price.source == "what volumes of csi.example.com (storage class own) cost is not known"
