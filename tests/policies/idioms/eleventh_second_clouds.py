"""Good idioms of AWS and Azure, written blind after the mends that the eleventh set led to (2026-11-29)."""

import json

from ..blind import IMAGE, KEY, TAGS, aws, az
from ..harness import UNKNOWN
from . import Idiom, unpriced
from .aws_platform import bucket
from .azure_platform import lock
from .fourth import AWS_DOCS, HERE, ID, KEY_URL, LEARN, OURS, RG, VNET, R
from .fourth_kubernetes import AZURE_BUDGET, BUDGET
from .ninth_aws import GROUPS, SUBNETS, arn, kept, role_arn
from .ninth_azure import ASSIGNED
from .sixth_azure import endpoint

CLOSED = {"publicNetworkAccess": "Disabled"}
STBANK = {"residency": {"known": {"stbank": "the bank's own account, in uaenorth",
                                  "stbank.blob.core.windows.net": "the bank's own account"}}}  # fmt: skip
MACHINE = json.dumps({"StartAt": "Read", "States": {
    "Read": {"Type": "Map", "ItemProcessor": {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "EXPRESS"}, "StartAt": "One", "States": {
            "One": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True, "Parameters": {
                "FunctionName": arn("lambda", "function:read"), "Payload.$": "$"},
                "Retry": [{"ErrorEquals": ["States.TaskFailed"], "MaxAttempts": 2}]}}},
        "ItemReader": {"Resource": "arn:aws:states:::s3:listObjectsV2", "Parameters": {"Bucket": "bank-scans"}},
        "MaxConcurrency": 50, "ToleratedFailurePercentage": 5, "End": True}}})  # fmt: skip

IDIOMS: tuple[Idiom, ...] = (
    Idiom("calls of every account of the organisation can be asked for a year", (BUDGET, aws(
        "cloudtrail/EventDataStore", {
            "name": "organisation", "organizationEnabled": True, "multiRegionEnabled": True, "retentionPeriod": 366,
            "terminationProtectionEnabled": True, "kmsKeyId": KEY, "billingMode": "EXTENDABLE_RETENTION_PRICING",
            "tags": TAGS, "advancedEventSelectors": [{"name": "management", "fieldSelectors": [
                {"field": "eventCategory", "equals": ["Management"]}]}]}, "store", protect=True),),
        f"{AWS_DOCS}/awscloudtrail/latest/userguide/query-event-data-store-cloudtrail.html",
        {**unpriced("aws:cloudtrail/eventDataStore:EventDataStore::store"), **kept("store")}),
    Idiom("scans of a bucket are read in parallel, with bounds", (*bucket("bank-scans"),
        aws("cloudwatch/LogGroup", {"name": "/states/scans", "retentionInDays": 365, "kmsKeyId": KEY, "tags": TAGS},
            "logs"),
        aws("sfn/StateMachine", {
            "name": "scans", "roleArn": role_arn("scans"), "definition": MACHINE, "type": "STANDARD", "tags": TAGS,
            "loggingConfiguration": {"level": "ALL", "includeExecutionData": False,
                                     "logDestination": arn("logs", "log-group:/states/scans:*")},
            "encryptionConfiguration": {"type": "CUSTOMER_MANAGED_KMS_KEY", "kmsKeyId": KEY,
                                        "kmsDataKeyReusePeriodSeconds": 300}, "tracingConfiguration": {
                                            "enabled": True}}, "scans")),
        f"{AWS_DOCS}/step-functions/latest/dg/state-map-distributed.html", kept("bucket")),
    Idiom("a function from an image works on files that several share", (
        BUDGET,
        aws("lambda/Function", {
            "name": "render", "packageType": "Image", "imageUri": IMAGE, "role": role_arn("render"), "kmsKeyArn": KEY,
            "architectures": ["arm64"], "memorySize": 2048, "timeout": 300, "tags": TAGS, "ephemeralStorage": {
                "size": 2048}, "fileSystemConfig": {
                    "arn": arn("elasticfilesystem", "access-point/fsap-0123456789abcdef0"), "localMountPath": "/mnt/f"},
            "vpcConfig": {"subnetIds": SUBNETS, "securityGroupIds": GROUPS}, "tracingConfig": {"mode": "Active"},
            "loggingConfig": {"logFormat": "JSON", "logGroup": "/functions/render"},
            "deadLetterConfig": {"targetArn": arn("sqs", "render-dead")}}, "render"),
        aws("lambda/FunctionEventInvokeConfig", {
            "functionName": UNKNOWN, "maximumRetryAttempts": 1, "maximumEventAgeInSeconds": 3600}, "again",
            links={"functionName": ("render",)}),
        aws("lambda/Alias", {"name": "live", "functionName": UNKNOWN, "functionVersion": "3"}, "live",
            links={"functionName": ("render",)})), f"{AWS_DOCS}/lambda/latest/dg/configuration-filesystem.html"),
    Idiom("rules of the web firewall are a group with patterns of the bank", (
        aws("wafv2/RegexPatternSet", {"name": "scanners", "scope": "REGIONAL", "tags": TAGS, "regularExpressions": [
            {"regexString": "(?i)(sqlmap|nikto|nuclei)"}]}, "scanners"),
        aws("wafv2/RuleGroup", {
            "name": "bank", "scope": "REGIONAL", "capacity": 100, "tags": TAGS, "visibilityConfig": {
                "cloudwatchMetricsEnabled": True, "metricName": "bank", "sampledRequestsEnabled": True},
            "rules": [{"name": "scanners", "priority": 1, "action": {"block": {}}, "statement": {
                "regexPatternSetReferenceStatement": {
                    "arn": arn("wafv2", "regional/regexpatternset/scanners/1111"), "fieldToMatch": {
                        "singleHeader": {"name": "user-agent"}}, "textTransformations": [
                            {"priority": 0, "type": "LOWERCASE"}]}},
                "visibilityConfig": {"cloudwatchMetricsEnabled": True, "metricName": "scanners",
                                     "sampledRequestsEnabled": True}}]}, "group")),
        f"{AWS_DOCS}/waf/latest/developerguide/waf-rule-groups.html"),
    Idiom("inventories of machines are copied to the stack's bucket", (*bucket("bank-inventory"),
        aws("ssm/ResourceDataSync", {"name": "inventory", "s3Destination": {
            "bucketName": UNKNOWN, "region": R, "prefix": "inventory", "syncFormat": "JsonSerDe", "kmsKeyArn": KEY}},
            "sync", links={"s3Destination": ("bucket",)})),
        f"{AWS_DOCS}/systems-manager/latest/userguide/inventory-create-resource-data-sync.html", kept("bucket")),
    Idiom("resources of the account are found by a view of one index", (
        aws("resourceexplorer/Index", {"type": "LOCAL", "tags": TAGS}, "index"),
        aws("resourceexplorer/View", {"name": "platform", "defaultView": True, "tags": TAGS, "filters": {
            "filterString": "tag:project=arabic-llm"}, "includedProperties": [{"name": "tags"}]}, "view")),
        f"{AWS_DOCS}/resource-explorer/latest/userguide/getting-started-terms-and-concepts.html"),
    Idiom("files for notebooks lie on OpenZFS in two zones", (BUDGET, aws("fsx/OpenZfsFileSystem", {
        "deploymentType": "MULTI_AZ_1", "storageCapacity": 256, "throughputCapacity": 160, "kmsKeyId": KEY,
        "subnetIds": SUBNETS[:2], "preferredSubnetId": "subnet-1", "securityGroupIds": GROUPS,
        "automaticBackupRetentionDays": 14, "copyTagsToBackups": True, "copyTagsToVolumes": True,
        "skipFinalBackup": False, "rootVolumeConfiguration": {
            "copyTagsToSnapshots": True, "dataCompressionType": "ZSTD", "nfsExports": {"clientConfigurations": [
                {"clients": "10.20.0.0/16", "options": ["rw", "crossmnt", "root_squash"]}]}}, "tags": TAGS}, "files",
        protect=True),), f"{AWS_DOCS}/fsx/latest/OpenZFSGuide/manage-nfs-exports.html",
        {**unpriced("aws:fsx/openZfsFileSystem:OpenZfsFileSystem::files"), **kept("files")}),
    Idiom("numbers of machines are kept by a private InfluxDB", (BUDGET, *bucket("bank-influx"),
        aws("timestreaminfluxdb/DbInstance", {
            "name": "sensors", "dbInstanceType": "db.influx.medium", "allocatedStorage": 50, "username": "keeper",
            "password": UNKNOWN, "organization": "bank", "bucket": "sensors", "publiclyAccessible": False,
            "deploymentType": "WITH_MULTIAZ_STANDBY", "vpcSubnetIds": SUBNETS, "vpcSecurityGroupIds": GROUPS,
            "logDeliveryConfiguration": {"s3Configuration": {"bucketName": UNKNOWN, "enabled": True}}, "tags": TAGS},
            "sensors", protect=True, links={"logDeliveryConfiguration": ("bucket",)})),
        f"{AWS_DOCS}/timestream/latest/developerguide/timestream-for-influxdb.html",
        {**unpriced("aws:timestreaminfluxdb/dbInstance:DbInstance::sensors"), **kept("sensors", "bucket")}),
    Idiom("a key vault of secrets with an end, and who may read one of them", (
        az("keyvault:Secret", {
            **RG, "tags": TAGS, "vaultName": "kv-bank", "secretName": "partner", "properties": {
                "value": UNKNOWN, "contentType": "text/plain", "attributes": {"enabled": True, "expires": 1796083200}}},
            "partner"),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.KeyVault/vaults/kv-bank/secrets/partner", "principalId": UNKNOWN,
            "principalType": "ServicePrincipal", "roleDefinitionId": "/subscriptions/"
            "00000000-0000-0000-0000-000000000001/providers/Microsoft.Authorization/roleDefinitions/"
            "4633458b-17de-408a-b874-0445c86b69e6"}, "reader", links={"principalId": ("app",)}),
        az("managedidentity:UserAssignedIdentity", {**HERE, "resourceName": "id-app"}, "app")),
        f"{LEARN}/key-vault/general/rbac-guide"),
    Idiom("a partner sends files by keys into one folder of the bank's account", (
        az("storage:LocalUser", {
            **RG, "accountName": "stbank", "username": "partner", "hasSshPassword": False, "hasSharedKey": False,
            "hasSshKey": True, "homeDirectory": "inbox/partner", "sshAuthorizedKeys": [
                {"description": "partner", "key": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIexampleexampleexample"}],
            "permissionScopes": [{"permissions": "cw", "resourceName": "inbox", "service": "blob"}]}, "partner"),
        az("storage:EncryptionScope", {
            **RG, "accountName": "stbank", "encryptionScopeName": "partner", "source": "Microsoft.KeyVault",
            "requireInfrastructureEncryption": True, "keyVaultProperties": {"keyUri": KEY_URL}}, "scope")),
        f"{LEARN}/storage/blobs/secure-file-transfer-protocol-support",
        unpriced("azure-native:storage:EncryptionScope::scope")),
    Idiom("a snapshot of a disk can be read through the network only", (
        AZURE_BUDGET,
        az("compute:DiskAccess", {**HERE, "diskAccessName": "bank"}, "access"),
        endpoint("disks", f"{OURS}.Compute/diskAccesses/bank", "disks"),
        az("compute:Snapshot", {
            **HERE, "snapshotName": "core", "incremental": True, "networkAccessPolicy": "AllowPrivate", **CLOSED,
            "diskAccessId": UNKNOWN, "creationData": {"createOption": "Copy", "sourceResourceId":
                                                      f"{OURS}.Compute/disks/core"},
            "encryption": {"type": "EncryptionAtRestWithCustomerKey", "diskEncryptionSetId":
                           f"{OURS}.Compute/diskEncryptionSets/des"}}, "core", links={"diskAccessId": ("access",)})),
        f"{LEARN}/virtual-machines/disks-restrict-import-export-overview",
        unpriced("azure-native:compute:Snapshot::core")),
    Idiom("the cluster has Dapr as an extension with a fixed version", (az("kubernetesconfiguration:Extension", {
        **RG, "clusterName": "aks", "clusterResourceName": "managedClusters", "clusterRp": "Microsoft.ContainerService",
        "extensionName": "dapr", "extensionType": "Microsoft.Dapr", "autoUpgradeMinorVersion": False,
        "version": "1.16.2", "releaseTrain": "Stable", "scope": {"cluster": {"releaseNamespace": "dapr-system"}},
        "configurationSettings": {"global.ha.enabled": "true", "global.mtls.enabled": "true"}}, "dapr"),),
        f"{LEARN}/aks/dapr", {"escape": {"allowed_types": {
            "azure-native:kubernetesconfiguration:Extension": "Microsoft's own extension for Dapr, reviewed by us"}}},
        doubt="an extension installs programs, which no guardrail sees"),
    Idiom("a factory copies a table of the site into the lake by its own runtime", (
        az("datafactory:Dataset", {
            **RG, "factoryName": "adf-bank", "datasetName": "orders", "properties": {
                "type": "SqlServerTable", "tableName": "dbo.orders",
                "linkedServiceName": {"referenceName": "site", "type": "LinkedServiceReference"}}}, "orders"),
        az("datafactory:Dataset", {
            **RG, "factoryName": "adf-bank", "datasetName": "lake", "properties": {
                "type": "Parquet", "location": {"type": "AzureBlobFSLocation", "fileSystem": "orders",
                                                "folderPath": "raw"}, "compressionCodec": "snappy",
                "linkedServiceName": {"referenceName": "lake", "type": "LinkedServiceReference"}}}, "lake"),
        az("datafactory:Pipeline", {
            **RG, "factoryName": "adf-bank", "pipelineName": "orders", "concurrency": 1, "activities": [{
                "name": "copy", "type": "Copy", "policy": {"timeout": "0.02:00:00", "retry": 1, "secureOutput": True,
                                                           "secureInput": True},
                "inputs": [{"referenceName": "orders", "type": "DatasetReference"}],
                "outputs": [{"referenceName": "lake", "type": "DatasetReference"}],
                "source": {"type": "SqlServerSource", "sqlReaderQuery": "SELECT * FROM dbo.orders"},
                "sink": {"type": "ParquetSink", "storeSettings": {"type": "AzureBlobFSWriteSettings"}}}]}, "pipeline")),
        f"{LEARN}/data-factory/concepts-pipelines-activities", STBANK),
    Idiom("a job in a container runs in the network by an identity", (AZURE_BUDGET, az(
        "containerinstance:ContainerGroup", {
            **HERE, "containerGroupName": "loader", "osType": "Linux", "sku": "Standard", "restartPolicy": "Never",
            **ASSIGNED, "subnetIds": [{"id": f"{VNET}/subnets/aci"}], "imageRegistryCredentials": [
                {"server": "crbank.azurecr.io", "identity": ID}], "encryptionProperties": {
                    "vaultBaseUrl": "https://kv-bank.vault.azure.net", "keyName": "cmk",
                    "keyVersion": "0123456789abcdef0123456789abcdef", "identity": ID},
            "containers": [{"name": "loader", "image": "crbank.azurecr.io/loader@sha256:" + "a" * 64, "resources": {
                "requests": {"cpu": 1, "memoryInGB": 2}}, "environmentVariables": [
                    {"name": "DATABASE_URL", "secureValue": UNKNOWN}]}]}, "loader"),),
        f"{LEARN}/container-instances/using-azure-container-registry-mi", {
            **unpriced("azure-native:containerinstance:ContainerGroup::loader"),
            "escape": {"image_publishers": {"crbank.azurecr.io": "the bank's registry"}},
            "residency": {"known": {"crbank.azurecr.io": "the bank's registry, in uaenorth"}}}),
    Idiom("pages of the portal get news by a private hub of messages", (
        AZURE_BUDGET,
        az("webpubsub:WebPubSub", {
            **HERE, "resourceName": "wps-bank", "kind": "WebPubSub", "sku": {"name": "Premium_P1", "tier": "Premium",
                                                                             "capacity": 1},
            **CLOSED, "disableLocalAuth": True, "disableAadAuth": False, "tls": {"clientCertEnabled": False},
            "networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": []}, "privateEndpoints": [
                {"name": "pe-wps", "allow": ["ServerConnection", "ClientConnection", "RESTAPI"]}]},
            "identity": {"type": "SystemAssigned"}}, "hub"),
        endpoint("wps", f"{OURS}.SignalRService/webPubSub/wps-bank", "webpubsub")),
        f"{LEARN}/azure-web-pubsub/howto-secure-private-endpoints"),
    Idiom("logs of every subscription lie in a cluster of their own with the bank's key", (
        AZURE_BUDGET,
        az("operationalinsights:Cluster", {
            **HERE, "clusterName": "logs", "sku": {"name": "CapacityReservation", "capacity": 100}, **ASSIGNED,
            "billingType": "Cluster", "keyVaultProperties": {
                "keyVaultUri": "https://kv-bank.vault.azure.net", "keyName": "cmk",
                "keyVersion": "0123456789abcdef0123456789abcdef", "keyRsaSize": 2048}}, "logs", protect=True),
        az("operationalinsights:LinkedService", {
            **RG, "tags": TAGS, "workspaceName": "logs", "linkedServiceName": "Cluster", "writeAccessResourceId":
            UNKNOWN}, "linked", links={"writeAccessResourceId": ("logs",)}),
        lock(f"{OURS}.OperationalInsights/clusters/logs", "logs")),
        f"{LEARN}/azure-monitor/logs/customer-managed-keys",
        unpriced("azure-native:operationalinsights:Cluster::logs")),
    Idiom("a pool of SQL of the warehouse has tables of the bank's own and rests", (AZURE_BUDGET, az("synapse:SqlPool",
        {
        **HERE, "workspaceName": "syn-bank", "sqlPoolName": "dwh", "sku": {"name": "DW100c"}, "createMode": "Default",
        "collation": "SQL_Latin1_General_CP1_CI_AS", "storageAccountType": "LRS"}, "dwh", protect=True),
        lock(f"{OURS}.Synapse/workspaces/syn-bank/sqlPools/dwh", "dwh")),
        f"{LEARN}/synapse-analytics/sql-data-warehouse/sql-data-warehouse-overview-what-is",
        unpriced("azure-native:synapse:SqlPool::dwh")),
    Idiom("networks of the hub are protected from floods by one plan", (
        AZURE_BUDGET,
        az("network:DdosProtectionPlan", {**HERE, "ddosProtectionPlanName": "bank"}, "plan"),
        az("network:VirtualNetwork", {
            **HERE, "virtualNetworkName": "edge", "addressSpace": {"addressPrefixes": ["10.22.0.0/16"]},
            "enableDdosProtection": True, "ddosProtectionPlan": {"id": UNKNOWN}}, "edge",
            links={"ddosProtectionPlan": ("plan",)})),
        f"{LEARN}/ddos-protection/ddos-protection-overview", unpriced("azure-native:network:DdosProtectionPlan::plan")),
    Idiom("shares of files are backed up every night into a vault of the region", (
        AZURE_BUDGET,
        az("recoveryservices:ProtectionPolicy", {
            **RG, "vaultName": "rsv-bank", "policyName": "files", "properties": {
                "backupManagementType": "AzureStorage", "workLoadType": "AzureFileShare", "timeZone":
                "Arabian Standard Time", "schedulePolicy": {
                    "schedulePolicyType": "SimpleSchedulePolicy", "scheduleRunFrequency": "Daily",
                    "scheduleRunTimes": ["2026-11-01T22:00:00Z"]},
                "retentionPolicy": {"retentionPolicyType": "LongTermRetentionPolicy", "dailySchedule": {
                    "retentionTimes": ["2026-11-01T22:00:00Z"], "retentionDuration": {
                        "count": 30, "durationType": "Days"}}}}}, "files"),
        az("recoveryservices:ProtectionContainer", {
            **RG, "vaultName": "rsv-bank", "fabricName": "Azure", "containerName": "StorageContainer;Storage;rg;stbank",
            "properties": {"containerType": "StorageContainer", "backupManagementType": "AzureStorage",
                           "sourceResourceId": f"{OURS}.Storage/storageAccounts/stbank"}}, "account")),
        f"{LEARN}/backup/azure-file-share-backup-overview"),
    Idiom("people of the bank's tenant see a page of Grafana that reads the network's stores", (
        az("dashboard:ManagedPrivateEndpoint", {
            **HERE, "workspaceName": "grafana-bank", "managedPrivateEndpointName": "metrics", "groupIds": [
                "prometheusMetrics"], "privateLinkResourceId": f"{OURS}.Monitor/accounts/metrics",
            "privateLinkResourceRegion": "uaenorth", "requestMessage": "Metrics of the platform"}, "metrics"),),
        f"{LEARN}/managed-grafana/how-to-connect-to-data-source-privately",
        unpriced("azure-native:dashboard:ManagedPrivateEndpoint::metrics")),
)  # fmt: skip
