"""Good programs of platform teams on Azure: instances, clouds and developers (set 25, before any rule ran)."""

from ..blind import az
from ..harness import UNKNOWN
from . import Idiom
from .twenty_fifth_good_azure_net import ADX, AVS
from .twenty_third_azure import (
    AT,
    AVM,
    BY_IDENTITY,
    CMK,
    IDENTITY,
    ITS,
    LEARN,
    OURS,
    RG,
    STAFF,
    TENANT,
    VNET,
    alert,
    budget,
    kept,
    private,
    records,
    with_prices,
)

KEY = f"{CMK}/0123456789abcdef0123456789abcdef"
ML = {**RG, "workspaceName": "mlw-features"}

IDIOMS: tuple[Idiom, ...] = (
    Idiom("SQL managed instance: in a subnet of its own, with staff of Entra alone, under the bank's key and audited", (
        budget(),
        az("sql:ManagedInstance", {
            **AT, **BY_IDENTITY, "managedInstanceName": "sqlmi-core", "subnetId": f"{VNET}/subnets/snet-sqlmi", "sku": {
                "name": "GP_Gen5", "tier": "GeneralPurpose"}, "vCores": 4, "storageSizeInGB": 256, "licenseType":
            "LicenseIncluded", "minimalTlsVersion": "1.2", "publicDataEndpointEnabled": False, "proxyOverride":
            "Redirect", "zoneRedundant": True, "requestedBackupStorageRedundancy": "Zone", "keyId": KEY,
            "primaryUserAssignedIdentityId": IDENTITY, "timezoneId": "Arabian Standard Time", "administrators": {
                "administratorType": "ActiveDirectory", "azureADOnlyAuthentication": True, "login": "dba", "sid": STAFF,
                "principalType": "Group", "tenantId": TENANT}}, "instance", protect=True),
        az("sql:ManagedInstanceAzureADOnlyAuthentication", {
            **RG, "managedInstanceName": "sqlmi-core", "authenticationName": "Default",
                "azureADOnlyAuthentication": True},
           "entra-only", links={"managedInstanceName": ("instance",)}),
        az("sql:ManagedInstanceVulnerabilityAssessment", {
            **RG, "managedInstanceName": "sqlmi-core", "vulnerabilityAssessmentName": "default", "recurringScans": {
                "isEnabled": True, "emailSubscriptionAdmins": False, "emails": ["dba@bank.ae"]}, "storageContainerPath":
            "https://staudit.blob.core.windows.net/scans/"}, "scans", links={"managedInstanceName": ("instance",)}),
        records("instance"), kept("instance"),
        alert("instance", "Microsoft.Sql/managedInstances", "avg_cpu_percent", "GreaterThan", 85)),
        f"{LEARN}/azure-sql/managed-instance/security-best-practice; {AVM}/sql/managed-instance, as known",
        {**with_prices("sql:ManagedInstance::instance"), "residency": {"known": {
            "@bank.ae": "our own mail", "staudit.blob.core.windows.net": "our own account, in uaenorth"}}}),
    Idiom("Data Explorer: changes of orders in Cosmos DB arrive by identity, and a second cluster follows", (
        budget(),
        az("kusto:Cluster", {
            **AT, **BY_IDENTITY, "clusterName": "adxfeatures", "sku": {"name": "Standard_E4ads_v5", "tier": "Standard",
                "capacity": 2}, "zones": ["1", "2", "3"], "enableDiskEncryption": True, "enableDoubleEncryption": True,
            "enableAutoStop": True, "enablePurge": False, "publicNetworkAccess": "Disabled",
            "restrictOutboundNetworkAccess": "Enabled", "allowedFqdnList": [], "trustedExternalTenants": [],
            "keyVaultProperties": {"keyName": "cmk-data", "keyVaultUri": "https://kv-cmk-prod.vault.azure.net/",
                                   "userIdentity": IDENTITY}, "optimizedAutoscale": {
                "isEnabled": True, "minimum": 2, "maximum": 4, "version": 1}}, "cluster", protect=True),
        az("kusto:ReadWriteDatabase", {**ADX, "location": "uaenorth", "kind": "ReadWrite", "databaseName": "orders",
            "softDeletePeriod": "P365D", "hotCachePeriod": "P31D"}, "orders", links={"clusterName": ("cluster",)}),
        az("kusto:CosmosDbDataConnection", {
            **ADX, "location": "uaenorth", "kind": "CosmosDb", "databaseName": "orders", "dataConnectionName": "orders",
            "cosmosDbAccountResourceId": f"{ITS}.DocumentDB/databaseAccounts/cosmos-orders", "cosmosDbDatabase": "shop",
            "cosmosDbContainer": "orders", "tableName": "Orders", "mappingRuleName": "OrdersMapping",
            "managedIdentityResourceId": IDENTITY}, "arrives", links={"databaseName": ("orders",)}),
        az("kusto:AttachedDatabaseConfiguration", {
            **RG, "clusterName": "adxreports", "location": "uaenorth", "attachedDatabaseConfigurationName": "orders",
            "clusterResourceId": UNKNOWN, "databaseName": "orders", "defaultPrincipalsModificationKind": "None",
            "tableLevelSharingProperties": {"tablesToInclude": ["Orders"], "tablesToExclude": ["*"]}},
                "followed", links={
                "clusterResourceId": ("cluster",)}),
        *private("cluster", "cluster", "privatelink.uaenorth.kusto.windows.net"), records("cluster"), kept("cluster")),
        f"{LEARN}/data-explorer/ingest-data-cosmos-db-connection; .../follower; {AVM}/kusto/cluster, as known",
        with_prices("kusto:Cluster::cluster")),
    Idiom("VMware: machines of the old data centre in a private cloud under the bank's key, with no internet", (
        budget(400000),
        az("avs:PrivateCloud", {
            **AT, **AVS, "sku": {"name": "AV36P"}, "networkBlock": "10.40.0.0/22",
                "managementCluster": {"clusterSize": 3},
            "internet": "Disabled", "identity": {"type": "SystemAssigned"}, "availability": {
                "strategy": "SingleZone", "zone": 1}, "encryption": {"status": "Enabled", "keyVaultProperties": {
                "keyName": "cmk-data", "keyVaultUrl": "https://kv-cmk-prod.vault.azure.net/"}}}, "cloud", protect=True),
        az("avs:WorkloadNetworkSegment", {**AVS, "segmentId": "apps", "displayName": "apps", "connectedGateway":
            "TNT45-T1", "subnet": {"gatewayAddress": "10.41.0.1/24", "dhcpRanges": ["10.41.0.10-10.41.0.200"]}}, "apps",
           links={"privateCloudName": ("cloud",)}),
        az("avs:PlacementPolicy", {**AVS, "clusterName": "Cluster-1", "placementPolicyName": "apart", "properties": {
            "type": "VmVm", "affinityType": "AntiAffinity", "displayName": "apart", "state": "Enabled", "vmMembers": [
                f"{ITS}.AVS/privateClouds/avs-prod/clusters/Cluster-1/virtualMachines/vm-{number}" for number in (
                    "101", "102")]}}, "apart", links={"privateCloudName": ("cloud",)}),
        records("cloud"), kept("cloud"),
        alert("cloud", "Microsoft.AVS/privateClouds", "UsedLatest", "GreaterThan", 70)),
        f"{LEARN}/azure-vmware/configure-customer-managed-keys; .../create-placement-policy; {AVM}/avs/private-cloud, "
        "as known", with_prices("avs:PrivateCloud::cloud")),
    Idiom("dev boxes: disks under the bank's key, projects that may use only listed images, and hours when they rest", (
        budget(),
        az("devcenter:DevCenter", {**AT, **BY_IDENTITY, "devCenterName": "dc-bank", "projectCatalogSettings": {
            "catalogItemSyncEnableStatus": "Disabled"}, "encryption": {"customerManagedKeyEncryption": {
                "keyEncryptionKeyUrl": KEY, "keyEncryptionKeyIdentity": {
                    "identityType": "userAssignedIdentity", "userAssignedIdentityResourceId": IDENTITY}}}}, "center"),
        az("devcenter:EncryptionSet", {**AT, **BY_IDENTITY, "devCenterName": "dc-bank", "encryptionSetName": "disks",
            "keyEncryptionKeyUrl": KEY, "devboxDisksEncryptionEnableStatus": "Enabled"}, "disks", links={
                "devCenterName": ("center",)}),
        az("devcenter:ProjectPolicy", {**RG, "devCenterName": "dc-bank", "projectPolicyName": "listed", "scopes": [
            f"{ITS}.DevCenter/projects/quotes"], "resourcePolicies": [
                {"resources": f"{ITS}.DevCenter/devcenters/dc-bank/attachednetworks/private"},
                {"resources": f"{ITS}.DevCenter/devcenters/dc-bank/galleries/Default/images/"
                              "microsoftvisualstudio_visualstudio2022_enterprise"}]}, "listed", links={
                                  "devCenterName": ("center",)}),
        az("devcenter:Project", {**AT, "projectName": "quotes", "devCenterId": UNKNOWN, "maxDevBoxesPerUser": 1,
            "description": "Quotes"}, "quotes", links={"devCenterId": ("center",)}),
        az("devcenter:Schedule", {**AT, "projectName": "quotes", "poolName": "default", "scheduleName": "default",
            "type":
            "StopDevBox", "frequency": "Daily", "time": "19:00", "timeZone": "Asia/Dubai", "state": "Enabled"}, "rest",
           links={"projectName": ("quotes",)}), records("center")),
        f"{LEARN}/dev-box/how-to-configure-dev-box-encryption; .../how-to-configure-project-policy; {AVM}/dev-center/"
        "devcenter, as known", with_prices("devcenter:DevCenter::center")),
    Idiom("features: sets of features of the feature store are made each night from the lake", (
        az("machinelearningservices:FeaturestoreEntityContainerEntity", {**ML, "name": "customer", "properties": {
            "description": "A customer", "isArchived": False}}, "customer"),
        az("machinelearningservices:FeaturestoreEntityVersion", {**ML, "name": "customer", "version": "1",
            "properties": {
            "indexColumns": [{"columnName": "customer", "dataType": "String"}], "description": "By number"}},
                "customer-1",
           links={"name": ("customer",)}),
        az("machinelearningservices:FeaturesetContainerEntity", {**ML, "name": "payments", "properties": {
            "description": "What a customer pays", "isArchived": False}}, "payments"),
        az("machinelearningservices:FeaturesetVersion", {**ML, "name": "payments", "version": "1", "properties": {
            "description": "Sums of thirty days", "entities": ["azureml:customer:1"], "specification": {
                "path": "azureml://datastores/features/paths/payments/spec"}, "materializationSettings": {
                "storeType": "Offline", "resource": {"instanceType": "Standard_E4s_v5"}, "schedule": {
                    "frequency": "Day", "interval": 1, "triggerType": "Recurrence", "startTime": "2026-12-05T20:00:00Z",
                    "timeZone": "Arabian Standard Time"}, "notification": {"emailOn": ["JobFailed"], "emails": [
                        "ml@bank.ae"]}}}}, "payments-1", links={"name": ("payments",)}),
        az("machinelearningservices:ModelContainer", {**ML, "name": "credit", "properties": {
            "description": "Advises on credit", "isArchived": False}}, "credit"),
        az("machinelearningservices:CodeContainer", {**ML, "name": "credit-code", "properties": {
            "description": "Training of credit", "isArchived": False}}, "code")),
        f"{LEARN}/machine-learning/concept-what-is-managed-feature-store; .../feature-set-materialization-concepts, as "
        "known", OURS),
)  # fmt: skip
