"""Attacks on Azure by single fields, of alerts, records, backups, data that leaves, keys and costs (2026-11-29).

Found by reading every property of the reviewed types beside networks, machines and storage in pulumi-azure-native
3.29.0, whose descriptions are those of Azure's REST documents, read on 2026-11-29; what `harm` refers to beyond them as
known.
"""

from ..blind import GROUP, HERE, OURS, RG, SUB, TAGS, Props, az
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .fields_azure import ESC, attacks
from .fields_azure_services import ALERT, RULE

FINDINGS = ("FJ-EXP-127",)
DYNAMIC = {"criterionType": "DynamicThresholdCriterion", "operator": "GreaterThan", "alertSensitivity": "High",
           "timeAggregation": "Count", "ignoreDataBefore": "2099-01-01T00:00:00Z",
           "failingPeriods": {"minFailingPeriodsToAlert": 1, "numberOfEvaluationPeriods": 1}}  # fmt: skip
QUERY = {"query": "AzureActivity", "timeAggregation": "Count"}
HIDDEN = {"alertsSuppressionRuleName": "s", "alertType": "IpAnomaly", "reason": "FalsePositive", "state": "Enabled",
          "suppressionAlertsScope": {"allOf": [{"field": "entities.ip.address"}]}}  # fmt: skip
STANDARD = {"resourceId": SUB[1:], "standardAssignmentName": "cis", "assignedStandard": {"id": "cis"}}
MACHINE = f"{OURS}.Compute/virtualMachines/m"
SQL_MACHINE = {**HERE, "sqlVirtualMachineName": "m", "virtualMachineResourceId": MACHINE}
PATCHES = {**HERE, "resourceName": "m", "maintenanceScope": "InGuestPatch", "visibility": "Custom",
           "recurEvery": "Week", "duration": "03:00", "startDateTime": "2019-01-01 00:00", "timeZone": "UTC",
           "installPatches": {"rebootSetting": "IfRequired", "linuxParameters": {
               "classificationsToInclude": ["Critical", "Security"]}}}  # fmt: skip
SITE = {"clusterName": "n", "clusterType": "SingleRack", "clusterVersion": "4.5.0",
        "networkFabricId": f"{OURS}.ManagedNetworkFabric/networkFabrics/f",
        "extendedLocation": {"type": "CustomLocation",
                             "name": f"{OURS}.ExtendedLocation/customLocations/manager"},
        "aggregatorOrSingleRackDefinition": {
            "networkRackId": f"{OURS}.ManagedNetworkFabric/networkRacks/r", "rackSerialNumber": "r-1",
            "rackSkuId": f"{SUB}/providers/Microsoft.NetworkCloud/rackSkus/s"}}  # fmt: skip
"""A cluster of Azure Operator Nexus in one rack."""
SENDER = {"recipientName": "Data centre", "streetAddress1": "Street 1", "city": "Dubai", "postalCode": "00000",
          "countryOrRegion": "United Arab Emirates", "phone": "+97140000000", "email": "dc@bank.ae"}  # fmt: skip
STORE = f"{OURS}.Storage/storageAccounts/stbank"
HUB = {**HERE, "resourceName": "h", "sku": {"name": "S1", "capacity": 1}}
RECORDS = {**HERE, "workspaceName": "health", "fhirServiceName": "records", "kind": "fhir-R4"}
SOURCE = {"type": "SqlConnectionInfo", "dataSource": "10.0.0.4", "encryptConnection": True,
          "trustServerCertificate": False}  # fmt: skip


def closing(**change: str) -> Props:
    """Returns a rule that changes every incident."""
    return {**RG, "workspaceName": "soc", "automationRuleId": "r", "displayName": "noise", "order": 1,
            "triggeringLogic": {"isEnabled": True, "triggersOn": "Incidents", "triggersWhen": "Created",
                                "conditions": []},
            "actions": [{"order": 1, "actionType": "ModifyProperties", "actionConfiguration": change}]}  # fmt: skip


def rotated(*kinds: str) -> Props:
    """Returns a key with actions of these kinds."""
    actions = [{"action": {"type": kind}, "trigger": {"timeBeforeExpiry": "P30D"}} for kind in kinds]
    return {**RG, "vaultName": "v", "keyName": "k", "properties": {
        "kty": "RSA-HSM", "keySize": 3072, "rotationPolicy": {"lifetimeActions": actions}}}  # fmt: skip


EVIDENCE = attacks((
    ("every incident is of no importance", FINDINGS, "securityinsights:AutomationRule",
     closing(severity="Informational"), "major", "nobody looks at it (Sentinel, 'Automation rules')"),
    ("a rule of Sentinel counts to less than nothing", FINDINGS, "securityinsights:ScheduledAlertRule",
     {**RULE, "triggerOperator": "LessThan", "triggerThreshold": 0}, "major", "triggerOperator with triggerThreshold"),
    ("an alert counts to less than nothing", FINDINGS, "monitor:ScheduledQueryRule",
     {**ALERT, "criteria": {"allOf": [{**QUERY, "operator": "LessThan", "threshold": 0}]}}, "major",
     "criteria.allOf.operator with threshold"),
    ("an alert waits for a thousand million records", FINDINGS, "monitor:ScheduledQueryRule",
     {**ALERT, "criteria": {"allOf": [{**QUERY, "operator": "GreaterThan", "threshold": 1e9}]}}, "major",
     "criteria.allOf.threshold"),
    ("a rule of Sentinel looks once in a fortnight", ESC, "securityinsights:ScheduledAlertRule",
     {**RULE, "queryFrequency": "P14D", "queryPeriod": "P14D"}, "major", "queryFrequency"),
    ("an alert learns from 2099 on", ESC, "monitor:ScheduledQueryRule",
     {**ALERT, "criteria": {"allOf": [{"query": "AzureActivity", **DYNAMIC}]}}, "major", "ignoreDataBefore"),
    ("an alert on a metric learns from 2099 on", ESC, "monitor:MetricAlert",
     {**HERE, "location": "global", "ruleName": "r", "enabled": True, "severity": 2, "scopes": [GROUP],
      "evaluationFrequency": "PT5M", "windowSize": "PT15M",
      "criteria": {"odataType": "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria",
                   "allOf": [{"name": "a", "metricName": "m", **DYNAMIC}]}}, "major", "ignoreDataBefore"),
    ("alerts on an address stay hidden until 2099", ESC, "security:AlertsSuppressionRule",
     {**HIDDEN, "expirationDateUtc": "2099-01-01T00:00:00Z"}, "major", "expirationDateUtc"),
    ("an exemption counts until 2099", ESC, "security:StandardAssignment",
     {**STANDARD, "effect": "Audit", "expiresOn": "2099-01-01T00:00:00Z"}, "major", "expiresOn"),
    ("an assignment of Defender counts until 2099", ESC, "security:Assignment",
     {**HERE, "assignmentId": "a", "scope": GROUP, "effect": "audit", "expiresOn": "2099-01-01T00:00:00Z",
      "assignedStandard": {"id": "cis"}}, "minor", "expiresOn"),
    ("a standard leaves out the subscription that it is for", FINDINGS, "security:StandardAssignment",
     {**STANDARD, "effect": "Audit", "excludedScopes": [SUB]}, "major", "excludedScopes"),
    ("uploads are scanned up to a gigabyte a month", ESC, "security:DefenderForStorage",
     {"resourceId": STORE, "settingName": "current", "properties": {
         "isEnabled": True, "overrideSubscriptionLevelSettings": True, "sensitiveDataDiscovery": {"isEnabled": True},
         "malwareScanning": {"onUpload": {"isEnabled": True, "capGBPerMonth": 1}}}}, "major", "capGBPerMonth"),
    ("uploads of a subscription are scanned up to a gigabyte", ESC, "security:Pricing",
     {"scopeId": SUB[1:], "pricingName": "StorageAccounts", "pricingTier": "Standard",
      "subPlan": "DefenderForStorageV2", "extensions": [{
          "name": "OnUploadMalwareScanning", "isEnabled": "True",
          "additionalExtensionProperties": {"CapGBPerMonthPerStorageAccount": "1"}}]}, "major", "extensions"),
    ("open ports of devices are found by nobody", ESC, "security:IotSecuritySolution",
     {**HERE, "solutionName": "iot", "displayName": "iot", "iotHubs": [f"{OURS}.Devices/IotHubs/h"],
      "status": "Enabled", "recommendationsConfiguration": [
          {"recommendationType": "IoT_OpenPorts", "status": "Disabled"}]}, "minor", "recommendationsConfiguration"),
    ("a port is open until 2099", ESC, "security:JitNetworkAccessPolicy",
     {**RG, "ascLocation": "uaenorth", "jitNetworkAccessPolicyName": "d", "kind": "Basic",
      "virtualMachines": [{"id": MACHINE, "ports": [{
          "number": 22, "protocol": "*", "allowedSourceAddressPrefix": "10.0.0.4",
          "maxRequestAccessDuration": "PT3H"}]}],
      "requests": [{"requestor": "ops", "startTimeUtc": "2026-11-29T00:00:00Z", "virtualMachines": [{
          "id": MACHINE, "ports": [{"number": 22, "endTimeUtc": "2099-01-01T00:00:00Z", "status": "Initiated",
                                    "statusReason": "UserRequested"}]}]}]}, "critical", "requests"),
    ("nobody is told of alerts", ESC, "security:SecurityContact",
     {"securityContactName": "default", "emails": "", "isEnabled": True,
      "notificationsByRole": {"state": "On", "roles": []}}, "major", "emails (CIS Azure, additional e-mail addresses)"),
    ("machines were patched until 2020", ESC, "maintenance:MaintenanceConfiguration",
     {**PATCHES, "expirationDateTime": "2020-01-01 00:00"}, "major", "expirationDateTime"),
    ("nothing limits the machines of a lab", ESC, "devtestlab:Policy",
     {**HERE, "labName": "l", "name": "p", "policySetName": "default", "status": "Disabled",
      "factName": "LabVmCount", "evaluatorType": "MaxValuePolicy", "threshold": "5"}, "minor", "status"),
))  # fmt: skip
KEPT = attacks((
    ("what a record said before is not kept", ESC, "healthcareapis:FhirService",
     {**RECORDS, "resourceVersionPolicyConfiguration": {"default": "no-version"}}, "major",
     "resourceVersionPolicyConfiguration"),
    ("what an observation said before is not kept", ESC, "healthcareapis:FhirService",
     {**RECORDS, "resourceVersionPolicyConfiguration": {
         "default": "versioned", "resourceTypeOverrides": {"Observation": "no-version"}}}, "major",
     "resourceTypeOverrides"),
    ("backups of Cassandra are a year apart", ESC, "cosmosdb:CassandraCluster",
     {**HERE, "clusterName": "c", "properties": {
         "authenticationMethod": "Cassandra", "cassandraAuditLoggingEnabled": True, "repairEnabled": True,
         "hoursBetweenBackups": 8760, "delegatedManagementSubnetId": f"{OURS}.Network/virtualNetworks/v/subnets/s"}},
     "major", "hoursBetweenBackups"),
    ("backups of a database's machine are gone after a day", ESC, "sqlvirtualmachine:SqlVirtualMachine",
     {**SQL_MACHINE, "autoBackupSettings": {"enable": True, "enableEncryption": True, "retentionPeriod": 1}},
     "major", "autoBackupSettings.retentionPeriod"),
    ("an instance becomes the first, whatever the other had", ESC, "azurearcdata:FailoverGroup",
     {**RG, "sqlManagedInstanceName": "m", "failoverGroupName": "f", "properties": {
         "partnerManagedInstanceId": f"{OURS}.AzureArcData/sqlManagedInstances/b",
         "spec": {"role": "force-primary-allow-data-loss"}}}, "major", "spec.role"),
    ("a cache has one copy of what it keeps", ESC, "redisenterprise:RedisEnterprise",
     {**HERE, "clusterName": "c", "sku": {"name": "Balanced_B5"}, "minimumTlsVersion": "1.2",
      "publicNetworkAccess": "Disabled", "highAvailability": "Disabled"}, "minor", "highAvailability"),
    ("the database's agent is its administrator", ESC, "sqlvirtualmachine:SqlVirtualMachine",
     {**SQL_MACHINE, "leastPrivilegeMode": "NotSet"}, "minor", "leastPrivilegeMode"),
))  # fmt: skip
DATA = attacks((
    ("pages are opened by browsers abroad", ("FJ-RES-206",), "loadtestservice:PlaywrightWorkspace",
     {**HERE, "playwrightWorkspaceName": "p", "localAuth": "Disabled"}, "critical",
     "regionalAffinity: by default in the region nearest to the client"),
    ("events go to the service of a partner", ("FJ-RES-204",), "eventgrid:PartnerDestination",
     {**HERE, "partnerDestinationName": "p", "endpointServiceContext": "bank",
      "partnerRegistrationImmutableId": "22222222-2222-3333-4444-555555555555"}, "critical", "partner destinations"),
    *((f"messages to customers go by {service}", ("FJ-RES-204",), "notificationhubs:Namespace",
       {**HERE, "namespaceName": "push", "sku": {"name": "Standard"}, "replicationRegion": "None",
        "publicNetworkAccess": "Disabled", "pnsCredentials": {
            f"{service}Credential": dict.fromkeys(keys, UNKNOWN)}}, "critical", "pnsCredentials")
      for service, keys in (("xiaomi", ("appSecret",)),
                            ("baidu", ("baiduApiKey", "baiduEndPoint", "baiduSecretKey")))),
    ("passwords of machines are kept in a stranger's vault", ("FJ-RES-212",), "networkcloud:Cluster",
     {**HERE, **SITE, "secretArchiveSettings": {"vaultUri": "https://kv-collector.vault.azure.net"}},
     "critical", "secretArchiveSettings"),
    ("calls of Teams are told to a stranger", ("FJ-RES-212",), "botservice:Channel",
     {**RG, "resourceName": "b", "channelName": "MsTeamsChannel", "properties": {
         "channelName": "MsTeamsChannel", "properties": {"isEnabled": True, "enableCalling": True,
                                                         "callingWebhook": "https://collector.example/calls"}}},
     "critical", "callingWebhook"),
    ("a device sends its data to a stranger's domain", ("FJ-RES-212",), "databoxedge:StorageAccountCredential",
     {**RG, "deviceName": "d", "name": "s", "alias": "s", "accountType": "BlobStorage", "sslStatus": "Enabled",
      "blobDomainName": "blob.collector.example", "userName": "u"}, "critical", "blobDomainName"),
    ("rows of a migration are read without a certificate", ESC, "datamigration:Project",
     {"location": "uaenorth", "tags": TAGS, "serviceName": "s", "projectName": "p", "groupName": "g",
      "sourcePlatform": "SQL",
      "targetPlatform": "SQLDB", "sourceConnectionInfo": {
          **SOURCE, "additionalSettings": "Encrypt=True;TrustServerCertificate=True"}}, "critical",
     "additionalSettings"),
    ("links to upload files are valid for a year", ESC, "iothub:IotHubResource",
     {**HUB, "properties": {"disableLocalAuth": True, "minTlsVersion": "1.2", "storageEndpoints": {"$default": {
         "containerName": "c", "connectionString": "", "authenticationType": "identityBased",
         "sasTtlAsIso8601": "P365D"}}}}, "major", "sasTtlAsIso8601"),
    ("keys of shipped disks are encrypted by Microsoft", ("FJ-ENC-212",), "importexport:Job",
     {**HERE, "jobName": "j", "properties": {
         "jobType": "Export", "storageAccountId": STORE, "returnAddress": SENDER,
         "encryptionKey": {"kekType": "MicrosoftManaged"}}}, "major", "encryptionKey.kekType"),
    ("a key tells of its age and is never rotated", ("FJ-ENC-210",), "keyvault:Key", rotated("notify"), "major",
     "rotationPolicy.lifetimeActions"),
    ("copies of a cache are written with a key", ESC, "redis:Redis",
     {**HERE, "name": "c", "minimumTlsVersion": "1.2", "disableAccessKeyAuthentication": True,
      "sku": {"name": "Premium", "family": "P", "capacity": 1}, "redisConfiguration": {
         "aadEnabled": "true", "rdbBackupEnabled": "true", "preferredDataPersistenceAuthMethod": "SAS"}}, "minor",
     "preferredDataPersistenceAuthMethod"),
    ("data of jobs crosses the network in plaintext", ESC, "synapse:BigDataPool",
     {**HERE, "workspaceName": "w", "bigDataPoolName": "p", "sparkConfigProperties": {
         "filename": "c", "content": "spark.network.crypto.enabled false"}}, "major", "sparkConfigProperties"),
    ("a password stands in a store of settings", ("FJ-EXP-114",), "appconfiguration:KeyValue",
     {**RG, "configStoreName": "c", "keyValueName": "core:db-password", "value": "hunter2Hunter2!x"}, "major",
     "whoever reads settings reads it (App Configuration, 'Key Vault references')"),
    ("a password stands in the parameters of a factory", ("FJ-EXP-114",), "datafactory:GlobalParameter",
     {**RG, "factoryName": "f", "globalParameterName": "default", "properties": {
         "dbPassword": {"type": "String", "value": "hunter2Hunter2!x"}}}, "major", "properties"),
    ("prompts and answers pass without a filter", ESC, "cognitiveservices:Deployment",
     {**RG, "accountName": "a", "deploymentName": "d", "sku": {"name": "Standard", "capacity": 10}, "properties": {
         "model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-08-06"},
         "raiPolicyName": "Microsoft.Nil"}}, "major", "raiPolicyName"),
))  # fmt: skip
MONEY = (
    Attack("a thousand accelerators are reserved", ("FJ-COST-004",), (STACK, AZURE, AZURE_BUDGET, az(
        "machinelearningservices:CapacityReservationGroup", {
            **HERE, "groupId": "g", "capacityReservationGroupProperties": {
                "reservedCapacity": 1000, "offer": {"publisher": "p", "offerName": "o"}}})), "major",
        "reservedCapacity"),
    *attacks((
        ("one user starts a thousand machines", ESC, "devcenter:Project",
         {**HERE, "projectName": "p", "devCenterId": f"{OURS}.DevCenter/devcenters/d", "maxDevBoxesPerUser": 1000},
         "minor", "maxDevBoxesPerUser"),
        ("a machine that nobody uses runs for three days", ESC, "machinelearningservices:Compute",
         {**HERE, "workspaceName": "ml", "computeName": "c", "properties": {
             "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                 "vmSize": "STANDARD_DS2_V2", "enableNodePublicIp": False, "idleTimeBeforeShutdown": "P3D"}}},
         "minor", "idleTimeBeforeShutdown"),
    )),
)  # fmt: skip
ATTACKS = (*EVIDENCE, *KEPT, *DATA, *MONEY)
