"""Storage accounts of the tier Premium, and ARM templates, whose resources nothing else of the plan has. Sources: Azure
REST API, StorageAccount `kind` and `sku`; Deployment `properties.template` (read 2026-11-27)."""

from typing import Any

import pytest

from falaj.finops.lines import Line
from tests.unit.finops.plans import TAGS, UNKNOWN_WORD, plan, priced

_USAGE = "site_defaults: {vaults: {own: {stored_gb: 500}}}"


def lines_of(token: str, usage: str = "", **props: Any) -> list[Line]:
    return list(priced(plan((token, "own", {"location": "uaenorth", "tags": TAGS, **props})), usage).lines)


@pytest.mark.parametrize("kind", ["BlockBlobStorage", "StorageV2", "Storage"])
def test_premium_blobs_have_no_price(kind: str) -> None:
    lines = lines_of("azure-native:storage:StorageAccount", _USAGE, kind=kind, sku={"name": "Premium_LRS"})
    assert [(line.what, line.charge.quantity.expected) for line in lines if not line.priced] == [
        ("blob premium-lrs", 500)
    ]


def test_premium_shares_are_charged_by_share() -> None:
    sku = {"name": "Premium_LRS"}
    assert lines_of("azure-native:storage:StorageAccount", _USAGE, kind="FileStorage", sku=sku) == []


@pytest.mark.parametrize(("sku", "throughput"), [("PremiumV2_ZRS", 203), ("StandardV2_LRS", 81)])
def test_shares_with_a_provisioned_size_speed_and_throughput_have_no_price(sku: str, throughput: int) -> None:
    account = ("azure-native:storage:StorageAccount", "account", {
        "location": "uaenorth", "tags": TAGS, "accountName": "st", "kind": "FileStorage",
        "sku": {"name": sku}})  # fmt: skip
    share = ("azure-native:storage:FileShare", "share", {
        "accountName": "st", "shareName": "own", "shareQuota": 1024, "provisionedIops": 9000})  # fmt: skip
    lines = list(priced(plan(account, share), "").lines)
    assert [(line.name, line.charge.sku, line.charge.quantity.expected, line.priced) for line in lines] == [
        ("share", f"{sku.lower()}-storage", 1024, False), ("share", f"{sku.lower()}-iops", 9000, False),
        ("share", f"{sku.lower()}-throughput", throughput, False)]  # fmt: skip


def deployment(**properties: Any) -> list[Line]:
    return lines_of("azure-native:resources:Deployment", properties=properties)


_MACHINE = {"type": "Microsoft.Compute/virtualMachines", "properties": {"hardwareProfile": {"vmSize": "Standard_B1s"}}}
_POOL = "Microsoft.ContainerService/managedClusters/agentPools"
_VERSION = {"type": _POOL, "properties": {"mode": "System", "orchestratorVersion": "1.36"}}


@pytest.mark.parametrize(
    ("properties", "reason"),
    [
        ({"template": {"resources": [_MACHINE]}}, "Microsoft.Compute/virtualMachines"),
        ({"template": {"resources": {"machine": _MACHINE}}}, "Microsoft.Compute/virtualMachines"),
        ({"template": {"resources": [_VERSION, _MACHINE]}}, "Microsoft.Compute/virtualMachines"),
        ({"template": {"resources": [{"type": _POOL, "properties": {"count": 9, "mode": "User"}}]}}, _POOL),
        ({"template": {"resources": [{"type": "Microsoft.Resources/deployments"}]}}, "Microsoft.Resources/deployments"),
        ({"template": UNKNOWN_WORD}, "known only after the update"),
        ({"template": {"resources": UNKNOWN_WORD}}, "known only after the update"),
        ({"templateLink": {"uri": "https://example.com/t.json"}}, "not in the plan"),
    ],
)
def test_resources_of_a_template_have_no_price(properties: dict[str, Any], reason: str) -> None:
    (line,) = deployment(**properties)
    assert not line.priced
    assert reason in line.price.source


@pytest.mark.parametrize(
    "resources",
    [[], [_VERSION], [{"type": "Microsoft.OperationalInsights/workspaces/tables", "properties": {"plan": "Basic"}}]],
)
def test_templates_that_change_parts_of_resources_cost_nothing(resources: list[Any]) -> None:
    assert deployment(template={"resources": resources}) == []
