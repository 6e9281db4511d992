"""Attacks on Azure: identities, policies, Defender and money (2026-12-01, twenty-first set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a source
is beside it.
"""

import base64

from ..blind import GROUP, HERE, RG, SUB, THEIR_TENANT, Props, az
from ..harness import Given
from . import Attack
from .tenth_azure import IDN, RES

POLICY = ("FJ-ESC-", "FJ-EXP-", "FJ-RES-", "FJ-IDN-")
MONEY = ("FJ-COST-", "FJ-ESC-")
ROLES = "/providers/Microsoft.Authorization/roleDefinitions"
POLICIES = "/providers/Microsoft.Authorization"
SOMEBODY = "22222222-3333-4444-5555-666666666666"


def _assigned(role: str, kind: str, name: str, **more: object) -> Given:
    """Returns the assignment of a role on one resource group."""
    return az("authorization:RoleAssignment", {
        "scope": GROUP, "roleDefinitionId": f"{SUB}{ROLES}/{role}", "principalId": SOMEBODY, "principalType": kind,
        **more}, name)  # fmt: skip


def _policies(definition: str, parameters: Props) -> Given:
    """Returns the assignment of policies to the subscription."""
    return az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "baseline", "displayName": "Baseline", "enforcementMode": "Default",
        "policyDefinitionId": f"{POLICIES}/{definition}", "parameters": parameters})  # fmt: skip


MUTATION = base64.b64encode(b"""apiVersion: mutations.gatekeeper.sh/v1
kind: Assign
metadata: {name: pods}
spec:
  applyTo: [{groups: [""], versions: [v1], kinds: [Pod]}]
  location: "spec.containers[name:*].securityContext.privileged"
  parameters: {assign: {value: true}}
""").decode()

ATTACKS = (
    Attack("a group gives itself each key and secret of the platform's vaults", IDN, (
        _assigned("8b54135c-b56d-4d72-a534-26097cfdc8d8", "Group", "keepers"),),
        "critical", "it assigns Key Vault Administrator to itself, for good (Azure built-in roles, 'Key Vault Data "
        "Access Administrator')"),
    Attack("a group puts each identity of the platform on machines of its own", IDN, (
        _assigned("f1a07417-d97a-45cb-824c-7a7467783830", "Group", "developers"),),
        "major", "it acts as the identity of deployments and of payments (Azure built-in roles, 'Managed Identity "
        "Operator')"),
    Attack("a group of a stranger's tenant reads the blobs of the platform", IDN, (
        _assigned("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "ForeignGroup", "partners"),),
        "critical", "who is in the group is decided elsewhere (Azure role assignments REST, principalType "
        "ForeignGroup)"),
    Attack("a role of a resource group copies its databases and blobs to any account", IDN, (
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Copy operators", "roleType": "CustomRole", "assignableScopes": [GROUP],
            "permissions": [{"actions": [
                "Microsoft.Sql/servers/databases/read", "Microsoft.Sql/servers/databases/export/action",
                "Microsoft.Storage/storageAccounts/objectReplicationPolicies/write",
                "Microsoft.Compute/snapshots/read"],
                "notActions": [], "dataActions": [], "notDataActions": []}]}),),
        "critical", "an export of a database goes to whatever account the request names (Azure SQL, 'Export a "
        "database')"),
    Attack("a link that starts a runbook is valid for decades", IDN, (az("automation:Webhook", {
        **RG, "automationAccountName": "aa-bank", "webhookName": "restart", "name": "restart", "isEnabled": True,
        "expiryTime": "2099-12-31T00:00:00Z", "runbook": {"name": "restart"}}),),
        "major", "whoever once saw the address runs the runbook with the identity of the account (Azure Automation, "
        "'Start a runbook from a webhook')"),
    Attack("a stranger's tenant decides who reads the vault", IDN, (az("keyvault:Vault", {
        **HERE, "vaultName": "kv-bank", "properties": {
            "tenantId": THEIR_TENANT, "sku": {"family": "A", "name": "premium"}, "enableRbacAuthorization": True,
            "enablePurgeProtection": True, "enableSoftDelete": True, "softDeleteRetentionInDays": 90,
            "publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "None", "defaultAction": "Deny"}}},
        protect=True),),
        "critical", "tokens of that tenant are what the vault accepts (Azure Key Vault, 'tenantId: used for "
        "authenticating requests')"),
    Attack("the policy of places allows Western Europe", (*RES, "FJ-ESC-"), (_policies(
        "policyDefinitions/e56962a6-4747-49cd-b67b-bf8b01975c4c",
        {"listOfAllowedLocations": {"value": ["uaenorth", "uaecentral", "westeurope"]}}),),
        "major", "from now on everybody stores data abroad, which nothing refuses (Azure Policy built-in 'Allowed "
        "locations')"),
    Attack("the baseline of Microsoft does not look at transfers without TLS", POLICY, (_policies(
        "policySetDefinitions/1f3afdf9-d0c9-4c3d-847f-89da613e70a8",
        {"secureTransferToStorageAccountMonitoringEffect": {"value": "Disabled"},
         "identityEnableMFAForOwnerPermissionsMonitoringEffect": {"value": "Disabled"}}),),
        "major", "nobody hears of stores in plaintext and of owners without a second factor (Azure Policy, 'Disabled' "
        "as an effect)"),
    Attack("a policy makes each pod of each cluster privileged", POLICY, (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "pod-defaults", "displayName": "Defaults of pods", "policyType": "Custom",
        "mode": "Microsoft.Kubernetes.Data", "policyRule": {
            "if": {"field": "type", "in": ["Microsoft.ContainerService/managedClusters"]},
            "then": {"effect": "mutate", "details": {
                "mutationInfo": {"sourceType": "Base64Encoded", "content": MUTATION}}}}}),),
        "critical", "objects change after the guardrails have evaluated them (Azure Policy, 'mutate (preview)')"),
    Attack("Defender looks at no machine of production", POLICY, (az("security:Pricing", {
        "scopeId": SUB[1:], "pricingName": "CloudPosture", "pricingTier": "Standard", "extensions": [{
            "name": "AgentlessVmScanning", "isEnabled": "True", "additionalExtensionProperties": {
                "ExclusionTags": '[{"key":"environment","value":"prod"}]'}}]}),),
        "major", "secrets and malware on their disks are not found (Defender for Cloud, 'Exclude machines from "
        "agentless scanning')"),
    Attack("the budget speaks only when costs are exactly four fifths of it", MONEY, (az("consumption:Budget", {
        "scope": SUB[1:], "budgetName": "platform", "amount": 60000, "category": "Cost", "timeGrain": "Monthly",
        "timePeriod": {"startDate": "2026-12-01T00:00:00Z"}, "notifications": {"early": {
            "enabled": True, "operator": "EqualTo", "threshold": 80, "thresholdType": "Actual",
            "contactEmails": ["finops@example.ae"]}}}),),
        "major", "costs are looked at a few times a day and never are that very number (Azure budgets REST, "
        "operator)"),
    Attack("costs of every team are exported to an account by a token", RES, (az("costmanagement:Export", {
        "scope": SUB[1:], "exportName": "daily", "format": "Csv", "definition": {
            "type": "ActualCost", "timeframe": "MonthToDate", "dataSet": {"granularity": "Daily"}},
        "schedule": {"status": "Active", "recurrence": "Daily", "recurrencePeriod": {
            "from": "2026-12-01T00:00:00Z", "to": "2027-12-01T00:00:00Z"}},
        "deliveryInfo": {"destination": {
            "container": "costs", "storageAccount": "collector", "sasToken": "sv=2024-11-04&sp=cw",
            "rootFolderPath": "bank"}}}),),
        "major", "the account may be of any tenant (pulumi-azure-native 3.29.0 docs, ExportDeliveryDestination, read "
        "2026-12-01)"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
