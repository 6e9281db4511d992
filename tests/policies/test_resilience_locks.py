"""Stores on Azure: held by a lock or protected in production, and backed up long enough, not beside themselves."""

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
FREE = {"FJ-RSL-116"}


def _stack(*plan: Given, pack: Pack | None = None) -> set[str]:
    found = (pack or Pack(Enforcement.model_validate({"default": {}}))).evaluate_stack(*plan)
    return {item.rule for item in found if item.rule == "FJ-RSL-116"}


def _store(protect: bool = False, links: Mapping[str, tuple[str, ...]] | None = None, **props: Any) -> Given:
    stated = {"tags": TAGS, "location": "uaenorth", "serverName": "orders", "resourceGroupName": "shop", **props}
    return Given(STORE, stated, "store", links=links or {}, protect=protect)


def _lock(
    kind: str, level: str = "CanNotDelete", links: Mapping[str, tuple[str, ...]] | None = None, **props: Any
) -> Given:
    return Given(f"{LOCK}{kind}", {"level": level, **props}, "lock", links=links or {})


def test_a_store_of_production_is_held_or_protected() -> None:
    assert _stack(_store()) == FREE
    assert _stack(_store(protect=True)) == set()
    assert _stack(_store(tags=TAGS | {"environment": "test"})) == set()
    assert _stack(Given("azure-native:sql:Database", {"tags": TAGS})) == set()


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        (_lock("AtSubscriptionLevel"), set()),
        (_lock("AtSubscriptionLevel", "NotSpecified"), FREE),
        (_lock("AtSubscriptionLevel", "ReadOnly"), set()),
        (_lock("AtSubscriptionLevel", UNKNOWN), set()),
        (_lock("AtResourceGroupLevel", resourceGroupName="Shop"), set()),
        (_lock("AtResourceGroupLevel", resourceGroupName="other"), FREE),
        (_lock("AtResourceLevel", resourceName="orders", resourceGroupName="shop"), set()),
        (_lock("AtResourceLevel", resourceName="shop", resourceGroupName="shop"), FREE),
        (_lock("AtResourceLevel", resourceName=UNKNOWN, links={"resourceName": ("store",)}), set()),
        (_lock("ByScope", scope="/subscriptions/1"), set()),
        (_lock("ByScope", scope=GROUP), set()),
        (_lock("ByScope", scope=f"{GROUP}s"), FREE),
        (_lock("ByScope", scope=f"{GROUP}/providers/Microsoft.Sql/servers/orders"), set()),
        (_lock("ByScope", scope=f"{GROUP}/providers/Microsoft.Sql/servers/other"), FREE),
        (_lock("ByScope", scope=UNKNOWN, links={"scope": ("store",)}), set()),
        (_lock("ByScope", scope=UNKNOWN), FREE),
    ],
)
def test_a_lock_covers_what_it_names(lock: Given, expected: set[str]) -> None:
    assert _stack(_store(), lock) == expected


@pytest.mark.parametrize(("kind", "key"), [("ByScope", "scope"), ("AtResourceGroupLevel", "resourceGroupName")])
def test_a_lock_and_a_store_meet_in_the_group_that_both_come_from(kind: str, key: str) -> None:
    group = Given("azure-native:resources:ResourceGroup", {"tags": TAGS, "location": "uaenorth"}, "group")
    store = _store(resourceGroupName=UNKNOWN, links={"resourceGroupName": ("group",)})
    lock = {"level": "CanNotDelete", key: UNKNOWN}
    assert _stack(group, store, Given(f"{LOCK}{kind}", lock, "lock", links={key: ("group",)})) == set()
    assert _stack(group, store, Given(f"{LOCK}{kind}", lock, "lock")) == FREE


def test_an_exempted_store_is_let_through() -> None:
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
def test_documents_of_cosmos_come_back_as_they_were_a_week_ago(policy: object, expected: set[str]) -> None:
    assert _backups(policy) == expected


def test_old_names_of_cosmos_are_judged_too() -> None:
    for token in ("azure-native:documentdb:DatabaseAccount", "azure-native:documentdb/v20230415:DatabaseAccount"):
        reports = Pack().evaluate_resource(Given(token, compliant(COSMOS) | {"backupPolicy": {"type": "Periodic"}}))
        assert {item.rule for item in reports} == {"FJ-RSL-103"}
