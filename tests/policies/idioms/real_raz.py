"""Good idioms of published templates of Azure, in the project's own words (read 2026-11-30)."""

from ..blind import HERE, OURS, RG, SUB, az
from ..harness import UNKNOWN, Given
from . import Idiom
from .azure_network import DENY, rule
from .azure_platform import AKS, BUDGET, lock

AVM = "Azure/bicep-registry-modules"
READ = "read 2026-11-30"
DEFINITIONS = "/providers/Microsoft.Authorization/policyDefinitions"
SITE = {**RG, "name": "app-portal"}


def agent(name: str, publisher: str) -> Given:
    """Returns an agent of Microsoft on a machine."""
    props = {"vmName": "vm-tool", "vmExtensionName": name, "publisher": publisher, "type": name}
    return az("compute:VirtualMachineExtension", {**HERE, **props, "typeHandlerVersion": "1.0",
                                                  "autoUpgradeMinorVersion": True}, name)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("agents of Microsoft look for malware on a machine, and prove how it started", (
        agent("IaaSAntimalware", "Microsoft.Azure.Security"),
        agent("GuestAttestation", "Microsoft.Azure.Security.LinuxAttestation.GuestAttestation")),
        f"{AVM} avm/res/compute/virtual-machine/main.json, {READ}"),
    Idiom("a private endpoint registers in a zone, whose name its group has", (az("network:PrivateDnsZoneGroup", {
        **RG, "privateEndpointName": "portal", "privateDnsZoneGroupName": "default", "privateDnsZoneConfigs": [{
            "name": "privatelink.azurewebsites.net", "privateDnsZoneId":
                f"{OURS}.Network/privateDnsZones/privatelink.azurewebsites.net"}]}),),
        f"{AVM} avm/res/network/private-endpoint/private-dns-zone-group/main.json, {READ}"),
    Idiom("a policy links private endpoints to the zones of the hub", (az("authorization:PolicyAssignment", {
        "scope": SUB, "policyAssignmentName": "private-zones", "displayName": "Zones of private endpoints",
        "enforcementMode": "Default", "policyDefinitionId": f"{DEFINITIONS}/11111111-2222-3333-4444-555555555555",
        "parameters": {"privateLinkDnsZones": {"value": [
            "privatelink.guestconfiguration.azure.com", "privatelink.azurewebsites.net"]}}}),),
        "Azure/Enterprise-Scale eslzArm/managementGroupTemplates/policyAssignments/"
        f"DINE-PrivateDNSZonesPolicyAssignment.json, {READ}"),
    Idiom("a policy of a provider's own mode says which networks a manager takes", (az(
        "authorization:PolicyDefinition", {
            "policyDefinitionName": "spokes", "policyType": "Custom", "mode": "Microsoft.Network.Data",
            "displayName": "Spokes of the manager", "policyRule": {
                "if": {"allOf": [{"field": "type", "equals": "Microsoft.Network/virtualNetworks"},
                                 {"field": "name", "contains": "spoke"}]},
                "then": {"effect": "addToNetworkGroup", "details": {
                    "networkGroupId": f"{OURS}.Network/networkManagers/nm/networkGroups/spokes"}}}}),),
        f"Azure/Enterprise-Scale eslzArm/subscriptionTemplates/avnm, {READ}"),
    Idiom("an app sends its telemetry to the component of the stack", (az("web:WebAppApplicationSettings", {
        **SITE, "properties": {"APPLICATIONINSIGHTS_CONNECTION_STRING": UNKNOWN,
                               "APPLICATIONINSIGHTS_AUTHENTICATION_STRING": "Authorization=AAD"}}),),
        "microsoft/Multi-Agent-Custom-Automation-Engine-Solution-Accelerator infra/main.bicep, "
        "learn.microsoft.com/azure/azure-monitor/app/connection-strings, " + READ),
    Idiom("an app asks for tokens of the language services by their name", (az("web:WebAppApplicationSettings", {
        **SITE, "properties": {"AZURE_COGNITIVE_SERVICES": "https://cognitiveservices.azure.com/.default",
                               "VAULT_SCOPE": "https://vault.azure.net/.default"}}),),
        f"microsoft/Multi-Agent-Custom-Automation-Engine-Solution-Accelerator infra/main.bicep, {READ}"),
    Idiom("services of a cluster have addresses that no network of the company has", (BUDGET, az(
        "containerservice:ManagedCluster", {**AKS.props, "networkProfile": {
            **dict(AKS.props)["networkProfile"], "serviceCidr": "172.10.0.0/16",  # type: ignore[dict-item]
            "dnsServiceIP": "172.10.0.10"}}, "aks"), lock(UNKNOWN, "aks")),
        f"Azure/AKS-Construction samples/peered-vnet/main.json, {READ}"),
    Idiom("telemetry of the network reaches the scope of Azure Monitor by fixed addresses", (az(
        "network:PrivateEndpoint", {
            **HERE, "privateEndpointName": "monitor", "subnet": {"id": f"{OURS}.Network/virtualNetworks/v/subnets/pe"},
            "privateLinkServiceConnections": [{"name": "monitor", "groupIds": ["azuremonitor"], "privateLinkServiceId":
                f"{OURS}.Insights/privateLinkScopes/monitor"}],
            "ipConfigurations": [{"name": name, "groupId": "azuremonitor", "memberName": name,
                                  "privateIPAddress": f"10.0.9.{number}"}
                                 for number, name in enumerate(("api", "global.in.ai", "profiler", "live"), 10)]}),),
        f"{AVM} avm/res/insights/private-link-scope/tests/e2e/max, {READ}"),
    Idiom("an agent finds its project by host, subscription, group and name", (az("web:WebAppApplicationSettings", {
        **SITE, "properties": {"AZURE_AI_AGENT_PROJECT_CONNECTION_STRING": UNKNOWN}}),),
        f"{AVM} avm/ptn/sa/multi-agent-custom-automation-engine/main.bicep, {READ}"),
    Idiom("administrators enter by a bastion, whose group also has the former port of its control plane", (
        az("network:NetworkSecurityGroup", {**HERE, "networkSecurityGroupName": "nsg-bastion", "securityRules": [
            rule("https", 100, sourceAddressPrefix="Internet", destinationPortRange="443"),
            rule("control", 110, sourceAddressPrefix="GatewayManager", destinationPortRanges=["443", "4443"]),
            rule("balancer", 120, sourceAddressPrefix="AzureLoadBalancer", destinationPortRange="443"),
            rule("hosts", 130, protocol="*", sourceAddressPrefix="VirtualNetwork",
                 destinationPortRanges=["8080", "5701"]), DENY]}),),
        f"Azure-Samples/microsoft-foundry-baseline infra-as-code/bicep/network.bicep, {READ}"),
)  # fmt: skip
