"""Rows of an Azure subscription: ok, refused, and not allowed to ask, of every check."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from falaj.facts.clouds import Cloud
from falaj.preflight.azure import machines, services, subscription
from falaj.preflight.azure.checks import azure_checks
from falaj.preflight.azure.context import API_VERSIONS, Arm, AzureContext
from falaj.preflight.rows import NOT_ALLOWED, NoAnswer, PreflightRow, Verdict
from tests.unit.preflight.arm_examples import examples
from tests.unit.preflight.arm_server import (
    ABSENT,
    CLOSED,
    NO_ZONE_3,
    SCOPE,
    SUBSCRIPTION,
    Bodies,
    served,
    sku,
    skus,
    usage,
)
from tests.unit.preflight.aws_answers import settings

Rows = Callable[[AzureContext], Iterable[PreflightRow]]


def rows_of(check: Rows, bodies: Bodies, given: Any = None) -> dict[str, PreflightRow]:
    """Returns the rows of a check by subject."""
    with served(bodies, given) as context:
        return {row.subject: row for row in check(context)}


def one(check: Rows, bodies: Bodies, given: Any = None) -> PreflightRow:
    (row,) = rows_of(check, bodies, given).values()
    return row


def operations() -> list[str]:
    return ["Microsoft.Network/virtualNetworks/write", "Microsoft.Authorization/roleAssignments/write"]


def subjects() -> list[str]:
    with served({}) as context:
        return [check.subject for check in azure_checks(context, operations)]


@pytest.mark.parametrize("subject", subjects())
def test_every_check_states_that_it_may_not_ask(subject: str) -> None:
    with served({}) as context:
        (row,) = next(check for check in azure_checks(context, operations) if check.subject == subject).rows()
    assert (row.found, row.verdict, row.answered) == (NOT_ALLOWED, Verdict.UNKNOWN, False)
    assert "AuthorizationFailed: The client has no authorization" in row.fix


@pytest.mark.parametrize(("state", "verdict"), [("Enabled", Verdict.OK), ("Disabled", Verdict.REFUSED)])
def test_the_subscription_is_enabled(state: str, verdict: Verdict) -> None:
    body = {"subscriptionId": SUBSCRIPTION, "tenantId": "t", "displayName": "Platform", "state": state}
    assert one(subscription.subscription, {SCOPE: body}).verdict is verdict


@pytest.mark.parametrize(
    ("locations", "restricted", "verdict"),
    [
        (["uaenorth"], False, Verdict.OK),
        (["uaenorth"], True, Verdict.REFUSED),
        (["westeurope"], False, Verdict.REFUSED),
    ],
)
def test_the_region_is_open(locations: list[str], restricted: bool, verdict: Verdict) -> None:
    listed = {"value": [{"name": name, "displayName": name} for name in locations]}
    types = {"value": [sku("Standard_D4as_v5", "f", [], (CLOSED,) if restricted else ())]}
    assert one(subscription.region, {"/locations": listed, "/skus": types}).verdict is verdict


@pytest.mark.parametrize(
    ("permission", "verdict"),
    [
        ({"actions": ["*"], "notActions": []}, Verdict.OK),
        ({"actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"]}, Verdict.REFUSED),
        ({"actions": ["*/read"], "notActions": []}, Verdict.REFUSED),
    ],
)
def test_permissions(permission: Any, verdict: Verdict) -> None:
    wanted = [*operations(), "Microsoft.Network/locations/*/read"]
    row = one(lambda context: subscription.permissions(context, wanted), {"/permissions": {"value": [permission]}})
    assert row.verdict is verdict
    assert ("roleAssignments/write" in row.found) is (verdict is Verdict.REFUSED)


def test_resource_providers_that_are_not_registered() -> None:
    names = [*subscription.PROVIDERS, "Microsoft.ContainerRegistry"]
    state = {name: "Registered" for name in names}

    def listed() -> Bodies:
        return {"/providers": {"value": [{"namespace": name, "registrationState": at} for name, at in state.items()]}}

    assert one(subscription.providers, listed()).verdict is Verdict.OK
    state["Microsoft.Insights"] = "NotRegistered"
    row = one(subscription.providers, listed())
    assert (row.verdict, row.found) == (Verdict.REFUSED, "Microsoft.Insights: NotRegistered")
    assert row.commands == [f"az provider register --subscription {SUBSCRIPTION} --namespace Microsoft.Insights"]


def test_an_export_of_the_bill_needs_its_provider() -> None:
    given = settings()
    finops = given.finops[Cloud.AZURE].model_copy(update={"cost_export": True})
    exporting = given.model_copy(update={"finops": {**given.finops, Cloud.AZURE: finops}})
    row = one(subscription.providers, {"/providers": {"value": []}}, exporting)
    assert "Microsoft.CostManagementExports" in row.needed


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        ({"properties": {"state": "Registered"}}, Verdict.OK),
        ({"properties": {"state": "NotRegistered"}}, Verdict.REFUSED),
        (ABSENT, Verdict.REFUSED),
    ],
)
def test_encryption_at_host(answer: Any, verdict: Verdict) -> None:
    row = one(subscription.features, {"/EncryptionAtHost": answer})
    assert (row.verdict, len(row.commands)) == (verdict, 0 if verdict is Verdict.OK else 2)


def assignment(**properties: Any) -> Bodies:
    return {"/policyAssignments": {"value": [{"name": "a", "properties": {"displayName": "rule", **properties}}]}}


def locations(*allowed: str) -> dict[str, Any]:
    return {"parameters": {"listOfAllowedLocations": {"value": [*allowed]}}}


DEFINITION = "/providers/Microsoft.Authorization/policyDefinitions/d"


@pytest.mark.parametrize(
    ("properties", "effect", "verdict"),
    [
        (locations("UAE North"), "", Verdict.OK),
        (locations("westeurope"), "", Verdict.REFUSED),
        ({**locations("westeurope"), "enforcementMode": "DoNotEnforce"}, "", None),
        ({"policyDefinitionId": DEFINITION}, "deny", Verdict.UNKNOWN),
        ({"policyDefinitionId": DEFINITION}, "audit", None),
        ({"policyDefinitionId": DEFINITION}, "[parameters('effect')]", Verdict.UNKNOWN),
        ({"policyDefinitionId": DEFINITION, "parameters": {"effect": {"value": "Audit"}}}, "deny", None),
    ],
)
def test_policy_assignments(properties: Any, effect: str, verdict: Verdict | None) -> None:
    rule = {"policyRule": {"if": {}, "then": {"effect": effect}}, "parameters": {"effect": {"defaultValue": "Deny"}}}
    rows = rows_of(subscription.policies, {**assignment(**properties), DEFINITION: {"properties": rule}})
    assert [row.verdict for row in rows.values()] == [verdict or Verdict.OK]


def test_machine_types_that_the_subscription_is_not_offered() -> None:
    restricted = skus(Standard_NC40ads_H100_v5=(CLOSED,), Standard_D8as_v5=(NO_ZONE_3,))
    restricted["value"] = [item for item in restricted["value"] if item["name"] != "Standard_ND96isr_H200_v5"]
    rows = rows_of(machines.machine_types, {"/skus": restricted})
    assert rows["machine type of pool system"].verdict is Verdict.OK
    assert rows["machine type of pool cpu"].found == "Standard_D8as_v5: zones 1, 2"
    assert rows["machine type of pool cpu"].verdict is Verdict.REFUSED
    assert rows["machine type of pool gpu"].found == "Standard_NC40ads_H100_v5: NotAvailableForSubscription"
    assert rows["machine type of pool gpuspot"].found == "Standard_ND96isr_H200_v5: not offered"
    assert rows["machine type of pool gpuspot"].setting == "sites.azuae.pools.gpuspot.machines"


def test_a_new_subscription_has_no_gpu_quota() -> None:
    usages = [usage("cores", 500), usage("standardDASv5Family", 200), usage("Standard NCadsH100v5 Family", 0),
              usage("lowPriorityCores", 0)]  # fmt: skip
    rows = rows_of(machines.vcpu_quotas, {"/skus": skus(), "/usages": {"value": usages}})
    gpu = rows["quota standardncadsh100v5family vCPUs"]
    assert (gpu.found, gpu.needed, gpu.verdict) == ("no GPU quota (0)", "200 (pools gpu)", Verdict.REFUSED)
    assert gpu.commands == (
        f"az quota update --resource-name 'Standard NCadsH100v5 Family' --scope {SCOPE}/providers/Microsoft.Compute"
        "/locations/uaenorth --limit-object value=200 --resource-type dedicated",
    )
    spot = rows["quota all spot vCPUs"]
    assert (spot.found, spot.needed) == ("no GPU quota (0)", "512")
    assert spot.commands[0].endswith("--limit-object value=512 --resource-type lowPriority")
    assert rows["quota standarddasv5family vCPUs"].needed == f"{6 * 4 + 12 * 8} (pools system, cpu)"
    assert rows["quota standarddasv5family vCPUs"].verdict is Verdict.OK
    assert rows["quota all on-demand vCPUs"].verdict is Verdict.OK


def test_what_is_in_use_counts() -> None:
    usages = [usage("cores", 500, 300), usage("standardDASv5Family", 200), usage("lowPriorityCores", 600)]
    rows = rows_of(machines.vcpu_quotas, {"/skus": skus(), "/usages": {"value": usages}})
    assert rows["quota all on-demand vCPUs"].verdict is Verdict.REFUSED
    assert rows["quota all spot vCPUs"].verdict is Verdict.OK
    assert rows["quota standardncadsh100v5family vCPUs"].verdict is Verdict.UNKNOWN


def test_the_api_versions_are_those_of_the_examples() -> None:
    assert {(row["api"], row["version"]) for row in examples()} == set(API_VERSIONS.items())
    assert all(row["source"].startswith("specification/") for row in examples())


OFFICIAL, LONG_TERM = ({"supportPlan": [plan]} for plan in ("KubernetesOfficial", "AKSLongTermSupport"))


@pytest.mark.parametrize(
    ("versions", "verdict"),
    [
        ([{"version": "1.34", "capabilities": OFFICIAL}], Verdict.OK),
        ([{"version": "1.34", "capabilities": LONG_TERM}], Verdict.COSTS),
        ([{"version": "1.34", "isPreview": True, "capabilities": OFFICIAL}], Verdict.REFUSED),
        ([], Verdict.REFUSED),
    ],
)
def test_the_kubernetes_version(versions: Any, verdict: Verdict) -> None:
    given = settings()
    site = given.sites["azuae"].model_copy(update={"kubernetes_version": "1.34"})
    fixed = given.model_copy(update={"sites": {**given.sites, "azuae": site}})
    assert one(services.kubernetes_version, {"/kubernetesVersions": {"values": versions}}, fixed).verdict is verdict


def test_network_watcher() -> None:
    group = (
        f"{SCOPE}/resourceGroups/NetworkWatcherRG/providers/Microsoft.Network/networkWatchers/NetworkWatcher_uaenorth"
    )
    watcher = {"name": "NetworkWatcher_uaenorth", "id": group, "location": "uaenorth"}
    assert one(services.network_watcher, {"/networkWatchers": {"value": [watcher]}}).verdict is Verdict.OK
    elsewhere = {**watcher, "id": group.replace("NetworkWatcherRG", "other")}
    assert one(services.network_watcher, {"/networkWatchers": {"value": [elsewhere]}}).verdict is Verdict.REFUSED
    row = one(services.network_watcher, {"/networkWatchers": {"value": []}})
    assert (row.verdict, len(row.commands)) == (Verdict.REFUSED, 1)


def test_soft_deleted_vaults_of_the_site() -> None:
    vault = {"name": "azuaekeys1a2b3c", "properties": {"location": "uaenorth"}}
    other = {"name": "payroll", "properties": {"location": "uaenorth"}}
    row = one(services.deleted_vaults, {"/deletedVaults": {"value": [vault, other]}})
    assert (row.found, row.verdict) == ("azuaekeys1a2b3c", Verdict.UNKNOWN)
    assert one(services.deleted_vaults, {"/deletedVaults": {"value": [other]}}).verdict is Verdict.OK


def test_the_api_server_of_the_stacks_cluster() -> None:
    tags = {"project": "ai-platform", "environment": "prod"}
    own = {"name": "azuae-cluster1a2b3c", "location": "uaenorth", "tags": tags,
           "properties": {"privateFQDN": "x.privatelink.uaenorth.azmk8s.io"}}  # fmt: skip
    rows = rows_of(services.reach, {"/managedClusters": {"value": [own]}})
    assert rows["DNS of the API server"].found == "x.privatelink.uaenorth.azmk8s.io: 10.20.0.4"
    none = rows_of(services.reach, {"/managedClusters": {"value": [{**own, "tags": None}]}})
    assert none["reach of the API server"].found == "no cluster of the stack yet"


def test_all_pages_are_read_and_no_other_server_is_asked() -> None:
    bodies: dict[str, Any] = {"/deletedVaults?page": {"value": [{"name": "b"}]}}
    with served(bodies) as context:
        path, address = f"{SCOPE}/providers/Microsoft.KeyVault/deletedVaults", context.arm.address
        following = f"{address}{path}?api-version=2023-07-01&page=2"
        bodies["/deletedVaults"] = {"value": [{"name": "a"}], "nextLink": following}
        assert [item["name"] for item in context.arm.items(path, "Microsoft.KeyVault")] == ["a", "b"]
        bodies["/deletedVaults"] = {"value": [], "nextLink": "https://elsewhere.example.ae/"}
        with pytest.raises(NoAnswer, match="another server"):
            context.arm.items(path, "Microsoft.KeyVault")


def test_answers_that_are_no_answers() -> None:
    for answer, says in (((500, b"{}"), "status 500"), ((200, b"<html>"), "not JSON")):
        with served({SCOPE: answer}) as context, pytest.raises(NoAnswer, match=says):
            context.arm.get(SCOPE, "Microsoft.Resources")
    with pytest.raises(NoAnswer, match="MaxRetryError"):
        Arm(lambda: "token", "http://127.0.0.1:9").get(SCOPE, "Microsoft.Resources")
