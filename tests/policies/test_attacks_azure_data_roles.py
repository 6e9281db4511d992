"""Tokens of registries, roles of Cosmos DB, and tenants of administrators, by pulumi-azure-native 3.29.0."""

from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .harness import UNKNOWN, Given, Pack, blocking

TENANT, OTHER = "00000000-1111-2222-3333-444444444444", "11111111-1111-1111-1111-111111111111"
PACK = Pack(
    Enforcement.model_validate(
        {"default": {"all": "mandatory"}, "identity": {"trusted": {TENANT: "the tenant of the bank"}}}
    )
)
TOKEN, SCOPE_MAP = "azure-native:containerregistry:Token", "azure-native:containerregistry:ScopeMap"
COSMOS = "azure-native:cosmosdb:SqlResourceSqlRoleDefinition"
TABLES = "azure-native:cosmosdb:TableResourceTableRoleDefinition"
DATA = "Microsoft.DocumentDB/databaseAccounts"


def refused(token: str, props: dict[str, Any]) -> set[str]:
    return set(blocking(PACK.evaluate_resource(Given(token, props)))) & {"FJ-IDN-211", "FJ-IDN-212"}


@pytest.mark.parametrize(
    ("token", "props", "expected"),
    [
        (TOKEN, {"credentials": {"passwords": [{"name": "password1"}]}}, True),
        (TOKEN, {"credentials": {"passwords": [{"name": "password1", "expiry": "2027-01-31T00:00:00Z"}]}}, False),
        (TOKEN, {"credentials": {"passwords": [{"name": "password1", "expiry": UNKNOWN}]}}, False),
        (TOKEN, {"status": "enabled"}, False),
        (SCOPE_MAP, {"actions": ["repositories/*/content/write"]}, True),
        (SCOPE_MAP, {"actions": ["repositories/*/content/read", "repositories/models/*/content/write"]}, False),
        (COSMOS, {"permissions": [{"dataActions": [f"{DATA}/*"]}]}, True),
        (COSMOS, {"permissions": [{"dataActions": ["*"]}]}, True),
        (TABLES, {"permissions": [{"dataActions": [f"{DATA}/*"]}]}, True),
        (TABLES, {"permissions": [{"dataActions": [f"{DATA}/tables/containers/entities/read"]}]}, False),
        (COSMOS, {"permissions": [{"dataActions": [f"{DATA}/sqlDatabases/containers/items/*"]}]}, False),
        (COSMOS, {"permissions": [{"dataActions": [f"{DATA}/readMetadata", UNKNOWN]}]}, False),
    ],
)
def test_rights_on_data_end_and_are_limited(token: str, props: dict[str, Any], expected: bool) -> None:
    assert ("FJ-IDN-212" in refused(token, props)) is expected


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("azure-native:dbforpostgresql:Administrator", {"objectId": OTHER, "tenantId": "TENANT"}),
        ("azure-native:sql:Server", {"administrators": {"sid": OTHER, "tenantId": "TENANT"}}),
        ("azure-native:containerservice:ManagedCluster", {"aadProfile": {"managed": True, "tenantID": "TENANT"}}),
        ("azure-native:keyvault:Vault", {"properties": {"tenantId": "TENANT"}}),
    ],
)
def test_administrators_and_sign_in_are_of_a_listed_tenant(token: str, props: dict[str, Any]) -> None:
    def of(value: Any, tenant: str) -> Any:
        return {key: of(item, tenant) for key, item in value.items()} if isinstance(value, dict) else (
            tenant if value == "TENANT" else value)  # fmt: skip

    assert "FJ-IDN-211" in refused(token, of(props, OTHER))
    assert "FJ-IDN-211" not in refused(token, of(props, TENANT))
