"""Attacks on Azure by values that a second reading of the table of switches found missing (2026-11-29).

Each names the property whose description in pulumi-azure-native 3.29.0, or the document beside its row, says so.
"""

import base64

from ..blind import HERE, OURS, RG, TAGS, Props
from ..harness import UNKNOWN
from .fields_azura_machines import CONTAINER, NODES, batch, fleet
from .fields_azurb_rights import eligible
from .fields_azure import ESC, WAF, attacks, front_door

SOURCE = {**RG, "factoryName": "adf", "linkedServiceName": "core"}
SERVER = {"server": "10.20.0.4", "database": "ledger"}
ZONE = {**RG, "zoneName": "bank.ae", "relativeRecordSetName": "@", "recordType": "TXT", "ttl": 3600}
MAPS = f"{OURS}.ContainerRegistry/registries/cr/scopeMaps"
POLICY = "/providers/Microsoft.Authorization/policyDefinitions/11111111-2222-3333-4444-555555555555"
ACCESS = {"publisher": "Microsoft.OSTCExtensions", "type": "VMAccessForLinux", "typeHandlerVersion": "1.5"}
OPEN_DOOR = """package policy

api_svn := "0.10.0"

mount_device := {"allowed": true}
create_container := {"allowed": true, "env_list": null, "allow_stdio_access": true}
exec_in_container := {"allowed": true}
"""
CLIENT = "22222222-3333-4444-5555-666666666666"


def linked(kind: str, **more: object) -> Props:
    """Returns a linked service of Data Factory."""
    return {**SOURCE, "properties": {"type": kind, **more}}


def texts(text: str) -> Props:
    """Returns a record set of one text."""
    return {**ZONE, "txtRecords": [{"value": [text]}]}


def overridden(**rule: object) -> Props:
    """Returns a policy of the firewall of a CDN profile that overrides one managed rule."""
    rules = {"ruleGroupName": "SQLI", "rules": [{"ruleId": "942100", **rule}]}
    sets = [{"ruleSetType": "DefaultRuleSet", "ruleSetVersion": "1.0", "ruleGroupOverrides": [rules]}]
    return front_door("cdn", managedRules={"managedRuleSets": sets})


def container(options: str) -> Props:
    """Returns a pool of Batch whose start task runs in a container with the options."""
    return {**batch(), "startTask": {"commandLine": "prepare", "containerSettings": {
        "imageName": "cr.azurecr.io/prepare@sha256:" + "a" * 64, "containerRunOptions": options}}}  # fmt: skip


def filtered(kind: str, **rule: object) -> Props:
    """Returns a policy of filters of a model with one filter."""
    return {**RG, "tags": TAGS, "accountName": "ai", "raiPolicyName": kind, "properties": {
        "mode": "Blocking", "basePolicyName": "Microsoft.DefaultV2", "contentFilters": [
            {"enabled": True, "source": "Prompt", **rule}]}}  # fmt: skip


def outbound(**rule: object) -> Props:
    """Returns the managed network of agents with one rule."""
    return {**RG, "accountName": "ai", "managedNetworkName": "default", "properties": {"managedNetwork": {
        "isolationMode": "AllowOnlyApprovedOutbound", "outboundRules": {"one": rule}}}}  # fmt: skip


def enclave(policy: str) -> Props:
    """Returns a confidential group of containers with a policy."""
    properties = {"ccePolicy": base64.b64encode(policy.encode()).decode()}
    return {**HERE, "containerGroupName": "job", "osType": "Linux", "sku": "Confidential", "containers": [{
        **CONTAINER, "name": "job"}], "confidentialComputeProperties": properties}  # fmt: skip


def alert(wait: str) -> Props:
    """Returns a rule of Prometheus with one alert."""
    return {**HERE, "ruleGroupName": "core", "scopes": [f"{OURS}.Monitor/accounts/amw"], "rules": [
        {"alert": "down", "expression": "up == 0", "for": wait}]}  # fmt: skip


def recorded(header: str) -> Props:
    """Returns a diagnostic of an API that records one header."""
    return {**RG, "serviceName": "apim", "apiId": "core", "diagnosticId": "azuremonitor", "loggerId": "azuremonitor",
            "backend": {"request": {"headers": [header]}}}  # fmt: skip


SOURCES = attacks((
    ("a pipeline reads from a server of SQL that encrypts nothing", ESC, "datafactory:LinkedService",
     linked("SqlServer", **SERVER, encrypt="no"), "critical", "encrypt"),
    ("a pipeline lets a server of Oracle decide whether to encrypt", ESC, "datafactory:LinkedService",
     linked("Oracle", server="10.20.0.4", encryptionClient="accepted"), "critical",
     "encryptionClient; Oracle Database Security Guide, 'Native Network Encryption and Data Integrity'"),
    ("a pipeline goes on without sums where Oracle refuses them", ESC, "datafactory:LinkedService",
     linked("Oracle", server="10.20.0.4", cryptoChecksumClient="requested"), "major", "cryptoChecksumClient"),
    ("a pipeline reads tables of SAP without SNC", ESC, "datafactory:LinkedService",
     linked("SapOdp", server="10.20.0.4", sncMode=False), "critical", "sncMode"),
    ("a pipeline prefers TLS to MySQL, and does without", ESC, "datafactory:LinkedService",
     linked("MySql", **SERVER, sslMode=1), "critical", "sslMode"),
    ("a pipeline prefers TLS to PostgreSQL, and does without", ESC, "datafactory:LinkedService",
     linked("PostgreSqlV2", **SERVER, username="etl", authenticationType="Basic", sslMode=2), "critical", "sslMode"),
    ("a pipeline prefers TLS to Teradata, and does without", ESC, "datafactory:LinkedService",
     linked("Teradata", server="10.20.0.4", sslMode="Prefer"), "critical", "sslMode"),
    ("a pipeline reads from Oracle by an outdated cipher", ESC, "datafactory:LinkedService",
     linked("Oracle", server="10.20.0.4", encryptionTypesClient="(AES256, 3DES168)"), "major", "encryptionTypesClient"),
    ("a pipeline reads a page that anybody may read", ESC, "datafactory:LinkedService",
     linked("Web", typeProperties={"authenticationType": "Anonymous", "url": "https://10.20.0.4/rates"}), "minor",
     "typeProperties.authenticationType"),
    ("a pipeline reads a container that anybody may read", ESC, "datafactory:LinkedService",
     linked("AzureBlobStorage", containerUri="https://strates.blob.core.windows.net/rates"), "minor", "containerUri"),
))  # fmt: skip
RECORDS = attacks((
    ("every host sends mail of the bank by a bare all", ESC, "dns:RecordSet", texts("v=spf1 all"), "critical",
     "RFC 7208, 4.6.2"),
    ("every address sends mail of the bank", ESC, "dns:RecordSet", texts("v=spf1 ip4:0.0.0.0/0 -all"), "critical",
     "RFC 7208, 5.6"),
    ("a token replaces every image of a registry", ESC, "containerregistry:Token",
     {**RG, "registryName": "cr", "tokenName": "ci", "scopeMapId": f"{MAPS}/_repositories_push"}, "critical",
     "Container Registry, 'repository-scoped permissions'"),
    ("a token locks and replaces every image of a registry", ESC, "containerregistry:Token",
     {**RG, "registryName": "cr", "tokenName": "ci", "scopeMapId": f"{MAPS}/_repositories_push_metadata_write"},
     "critical", "Container Registry, 'repository-scoped permissions'"),
    ("files of batches are read with a key, since nobody said how", ESC, "batch:BatchAccount",
     {**HERE, "accountName": "batch", "autoStorage": {"storageAccountId": f"{OURS}.Storage/storageAccounts/st"}},
     "major", "autoStorage.authenticationMode"),
    ("an endpoint of twins authenticates by a key, since nobody said how", ESC, "digitaltwins:DigitalTwinsEndpoint",
     {**RG, "resourceName": "twins", "endpointName": "out", "properties": {
         "endpointType": "EventHub", "connectionStringPrimaryKey": UNKNOWN}}, "major", "authenticationType"),
    ("reports of Grafana are sent by whatever the mail server offers", ESC, "dashboard:Grafana",
     {**HERE, "workspaceName": "g", "properties": {"grafanaConfigurations": {
         "smtp": {"enabled": True, "host": "10.20.0.9:587"}}}}, "major", "smtp.startTLSPolicy"),
))  # fmt: skip
RIGHTS = attacks((
    ("a set of policies has one that is off by a capital letter", ESC, "authorization:PolicySetDefinition",
     {"policySetDefinitionName": "baseline", "policyDefinitions": [
         {"policyDefinitionId": POLICY, "parameters": {"Effect": {"value": "Disabled"}}}]}, "major",
     "policyDefinitions.parameters"),
    ("somebody is eligible for two years of hours", ESC, "authorization:PimRoleEligibilitySchedule",
     eligible(type="AfterDuration", duration="PT17520H"), "major", "scheduleInfo.expiration.duration"),
    ("somebody is eligible for no years and many days", ESC, "authorization:PimRoleEligibilitySchedule",
     eligible(type="AfterDuration", duration="P0Y1200D"), "major", "scheduleInfo.expiration.duration"),
    ("somebody is eligible without an end", ESC, "authorization:PimRoleEligibilitySchedule",
     eligible(type="NoExpiration"), "major", "scheduleInfo.expiration.type"),
    ("a rule of the firewall at the edge is off, since nobody said its state", WAF, "cdn:Policy",
     overridden(action="Block"), "major", "enabledState"),
    ("developers of every tenant sign in to the portal of the APIs", ESC, "apimanagement:IdentityProvider",
     {**RG, "serviceName": "apim", "identityProviderName": "aad", "type": "aad", "clientId": CLIENT,
      "clientSecret": UNKNOWN}, "critical", "allowedTenants, signinTenant"),
    ("a service of APIs comes back as it was, whatever the plan says", ESC, "apimanagement:ApiManagementService",
     {**HERE, "serviceName": "apim", "publisherEmail": "apis@bank.ae", "publisherName": "bank", "restore": True,
      "sku": {"name": "Premium", "capacity": 1}, "virtualNetworkType": "Internal"}, "critical", "restore"),
    ("a catalogue of APIs comes back as it was, whatever the plan says", ESC, "apicenter:Service",
     {**HERE, "serviceName": "apis", "restore": True}, "minor", "restore"),
    ("a bot believes whom a page names", ESC, "botservice:Channel",
     {**HERE, "resourceName": "bot", "channelName": "DirectLineChannel", "properties": {
         "channelName": "DirectLineChannel", "properties": {"sites": [
             {"siteName": "web", "isEnabled": True, "isV1Enabled": False, "isV3Enabled": True}]}}}, "major",
     "sites.isSecureSiteEnabled"),
))  # fmt: skip
MACHINES = attacks((
    ("a scale set makes an administrator with a password", ESC, "compute:VirtualMachineScaleSet",
     {**HERE, "vmScaleSetName": "work", "virtualMachineProfile": {
         "extensionProfile": {"extensions": [{"name": "access", **ACCESS}]}}}, "critical", "extensions.type"),
    ("a fleet makes an administrator with a password", ESC, "azurefleet:Fleet",
     fleet(extensionProfile={"extensions": [{"name": "access", "properties": ACCESS}]}), "critical", "extensions.type"),
    ("nodes of Batch get an administrator with a password", ESC, "batch:Pool",
     batch(extensions=[{"name": "access", **ACCESS}]), "critical", "extensions.type"),
    ("nodes of Service Fabric get an administrator with a password", ESC, "servicefabric:NodeType",
     {**NODES, "vmExtensions": [{"name": "access", **ACCESS}]}, "critical", "vmExtensions.type"),
    ("a start task sees the processes of its host", ESC, "batch:Pool", container("--rm --pid  host"), "critical",
     "containerRunOptions"),
    ("a start task has the root of its host", ESC, "batch:Pool", container("-tiv '/:/host'"), "critical",
     "containerRunOptions"),
    ("a start task has the volumes of another container", ESC, "batch:Pool", container("--volumes-from agent"), "major",
     "containerRunOptions"),
))  # fmt: skip
DEFAULTS = attacks((
    ("a name of a group of containers can be taken over, since nobody said whose it is", ESC,
     "containerinstance:ContainerGroup", {**HERE, "containerGroupName": "job", "osType": "Linux", "containers": [
         CONTAINER], "ipAddress": {"type": "Public", "ports": [{"port": 443}], "dnsNameLabel": "claims"}}, "major",
     "autoGeneratedDomainNameLabelScope"),
    ("a gateway of Spring believes every client certificate, since nobody said otherwise", ESC, "appplatform:Gateway",
     {**RG, "serviceName": "spring", "gatewayName": "default", "properties": {
         "clientAuth": {"certificates": [f"{OURS}.AppPlatform/Spring/spring/certificates/ca"]}}}, "major",
     "clientAuth.certificateVerification"),
    ("a registry on premises records nobody, since nobody asked it to", ESC, "containerregistry:ConnectedRegistry",
     {**RG, "registryName": "cr", "connectedRegistryName": "edge", "mode": "ReadOnly", "logging": {"logLevel": "Error"},
      "parent": {"syncProperties": {"tokenId": f"{OURS}.ContainerRegistry/registries/cr/tokens/sync",
                                    "messageTtl": "P2D"}}}, "minor", "logging.auditLogStatus"),
    ("the last backup of an app goes once it is old", ESC, "web:WebAppBackupConfiguration",
     {**RG, "name": "portal", "storageAccountUrl": UNKNOWN, "backupSchedule": {
         "frequencyInterval": 1, "frequencyUnit": "Day", "keepAtLeastOneBackup": False, "retentionPeriodInDays": 30}},
     "minor", "backupSchedule.keepAtLeastOneBackup"),
    ("pods of a namespace reach every address, since nobody said where to", ESC, "containerservice:ManagedNamespace",
     {**HERE, "resourceName": "aks", "managedNamespaceName": "claims", "properties": {
         "defaultNetworkPolicy": {"ingress": "AllowSameNamespace"}}}, "major", "defaultNetworkPolicy.egress"),
))  # fmt: skip
ENCLAVES = attacks((
    ("an enclave has the open door that its makers have for tests", ESC, "containerinstance:ContainerGroup",
     enclave(OPEN_DOOR), "critical", "microsoft/hcsshim, pkg/securitypolicy/open_door.rego"),
    ("an enclave lets everything pass, in the form of the example", ESC, "containerinstance:ContainerGroup",
     enclave('{"allow_all": true, "containers": {"length": 0, "elements": null}}'), "critical", "its example"),
    ("an enclave lets everything pass without a space", ESC, "containerinstance:ContainerGroup",
     enclave("package policy\nallow_all:=true\n"), "critical", "confidentialComputeProperties.ccePolicy"),
    ("an enclave lets its host run programs in containers", ESC, "containerinstance:ContainerGroup",
     enclave('package policy\ncreate_container := data.framework.create_container\nexec_external = {"allowed":true}'),
     "critical", "confidentialComputeProperties.ccePolicy"),
))  # fmt: skip
MODELS = attacks((
    ("a model is told how to do harm, and the filter only notes it", ESC, "cognitiveservices:RaiPolicy",
     filtered("mild", name="Violence", blocking=False, severityThreshold="Medium"), "major", "contentFilters.blocking"),
    ("prompts that take a model over are only noted", ESC, "cognitiveservices:SubscriptionRaiPolicy",
     {"raiPolicyName": "mild", "properties": {"mode": "Blocking", "contentFilters": [
         {"name": "Jailbreak", "enabled": True, "blocking": False, "source": "Prompt"}]}}, "major",
     "contentFilters.blocking"),
    ("agents reach every database of Azure", ESC, "cognitiveservices:ManagedNetworkSetting",
     outbound(type="FQDN", destination="*.database.windows.net"), "critical", "outboundRules.destination"),
    ("agents reach the hub of every customer", ESC, "cognitiveservices:ManagedNetworkSetting",
     outbound(type="ServiceTag", destination={"serviceTag": "AzureIoTHub", "protocol": "TCP", "portRanges": "443"}),
     "critical", "outboundRules.destination.serviceTag"),
    ("an alert of Prometheus waits a thousand hours", ESC, "alertsmanagement:PrometheusRuleGroup", alert("PT1000H"),
     "major", "rules.for"),
    ("an alert of Prometheus waits no years and forty days", ESC, "alertsmanagement:PrometheusRuleGroup",
     alert("P0Y40D"), "major", "rules.for"),
    ("after one alert nobody hears of another for a thousand hours", ESC, "alertsmanagement:SmartDetectorAlertRule",
     {**RG, "tags": TAGS, "location": "global", "alertRuleName": "failures", "state": "Enabled", "severity": "Sev1",
      "frequency": "PT1M", "scope": [f"{OURS}.Insights/components/core"], "throttling": {"duration": "PT1000H"},
      "detector": {"id": "FailureAnomaliesDetector"}, "actionGroups": {"groupIds": [f"{OURS}.Insights/actionGroups/a"]},
      }, "major", "throttling.duration"),
    ("logs of an API have the keys of its functions", ESC, "apimanagement:ApiDiagnostic", recorded("x-functions-key"),
     "critical", "headers; Azure Functions, 'access keys'"),
    ("pages of every site with TLS call a gateway as its user", ESC, "appplatform:Gateway",
     {**RG, "serviceName": "spring", "gatewayName": "default", "properties": {
         "corsProperties": {"allowedOriginPatterns": ["https://*"]}}}, "major", "allowedOriginPatterns"),
))  # fmt: skip
ATTACKS = (*SOURCES, *RECORDS, *RIGHTS, *MACHINES, *DEFAULTS, *ENCLAVES, *MODELS)
