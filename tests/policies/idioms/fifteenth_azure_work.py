"""Good idioms of platform teams on Azure: devices, interfaces, machines, builds and databases (set 15, blind)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .azure_platform import lock
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG, VNET
from .fourth_kubernetes import AZURE_BUDGET
from .ninth_azure import ASSIGNED
from .sixth_azure import endpoint
from .thirteenth_azure import DISKS, GALLERY, USER
from .twelfth_azure_platform import CLOSED, OWN, SYSTEM, VAULT, audit, granted

DEVICES, TWINS = f"{OURS}.Devices/provisioningServices/dps-bank", f"{OURS}.DigitalTwins/digitalTwinsInstances/dt-bank"
APIS, EVENTS = f"{OURS}.ApiCenter/services/apic-bank", f"{OURS}.EventHub/namespaces/evh-bank"
HOSTS, SQL = f"{OURS}.Compute/hostGroups/hg-cards", f"{OURS}.Sql/servers/sql-jobs"
ADX, DEV = f"{OURS}.Kusto/clusters/adxwatch", f"{OURS}.DevCenter"
AUTHORITY = "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t"
LINUX = {"disablePasswordAuthentication": True, "provisionVMAgent": True, "patchSettings": {
    "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"}, "ssh": {"publicKeys": [
        {"path": "/home/operator/.ssh/authorized_keys", "keyData": "ssh-ed25519 AAAAC3Nza ops"}]}}  # fmt: skip
DISK = {"createOption": "FromImage", "caching": "ReadWrite", "managedDisk": {
    "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}  # fmt: skip
SEALED = {"encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
    "secureBootEnabled": True, "vTpmEnabled": True}}  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("machines of branches enrol by certificates of the bank's authority at a service without a public side", (
        AZURE_BUDGET,
        az("deviceprovisioningservices:IotDpsResource", {
            **HERE, "provisioningServiceName": "dps-bank", "sku": {"name": "S1", "capacity": 1}, **SYSTEM,
            "properties": {**CLOSED, "allocationPolicy": "GeoLatency", "enableDataResidency": True, "ipFilterRules":
                           []}}, "devices", protect=True),
        az("deviceprovisioningservices:DpsCertificate", {
            **RG, "provisioningServiceName": "dps-bank", "certificateName": "branches", "properties": {
                "certificate": AUTHORITY}}, "branches",
            links={"provisioningServiceName": ("devices",)}),
        endpoint("dps", DEVICES, "iotDps"), audit("devices", DEVICES), lock(DEVICES, "devices")),
        f"{LEARN}/iot-dps/virtual-network-support", unpriced(
            "azure-native:deviceprovisioningservices:IotDpsResource::devices")),
    Idiom("halls of the bank have twins that the network alone reaches, whose changes go to a stream by identity", (
        AZURE_BUDGET,
        az("digitaltwins:DigitalTwin", {**HERE, "resourceName": "dt-bank", **SYSTEM, **CLOSED}, "twins", protect=True),
        az("digitaltwins:DigitalTwinsEndpoint", {
            **RG, "resourceName": "dt-bank", "endpointName": "changes", "properties": {
                "endpointType": "EventHub", "authenticationType": "IdentityBased", "identity": {
                    "type": "SystemAssigned"}, "endpointUri": "sb://evh-bank.servicebus.windows.net", "entityPath":
                "changes"}}, "changes", links={"resourceName": ("twins",)}),
        granted("reader", TWINS, "d57506d4-4c8d-48b1-8587-93c323f6a5a3"),
        endpoint("dt", TWINS, "API"), audit("twins", TWINS), lock(TWINS, "twins")),
        f"{LEARN}/digital-twins/how-to-create-endpoints", {**OWN, "residency": {"known": {
            **OWN["residency"]["known"], "evh-bank.servicebus.windows.net": "our own hub of events, in uaenorth"}},
            **unpriced(
            "azure-native:digitaltwins:DigitalTwinsEndpoint::changes",
            "azure-native:digitaltwins:DigitalTwin::twins")}),
    Idiom("interfaces of the bank are listed in one catalogue, which staff read by a role", (
        AZURE_BUDGET,
        az("apicenter:Service", {**HERE, "serviceName": "apic-bank", **SYSTEM}, "catalogue"),
        az("apicenter:Workspace", {**RG, "serviceName": "apic-bank", "workspaceName": "default", "title": "Bank",
                                   "description": "Interfaces of the bank"}, "bank",
            links={"serviceName": ("catalogue",)}),
        az("apicenter:Api", {
            **RG, "serviceName": "apic-bank", "workspaceName": "default", "apiName": "claims", "title": "Claims",
            "kind": "rest", "summary": "Takes and shows claims", "contacts": [
                {"name": "Claims", "email": "claims@bank.ae"}]}, "claims", links={"workspaceName": ("bank",)}),
        granted("reader", APIS, "c7244dfb-f447-457d-b2ba-3999044d1706"), lock(APIS, "catalogue")),
        f"{LEARN}/api-center/set-up-api-center", {**OWN, "residency": {"known": {
            **OWN["residency"]["known"], "@bank.ae": "our own mail"}}, **unpriced(
                "azure-native:apicenter:Service::catalogue")}),
    Idiom("a machine is held against the baseline of its system, and says what differs", (
        az("compute:VirtualMachineExtension", {
            **HERE, "vmName": "vm-tool", "vmExtensionName": "AzurePolicyforLinux", "publisher":
            "Microsoft.GuestConfiguration", "type": "ConfigurationforLinux", "typeHandlerVersion": "1.26",
            "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True}, "agent"),
        az("guestconfiguration:GuestConfigurationAssignment", {
            **RG, "location": "uaenorth", "vmName": "vm-tool", "guestConfigurationAssignmentName":
            "AzureLinuxBaseline", "name": "AzureLinuxBaseline", "properties": {
                "context": "Baseline of the platform", "guestConfiguration": {
                    "name": "AzureLinuxBaseline", "version": "1.*", "assignmentType": "Audit"}}}, "baseline",
            links={"vmName": ("agent",)})),
        f"{LEARN}/governance/machine-configuration/overview"),
    Idiom("cards are computed on a host that the bank shares with nobody, on a sealed machine of its own image", (
        AZURE_BUDGET,
        az("compute:DedicatedHostGroup", {
            **HERE, "hostGroupName": "hg-cards", "platformFaultDomainCount": 1, "supportAutomaticPlacement": False,
            "zones": ["1"]}, "group"),
        az("compute:DedicatedHost", {
            **HERE, "hostGroupName": "hg-cards", "hostName": "host-1", "sku": {"name": "DSv3-Type3"},
            "autoReplaceOnFailure": True, "platformFaultDomain": 0, "licenseType": "None"}, "host",
            links={"hostGroupName": ("group",)}),
        az("network:NetworkInterface", {
            **HERE, "networkInterfaceName": "nic-cards", "enableIPForwarding": False, "networkSecurityGroup": {
                "id": f"{OURS}.Network/networkSecurityGroups/nsg-cards"}, "ipConfigurations": [{
                    "name": "ip", "primary": True, "privateIPAllocationMethod": "Dynamic", "subnet": {
                        "id": f"{VNET}/subnets/cards"}}]}, "nic"),
        az("compute:VirtualMachine", {
            **HERE, "vmName": "vm-cards", "zones": ["1"], **USER, "host": {"id": f"{HOSTS}/hosts/host-1"},
            "hardwareProfile": {"vmSize": "Standard_D4s_v3"}, "securityProfile": SEALED, "osProfile": {
                "computerName": "cards", "adminUsername": "operator", "allowExtensionOperations": False,
                "linuxConfiguration": LINUX},
            "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": {**DISK, "deleteOption": "Detach"}},
            "networkProfile": {"networkInterfaces": [{"id": UNKNOWN, "primary": True}]}, "diagnosticsProfile": {
                "bootDiagnostics": {"enabled": True}}}, "cards", protect=True,
            links={"host": ("host",), "networkProfile": ("nic",)}),
        lock(f"{OURS}.Compute/virtualMachines/vm-cards", "cards")),
        f"{LEARN}/virtual-machines/dedicated-hosts", unpriced(
            "azure-native:compute:DedicatedHost::host", "azure-native:compute:VirtualMachine::cards")),
    Idiom("builds run on machines of the network that live for one job, for two projects of the bank", (
        AZURE_BUDGET,
        az("devcenter:DevCenter", {
            **HERE, "devCenterName": "dc-bank", "displayName": "Builds", **USER, "encryption": {
                "customerManagedKeyEncryption": {"keyEncryptionKeyUrl": KEY_URL, "keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": ID}}}}, "centre"),
        az("devcenter:Project", {
            **HERE, "projectName": "builds", "devCenterId": f"{DEV}/devcenters/dc-bank", "description": "Builds",
            "maxDevBoxesPerUser": 0}, "builds", links={"devCenterId": ("centre",)}),
        az("devopsinfrastructure:Pool", {
            **HERE, "poolName": "mdp-builds", **ASSIGNED, "maximumConcurrency": 4, "devCenterProjectResourceId":
            f"{DEV}/projects/builds", "agentProfile": {"kind": "Stateless"}, "fabricProfile": {
                "kind": "Vmss", "sku": {"name": "Standard_D4s_v5"}, "images": [
                    {"resourceId": GALLERY, "buffer": "*", "aliases": ["rhel9"]}],
                "networkProfile": {"subnetId": f"{VNET}/subnets/builds"}, "osProfile": {
                    "logonType": "Service", "secretsManagementSettings": {
                        "keyExportable": False, "observedCertificates": []}},
                "storageProfile": {"osDiskStorageAccountType": "StandardSSD"}},
            "organizationProfile": {"kind": "AzureDevOps", "organizations": [{
                "url": "https://dev.azure.com/bank", "projects": ["platform", "claims"], "parallelism": 4,
                "openAccess": False}], "permissionProfile": {"kind": "CreatorOnly"}}}, "pool",
            links={"devCenterProjectResourceId": ("builds",)})),
        f"{LEARN.removesuffix('/azure')}/azure/devops/managed-devops-pools/configure-security", {
            **OWN, "identity": {**OWN["identity"], "repositories": {
                "https://dev.azure.com/bank": "our own organisation"}}, **unpriced(
            "azure-native:devcenter:DevCenter::centre", "azure-native:devopsinfrastructure:Pool::pool")}),
    Idiom("events of cards lie in a cluster of hubs of the bank alone, under its key, without shared keys", (
        AZURE_BUDGET,
        az("eventhub:Cluster", {**HERE, "clusterName": "evhc-bank", "sku": {"name": "Dedicated", "capacity": 1},
                                "supportsScaling": False}, "cluster", protect=True),
        az("eventhub:Namespace", {
            **HERE, "namespaceName": "evh-bank", "clusterArmId": f"{OURS}.EventHub/clusters/evhc-bank", "sku": {
                "name": "Premium", "tier": "Premium", "capacity": 1}, "disableLocalAuth": True, "minimumTlsVersion":
            "1.2", **CLOSED, "zoneRedundant": True, "kafkaEnabled": True, "identity": {
                "type": "UserAssigned", "userAssignedIdentities": [ID]},
            "encryption": {"keySource": "Microsoft.KeyVault", "requireInfrastructureEncryption": True,
                           "keyVaultProperties": [{**VAULT, "identity": {"userAssignedIdentity": ID}}]}}, "namespace",
            links={"clusterArmId": ("cluster",)}, protect=True),
        az("eventhub:EventHub", {
            **RG, "namespaceName": "evh-bank", "eventHubName": "cards", "partitionCount": 8,
            "retentionDescription": {"cleanupPolicy": "Delete", "retentionTimeInHours": 72}}, "cards",
            links={"namespaceName": ("namespace",)}),
        granted("sender", f"{EVENTS}/eventhubs/cards", "2b629674-e913-4c01-ae53-ef4638d8f975"),
        endpoint("evh", EVENTS, "namespace"), audit("namespace", EVENTS), lock(EVENTS, "namespace")),
        f"{LEARN}/event-hubs/event-hubs-dedicated-overview", unpriced(
            "azure-native:eventhub:Cluster::cluster", "azure-native:eventhub:Namespace::namespace")),
    Idiom("databases tidy themselves by jobs of an agent that signs in by its identity and privately", (
        AZURE_BUDGET,
        az("sql:JobAgent", {
            **HERE, "serverName": "sql-jobs", "jobAgentName": "tidy", "databaseId": f"{SQL}/databases/jobs", "sku": {
                "name": "JA100", "capacity": 100}, **ASSIGNED}, "agent"),
        az("sql:JobPrivateEndpoint", {
            **RG, "serverName": "sql-jobs", "jobAgentName": "tidy", "privateEndpointName": "bank",
            "targetServerAzureResourceId": f"{OURS}.Sql/servers/sql-bank"}, "private",
            links={"jobAgentName": ("agent",)}),
        az("sql:JobTargetGroup", {
            **RG, "serverName": "sql-jobs", "jobAgentName": "tidy", "targetGroupName": "accounts", "members": [{
                "type": "SqlDatabase", "membershipType": "Include", "serverName":
                "sql-bank.database.windows.net", "databaseName": "accounts"}]}, "accounts",
            links={"jobAgentName": ("agent",)}),
        lock(f"{SQL}/jobAgents/tidy", "agent")),
        f"{LEARN}/azure-sql/database/elastic-jobs-overview", {**OWN, "residency": {"known": {
            **OWN["residency"]["known"], "sql-bank.database.windows.net": "our own server, in uaenorth"}}, **unpriced(
            "azure-native:sql:JobPrivateEndpoint::private", "azure-native:sql:JobAgent::agent")}),
    Idiom("two machines wait, switched off, for the group of the gateway to grow", (
        AZURE_BUDGET,
        az("compute:VirtualMachineScaleSet", {
            **HERE, "vmScaleSetName": "vmss-gateway", "orchestrationMode": "Flexible", "platformFaultDomainCount": 1,
            "singlePlacementGroup": False, "zones": ["1", "2", "3"], **USER, "sku": {
                "name": "Standard_D4s_v5", "tier": "Standard", "capacity": 2},
            "virtualMachineProfile": {
                "securityProfile": SEALED, "osProfile": {
                    "computerNamePrefix": "gw", "adminUsername": "operator", "allowExtensionOperations": True,
                    "linuxConfiguration": LINUX},
                "storageProfile": {"imageReference": {"id": GALLERY}, "osDisk": DISK},
                "networkProfile": {"networkApiVersion": "2022-11-01", "networkInterfaceConfigurations": [{
                    "name": "nic", "primary": True, "enableIPForwarding": False, "networkSecurityGroup": {
                        "id": f"{OURS}.Network/networkSecurityGroups/nsg-gateway"}, "ipConfigurations": [{
                            "name": "ip", "primary": True, "subnet": {"id": f"{VNET}/subnets/gateway"}}]}]},
                "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}}, "gateway"),
        az("standbypool:StandbyVirtualMachinePool", {
            **HERE, "standbyVirtualMachinePoolName": "standby", "virtualMachineState": "Deallocated",
            "attachedVirtualMachineScaleSetId": f"{OURS}.Compute/virtualMachineScaleSets/vmss-gateway",
            "elasticityProfile": {"maxReadyCapacity": 4, "minReadyCapacity": 2}}, "standby",
            links={"attachedVirtualMachineScaleSetId": ("gateway",)})),
        f"{LEARN}/virtual-machine-scale-sets/standby-pools-overview", unpriced(
            "azure-native:compute:VirtualMachineScaleSet::gateway",
            "azure-native:standbypool:StandbyVirtualMachinePool::standby")),
    Idiom("databases are watched by their own figures, read privately and kept in the bank's store of records", (
        AZURE_BUDGET,
        az("databasewatcher:Watcher", {
            **HERE, "watcherName": "watch", **ASSIGNED, "datastore": {
                "adxClusterResourceId": ADX, "kustoClusterUri": "https://adxwatch.uaenorth.kusto.windows.net",
                "kustoDataIngestionUri": "https://ingest-adxwatch.uaenorth.kusto.windows.net", "kustoDatabaseName":
                "watch", "kustoManagementUrl": f"https://portal.azure.com/resource{ADX}/overview",
                "kustoOfferingType": "adx"}}, "watch"),
        az("databasewatcher:SharedPrivateLinkResource", {
            **RG, "watcherName": "watch", "sharedPrivateLinkResourceName": "sql-bank", "groupId": "sqlServer",
            "privateLinkResourceId": f"{OURS}.Sql/servers/sql-bank", "requestMessage": "Watcher of databases"}, "link",
            links={"watcherName": ("watch",)}),
        az("databasewatcher:Target", {
            **RG, "watcherName": "watch", "targetName": "accounts", "properties": {
                "targetType": "SqlDb", "targetAuthenticationType": "Aad", "connectionServerName":
                "sql-bank.database.windows.net", "sqlDbResourceId": f"{OURS}.Sql/servers/sql-bank/databases/accounts",
                "readIntent": False}}, "accounts", links={"watcherName": ("watch",)}),
        audit("watch", f"{OURS}.DatabaseWatcher/watchers/watch")),
        f"{LEARN}/azure-sql/database-watcher-overview", {**OWN, "residency": {"known": {
            **OWN["residency"]["known"], "sql-bank.database.windows.net": "our own server, in uaenorth",
            **dict.fromkeys(("adxwatch.uaenorth.kusto.windows.net", "ingest-adxwatch.uaenorth.kusto.windows.net"),
                            "our own cluster, in uaenorth")}}, **unpriced(
            "azure-native:databasewatcher:SharedPrivateLinkResource::link",
            "azure-native:databasewatcher:Target::accounts",
            "azure-native:databasewatcher:Watcher::watch")}),
)  # fmt: skip
