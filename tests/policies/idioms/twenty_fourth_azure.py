"""Good programs near the attacks of the twenty-fourth set on Azure (2026-12-02)."""

from ..attacks.after_twenty_fourth_azure import api, backup, incident, joining, looping, machine, until, workflow
from ..attacks.twenty_fourth_azure import STORAGE, activation, assigned, custom_role
from ..attacks.twenty_fourth_azure_flow import ARM, GROUPS
from ..blind import GROUP, OURS, az
from . import Idiom, unpriced
from .twelfth_azure_platform import OWN
from .twentieth_goodb_charts import merged

LEARN = "learn.microsoft.com/azure"
BACKUP = merged(OWN, unpriced("azure-native:dataprotection:BackupInstance::backup"))
BLOBS = f"{STORAGE}/blobServices/containers/blobs"

IDIOMS: tuple[Idiom, ...] = (
    Idiom("operators rotate keys, and delete blobs that come back within a month", custom_role(
        "rotation", "Microsoft.KeyVault/vaults/read", "Microsoft.Cdn/profiles/endpoints/purge/action", data=(
            "Microsoft.KeyVault/vaults/keys/read", "Microsoft.KeyVault/vaults/keys/rotate/action",
            f"{BLOBS}/read", f"{BLOBS}/delete")), f"{LEARN}/role-based-access-control/permissions/security"),
    Idiom("a pipeline deploys networks with their subnets, and machines with their addresses", custom_role(
        "network pipeline", "Microsoft.Network/virtualNetworks/read", "Microsoft.Network/virtualNetworks/write",
        "Microsoft.Network/virtualNetworks/subnets/write", "Microsoft.Network/networkInterfaces/write",
        "Microsoft.Network/publicIPAddresses/write", "Microsoft.Network/publicIPAddresses/join/action"),
        f"{LEARN}/role-based-access-control/permissions/networking"),
    Idiom("a team joins its machines to a subnet", custom_role(
        "joiners", "Microsoft.Network/virtualNetworks/subnets/read",
        "Microsoft.Network/virtualNetworks/subnets/join/action", "Microsoft.Network/networkInterfaces/read",
        "Microsoft.Network/networkInterfaces/write", "Microsoft.Network/networkInterfaces/join/action"),
        f"{LEARN}/virtual-network/virtual-network-manage-subnet, permissions"),
    Idiom("a pipeline deploys a workspace with its tables", custom_role(
        "logs pipeline", "Microsoft.OperationalInsights/workspaces/write",
        "Microsoft.OperationalInsights/workspaces/tables/write"), f"{LEARN}/azure-monitor/logs/manage-access"),
    Idiom("people look at what runs in clusters on premises", assigned("63f0a09d-1495-4db4-a681-037d84835eb4", GROUP),
          f"{LEARN}/role-based-access-control/built-in-roles/containers"),
    Idiom("a machine of Arc is described, and its agent brings its own key", (machine(kind="HCI", osType="linux"),),
          f"{LEARN}/azure-arc/servers/agent-overview"),
    Idiom("a role is activated by what Conditional Access asks for", activation(
        {"id": "Enablement_EndUser_Assignment", "ruleType": "RoleManagementPolicyEnablementRule",
         "enabledRules": ["Justification"]},
        {"id": "AuthenticationContext_EndUser_Assignment", "ruleType": "RoleManagementPolicyAuthenticationContextRule",
         "isEnabled": True, "claimValue": "c1"}), "learn.microsoft.com/graph/identity-governance-pim-rules-overview"),
    Idiom("a group of a team is beneath the sandbox, and production beneath the landing zones", (
        az("management:ManagementGroup", {
            "groupId": "team-a", "displayName": "Team A", "details": {"parent": {"id": f"{GROUPS}/bank-sandbox"}}},
           "team"),
        az("management:ManagementGroup", {
            "groupId": "bank-prod", "displayName": "Production", "details": {"parent": {"id": f"{GROUPS}/bank"}}},
           "production"),
        az("management:ManagementGroup", {
            "groupId": "bank-sandbox", "displayName": "Sandbox", "details": {"parent": {"id": f"{GROUPS}/bank-corp"}}},
           "sandbox")), f"{LEARN}/cloud-adoption-framework/ready/landing-zone/design-area/"
        "resource-org-management-groups"),
    Idiom("a workflow stops machines in the evening", workflow(
        "POST", f"{ARM}{OURS}.Compute/virtualMachines/vm-1/deallocate?api-version=2024-07-01"),
        f"{LEARN}/logic-apps/authenticate-with-managed-identity"),
    Idiom("a workflow removes the group of containers of a job that ended", workflow(
        "DELETE", f"{ARM}{OURS}.ContainerInstance/containerGroups/job-1?api-version=2023-05-01"),
        f"{LEARN}/container-instances/container-instances-restart-policy"),
    Idiom("networks of one environment join a group by their tag", joining({"allOf": [
        {"field": "type", "equals": "Microsoft.Network/virtualNetworks"},
        {"field": "tags['connectivity']", "equals": "hub"}]}),
        f"{LEARN}/virtual-network-manager/concept-azure-policy-integration"),
    Idiom("an API sends a secret to its service, and signs its answers with another", api(
        '<set-header name="x-signature" exists-action="override"><value>@{ using (var mac = new System.Security.'
        'Cryptography.HMACSHA256(Convert.FromBase64String("{{signing-key}}"))) { return Convert.ToBase64String(mac.'
        'ComputeHash(context.Response.Body.As&lt;byte[]&gt;(true))); } }</value></set-header>'
        '<set-header name="x-environment" exists-action="override"><value>{{environment}}</value></set-header>',
        '<set-header name="x-core-key" exists-action="override"><value>{{core-system-key}}</value></set-header>'),
        f"{LEARN}/api-management/api-management-howto-properties"),
    Idiom("a pipeline waits until the files of the day are there", looping(
        until("@equals(activity('ask').output.firstRow.total, 1)"), until("@variables('done')")),
        f"{LEARN}/data-factory/control-flow-until-activity"),
    Idiom("an incident is opened for an exercise", incident("New"), f"{LEARN}/sentinel/create-incident-manually"),
    Idiom("a cluster is backed up with its volumes", backup(excludedNamespaces=["kube-system"]),
          f"{LEARN}/backup/azure-kubernetes-service-cluster-backup", BACKUP),
)  # fmt: skip
