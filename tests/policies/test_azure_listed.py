"""Operations that a custom role of Azure may have on a whole subscription."""

import re
from dataclasses import replace

import pytest
from guardrails.engine.enforcement import Enforcement
from guardrails.identity.azure_listed import ACTIONS, DATA_ACTIONS, is_listed, listed_operations
from pydantic import ValidationError

from tests.processor_time import within

from .blind import SUB, az
from .harness import UNKNOWN, Given, Pack, blocking

PATTERN = re.compile(r"(?:\*|Microsoft\.\w+)(?:/[\w*]+)+")


def test_the_table_is_sorted_and_names_operations() -> None:
    rows = listed_operations()
    assert [row for row in rows if not PATTERN.fullmatch(row.pattern) or not row.why] == []
    assert {row.kind for row in rows} == {ACTIONS, DATA_ACTIONS}
    keys = [(row.kind, row.pattern.lower()) for row in rows]
    assert keys == sorted(set(keys))


@pytest.mark.parametrize(("action", "is_harmless"), [
    ("*/read", True), ("Microsoft.Sql/*/read", True), ("MICROSOFT.COMPUTE/virtualMachines/Restart/Action", True),
    ("Microsoft.Support/*", True), ("Microsoft.Support*", False), ("*/action", False), ("*/*/action", False),
    ("Microsoft.App/jobs/start/action", False), ("Microsoft.App/*/start/action", False), ("*/start/action", False),
    ("Microsoft.Subscription/cancel/action", False), ("Microsoft.Compute/disks/delete", True), ("*/delete", False),
    ("Microsoft.Authorization/locks/delete", False), ("Microsoft.*/locks/delete", False), ("", False), ("/", False),
    ("Microsoft.Chaos/experiments/start/action", False), ("Microsoft.Resources/deployments/*", True),
])  # fmt: skip
def test_actions(action: str, is_harmless: bool) -> None:
    assert is_listed(action, ACTIONS, ()) is is_harmless


@pytest.mark.parametrize(("action", "is_harmless"), [
    ("Microsoft.CognitiveServices/*", True), ("Microsoft.Storage/storageAccounts/*", False), ("*", False),
    ("Microsoft.Kubernetes/connectedClusters/secrets/read", False), ("Microsoft.Kubernetes/*/pods/read", False),
    ("Microsoft.Kubernetes/connectedClusters/pods/read", True), ("Microsoft.KeyVault/vaults/keys/sign/action", False),
])  # fmt: skip
def test_actions_on_data(action: str, is_harmless: bool) -> None:
    assert is_listed(action, DATA_ACTIONS, ()) is is_harmless


def _role(*actions: str) -> Given:
    return az("authorization:RoleDefinition", {
        "scope": SUB, "roleName": "Jobs", "roleType": "CustomRole", "assignableScopes": [SUB],
        "permissions": [{"notActions": [], "actions": list(actions)}]})  # fmt: skip


def test_the_settings_list_others() -> None:
    start = "Microsoft.App/jobs/start/action"
    listed = {
        "default": {"all": "mandatory"},
        "identity": {"unrestricted_actions": {start: "operators start the jobs of every team"}},
    }
    pack = Pack(Enforcement.model_validate(listed))
    assert "FJ-IDN-214" in blocking(Pack().evaluate_plan(_role(start)))
    assert "FJ-IDN-214" not in blocking(pack.evaluate_plan(_role(start.upper())))
    assert "FJ-IDN-214" in blocking(pack.evaluate_plan(_role(start, "Microsoft.App/jobs/write")))
    assert "FJ-IDN-214" in blocking(pack.evaluate_plan(_role("Microsoft.App/jobs/*")))


@pytest.mark.parametrize("name", ["Microsoft.App/*", "Microsoft.App/jobs/*/action", "microsoft", "*/start/action"])
def test_the_settings_list_single_operations(name: str) -> None:
    with pytest.raises(ValidationError):
        Enforcement.model_validate(
            {"default": {"all": "mandatory"}, "identity": {"unrestricted_actions": {name: "a reason"}}}
        )


@pytest.mark.parametrize("action", ["*" * 20_000, "*a" * 10_000, "a/" * 10_000, "Microsoft." + "*/" * 9000 + "read"])
def test_long_names_take_no_time(action: str) -> None:
    with within(0.5):
        is_listed(action, ACTIONS, ())


@pytest.mark.parametrize(("source", "is_reported"), [
    ("azure-native:resources:ResourceGroup", False), ("azure-native:containerservice:ManagedCluster", False),
    ("azure-native:subscription:Alias", True), ("azure-native:management:ManagementGroup", True),
    ("random:index/randomId:RandomId", True), (None, True),
])  # fmt: skip
def test_scopes_of_the_plan_are_evaluated_once_they_are_known(source: str | None, is_reported: bool) -> None:
    role = _role("Microsoft.App/jobs/start/action")
    links = {} if source is None else {"assignableScopes": ("group",)}
    given = replace(role, props={**role.props, "assignableScopes": [UNKNOWN]}, links=links)
    plan = [given] if source is None else [given, Given(source, {}, name="group")]
    assert ("FJ-IDN-214" in {item.rule for item in Pack().evaluate_plan(*plan)}) is is_reported
