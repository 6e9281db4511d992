"""Attack paths on Azure that published lists name: built-in roles of people, and operations of custom roles.

Techniques by microsoft/Azure-Threat-Research-Matrix b2abb9ce (docs, AZT numbers), edges by SpecterOps/bloodhound-docs
9f427f7f (docs/resources/edges) and scripts by NetSPI/MicroBurst 0c21c5e9, read 2026-12-01; plans are written here.
"""

from ..blind import GROUP, OURS, SUB, az
from ..harness import Given
from . import Attack

ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
TEAM = "11111111-2222-3333-4444-555555555555"
IDN = ("FJ-IDN-",)


def _held(role: str, kind: str = "Group") -> tuple[Given, ...]:
    return (az("authorization:RoleAssignment", {
        "scope": GROUP, "roleDefinitionId": f"{ROLES}/{role}", "principalId": TEAM,
        "principalType": kind}),)  # fmt: skip


def _custom(*actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": "Platform helper", "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions)}]}),)  # fmt: skip


ATTACKS = (
    Attack("a team is Contributor of the group of production for good", IDN,
           _held("b24988ac-6180-42a0-ab88-20f7382dd24c"),
           "critical", "it runs commands in each machine as each identity (bloodhound-docs, az-contributor)"),
    Attack("one person is Contributor of the group of production for good", IDN,
           _held("b24988ac-6180-42a0-ab88-20f7382dd24c", "User"),
           "critical", "whoever steals one session has each machine (bloodhound-docs, az-contributor)"),
    Attack("a team runs programs as the identity of each automation account", IDN,
           _held("f353d9bd-d4a6-484e-a77a-8050b599b867"),
           "critical", "a runbook gets the token of the account (bloodhound-docs, az-automation-contributor)"),
    Attack("a team runs commands in each cluster of the group", IDN,
           _held("ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8"),
           "critical", "run command is administrator of the cluster (bloodhound-docs, az-aks-contributor)"),
    Attack("a team runs programs on each server of the data centre", IDN,
           _held("cd570a14-e51a-42ad-bac8-bafd67325302"),
           "critical", "extensions and run commands of Arc (MicroBurst, Get-AzArcCertificates.ps1)"),
    Attack("a team reads every secret of every vault of the group", IDN,
           _held("4633458b-17de-408a-b874-0445c86b69e6"),
           "critical", "secrets of programs are theirs (bloodhound-docs, az-get-secrets; AZT604.1)"),
    Attack("a team signs and decrypts with every key of every vault of the group", IDN,
           _held("14b46e9e-c2b7-41b4-b07b-48a6ebf60603"),
           "critical", "keys of programs are theirs (bloodhound-docs, az-get-keys; AZT604.3)"),
    Attack("a team has the certificates of every vault with their keys", IDN,
           _held("db79e9a7-68ee-4b58-9aeb-b90e7c24fcba"),
           "critical", "it is whom a certificate names (bloodhound-docs, az-get-certificates; AZT604.2)"),
    Attack("a team ends the policies of the group", IDN,
           _held("36243c78-bf99-498c-9df9-86d9f8d28608"),
           "critical", "a policy that deploys runs as an identity of its own (AZT508)"),
    Attack("a team removes the locks of the group", IDN,
           _held("28bf596f-4eb7-45ce-b5bc-6cf482fec137"),
           "major", "what locks keep can be deleted (Prowler, "
           "iam_custom_role_has_permissions_to_administer_resource_locks)"),
    Attack("a team makes itself administrator of each database server", IDN,
           _held("6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437"),
           "critical", "the directory's administrator of a server is whom it names (falaj.facts.azure_roles)"),
    Attack("a role opens the serial console of machines", IDN,
           _custom("Microsoft.SerialConsole/serialPorts/connect/action", "Microsoft.Compute/virtualMachines/read"),
           "critical", "commands at the console pass each network rule (AZT301.7)"),
    Attack("a role makes links with which anybody reaches machines", IDN,
           _custom("Microsoft.Network/bastionHosts/createShareableLinks/action",
                   "Microsoft.Network/bastionHosts/getShareableLinks/action"),
           "critical", "a link asks for no sign-in to Azure (AZT509; MicroBurst, "
           "Invoke-AzRESTBastionShareableLink.ps1)"),
    Attack("a role deploys a bastion, and links to it with which anybody reaches machines", IDN,
           _custom("Microsoft.Network/bastionHosts/write", "Microsoft.Network/bastionHosts/createShareableLinks/action",
                   "Microsoft.Network/bastionHosts/getShareableLinks/action"),
           "critical", "a link asks for no sign-in to Azure (AZT509)"),
    Attack("a role reads links with which others reach machines", IDN,
           _custom("Microsoft.Network/bastionHosts/getShareableLinks/action"),
           "critical", "a link asks for no sign-in to Azure (MicroBurst, Get-AzRestBastionShareableLink.ps1)"),
    Attack("a role starts runbooks by an address that anybody may call", IDN,
           _custom("Microsoft.Automation/automationAccounts/webhooks/write"),
           "critical", "the address is the password, for years (AZT503.3; MicroBurst, AutomationRunbook-OwnerPersist)"),
    Attack("a role publishes programs that run as the automation account", IDN,
           _custom("Microsoft.Automation/automationAccounts/runbooks/write",
                   "Microsoft.Automation/automationAccounts/runbooks/publish/action"),
           "critical", "the program gets the token of the account (AZT601.5; MicroBurst, "
           "Get-AzAutomationConnectionScope.ps1)"),
    Attack("a role runs a program of an automation account every night", IDN,
           _custom("Microsoft.Automation/automationAccounts/jobSchedules/write",
                   "Microsoft.Automation/automationAccounts/schedules/write"),
           "major", "access stays after a password was changed (AZT505.1)"),
    Attack("a role lets an automation account watch and act for it", IDN,
           _custom("Microsoft.Automation/automationAccounts/watchers/write"),
           "major", "a watcher runs a runbook again and again (AZT504)"),
    Attack("a role adds functions to apps, and invokes them", IDN,
           _custom("Microsoft.Web/sites/hostruntime/host/action", "Microsoft.Web/sites/read"),
           "critical", "the function has the identity of the app (AZT302.4)"),
    Attack("a role writes functions into apps of others", IDN,
           _custom("Microsoft.Web/sites/functions/write", "Microsoft.Web/sites/functions/read"),
           "critical", "the function has the identity of the app (AZT404.1)"),
    Attack("a role delegates the group to another tenant", IDN,
           _custom("Microsoft.ManagedServices/registrationAssignments/write"),
           "critical", "people of the other tenant have the roles of the delegation (AZT507.1)"),
    Attack("a role ends the recovery of deleted blobs", IDN,
           _custom("Microsoft.Storage/storageAccounts/blobServices/write"),
           "major", "soft delete and versions are settings of the blob service (AZT704.2)"),
    Attack("a role reads passwords that API Management keeps", IDN,
           _custom("Microsoft.ApiManagement/service/namedValues/listValue/action",
                   "Microsoft.ApiManagement/service/namedValues/read"),
           "critical", "named values are passwords of back ends (MicroBurst, Get-AzPasswords.ps1)"),
    Attack("an app that answers requests is Contributor of its group", ("FJ-IDN-201",), (
        az("web:WebApp", {
            "name": "func-portal", "kind": "functionapp,linux", "resourceGroupName": "rg-platform"}, "app"),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "roleDefinitionId": f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "principalId": TEAM, "principalType": "ServicePrincipal"},
           "rights", links={"principalId": ("app",)})),
           "critical", "whoever makes the app fetch an address gets its token (Prowler, "
           "app_function_identity_without_admin_privileges; bloodhound-docs, az-managed-identity)"),
    Attack("an app of containers is Contributor of one vault by its identity", ("FJ-IDN-201",), (
        az("app:ContainerApp", {"containerAppName": "portal", "resourceGroupName": "rg-platform"}, "app"),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.KeyVault/vaults/kv-bank", "principalType": "ServicePrincipal",
            "roleDefinitionId": f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c", "principalId": TEAM},
           "rights", links={"principalId": ("app",)})),
           "major", "it opens the network of the vault (bloodhound-docs, az-managed-identity and az-contributor)"),
    Attack("an app has an identity that is Contributor of the group", ("FJ-IDN-201",), (
        az("managedidentity:UserAssignedIdentity", {
            "resourceName": "id-portal", "resourceGroupName": "rg-platform"}, "identity"),
        az("web:WebApp", {"name": "app-portal", "resourceGroupName": "rg-platform", "identity": {
            "type": "UserAssigned",
            "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/id-portal"]}},
           "app", links={"identity": ("identity",)}),
        az("authorization:RoleAssignment", {
            "scope": GROUP, "roleDefinitionId": f"{ROLES}/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "principalId": TEAM, "principalType": "ServicePrincipal"},
           "rights", links={"principalId": ("identity",)})),
           "critical", "whoever makes the app fetch an address gets its token (bloodhound-docs, az-managed-identity)"),
    Attack("a custom role that reads secrets is held on the whole subscription", ("FJ-IDN-214",), (
        az("authorization:RoleDefinition", {
            "scope": SUB, "roleName": "Reads secrets", "roleType": "CustomRole", "assignableScopes": [SUB],
            "permissions": [{"dataActions": ["Microsoft.KeyVault/vaults/secrets/getSecret/action"]}]}, "role"),
        az("authorization:RoleAssignment", {
            "scope": SUB, "principalId": TEAM, "principalType": "Group",
            "roleDefinitionId": f"{ROLES}/77777777-8888-9999-aaaa-bbbbbbbbbbbb"},
           "held", links={"roleDefinitionId": ("role",)})),
           "critical", "it has the secrets of each vault (AZT604.1)"),
)  # fmt: skip
