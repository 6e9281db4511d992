"""Good programs of platform teams on Azure: interfaces, networks, machines and stores (2026-12-02, before any rule)."""

from ..blind import az
from ..harness import UNKNOWN, Given
from . import Idiom
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    IDENTITY,
    ITS,
    LEARN,
    OURS,
    RG,
    TENANT,
    VNET,
    alert,
    budget,
    granted,
    kept,
    nsg,
    private,
    records,
    with_prices,
)
from .twenty_third_azure_b import ACCOUNT

APIM = {**RG, "serviceName": "apim-bank-prod"}
VERSION = {**APIM, "apiId": "accounts-v2"}
JWT = f"""<policies><inbound><base /><validate-azure-ad-token tenant-id="{TENANT}" header-name="Authorization">
<client-application-ids><application-id>33333333-4444-5555-6666-777777777777</application-id></client-application-ids>
</validate-azure-ad-token><rate-limit-by-key calls="60" renewal-period="60" counter-key="@(context.Subscription.Id)" />
</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"""
IMAGE = f"{ITS}.Compute/galleries/galprod/images/rhel9/versions/1.4.0"
DISKS = f"{ITS}.Compute/diskEncryptionSets/des-prod"


def aged(of: str, account: str) -> Given:
    """Returns the rule by which old versions of blobs of an account go."""
    return az("storage:ManagementPolicy", {
        **RG, "accountName": account, "managementPolicyName": "default", "policy": {"rules": [{
            "name": "old", "enabled": True, "type": "Lifecycle", "definition": {
                "filters": {"blobTypes": ["blockBlob"]}, "actions": {"version": {"delete": {
                    "daysAfterCreationGreaterThan": 365}}}}}]}}, f"{of}-old", links={"accountName": (of,)})  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("an API in its second version: operations with schemas, a group of partners, sign-in by Entra", (
        az("apimanagement:ApiVersionSet", {**APIM, "versionSetId": "accounts", "displayName": "Accounts",
                                           "versioningScheme": "Segment"}, "versions"),
        az("apimanagement:Api", {
            **VERSION, "displayName": "Accounts", "path": "accounts", "protocols": ["https"], "apiVersion": "v2",
            "apiVersionSetId": UNKNOWN, "serviceUrl": "https://accounts.bank.ae/v2", "subscriptionRequired": True,
            "authenticationSettings": {"openidAuthenticationSettings": [{
                "openidProviderId": "entra", "bearerTokenSendingMethods": ["authorizationHeader"]}]}}, "api", links={
                    "apiVersionSetId": ("versions",)}),
        az("apimanagement:ApiPolicy", {**VERSION, "policyId": "policy", "format": "rawxml", "value": JWT}, "policy",
           links={"apiId": ("api",)}),
        az("apimanagement:ApiSchema", {
            **VERSION, "schemaId": "account", "contentType": "application/vnd.oai.openapi.components+json",
            "components": {"schemas": {"Account": {"type": "object", "properties": {"iban": {"type": "string"}}}}}},
           "schema", links={"apiId": ("api",)}),
        az("apimanagement:ApiOperation", {
            **VERSION, "operationId": "read", "displayName": "Read", "method": "GET", "urlTemplate": "/{id}",
            "templateParameters": [{"name": "id", "type": "string", "required": True}], "responses": [{
                "statusCode": 200, "representations": [{"contentType": "application/json", "schemaId": "account",
                                                        "typeName": "Account"}]}]}, "read", links={
                "apiId": ("api", "schema")}),
        az("apimanagement:ApiOperationPolicy", {
            **VERSION, "operationId": "read", "policyId": "policy", "format": "rawxml", "value":
            "<policies><inbound><base /><set-header name=\"X-Caller\" exists-action=\"override\"><value>"
            "@(context.Subscription.Name)</value></set-header></inbound><backend><base /></backend><outbound><base />"
            "</outbound><on-error><base /></on-error></policies>"}, "read-policy", links={"operationId": ("read",)}),
        az("apimanagement:OpenIdConnectProvider", {
            **APIM, "opid": "entra", "displayName": "Entra", "clientId": "33333333-4444-5555-6666-777777777777",
            "metadataEndpoint":
            f"https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration",
            "useInApiDocumentation": True, "useInTestConsole": False}, "entra"),
        az("apimanagement:Group", {**APIM, "groupId": "partners", "displayName": "Partners", "type": "custom"},
           "partners"),
        az("apimanagement:Tag", {**APIM, "tagId": "confidential", "displayName": "confidential"}, "tag"),
        az("apimanagement:TagByApi", {**VERSION, "tagId": "confidential"}, "tagged", links={"tagId": ("tag",),
                                                                                            "apiId": ("api",)}),
        az("apimanagement:NotificationRecipientEmail", {
            **APIM, "notificationName": "RequestPublisherNotificationMessage", "email": "apis@bank.ae"}, "mail")),
        f"{LEARN}/api-management/validate-azure-ad-token-policy; {AVM}/api-management/service, as known", OURS),
    Idiom("an app of containers at the bank's name with a certificate of the vault, dead letters of events", (
        budget(20000),
        az("app:ManagedEnvironment", {
            **AT, "environmentName": "cae-bank-prod", **BY_IDENTITY, "zoneRedundant": True, "publicNetworkAccess":
            "Disabled", "vnetConfiguration": {"internal": True, "infrastructureSubnetId": f"{VNET}/subnets/snet-apps"},
            "peerAuthentication": {"mtls": {"enabled": True}}, "peerTrafficConfiguration": {"encryption": {
                "enabled": True}}, "appLogsConfiguration": {"destination": "azure-monitor"}, "workloadProfiles": [
                    {"name": "Consumption", "workloadProfileType": "Consumption"}]}, "environment"),
        az("app:Certificate", {
            **AT, "environmentName": "cae-bank-prod", "certificateName": "offers", "properties": {
                "certificateKeyVaultProperties": {"identity": IDENTITY, "keyVaultUrl":
                                                  "https://kv-cmk-prod.vault.azure.net/secrets/offers"}}}, "offers",
           links={"environmentName": ("environment",)}),
        az("app:DaprSubscription", {
            **RG, "environmentName": "cae-bank-prod", "name": "orders", "pubsubName": "bus", "topic": "orders",
            "deadLetterTopic": "orders-dead", "scopes": ["offers"], "routes": {
                "rules": [{"match": 'event.type == "order.created"', "path": "/created"}], "default": "/orders"},
            "bulkSubscribe": {"enabled": True, "maxMessagesCount": 100}}, "orders", links={
                "environmentName": ("environment",)}),
        *private("environment", "managedEnvironments", "privatelink.uaenorth.azurecontainerapps.io"),
        records("environment")),
        f"{LEARN}/container-apps/key-vault-certificates-manage; {LEARN}/container-apps/dapr-overview, as known",
        with_prices("app:ManagedEnvironment::environment")),
    Idiom("a partner's overlapping network by NAT over a tunnel, and the routes of Microsoft 365 by a filter", (
        az("network:VirtualNetworkGatewayNatRule", {
            **RG, "virtualNetworkGatewayName": "vpng-hub", "natRuleName": "clearing-house", "type": "Static", "mode":
            "IngressSnat", "internalMappings": [{"addressSpace": "10.20.0.0/24"}], "externalMappings": [
                {"addressSpace": "172.20.7.0/24"}]}, "nat"),
        az("network:RouteFilter", {**AT, "routeFilterName": "rf-m365"}, "filter"),
        az("network:RouteFilterRule", {
            **RG, "location": "uaenorth", "routeFilterName": "rf-m365", "ruleName": "exchange", "access": "Allow",
            "routeFilterRuleType": "Community", "communities": ["12076:5010"]}, "exchange", links={
                "routeFilterName": ("filter",)})),
        f"{LEARN}/vpn-gateway/nat-overview; {LEARN}/expressroute/how-to-routefilter-portal, as known", OURS),
    Idiom("ways out from one range that partners allow, and stores that a subnet may reach by name", (
        az("network:PublicIPPrefix", {
            **AT, "publicIpPrefixName": "ippre-out", "prefixLength": 30, "publicIPAddressVersion": "IPv4", "sku": {
                "name": "Standard", "tier": "Regional"}, "zones": ["1", "2", "3"]}, "range"),
        az("network:NatGateway", {**AT, "natGatewayName": "ng-out", "idleTimeoutInMinutes": 4, "sku": {
            "name": "Standard"}, "publicIpPrefixes": [{"id": UNKNOWN}], "zones": ["1"]}, "out", links={
                "publicIpPrefixes": ("range",)}),
        nsg("nsg-batch", ("AllowPartners", 100, "10.20.4.0/24", "203.0.113.0/28", "443", "Outbound")),
        az("network:ServiceEndpointPolicy", {**AT, "serviceEndpointPolicyName": "sep-stores"}, "stores"),
        az("network:ServiceEndpointPolicyDefinition", {
            **RG, "serviceEndpointPolicyName": "sep-stores", "serviceEndpointPolicyDefinitionName": "lake",
            "description": "The lake alone", "service": "Microsoft.Storage", "serviceResources": [
                f"{ITS}.Storage/storageAccounts/stlakeprod"]}, "lake", links={"serviceEndpointPolicyName": (
                    "stores",)}),
        az("network:Subnet", {
            **RG, "virtualNetworkName": "vnet-ai-prod", "subnetName": "snet-batch", "addressPrefix": "10.20.4.0/24",
            "defaultOutboundAccess": False, "natGateway": {"id": UNKNOWN}, "networkSecurityGroup": {"id": UNKNOWN},
            "serviceEndpoints": [{"service": "Microsoft.Storage", "locations": ["uaenorth"]}],
            "serviceEndpointPolicies": [{"id": UNKNOWN}]}, "batch", links={
                "natGateway": ("out",), "networkSecurityGroup": ("nsg-batch",), "serviceEndpointPolicies": (
                    "lake",)})),
        f"{LEARN}/nat-gateway/nat-overview; {LEARN}/virtual-network/virtual-network-service-endpoint-policies-overview,"
        " as known", with_prices("network:NatGateway::out", "network:PublicIPPrefix::range")),
    Idiom("two machines of a core system side by side in one building, in different racks", (
        budget(30000),
        az("compute:ProximityPlacementGroup", {
            **AT, "proximityPlacementGroupName": "ppg-core", "proximityPlacementGroupType": "Standard", "intent": {
                "vmSizes": ["Standard_E8ds_v5"]}}, "near"),
        az("compute:AvailabilitySet", {
            **AT, "availabilitySetName": "avail-core", "platformFaultDomainCount": 2, "platformUpdateDomainCount": 5,
            "sku": {"name": "Aligned"}, "proximityPlacementGroup": {"id": UNKNOWN}}, "racks", links={
                "proximityPlacementGroup": ("near",)}),
        *(az("network:NetworkInterface", {
            **AT, "networkInterfaceName": f"nic-core-{number}", "enableAcceleratedNetworking": True,
            "ipConfigurations": [{"name": "ipconfig1", "subnet": {"id": f"{VNET}/subnets/snet-core"},
                                  "privateIPAllocationMethod": "Dynamic"}]}, f"nic-{number}") for number in (1, 2)),
        *(az("compute:VirtualMachine", {
            **AT, "vmName": f"vm-core-{number}", "hardwareProfile": {"vmSize": "Standard_E8ds_v5"}, "availabilitySet": {
                "id": UNKNOWN}, "proximityPlacementGroup": {"id": UNKNOWN}, "identity": {
                    "type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "networkProfile": {
                "networkInterfaces": [{"id": UNKNOWN, "primary": True, "deleteOption": "Delete"}]}, "securityProfile": {
                    "encryptionAtHost": True, "securityType": "TrustedLaunch", "uefiSettings": {
                        "secureBootEnabled": True, "vTpmEnabled": True}}, "osProfile": {
                            "computerName": f"core-{number}", "adminUsername": "platform", "linuxConfiguration": {
                                "disablePasswordAuthentication": True, "patchSettings": {
                                    "patchMode": "AutomaticByPlatform", "assessmentMode": "AutomaticByPlatform"},
                                "ssh": {"publicKeys": [{"path": "/home/platform/.ssh/authorized_keys", "keyData":
                                                        UNKNOWN}]}}}, "storageProfile": {
                "imageReference": {"id": IMAGE}, "osDisk": {
                    "createOption": "FromImage", "deleteOption": "Delete", "managedDisk": {
                        "storageAccountType": "Premium_LRS", "diskEncryptionSet": {"id": DISKS}}}},
            "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}}, f"vm-{number}", links={
                "availabilitySet": ("racks",), "proximityPlacementGroup": ("near",), "networkProfile": (
                    f"nic-{number}",)}) for number in (1, 2)),
        alert("vm-1", "Microsoft.Compute/virtualMachines", "VmAvailabilityMetric", "LessThan", 1)),
        f"{LEARN}/virtual-machines/co-location; {AVM}/compute/availability-set, as known", OURS),
    Idiom("SQL Server on two machines: one group, witnesses in the cloud, a listener on an inner address", (
        budget(30000),
        az("storage:StorageAccount", {**ACCOUNT, "accountName": "stwitnessprod"}, "witness"),
        aged("witness", "stwitnessprod"), kept("witness"),
        az("sqlvirtualmachine:SqlVirtualMachineGroup", {
            **AT, "sqlVirtualMachineGroupName": "sqlvmg-core", "sqlImageOffer": "SQL2022-WS2022", "sqlImageSku":
            "Enterprise", "wsfcDomainProfile": {
                "domainFqdn": "ad.bank.ae", "ouPath": "OU=SQL,DC=ad,DC=bank,DC=ae", "clusterSubnetType": "MultiSubnet",
                "sqlServiceAccount": "svc-sql@ad.bank.ae", "isSqlServiceAccountGmsa": True, "clusterOperatorAccount":
                "svc-cluster@ad.bank.ae", "clusterBootstrapAccount": "svc-cluster@ad.bank.ae", "storageAccountUrl":
                UNKNOWN}}, "group", links={"wsfcDomainProfile": ("witness",)}),
        az("sqlvirtualmachine:AvailabilityGroupListener", {
            **RG, "sqlVirtualMachineGroupName": "sqlvmg-core", "availabilityGroupListenerName": "ag-core-listener",
            "availabilityGroupName": "ag-core", "port": 1433, "createDefaultAvailabilityGroupIfNotExist": True,
            "multiSubnetIpConfigurations": [{
                "privateIpAddress": {"ipAddress": f"10.20.{net}.20", "subnetResourceId": f"{VNET}/subnets/snet-{net}"},
                "sqlVirtualMachineInstance": f"{ITS}.SqlVirtualMachine/sqlVirtualMachines/vm-sql-{net}"}
                for net in (5, 6)], "availabilityGroupConfiguration": {"replicas": [{
                    "sqlVirtualMachineInstanceId": f"{ITS}.SqlVirtualMachine/sqlVirtualMachines/vm-sql-{net}",
                    "role": role, "commit": "Synchronous_Commit", "failover": "Automatic", "readableSecondary": "No"}
                    for net, role in ((5, "Primary"), (6, "Secondary"))]}}, "listener", links={
                "sqlVirtualMachineGroupName": ("group",)}), kept("group")),
        f"{LEARN}/azure-sql/virtual-machines/windows/availability-group-az-commandline-configure, as known", OURS),
    Idiom("records under a legal hold, and queues and tables that no browser of another site asks", (
        az("storage:StorageAccount", {**ACCOUNT, "accountName": "strecordsprod"}, "records"),
        az("storage:BlobContainer", {**RG, "accountName": "strecordsprod", "containerName": "case-2026-114",
                                     "publicAccess": "None"}, "case", links={"accountName": ("records",)}),
        az("storage:BlobContainerLegalHold", {
            **RG, "accountName": "strecordsprod", "containerName": "case-2026-114", "tags": ["case2026114"],
            "allowProtectedAppendWritesAll": True}, "hold", links={"containerName": ("case",)}),
        *(az(f"storage:{kind}ServiceProperties", {
            **RG, "accountName": "strecordsprod", f"{kind.lower()}ServiceName": "default", "cors": {"corsRules": []}},
             f"{kind}-rules", links={"accountName": ("records",)}) for kind in ("Queue", "Table")),
        az("security:AdvancedThreatProtection", {"resourceId": UNKNOWN, "settingName": "current", "isEnabled": True},
           "threats", links={"resourceId": ("records",)}),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "strecordsprod", "blobServicesName": "default", "isVersioningEnabled": True,
            "deleteRetentionPolicy": {"enabled": True, "days": 90}, "containerDeleteRetentionPolicy": {
                "enabled": True, "days": 90}}, "Blob-rules", links={"accountName": ("records",)}),
        aged("records", "strecordsprod"),
        *private("records", "blob", "privatelink.blob.core.windows.net"), kept("records")),
        f"{LEARN}/storage/blobs/immutable-legal-hold-overview; {AVM}/storage/storage-account, as known", OURS),
    Idiom("volumes of an elastic SAN for databases on machines, cut to two subnets", (
        budget(30000),
        az("elasticsan:ElasticSan", {
            **AT, "elasticSanName": "esan-prod", "sku": {"name": "Premium_LRS", "tier": "Premium"}, "availabilityZones":
            ["1"], "baseSizeTiB": 2, "extendedCapacitySizeTiB": 1, "publicNetworkAccess": "Disabled"}, "san",
           protect=True),
        az("elasticsan:VolumeGroup", {
            **RG, "elasticSanName": "esan-prod", "volumeGroupName": "databases", "protocolType": "Iscsi",
            "enforceDataIntegrityCheckForIscsi": True, "encryption": "EncryptionAtRestWithCustomerManagedKey",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": [IDENTITY]}, "encryptionProperties": {
                "encryptionIdentity": {"encryptionUserAssignedIdentity": IDENTITY}, "keyVaultProperties": {
                    "keyName": "cmk-data", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/"}}}, "databases",
           links={"elasticSanName": ("san",)}),
        *(az("elasticsan:Volume", {
            **RG, "elasticSanName": "esan-prod", "volumeGroupName": "databases", "volumeName": name, "sizeGiB": size,
            "creationData": {"createSource": "None"}}, name, links={"volumeGroupName": ("databases",)})
          for name, size in (("ledger-data", 1024), ("ledger-log", 256))),
        *private("san", "databases", "privatelink.uaenorth.elasticsan.azure.net"), kept("san")),
        f"{LEARN}/storage/elastic-san/elastic-san-encryption-overview; {AVM}/elastic-san/elastic-san, as known",
        with_prices("elasticsan:ElasticSan::san")),
    Idiom("files of NetApp: a vault of copies, daily ones by policy and one before the upgrade", (
        az("netapp:BackupVault", {**AT, "accountName": "anf-prod", "backupVaultName": "bv-files"}, "vault"),
        az("netapp:BackupPolicy", {**AT, "accountName": "anf-prod", "backupPolicyName": "daily", "enabled": True,
            "dailyBackupsToKeep": 35, "weeklyBackupsToKeep": 12, "monthlyBackupsToKeep": 12}, "daily"),
        az("netapp:Backup", {
            **RG, "accountName": "anf-prod", "backupVaultName": "bv-files", "backupName": "before-9-4", "label":
            "change CHG-2044", "volumeResourceId": f"{ITS}.NetApp/netAppAccounts/anf-prod/capacityPools/premium/volumes"
            "/files", "useExistingSnapshot": False}, "before", links={"backupVaultName": ("vault",)}), kept("vault")),
        f"{LEARN}/azure-netapp-files/backup-introduction, as known", OURS),
    Idiom("the public zone is signed, and an app answers at its name with a certificate of the vault", (
        az("dns:Zone", {**RG, "location": "global", "tags": AT["tags"], "zoneName": "offers.bank.ae", "zoneType":
                        "Public"}, "zone", protect=True),
        az("dns:DnssecConfig", {**RG, "zoneName": "offers.bank.ae"}, "signed", links={"zoneName": ("zone",)}),
        az("web:Certificate", {
            **AT, "name": "offers", "keyVaultId": f"{ITS}.KeyVault/vaults/kv-cmk-prod", "keyVaultSecretName": "offers",
            "serverFarmId": f"{ITS}.Web/serverfarms/asp-prod"}, "certificate"),
        az("web:WebAppHostNameBinding", {
            **RG, "name": "app-offers-prod", "hostName": "offers.bank.ae", "sslState": "SniEnabled", "thumbprint":
            UNKNOWN, "hostNameType": "Verified", "customHostNameDnsRecordType": "CName"}, "name", links={
                "thumbprint": ("certificate",)}),
        kept("zone"), granted("zone-editor", "zone", "befefa01-2a29-4197-83a8-272ff33ce314")),
        f"{LEARN}/dns/dnssec-how-to; {LEARN}/app-service/configure-ssl-certificate, as known", OURS),
)  # fmt: skip
