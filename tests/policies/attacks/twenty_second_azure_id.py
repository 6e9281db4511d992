"""Attacks on Azure: identities, roles, keys and governance (2026-12-01, twenty-second set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a source
is beside it.
"""

import base64
import json

from ..blind import GROUP, HERE, RG, SUB, THEIR_TENANT, az
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_azure import IDN

POLICY = ("FJ-ESC-", "FJ-EXP-", "FJ-RES-", "FJ-IDN-")
ROLES = "/providers/Microsoft.Authorization/roleDefinitions"
SOMEBODY = "22222222-3333-4444-5555-666666666666"
OUR_TENANT = "00000000-1111-2222-3333-444444444444"
OURS = {"tenantId": OUR_TENANT, "subscriptionId": SUB.rpartition("/")[2]}
THEIR_CLUSTER = f"https://uaenorth.oic.prod-aks.azure.com/{THEIR_TENANT}/88888888-7777-6666-5555-444444444444/"
OUR_CLUSTER = f"https://uaenorth.oic.prod-aks.azure.com/{OUR_TENANT}/11111111-7777-6666-5555-444444444444/"


def _assigned(role: str, kind: str, name: str, scope: object = GROUP, **more: object) -> Given:
    """Returns the assignment of a role."""
    return az("authorization:RoleAssignment", {
        "scope": scope, "roleDefinitionId": f"{SUB}{ROLES}/{role}", "principalId": SOMEBODY, "principalType": kind},
        name, **more)  # fmt: skip


def _trusts(issuer: str, subject: str) -> Given:
    """Returns a credential by which a token of an issuer is an identity of the platform."""
    return az("managedidentity:FederatedIdentityCredential", {
        **RG, "resourceName": "id-payments", "federatedIdentityCredentialResourceName": "payments", "issuer": issuer,
        "subject": subject, "audiences": ["api://AzureADTokenExchange"]}, provider=OURS)  # fmt: skip


RELEASE = base64.urlsafe_b64encode(json.dumps({"version": "1.0.0", "anyOf": [{
    "authority": "https://collector.uaen.attest.azure.net",
    "allOf": [{"claim": "x-ms-attestation-type", "equals": "sevsnpvm"}]}]}).encode()).decode().rstrip("=")  # fmt: skip

ATTACKS = (
    Attack("a cluster of a stranger's tenant is the identity of payments", IDN, (
        _trusts(THEIR_CLUSTER, "system:serviceaccount:payments:api"),),
        "critical", "whoever runs that cluster has the tokens that this credential accepts (the path of an issuer of "
        "AKS begins with the cluster's tenant: oic.prod-aks.azure.com in public programs, found as a string, read "
        "2026-12-01)"),
    Attack("each pod of the namespace default is the identity of payments", IDN, (
        _trusts(OUR_CLUSTER, "system:serviceaccount:default:default"),),
        "major", "a pod that names no service account has this one (Kubernetes, 'Service Accounts')"),
    Attack("the baseline of the bank leaves out the subscription of production", POLICY, (
        az("authorization:PolicyAssignment", {
            "scope": "/providers/Microsoft.Management/managementGroups/bank", "policyAssignmentName": "baseline",
            "displayName": "Baseline", "enforcementMode": "Default", "notScopes": [SUB],
            "policyDefinitionId": "/providers/Microsoft.Authorization/policySetDefinitions/"
                                  "1f3afdf9-d0c9-4c3d-847f-89da613e70a8"}),),
        "major", "no policy of the set holds where customers' data is (Azure Policy assignment structure, 'Excluded "
        "scopes')"),
    Attack("a group downloads the disk of each machine of the platform", IDN, (
        _assigned("7efff54f-a5b4-42b5-a1c5-5411624893ce", "Group", "keepers"),),
        "critical", "a link to a disk needs no further sign-in (Azure built-in roles, 'Disk Snapshot Contributor': "
        "disks/beginGetAccess)"),
    Attack("a pipeline buys reservations for three years without a ceiling", (*IDN, "FJ-COST-"), (
        _assigned("f7b75c60-3036-4b75-91c3-6b41c27c1689", "ServicePrincipal", "finops", SUB),),
        "major", "what it orders is charged for one to three years (Azure built-in roles, 'Reservation Purchaser', "
        "copies of the list in public repositories, read 2026-12-01)"),
    Attack("a role of a resource group ends the records of everything in it", IDN, (
        az("authorization:RoleDefinition", {
            "scope": GROUP, "roleName": "Dashboard operators", "roleType": "CustomRole", "assignableScopes": [GROUP],
            "permissions": [{"actions": [
                "Microsoft.Insights/metrics/read", "Microsoft.Insights/diagnosticSettings/read",
                "Microsoft.Insights/diagnosticSettings/write", "Microsoft.Insights/diagnosticSettings/delete"],
                "notActions": [], "dataActions": [], "notDataActions": []}]}),),
        "major", "an attacker first ends what records him (Microsoft Sentinel, 'Diagnostic settings deleted')"),
    Attack("tags of an account are replaced by one that no bill knows", ("FJ-TAG-",), (
        az("resources:TagAtScope", {
            "scope": f"{GROUP}/providers/Microsoft.Storage/storageAccounts/stbank",
            "properties": {"tags": {"team": "core"}}}),),
        "minor", "the set takes the place of all tags of the account (Azure Resource Manager REST, 'Tags - Create Or "
        "Update At Scope': the entire set)"),
    Attack("a key leaves the vault for whoever attests himself", ("FJ-ENC-", *IDN, "FJ-ESC-"), (
        az("keyvault:Key", {
            **RG, "tags": HERE["tags"], "vaultName": "kv-bank", "keyName": "customers", "properties": {
                "kty": "RSA-HSM", "keySize": 4096, "keyOps": ["wrapKey", "unwrapKey"],
                "attributes": {"enabled": True, "exportable": True, "expires": 1830000000},
                "releasePolicy": {"contentType": "application/json; charset=utf-8", "data": RELEASE}}}),),
        "critical", "the authority that vouches for a machine is of a stranger, so that the key is released to his "
        "(Azure Key Vault secure key release policy grammar)"),
    Attack("an agent that answers customers changes all of the platform", IDN, (
        az("cognitiveservices:Project", {
            **HERE, "accountName": "ai-bank", "projectName": "assistant", "identity": {"type": "SystemAssigned"},
            "properties": {"displayName": "Assistant"}}, "assistant"),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "roleDefinitionId": f"{SUB}{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "principalId": UNKNOWN, "principalType": "ServicePrincipal"}, "tools",
            links={"principalId": ("assistant",)}),),
        "critical", "who talks the agent into a call changes what he likes as Contributor (OWASP Top 10 for LLM "
        "applications, 'Excessive agency')"),
    Attack("developers read each secret of each cluster for good", IDN, (
        _assigned("a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb", "Group", "developers"),),
        "major", "the role reads secrets and runs pods as any service account of each namespace (Azure built-in roles, "
        "'Azure Kubernetes Service RBAC Writer')"),
)  # fmt: skip
"""Attacks with the rules that should refuse them."""
