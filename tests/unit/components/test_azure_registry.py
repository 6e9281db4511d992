"""The container registry on Azure: pull permissions, cached upstreams, and export restrictions."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import REGISTRY, id_of, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

CORE = {
    "uae-key", "uae-identity", "uae-uses-key", "uae-registry", "uae-endpoint", "uae-endpoint-names", "uae-audit",
}  # fmt: skip


def registry(**changed: Any) -> Recording:
    return recorded(azure.Registry, {**REGISTRY, **changed})


def inputs(**changed: Any) -> dict[str, Any]:
    return registry(**changed).one("azure-native:containerregistry:Registry").inputs


def test_a_registry_has_exactly_these_children() -> None:
    assert {name for _, name in registry().names()} == CORE


def test_nobody_reaches_it_from_outside_or_without_an_identity() -> None:
    result = inputs()
    assert result["sku"] == {"name": "Premium"}
    assert (result["publicNetworkAccess"], result["networkRuleBypassOptions"]) == ("Disabled", "None")
    assert (result["adminUserEnabled"], result["anonymousPullEnabled"], result["dataEndpointEnabled"]) == (
        False, False, True,
    )  # fmt: skip
    endpoint = registry().one("azure-native:network:PrivateEndpoint").inputs
    (link,) = endpoint["privateLinkServiceConnections"]
    assert link["groupIds"] == ["registry"]
    (names,) = registry().one("azure-native:network:PrivateDnsZoneGroup").inputs["privateDnsZoneConfigs"]
    assert names["privateDnsZoneId"] == id_of("zone/registry")


def test_trusted_azure_services_have_access_only_on_request() -> None:
    assert inputs(trusted_services=True)["networkRuleBypassOptions"] == "AzureServices"
    assert inputs(trusted_services=True)["publicNetworkAccess"] == "Disabled"


def test_it_is_under_a_key_of_its_own_that_it_follows() -> None:
    recording, result = registry(), inputs()
    assert result["encryption"] == {
        "status": "enabled",
        "keyVaultProperties": {
            "identity": "uae-identity-client",
            "keyIdentifier": "https://kv.vault.azure.net/keys/uae-key",
        },
    }
    assert result["identity"]["type"] == "UserAssigned"
    assert [last(identity) for identity in result["identity"]["userAssignedIdentities"]] == ["uae-identity"]
    role = recording.one("azure-native:authorization:RoleAssignment")
    assert role.inputs["scope"].endswith("/uae-key")
    assert role.urn in recording.one("azure-native:containerregistry:Registry").depends_on


def test_untagged_images_go_and_nothing_is_exported() -> None:
    assert inputs()["policies"] == {
        "retentionPolicy": {"status": "enabled", "days": 30},
        "exportPolicy": {"status": "disabled"},
    }
    assert inputs(untagged_days=7)["policies"]["retentionPolicy"]["days"] == 7


def test_each_puller_may_pull_from_this_registry_and_no_more() -> None:
    recording = registry(puller_principal_ids={"nodes": "a", "ci": "b"})
    assert {name for _, name in recording.names()} == CORE | {"uae-pulled-by-nodes", "uae-pulled-by-ci"}
    role = recording.one("azure-native:authorization:RoleAssignment", "uae-pulled-by-nodes").inputs
    assert (role["principalId"], last(role["scope"])) == ("a", "uae-registry")
    assert last(role["roleDefinitionId"]) == "7f951dda-4ed3-4680-a7ca-43fe172d538d"


def test_public_registries_are_read_through_it_if_asked() -> None:
    recording = registry(cached_upstreams=["mcr.microsoft.com", "quay.io"])
    assert {name for _, name in recording.names()} == CORE | {"uae-cache-mcrmicrosoftcom", "uae-cache-quayio"}
    rules = {rule.name: rule.inputs for rule in recording.of("azure-native:containerregistry:CacheRule")}
    assert {name: (rule["sourceRepository"], rule["targetRepository"]) for name, rule in rules.items()} == {
        "uae-cache-mcrmicrosoftcom": ("mcr.microsoft.com/*", "aks-managed-repository/*"),
        "uae-cache-quayio": ("quay.io/*", "quay.io/*"),
    }
    assert not any("credentialSetResourceId" in rule for rule in rules.values())


@pytest.mark.parametrize(
    ("region", "here", "pair", "there"),
    [("uaenorth", "Enabled", "uaecentral", "Disabled"), ("uaecentral", "Disabled", "uaenorth", "Enabled")],
)
def test_a_replica_is_in_the_country_only_and_zones_are_those_of_the_region(
    region: str, here: str, pair: str, there: str
) -> None:
    recording = registry(region=region, replicated=True)
    assert {name for _, name in recording.names()} == CORE | {"uae-replica"}
    assert recording.one("azure-native:containerregistry:Registry").inputs["zoneRedundancy"] == here
    replica = recording.one("azure-native:containerregistry:Replication")
    assert (replica.inputs["location"], replica.inputs["zoneRedundancy"]) == (pair, there)
    assert replica.urn in recording.one("azure-native:network:PrivateEndpoint").depends_on


def test_an_optional_part_changes_nothing_else() -> None:
    options: list[dict[str, Any]] = [
        {"replicated": True}, {"cached_upstreams": ["quay.io"]}, {"puller_principal_ids": {"nodes": "a"}},
    ]  # fmt: skip
    plain = {child.name: child.inputs for child in registry().custom()}
    for option in options:
        more = {child.name: child.inputs for child in registry(**option).custom()}
        assert {name: more[name] for name in plain} == plain


def test_logins_and_pulls_are_recorded() -> None:
    setting = registry().one("azure-native:monitor:DiagnosticSetting").inputs
    assert [log["category"] for log in setting["logs"]] == [
        "ContainerRegistryLoginEvents", "ContainerRegistryRepositoryEvents",
    ]  # fmt: skip


def test_protection_covers_the_registry_and_its_key() -> None:
    assert {child.name for child in registry(protect=True).custom() if child.protect} == {"uae-registry", "uae-key"}
    assert [child.name for child in registry().custom() if child.protect] == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"cached_upstreams": ["docker.io"]}, r"cached_upstreams\.0: \"docker\.io\" is not allowed; allowed: mcr"),
        ({"untagged_days": 0}, r"untagged_days: 0 is not allowed"),
        ({"untagged_days": 366}, r"untagged_days: 366 is not allowed"),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Registry, {**REGISTRY, **changed})()
