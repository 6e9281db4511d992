"""Disks, App Service plans and public IP prefixes that are billed but not used."""

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack

PACK = Pack()


VOLUME = "aws:ebs/volume:Volume"


DISK = "azure-native:compute:Disk"


PLAN = "azure-native:web:AppServicePlan"


def _idle_rules(*plan: Given) -> set[str]:
    return {item.rule for item in PACK.evaluate_stack(*plan) if item.rule.startswith("FJ-COST-12")}


@pytest.mark.parametrize("token", [VOLUME, DISK])
def test_a_disk_without_a_reference_is_reported_as_idle(token: str) -> None:
    disk = Given(token, {"tags": TAGS, "id": "disk-1"}, "disk")
    assert _idle_rules(disk) == {"FJ-COST-124"}
    user = "kubernetes:core/v1:PersistentVolume"
    assert _idle_rules(disk, Given(user, {"spec": {"csi": {"volumeHandle": "disk-1"}}}, "pv")) == set()
    assert _idle_rules(disk, Given(user, {"spec": {"csi": {"volumeHandle": "disk-2"}}}, "pv")) == {"FJ-COST-124"}
    assert _idle_rules(disk, Given(user, {"spec": UNKNOWN}, "pv", links={"spec": ("disk",)})) == set()


@pytest.mark.parametrize(
    ("size", "expected"),
    [("P1v3", {"FJ-COST-125"}), ("F1", set()), ("y1", set()), ("FC1", set()), (UNKNOWN, {"FJ-COST-125"})],
)
def test_a_paid_app_service_plan_without_apps_is_reported(size: str, expected: set[str]) -> None:
    plan = Given(PLAN, {"tags": TAGS, "sku": {"name": size}}, "plan")
    assert _idle_rules(plan) == expected
    app = Given("azure-native:web:WebApp", {"serverFarmId": UNKNOWN}, "app", links={"serverFarmId": ("plan",)})
    assert _idle_rules(plan, app) == set()


def test_unused_public_ip_prefixes_are_reported() -> None:
    prefix = Given("azure-native:network:PublicIPPrefix", {"tags": TAGS}, "prefix")
    gateway = Given("azure-native:network:NatGateway", {"tags": TAGS}, "out", links={"publicIpPrefixes": ("prefix",)})
    subnet = Given("azure-native:network:Subnet", {}, "subnet", links={"natGateway": ("out",)})
    assert _idle_rules(prefix) == {"FJ-COST-121"}
    assert _idle_rules(prefix, gateway) == {"FJ-COST-125"}
    assert _idle_rules(prefix, gateway, subnet) == set()
