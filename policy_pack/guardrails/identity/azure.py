"""Permissions on Azure: broad role assignments, access keys, local accounts and managed identities.

Property names checked against pulumi-azure-native 3.29.0 on 2026-11-24 (a test repeats it).
"""

import re
from collections.abc import Iterator

from ..engine.conditions import FALSE, NEVER, NOT_FALSE, NOT_TRUE, SET, TRUE, Condition, none_of, one_of
from ..engine.families import identity_rule
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import Check, Guardrail, Severity, azure
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined

_BROAD_ROLES = {
    "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
    "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
    "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9": "User Access Administrator",
    "f58310d9-a9f6-439a-9e8d-f62e7b41a168": "Role Based Access Control Administrator",
}
"""Built-in roles by id, which are the same in every tenant (Microsoft Learn, Azure built-in roles, 2026-11)."""
_BROAD_SCOPE = re.compile(
    r"/?|/subscriptions/[^/]+/?|/?providers/Microsoft\.Management/managementGroups/[^/]+/?", re.IGNORECASE
)
"""Scopes above the resource group."""
_BROAD_ACTION = re.compile(r"\*|\*/(?:write|delete|action)|Microsoft\.Authorization/(?:\*|.*[/*]write)", re.IGNORECASE)


def _check_role_assignment(resource: Resource) -> Iterator[Outcome]:
    if resource.type != "azure-native:authorization:RoleAssignment":
        return
    role, scope = resource.get("roleDefinitionId"), resource.get("scope")
    broad_role = _BROAD_ROLES.get(str(role).rsplit("/", 1)[-1].lower())
    if broad_role is None or (isinstance(scope, str) and not _BROAD_SCOPE.fullmatch(scope)):
        yield passed()
    elif isinstance(scope, str):
        yield failed(f"it assigns {broad_role} on a whole subscription or above", "scope")
    else:
        yield undetermined(f"it assigns {broad_role} on a scope that is not known before deployment", "scope")


def _as_list(value: Plain) -> list[Plain]:
    return value if isinstance(value, list) else []


def _check_role_definition(resource: Resource) -> Iterator[Outcome]:
    if resource.type != "azure-native:authorization:RoleDefinition":
        return
    permissions = resource.props.get("permissions")
    for index, item in enumerate(permissions if isinstance(permissions, list) else []):
        for key in ("actions", "dataActions"):
            actions = _as_list(item.get(key)) if isinstance(item, dict) else []
            path = f"permissions[{index}].{key}"
            if any(isinstance(action, str) and _BROAD_ACTION.fullmatch(action) for action in actions):
                yield failed(f"{path} allows every action, or role assignments", path)
            elif UNKNOWN in actions:
                yield undetermined(f"{path} is not known before deployment", path)
            else:
                yield passed()
    if "/" in _as_list(resource.props.get("assignableScopes")):
        yield failed("assignableScopes includes every scope", "assignableScopes")


def _entra_id_row(token: str, path: str = "disableLocalAuth") -> Check:
    return Check(azure(token), path, TRUE)


KEY_ROWS = (
    Check(azure("storage:StorageAccount"), "allowSharedKeyAccess", FALSE),
    Check(azure("storage:StorageAccount"), "isLocalUserEnabled", NOT_TRUE),
    Check(azure("containerregistry:Registry"), "adminUserEnabled", NOT_TRUE),
    Check(
        azure("appconfiguration:ConfigurationStore", "automation:AutomationAccount", "cosmosdb:DatabaseAccount",
              "eventgrid:Domain", "eventgrid:PartnerNamespace", "eventgrid:Topic", "eventhub:Namespace",
              "search:Service", "servicebus:Namespace", "signalrservice:SignalR", "webpubsub:WebPubSub",
              "communication:CommunicationService"),
        "disableLocalAuth",
        TRUE,
    ),
    _entra_id_row("applicationinsights:Component", "disableLocalAuth"),
    Check(azure("cognitiveservices:Account", "iothub:IotHubResource", "maps:Account", "botservice:Bot"),
          "properties.disableLocalAuth", TRUE),
    Check(azure("machinelearningservices:Compute"), "properties.disableLocalAuth", TRUE,
          when=("properties.computeType", one_of("AmlCompute", "ComputeInstance"))),
    _entra_id_row("operationalinsights:Workspace", "features.disableLocalAuth"),
    _entra_id_row("redis:Redis", "disableAccessKeyAuthentication"),
    _entra_id_row("cosmosdb:DatabaseAccount", "disableKeyBasedMetadataWriteAccess"),
    Check(azure("web:WebAppAuthSettings", "web:WebAppAuthSettingsSlot"), "enabled", TRUE),
    Check(azure("web:WebAppAuthSettingsV2", "web:WebAppAuthSettingsV2Slot"), "platform.enabled", TRUE),
    Check(azure("batch:BatchAccount"), "allowedAuthenticationModes", one_of("AAD")),
    Check(azure("redisenterprise:Database"), "accessKeysAuthentication", one_of("Disabled")),
    Check(azure("machinelearningservices:OnlineEndpoint", "machinelearningservices:BatchEndpoint"),
          "properties.authMode", one_of("AADToken", "AMLToken")),
    Check(azure("machinelearningservices:ServerlessEndpoint"), "properties.authMode", one_of("AAD")),
    Check(azure("machinelearningservices:Workspace"), "systemDatastoresAuthMode",
          one_of("Identity", "UserDelegationSAS")),
    Check(azure("app:ContainerAppsAuthConfig"), "platform.enabled", TRUE),
    Check(azure("app:ContainerAppsAuthConfig"), "globalValidation?.unauthenticatedClientAction",
          none_of("AllowAnonymous")),
)  # fmt: skip

ACCOUNT_ROWS = (
    Check(azure("containerservice:ManagedCluster"), "disableLocalAccounts", TRUE),
    Check(azure("containerservice:ManagedCluster"), "enableRBAC", NOT_FALSE),
    Check(azure("containerservice:ManagedCluster"), "aadProfile.managed", TRUE),
    Check(azure("sql:Server", "sql:ManagedInstance"), "administrators.azureADOnlyAuthentication", TRUE),
    Check(azure("sql:Server", "sql:ManagedInstance"), "administrators.login", SET),
    Check(azure("dbforpostgresql:Server", "dbforpostgresql:ServerGroupCluster"), "authConfig.passwordAuth",
          one_of("Disabled")),
    Check(azure("azurefleet:Fleet"),
          "computeProfile.baseVirtualMachineProfile.osProfile?.linuxConfiguration?.disablePasswordAuthentication",
          TRUE),
    Check(azure("loadtestservice:PlaywrightWorkspace"), "localAuth", one_of("Disabled", missing=Verdict.PASS)),
    Check(azure("compute:VirtualMachine"), "osProfile?.linuxConfiguration?.disablePasswordAuthentication", TRUE),
    Check(azure("compute:VirtualMachineScaleSet"),
          "virtualMachineProfile?.osProfile?.linuxConfiguration?.disablePasswordAuthentication", TRUE),
    Check(azure("synapse:Workspace"), "azureADOnlyAuthentication", TRUE),
)  # fmt: skip

MANAGED_IDENTITY = Condition("must be SystemAssigned or UserAssigned", lambda value: "assigned" in str(value).lower())
"""The workload has a managed identity. Azure writes both types as `SystemAssigned, UserAssigned`, with or without the
space."""

MANAGED_ROWS = (
    Check(
        azure("app:ContainerApp", "app:Job", "logic:Workflow", "containerinstance:ContainerGroup",
              "automation:AutomationAccount", "datafactory:Factory", "machinelearningservices:OnlineEndpoint",
              "containerservice:ManagedCluster"),
        "identity.type",
        MANAGED_IDENTITY,
    ),
)  # fmt: skip
"""Workloads, and services that access data. App Service apps are checked by FJ-IDN-207."""

ROLE_ROWS = (
    Check(azure("managedservices:RegistrationAssignment"), "", NEVER),
    Check(azure("keyvault:Vault"), "properties.enableRbacAuthorization", TRUE),
)


_LONG_LIVED_KEY = "anyone who has an access key can use it; it does not expire, and leaves no identity in the logs"


def _check_roles(resource: Resource) -> Iterator[Outcome]:
    yield from _check_role_assignment(resource)
    yield from _check_role_definition(resource)


AZURE_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(201, Severity.CRITICAL,
                  "No broad role is assigned at subscription level or above, and custom roles list their actions",
                  "an attacker who steals an identity gets all of its permissions",
                  "Assign a narrower role, or assign it on the resource group or resource; list the actions of a "
                  "custom role",
                  predicate=_check_roles, types=azure("authorization:RoleAssignment", "authorization:RoleDefinition")),
    identity_rule(202, Severity.HIGH, "Azure services use Entra ID instead of access keys",
                  _LONG_LIVED_KEY,
                  "Disable the keys with the property in the message, and assign roles to the calling identities",
                  checks=KEY_ROWS),
    identity_rule(203, Severity.HIGH, "Clusters, databases and machines have no local accounts or passwords",
                  _LONG_LIVED_KEY,
                  "Set the property in the message, and use Entra ID or SSH keys for people and programs",
                  checks=ACCOUNT_ROWS),
    identity_rule(208, Severity.MEDIUM, "Azure workloads have a managed identity",
                  _LONG_LIVED_KEY, "Set identity to SystemAssigned or UserAssigned, and assign roles to it",
                  checks=MANAGED_ROWS),
    identity_rule(204, Severity.HIGH, "Azure permissions are role assignments within the tenant",
                  "role reviews do not cover vault access policies and delegations to other tenants",
                  "Set enable_rbac_authorization to true; remove the delegation",
                  checks=ROLE_ROWS),
)  # fmt: skip
