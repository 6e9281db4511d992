"""Good programs close to operations that are not listed: custom roles of Azure."""

from ..blind import GROUP, SUB, az
from ..harness import Given
from . import Idiom

ROLES = "iann0036/iam-dataset 2073fa52 azure/built-in-roles-raw.json"
ALZ = "Azure/ALZ-Bicep infra-as-code/bicep/modules/customRoleDefinitions"


def _role(name: str, *actions: str, scope: str = SUB, data: tuple[str, ...] = ()) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": scope, "roleName": name, "roleType": "CustomRole", "assignableScopes": [scope],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": list(data),
                         "notDataActions": []}]}),)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("networks of the landing zone are managed by one team", _role(
        "Network management", "*/read", "Microsoft.Network/*", "Microsoft.Resources/deployments/*",
        "Microsoft.Support/*"), f"{ALZ}/definitions/cafNetworkManagementRole.bicep"),
    Idiom("a team contributes to subnets of the landing zone", _role(
        "Subnets", "Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*", "Microsoft.Network/*/read",
        "Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Resources/deployments/*",
        "Microsoft.Support/*", "Microsoft.Network/virtualNetworks/subnets/*"),
        "Azure/bicep-registry-modules, network_subnet_contributor.alz_role_definition.json"),
    Idiom("a builder of images runs templates and joins networks", _role(
        "Images", "Microsoft.VirtualMachineImages/imageTemplates/run/action", "Microsoft.Compute/images/write",
        "Microsoft.VirtualMachineImages/imageTemplates/read", "Microsoft.Network/virtualNetworks/subnets/join/action",
        "Microsoft.Network/virtualNetworks/read"), "Azure/avdaccelerator workload/bicep/deploy-custom-image.bicep"),
    Idiom("storage of clusters makes disks of machines", _role(
        "Disks", "Microsoft.ContainerService/managedClusters/agentPools/read", "Microsoft.Compute/disks/delete",
        "Microsoft.Compute/disks/write", "Microsoft.Compute/virtualMachines/write",
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/write"), "Azure/kubernetes-hackfest labs/storage"),
    Idiom("people on call restart machines and apps and close alerts", _role(
        "On call in the night", "*/read", "Microsoft.Compute/virtualMachines/restart/action",
        "Microsoft.App/containerApps/restart/action", "Microsoft.Web/sites/restart/action",
        "Microsoft.AlertsManagement/alerts/*", "Microsoft.Compute/virtualMachines/redeploy/action"), ROLES),
    Idiom("the desk of costs keeps budgets and views", _role(
        "Costs", "*/read", "Microsoft.CostManagement/budgets/*", "Microsoft.CostManagement/query/action",
        "Microsoft.Consumption/budgets/write", "Microsoft.Resources/tags/write"), ROLES),
    Idiom("the team of patches assesses and installs them", _role(
        "Patches", "Microsoft.Compute/virtualMachines/read", "Microsoft.Compute/virtualMachines/assessPatches/action",
        "Microsoft.Compute/virtualMachines/installPatches/action", "Microsoft.Maintenance/*"), ROLES),
    Idiom("operators of one group start jobs and restore backups there", _role(
        "Jobs of one group", "Microsoft.App/jobs/start/action", "Microsoft.App/jobs/read",
        "Microsoft.DataProtection/backupVaults/backupInstances/restore/action", scope=GROUP), ROLES),
    Idiom("an application asks models and its rows", _role(
        "Application", data=("Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action",
                             "Microsoft.EventHub/namespaces/messages/send/action",
                             "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write")), ROLES),
    Idiom("an inventory reads everything", _role("Inventory", "*/read", "*/register/action"), ROLES),
)  # fmt: skip
