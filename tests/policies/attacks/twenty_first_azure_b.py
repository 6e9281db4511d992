"""Attacks on Azure: machines, clusters, apps and networks (2026-12-01, twenty-first set).

Properties by pulumi-azure-native 3.29.0. What a service does with them by its documentation, as known unless a date
stands beside it.
"""

from ..blind import HERE, OURS, RG, az
from . import Attack
from .blind_money import STACK
from .twenty_first_azure import COST, IDN, RES

ESC = ("FJ-ESC-", "FJ-EXP-", "FJ-RSL-")
AUTHORITY = "MIIBszCCAVmgAwIBAgIUQmFua0F0dGFja2VyQXV0aG9yaXR5MAoGCCqGSM49BAMCMBMxETAPBgNVBAMMCHN0cmFuZ2Vy"
CLUSTER = {
    **HERE, "resourceName": "aks-bank", "dnsPrefix": "aks-bank", "disableLocalAccounts": True,
    "identity": {"type": "UserAssigned",
                 "userAssignedIdentities": [f"{OURS}.ManagedIdentity/userAssignedIdentities/aks"]},
    "aadProfile": {"managed": True, "enableAzureRBAC": True},
    "apiServerAccessProfile": {"enablePrivateCluster": True, "enablePrivateClusterPublicFQDN": False,
                               "disableRunCommand": True},
    "diskEncryptionSetID": f"{OURS}.Compute/diskEncryptionSets/des",
    "networkProfile": {"networkPlugin": "azure", "networkPolicy": "cilium", "networkDataplane": "cilium",
                       "outboundType": "userDefinedRouting"},
    "agentPoolProfiles": [{"name": "system", "mode": "System", "count": 3, "vmSize": "Standard_D4s_v5",
                           "osType": "Linux", "enableEncryptionAtHost": True, "tags": HERE["tags"],
                           "vnetSubnetID": f"{OURS}.Network/virtualNetworks/hub/subnets/aks"}],
}  # fmt: skip
WEB = {**HERE, "name": "app-pay", "kind": "app,linux", "httpsOnly": True, "publicNetworkAccess": "Disabled",
       "identity": {"type": "SystemAssigned"}, "serverFarmId": f"{OURS}.Web/serverfarms/asp"}  # fmt: skip
STRICT_SITE = {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled",
               "remoteDebuggingEnabled": False, "http20Enabled": True}  # fmt: skip

ATTACKS = (
    Attack("the virus scanner of a machine leaves out every file", ESC, (
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-payments", "vmExtensionName": "IaaSAntimalware",
            "publisher": "Microsoft.Azure.Security", "type": "IaaSAntimalware", "typeHandlerVersion": "1.3",
            "settings": {"AntimalwareEnabled": True, "RealtimeProtectionEnabled": "false",
                         "Exclusions": {"Paths": "C:\\;D:\\", "Extensions": ".exe;.dll;.ps1",
                                        "Processes": "powershell.exe"}}}),),
        "major", "malicious programs run unseen (Microsoft Antimalware for Azure, 'Exclusions')"),
    Attack("an extension decrypts the disks of a machine", ("FJ-ENC-", "FJ-ESC-"), (
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-payments", "vmExtensionName": "AzureDiskEncryption",
            "publisher": "Microsoft.Azure.Security", "type": "AzureDiskEncryption", "typeHandlerVersion": "2.2",
            "settings": {"EncryptionOperation": "DisableEncryption", "VolumeType": "All"}}),),
        "major", "each volume is written back in plain text (Azure Disk Encryption for Windows, "
        "'EncryptionOperation')"),
    Attack("whoever has the key of an authority publishes as any device", IDN, (
        az("eventgrid:CaCertificate", {
            **RG, "namespaceName": "evgns-bank", "caCertificateName": "devices",
            "encodedCertificate": f"-----BEGIN CERTIFICATE-----\n{AUTHORITY}\n-----END CERTIFICATE-----"}),),
        "critical", "a certificate of that authority is every client's name (Azure Event Grid, 'Client authentication "
        "using CA certificate chain')"),
    Attack("a cluster admits what its policies forbid, as their add-on is off", ESC, (
        az("containerservice:ManagedCluster", {
            **CLUSTER, "addonProfiles": {"azurepolicy": {"enabled": False}}}),),
        "major", "pods of any privilege are admitted (AKS, 'Secure your clusters with Azure Policy')"),
    Attack("nodes of a cluster get no security update", ESC, (
        az("containerservice:ManagedCluster", {
            **CLUSTER, "autoUpgradeProfile": {"upgradeChannel": "none", "nodeOSUpgradeChannel": "None"}}),),
        "major", "each known hole of the system stays open (pulumi-azure-native 3.29.0, NodeOSUpgradeChannel, read "
        "2026-12-01)"),
    Attack("images of a stranger have the name of the bank's base images", ("FJ-ESC-",), (
        az("containerregistry:CacheRule", {
            **RG, "registryName": "acrbank", "cacheRuleName": "base", "sourceRepository": "docker.io/strangerltd/*",
            "targetRepository": "base/*"}),),
        "critical", "what the stranger pushes runs wherever base images run (Azure Container Registry, 'Artifact "
        "cache')"),
    Attack("every tenth request goes to an app of somebody else", RES, (
        az("web:WebApp", {**WEB, "siteConfig": {**STRICT_SITE, "experiments": {"rampUpRules": [{
            "name": "new", "actionHostName": "app-pay-collector.azurewebsites.net", "reroutePercentage": 10}]}}}),),
        "critical", "cookies and payments of these customers arrive there (Azure App Service, 'Route traffic', "
        "rampUpRules)"),
    Attack("no address asks for the certificate that an app requires", IDN, (
        az("web:WebApp", {**WEB, "clientCertEnabled": True, "clientCertMode": "Required",
                          "clientCertExclusionPaths": "/", "siteConfig": STRICT_SITE}),),
        "major", "each path begins with it, so that nobody needs a certificate (Azure App Service, 'Configure TLS "
        "mutual authentication', exclude paths)"),
    Attack("each app of an environment reads each secret of a vault", IDN, (
        az("app:DaprComponent", {
            **RG, "environmentName": "cae-bank", "componentName": "vault", "componentType":
            "secretstores.azure.keyvault", "version": "v1", "ignoreErrors": False,
            "metadata": [{"name": "vaultName", "value": "kv-payments"}]}),),
        "major", "a component without scopes is loaded by all apps (Azure Container Apps, 'Dapr components')"),
    Attack("machines of a network reach each account of storage in every region", RES, (
        az("network:Subnet", {
            **RG, "virtualNetworkName": "hub", "subnetName": "payments", "addressPrefix": "10.20.4.0/24",
            "defaultOutboundAccess": False, "networkSecurityGroup": {"id": f"{OURS}.Network/networkSecurityGroups/p"},
            "serviceEndpoints": [{"service": "Microsoft.Storage.Global", "locations": ["*"]}]}),),
        "critical", "past the firewall, to accounts of strangers abroad (Azure Storage, 'Cross-region service "
        "endpoints')"),
    Attack("what goes to a machine of any customer of Azure passes no firewall", RES, (
        az("network:RouteTable", {
            **HERE, "routeTableName": "rt-payments", "routes": [
                {"name": "all", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
                 "nextHopIpAddress": "10.20.0.4"},
                {"name": "azure", "addressPrefix": "AzureCloud", "nextHopType": "Internet"}]}),),
        "critical", "each address of Azure is reached directly (Azure, 'Virtual network traffic routing', service tags "
        "for user-defined routes)"),
    Attack("the firewall lets machines write to every store of blobs", RES, (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "blobs", "priority": 300,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "blobs", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "blobs", "sourceAddresses": ["10.20.0.0/16"],
                    "protocols": [{"protocolType": "Https", "port": 443}],
                    "targetFqdns": ["*.blob.core.windows.net"]}]}]}),),
        "critical", "a stranger's account abroad has such a name (Azure Firewall, 'Application rules')"),
    Attack("the web application firewall looks at no address", ("FJ-EXP-", "FJ-ESC-"), (
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "waf-bank",
            "policySettings": {"state": "Enabled", "mode": "Prevention", "requestBodyCheck": True},
            "managedRules": {
                "managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"}],
                "exceptions": [{"matchVariable": "RequestURI", "valueMatchOperator": "StartsWith", "values": ["/"],
                                "exceptionManagedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet",
                                                              "ruleSetVersion": "2.1"}]}]}}),),
        "major", "each request skips the managed rules (Azure Web Application Firewall, 'Exceptions')"),
    Attack("the list of blocked names is never asked", ("FJ-EXP-", "FJ-RES-", "FJ-ESC-"), (
        az("dnsresolver:DnsResolverDomainList", {
            **HERE, "dnsResolverDomainListName": "all", "domains": ["."]}, "all"),
        az("dnsresolver:DnsSecurityRule", {
            **HERE, "dnsResolverPolicyName": "dnspol-bank", "dnsSecurityRuleName": "first", "priority": 100,
            "action": {"actionType": "Allow"}, "dnsSecurityRuleState": "Enabled",
            "dnsResolverDomainLists": [{"id": f"{OURS}.Network/dnsResolverDomainLists/all"}]}, "first"),),
        "major", "the rule comes first and names of attackers are answered (Azure DNS, 'DNS security policy', "
        "wildcard)"),
    Attack("thirty of the largest servers of apps are rented", COST, (
        STACK,
        az("web:AppServicePlan", {
            **HERE, "name": "asp-bank", "kind": "linux", "reserved": True, "zoneRedundant": True,
            "sku": {"name": "P5mv3", "tier": "PremiumMV3", "capacity": 30}}),),
        "major", "tens of thousands of dollars a month (Azure App Service pricing, Premium v3)"),
)  # fmt: skip
