"""Azure data stores in production: a management lock or `protect`, and sufficient, redundant backups."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.exemptions import Exemption

from tests.samples import COST_TAGS as TAGS

from .cases import compliant
from .harness import STRICT, TODAY, UNKNOWN, Given, Pack, blocking

STORE = "azure-native:sql:Server"
COSMOS = "azure-native:cosmosdb:DatabaseAccount"
LOCK = "azure-native:authorization:ManagementLock"
GROUP = "/subscriptions/1/resourceGroups/shop"
UNPROTECTED = {"FJ-RSL-116"}


def _lock_rules(*plan: Given, pack: Pack | None = None) -> set[str]:
    reports = (pack or Pack(Enforcement.model_validate({"default": {}}))).evaluate_stack(*plan)
    return {item.rule for item in reports if item.rule == "FJ-RSL-116"}


def _store(
    protect: bool = False, links: Mapping[str, tuple[str, ...]] | None = None, stack: str = "prod-uae", **props: Any
) -> Given:
    inputs = {"tags": TAGS, "location": "uaenorth", "serverName": "orders", "resourceGroupName": "shop", **props}
    return Given(STORE, inputs, "store", links=links or {}, protect=protect, stack=stack)


def _lock(
    kind: str, level: str = "CanNotDelete", links: Mapping[str, tuple[str, ...]] | None = None, **props: Any
) -> Given:
    return Given(f"{LOCK}{kind}", {"level": level, **props}, "lock", links=links or {})


def test_a_production_store_is_locked_or_protected() -> None:
    assert _lock_rules(_store()) == UNPROTECTED
    assert _lock_rules(_store(protect=True)) == set()
    assert _lock_rules(_store(stack="test")) == set()
    assert _lock_rules(Given("azure-native:sql:Database", {"tags": TAGS})) == set()


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        (_lock("AtSubscriptionLevel"), set()),
        (_lock("AtSubscriptionLevel", "NotSpecified"), UNPROTECTED),
        (_lock("AtSubscriptionLevel", "ReadOnly"), set()),
        (_lock("AtSubscriptionLevel", UNKNOWN), set()),
        (_lock("AtResourceGroupLevel", resourceGroupName="Shop"), set()),
        (_lock("AtResourceGroupLevel", resourceGroupName="other"), UNPROTECTED),
        (_lock("AtResourceLevel", resourceName="orders", resourceGroupName="shop"), set()),
        (_lock("AtResourceLevel", resourceName="shop", resourceGroupName="shop"), UNPROTECTED),
        (_lock("AtResourceLevel", resourceName=UNKNOWN, links={"resourceName": ("store",)}), set()),
        (_lock("ByScope", scope="/subscriptions/1"), set()),
        (_lock("ByScope", scope=GROUP), set()),
        (_lock("ByScope", scope=f"{GROUP}s"), UNPROTECTED),
        (_lock("ByScope", scope=f"{GROUP}/providers/Microsoft.Sql/servers/orders"), set()),
        (_lock("ByScope", scope=f"{GROUP}/providers/Microsoft.Sql/servers/other"), UNPROTECTED),
        (_lock("ByScope", scope=UNKNOWN, links={"scope": ("store",)}), set()),
        (_lock("ByScope", scope=UNKNOWN), UNPROTECTED),
    ],
)
def test_a_lock_covers_its_scope(lock: Given, expected: set[str]) -> None:
    assert _lock_rules(_store(), lock) == expected


@pytest.mark.parametrize(("kind", "key"), [("ByScope", "scope"), ("AtResourceGroupLevel", "resourceGroupName")])
def test_a_lock_covers_a_store_of_the_same_resource_group(kind: str, key: str) -> None:
    group = Given("azure-native:resources:ResourceGroup", {"tags": TAGS, "location": "uaenorth"}, "group")
    store = _store(resourceGroupName=UNKNOWN, links={"resourceGroupName": ("group",)})
    lock = {"level": "CanNotDelete", key: UNKNOWN}
    assert _lock_rules(group, store, Given(f"{LOCK}{kind}", lock, "lock", links={key: ("group",)})) == set()
    assert _lock_rules(group, store, Given(f"{LOCK}{kind}", lock, "lock")) == UNPROTECTED


def test_an_exempted_store_passes() -> None:
    exemption = Exemption(
        rule="FJ-RSL-116", urn="*::store", owner="data-team", ticket="SEC-1", reason="made again daily",
        approved_by="ciso", created=TODAY, expires=date(2026, 12, 24),
    )  # fmt: skip
    assert "FJ-RSL-116" not in blocking(Pack(STRICT, exemptions=(exemption,)).evaluate_stack(_store()))


def _backups(policy: object) -> set[str]:
    props = {**compliant(COSMOS), "backupPolicy": policy}
    return {item.rule for item in Pack().evaluate_resource(Given(COSMOS, props)) if item.rule.startswith("FJ-RSL")}


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({"type": "Continuous", "continuousModeProperties": {"tier": "Continuous7Days"}}, set()),
        ({"type": "Periodic"}, {"FJ-RSL-103"}),
        (None, {"FJ-RSL-103"}),
        ({"type": "Periodic", "periodicModeProperties": {"backupRetentionIntervalInHours": 168}}, set()),
        ({"type": "Periodic", "periodicModeProperties": {"backupRetentionIntervalInHours": 8}}, {"FJ-RSL-103"}),
        ({"type": "Periodic", "periodicModeProperties": {"backupRetentionIntervalInHours": UNKNOWN}}, {"FJ-RSL-103"}),
        ({"type": "Periodic", "periodicModeProperties": {
            "backupRetentionIntervalInHours": 168, "backupStorageRedundancy": "Local"}}, {"FJ-RSL-105"}),
        ({"type": "Periodic", "periodicModeProperties": {
            "backupRetentionIntervalInHours": 168, "backupStorageRedundancy": "Geo"}}, set()),
    ],
)  # fmt: skip
def test_cosmos_db_backups_are_kept_for_a_week(policy: object, expected: set[str]) -> None:
    assert _backups(policy) == expected


def test_old_tokens_of_cosmos_db_are_evaluated_too() -> None:
    for token in ("azure-native:documentdb:DatabaseAccount", "azure-native:documentdb/v20230415:DatabaseAccount"):
        reports = Pack().evaluate_resource(Given(token, compliant(COSMOS) | {"backupPolicy": {"type": "Periodic"}}))
        assert {item.rule for item in reports} == {"FJ-RSL-103"}
