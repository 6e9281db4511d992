"""Attacks on Azure: rights, protection, messages and money (2026-11-30, sixteenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read in excerpts on 2026-11-30: the role "Managed Identity Federated Identity
Credential Contributor" (azure-rbac-catalog.org, with its operations) and the Istio add-on of AKS
(IstioPluginCertificateAuthority). Everything else as known; whether Azure Cloud HSM is offered in UAE North was not
found out.
"""

from ..blind import HERE, OURS, RG, SUB, THEIRS, az
from ..idioms.fourth_kubernetes import AZURE_BUDGET, SYSTEM_POOL
from . import Attack
from .cost_services import AZURE, STACK
from .fifteenth_azure import _role
from .fourteenth_azure import PRINCIPAL, STRANGER_HOST
from .tenth_azure import ID, IDN, RES

FEDERATED_CREDENTIALS = "7e559ce2-48d7-4b27-9128-fa1b247f1308"
RSL = ("FJ-RSL-", "FJ-ESC-")

ATTACKS = (
    Attack("an identity lets any issuer sign in as every identity", IDN, (az("authorization:RoleAssignment", {
        "scope": SUB, "principalId": PRINCIPAL, "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{FEDERATED_CREDENTIALS}"}),),
        "critical", "its own tokens get the rights of each of them ('Managed Identity Federated Identity Credential "
        "Contributor')"),
    Attack("a custom role deploys what it likes into every cluster by Flux", IDN, _role(
        "Delivery support", "Microsoft.ContainerService/managedClusters/read",
        "Microsoft.KubernetesConfiguration/fluxConfigurations/read",
        "Microsoft.KubernetesConfiguration/fluxConfigurations/write"),
        "critical", "a configuration of the cluster's scope runs as its administrator (Azure Arc and AKS, 'GitOps "
        "with Flux v2')"),
    Attack("identities of the mesh are issued by a stranger", RES, (az("containerservice:ManagedCluster", {
        **HERE, "resourceName": "aks", "kubernetesVersion": "1.33", "dnsPrefix": "bank", "enableRBAC": True,
        "disableLocalAccounts": True, "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]},
        "sku": {"name": "Base", "tier": "Standard"}, "aadProfile": {"managed": True, "enableAzureRBAC": True},
        "apiServerAccessProfile": {"enablePrivateCluster": True, "privateDNSZone": "system"},
        "networkProfile": {"networkPlugin": "azure", "networkPluginMode": "overlay", "networkPolicy": "cilium",
                           "networkDataplane": "cilium", "outboundType": "userDefinedRouting"},
        "agentPoolProfiles": [SYSTEM_POOL], "serviceMeshProfile": {"mode": "Istio", "istio": {
            "revisions": ["asm-1-26"], "certificateAuthority": {"plugin": {
                "keyVaultId": f"{THEIRS}.KeyVault/vaults/collector", "certObjectName": "ca", "keyObjectName": "ca-key",
                "rootCertObjectName": "root", "certChainObjectName": "chain"}}}}}),),
        "critical", "he has the key of the authority, so every service's name (AKS, Istio add-on, 'Plug in CA "
        "certificates')"),
    Attack("pods of a pool may set parameters of the kernel that all share", ("FJ-EXP-", "FJ-ESC-"), (
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks", "agentPoolName": "apps", **{
                key: value for key, value in SYSTEM_POOL.items() if key not in ("name", "mode")}, "mode": "User",
            "kubeletConfig": {"allowedUnsafeSysctls": ["kernel.msg*", "kernel.shm*", "net.*"]}}),),
        "minor", "one pod slows or stops its neighbours (Kubernetes, 'Using sysctls', unsafe)"),
    Attack("machines take commands and passwords in plaintext", ("FJ-ENC-", "FJ-EXP-", "FJ-ESC-"), (
        az("compute:VirtualMachine", {
            **HERE, "vmName": "desk-1", "hardwareProfile": {"vmSize": "Standard_D2ds_v5"}, "zones": ["1"],
            "securityProfile": {"encryptionAtHost": True, "securityType": "TrustedLaunch"},
            "networkProfile": {"networkInterfaces": [{"id": f"{OURS}.Network/networkInterfaces/desk-1"}]},
            "osProfile": {"computerName": "desk-1", "adminUsername": "steward", "windowsConfiguration": {
                "provisionVMAgent": True, "winRM": {"listeners": [{"protocol": "Http"}]},
                "patchSettings": {"patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}}},
            "storageProfile": {
                "imageReference": {"publisher": "MicrosoftWindowsServer", "offer": "WindowsServer",
                                   "sku": "2025-datacenter-azure-edition", "version": "26100.4349.250607"},
                "osDisk": {"createOption": "FromImage", "osType": "Windows", "managedDisk": {
                    "storageAccountType": "Premium_LRS", "diskEncryptionSet": {
                        "id": f"{OURS}.Compute/diskEncryptionSets/des"}}}}}),),
        "major", "who listens in the network has them (Azure Virtual Machines, WinRMListener, Http)"),
    Attack("attacks of several steps are no more put together", ("FJ-EXP-", "FJ-ESC-", "FJ-RSL-"), (
        az("securityinsights:FusionAlertRule", {
            **RG, "workspaceName": "log-bank", "ruleId": "fusion", "kind": "Fusion", "enabled": False,
            "alertRuleTemplateName": "f71aba3d-28fb-450b-b192-4e76a83015c8"}),),
        "major", "each step alone rings no bell (Microsoft Sentinel, 'Fusion')"),
    Attack("a database can be restored to yesterday only", RSL, (az("sql:BackupShortTermRetentionPolicy", {
        **RG, "serverName": "sql-bank", "databaseName": "ledger", "policyName": "default", "retentionDays": 1,
        "diffBackupIntervalInHours": 24}),),
        "major", "what is found two days later is lost (Azure SQL, 'Short-term retention')"),
    Attack("messages of every device are routed to a topic of a stranger", RES, (az("eventgrid:Namespace", {
        **HERE, "namespaceName": "egns-bank", "publicNetworkAccess": "Disabled", "minimumTlsVersionAllowed": "1.2",
        "isZoneRedundant": True, "sku": {"name": "Standard", "capacity": 1},
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}}, "topicSpacesConfiguration": {
            "state": "Enabled", "maximumSessionExpiryInHours": 1,
            "routeTopicResourceId": f"{THEIRS}.EventGrid/topics/collector",
            "routingIdentityInfo": {"type": "UserAssigned", "userAssignedIdentity": ID}}}),),
        "critical", "he has each message (Azure Event Grid, 'Routing MQTT messages')"),
    Attack("users of desktops sign in at a stranger's federation", RES, (az("desktopvirtualization:HostPool", {
        **HERE, "hostPoolName": "desks", "hostPoolType": "Pooled", "loadBalancerType": "BreadthFirst",
        "preferredAppGroupType": "Desktop", "publicNetworkAccess": "Disabled", "startVMOnConnect": True,
        "customRdpProperty": "drivestoredirect:s:;redirectclipboard:i:0;redirectprinters:i:0;usbdevicestoredirect:s:;",
        "ssoadfsAuthority": f"https://adfs.{STRANGER_HOST}/adfs", "ssoClientId": "https://desks.example.ae",
        "ssoSecretType": "CertificateInKeyVault",
        "ssoClientSecretKeyVaultPath": "https://kv-bank.vault.azure.net/secrets/desks"}),),
        "critical", "his server takes their passwords and signs their certificates (Azure Virtual Desktop, 'AD FS "
        "single sign-on')"),
    Attack("names of the bank are resolved for a network of a stranger", RES, (
        az("dnsresolver:PrivateResolverVirtualNetworkLink", {
            **RG, "dnsForwardingRulesetName": "bank", "virtualNetworkLinkName": "spoke",
            "virtualNetwork": {"id": f"{THEIRS}.Network/virtualNetworks/spoke"}}),),
        "major", "he learns the address of each server (Azure DNS Private Resolver, 'Ruleset links')"),
    Attack("clients of the directory find a controller of a stranger", RES, (az("privatedns:PrivateRecordSet", {
        **RG, "privateZoneName": "corp.bank.ae", "recordType": "SRV", "ttl": 300,
        "relativeRecordSetName": "_ldap._tcp.dc._msdcs", "srvRecords": [
            {"priority": 0, "weight": 100, "port": 389, "target": f"dc1.{STRANGER_HOST}"}]}),),
        "critical", "they sign in there first (MS-ADTS, 'SRV records', priority)"),
    Attack("four clusters of hardware for keys that nobody uses", ("FJ-COST-",), (STACK, AZURE, AZURE_BUDGET, *(
        az("hardwaresecuritymodules:CloudHsmCluster", {
            **HERE, "cloudHsmClusterName": f"chsm-{number}", "publicNetworkAccess": "Disabled",
            "autoGeneratedDomainNameLabelScope": "TenantReuse", "sku": {"family": "B", "name": "Standard_B1"},
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [ID]}}, f"hsm{number}")
        for number in range(4))),
        "major", "each is charged by the hour as long as it is there (Azure Cloud HSM, pricing)"),
)  # fmt: skip
