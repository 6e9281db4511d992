"""Families of the fourteenth set of attacks on Azure: rights on premises and on records, caches, numbers, categories.

Sources are named beside the rows and rules.
"""

from typing import Any

import pytest

from falaj.facts.azure_roles import azure_roles

from .blind import RG, SUB, TAGS, az
from .harness import UNKNOWN, Given, Pack, blocking

PACK = Pack()


def refused(*plan: Given) -> set[str]:
    """Returns the rules that refuse a plan."""
    return blocking(PACK.evaluate_plan(*plan))


@pytest.mark.parametrize("name", [
    "Azure Connected Machine Resource Administrator", "Azure Connected Machine Resource Manager",
    "Hybrid Server Resource Administrator", "Azure Arc VMware VM Contributor", "Flux Configurations Contributor",
    "Data Purger",
])  # fmt: skip
def test_roles_on_premises_and_of_purges_are_not_for_a_subscription(name: str) -> None:
    number = next(key for key, role in azure_roles().items() if role.name == name)
    props = {"scope": SUB, "principalId": "p", "principalType": "ServicePrincipal", "roleDefinitionId":
             f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{number}"}  # fmt: skip
    assert "FJ-IDN-201" in refused(az("authorization:RoleAssignment", props))


_STOP, _START = (f"Microsoft.Insights/diagnosticSettings/{verb}" for verb in ("delete", "write"))
_DEPLOY = "Microsoft.Resources/deployments/*"


@pytest.mark.parametrize(("actions", "left_out", "is_refused"), [
    (["Microsoft.OperationalInsights/workspaces/purge/action"], [], True), ([_STOP], [], True),
    (["Microsoft.Insights/*/delete"], [], True), (["Microsoft.Network/networkWatchers/flowLogs/delete"], [], True),
    (["Microsoft.HybridCompute/machines/*"], [], True),
    (["Microsoft.HybridCompute/machines/runCommands/write"], [], True),
    ([_STOP, _START, _DEPLOY], [], False), (["Microsoft.Insights/diagnosticSettings/*", _DEPLOY], [], False),
    (["Microsoft.Insights/diagnosticSettings/*", _DEPLOY], [_START], True), ([_START, _DEPLOY], [], False),
    ([_STOP, _START], [], True), ([_START], [], True),
    (["Microsoft.HybridCompute/machines/read"], [], False),
])  # fmt: skip
def test_custom_roles_that_remove_records(actions: list[str], left_out: list[str], is_refused: bool) -> None:
    permissions = [{"actions": actions, "notActions": left_out}]
    props = {"scope": SUB, "roleName": "r", "assignableScopes": [SUB], "permissions": permissions}
    assert ("FJ-IDN-214" in refused(az("authorization:RoleDefinition", props))) is is_refused


def _edge(behaviour: object, pattern: str, host: object) -> tuple[Given, ...]:
    cache = {} if behaviour is None else {"queryStringCachingBehavior": behaviour}
    group = f"{SUB}/resourceGroups/r/providers/Microsoft.Cdn/profiles/edge/originGroups/site"
    origin = az("cdn:AFDOrigin", {**RG, "originGroupName": "site", "hostName": host}, "origin",
                links={"hostName": ("store",)})  # fmt: skip
    store = az("storage:StorageAccount", {**RG, "accountName": "site"}, "store")
    route = {**RG, "originGroup": {"id": group}, "patternsToMatch": [pattern], "cacheConfiguration": cache}
    return store, origin, az("cdn:Route", route)


APP, SITE = "app.example.ae", "site.z1.web.core.windows.net"


@pytest.mark.parametrize(("behaviour", "pattern", "host", "is_refused"), [
    ("IgnoreQueryString", "/*", APP, True), (None, "/api/*", APP, True),
    ("ignoreSpecifiedQueryStrings", "/", APP, True),
    ("IncludeSpecifiedQueryStrings", "/*", APP, True), ("UseQueryString", "/*", APP, False),
    ("IgnoreQueryString", "/static/*", APP, False), ("IgnoreQueryString", "/*.css", APP, False),
    ("IgnoreQueryString", "/*", SITE, False), ("IgnoreQueryString", "/*", UNKNOWN, False),
    (UNKNOWN, "/*", APP, False),
])  # fmt: skip
def test_front_door_keeps_no_answer_for_all(behaviour: object, pattern: str, host: object, is_refused: bool) -> None:
    assert ("FJ-EXP-133" in refused(*_edge(behaviour, pattern, host))) is is_refused


@pytest.mark.parametrize(("address", "is_refused"), [(APP, True), (SITE, False)])
def test_classic_front_doors_keep_no_answer_for_all(address: str, is_refused: bool) -> None:
    props = {"backendPools": [{"backends": [{"address": address}]}], "routingRules": [{"patternsToMatch": ["/*"],
             "routeConfiguration": {"cacheConfiguration": {"queryParameterStripDirective": "StripAll"}}}]}  # fmt: skip
    assert ("FJ-EXP-133" in refused(az("frontdoor:FrontDoor", {**RG, **props}))) is is_refused


@pytest.mark.parametrize(("action", "categories", "is_refused"), [
    ("Allow", ["business"], True), ("allow", ["news", "games"], True), ("Deny", ["gambling"], False),
    ("Allow", [], False),
])  # fmt: skip
def test_categories_of_the_web(action: str, categories: list[str], is_refused: bool) -> None:
    rule = {"ruleType": "ApplicationRule", "webCategories": categories, "targetFqdns": ["api.example.ae"]}
    for kind in ("network:FirewallPolicyRuleCollectionGroup", "network:FirewallPolicyRuleCollectionGroupDraft"):
        group = az(kind, {**RG, "ruleCollections": [{"action": {"type": action}, "rules": [rule]}]})
        assert ("FJ-EXP-109" in refused(group)) is is_refused


@pytest.mark.parametrize("key", ["minimum", "default", "maximum"])
@pytest.mark.parametrize(("number", "is_refused"), [("500", True), (51, True), ("50", False), (UNKNOWN, False)])
def test_rules_that_scale_keep_few_machines(key: str, number: object, is_refused: bool) -> None:
    capacity = {"minimum": "2", "default": "2", "maximum": "4", key: number}
    setting = az("monitor:AutoscaleSetting", {**RG, "tags": TAGS, "profiles": [{"capacity": capacity}]})
    assert ("FJ-COST-126" in refused(setting)) is is_refused


@pytest.mark.parametrize(("cap", "is_refused"), [(10, True), (99, True), (100, False), (5000, False), (-1, False)])
def test_caps_of_scans(cap: int, is_refused: bool) -> None:
    scanning: dict[str, Any] = {"onUpload": {"isEnabled": True, "capGBPerMonth": cap}}
    store = az("security:DefenderForStorage", {"properties": {"isEnabled": True, "malwareScanning": scanning}})
    assert ("FJ-ESC-115" in refused(store)) is is_refused


@pytest.mark.parametrize("key", ["targetVmTags", "targetNicTags", "targetManagedDiskTags", "seedManagedDiskTags"])
@pytest.mark.parametrize(("owner", "is_refused"), [("unknown", True), (TAGS["owner"], False)])
def test_tags_of_recovered_machines(key: str, owner: str, is_refused: bool) -> None:
    props = {**RG, "properties": {"providerSpecificDetails": {key: {**TAGS, "owner": owner}}}}
    report = PACK.evaluate_plan(az("recoveryservices:ReplicationProtectedItem", props))
    assert any(item.rule == "FJ-TAG-002" for item in report) is is_refused
