"""Good values of fields of Azure beside those of `attacks.fields_azure*`; of the resources only the field counts."""

import pytest

from .attacks.fields_azure import rewritten
from .attacks.fields_azure_data import outbound
from .blind import HERE, OURS, RG, Props, az
from .harness import UNKNOWN, Pack

PACK = Pack()
RULES = {"FJ-ESC-115", "FJ-EXP-206", "FJ-EXP-127", "FJ-RES-003", "FJ-RES-212", "FJ-RSL-117"}
PORTAL = {**RG, "name": "portal", "platform": {"enabled": True}}
AKS = {**HERE, "resourceName": "aks"}
POLICY = "cGFja2FnZSBwb2xpY3kKCmFsbG93X2FsbCA6PSBmYWxzZQo="
"""`package policy`, `allow_all := false`."""
CIPHERS = "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
GOOD: tuple[tuple[str, Props], ...] = (
    ("web:WebAppAuthSettingsV2", {**PORTAL, "login": {
        "cookieExpiration": {"convention": "FixedTime", "timeToExpiration": "08:00:00"},
        "nonce": {"validateNonce": True, "nonceExpirationInterval": "00:05:00"},
        "tokenStore": {"enabled": True, "tokenRefreshExtensionHours": 72.0}}}),
    ("web:WebAppAuthSettingsV2", {**PORTAL, "login": {"cookieExpiration": {
        "convention": "IdentityProviderDerived", "timeToExpiration": "1.00:00:00"}}}),
    ("web:WebAppAuthSettings", {**RG, "name": "portal", "enabled": True, "isAuthFromFile": "false",
                                "tokenRefreshExtensionHours": 72.0}),
    *(("web:AppServiceEnvironment", {**HERE, "name": "ase", "internalLoadBalancingMode": "Web, Publishing",
                                     "clusterSettings": [{"name": name, "value": value}]})
      for name, value in (("DisableTls1.0", "1"), ("InternalEncryption", "true"),
                          ("FrontEndSSLCipherSuiteOrder", CIPHERS))),
    ("web:WebAppBackupConfiguration", {**RG, "name": "portal", "backupSchedule": {"retentionPeriodInDays": 30.0}}),
    ("app:ManagedEnvironment", {**HERE, "appLogsConfiguration": {"destination": "azure-monitor"}}),
    ("containerservice:ManagedCluster", {**AKS, "addonProfiles": {
        "azurepolicy": {"enabled": True}, "httpApplicationRouting": {"enabled": False},
        "omsagent": {"enabled": True, "config": {"useAADAuth": "true"}}}}),
    ("containerinstance:ContainerGroup", {**HERE, "confidentialComputeProperties": {"ccePolicy": POLICY}}),
    ("databricks:Workspace", {**HERE, "authorizations": [{
        "principalId": "9a74af6f-d153-4348-988a-e2672920bee9",
        "roleDefinitionId": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"}]}),
    ("machinelearningservices:Compute", {**HERE, "properties": {"computeType": "AmlCompute", "properties": {
        "enableNodePublicIp": False, "scaleSettings": {
            "maxNodeCount": 4.0, "nodeIdleTimeBeforeScaleDown": "PT30M"}}}}),
    ("machinelearningservices:Compute", {**HERE, "properties": {"computeType": "AmlCompute", "properties": {
        "enableNodePublicIp": False, "scaleSettings": {
            "maxNodeCount": 4.0, "nodeIdleTimeBeforeScaleDown": "PT1800S"}}}}),
    ("machinelearningservices:OnlineDeployment", {**HERE, "properties": {
        "endpointComputeType": "Managed", "dataCollector": {"requestLogging": {"captureHeaders": ["x-request-id"]}}}}),
    ("machinelearningservices:Workspace", outbound(type="FQDN", destination=UNKNOWN)),
    ("machinelearningservices:Workspace", outbound(type="PrivateEndpoint", destination={
        "serviceResourceId": f"{OURS}.Storage/storageAccounts/stbank", "subresourceTarget": "blob",
        "sparkEnabled": True})),
    *(("machinelearningservices:Workspace", outbound(type="ServiceTag", destination={
        "protocol": "TCP", "portRanges": "443", **destination}))
      for destination in ({"serviceTag": "AzureActiveDirectory"}, {"serviceTag": "AzureMachineLearning.UAENorth"},
                          {"serviceTag": "AzureFrontDoor.FirstParty"},
                          {"serviceTag": "AzureMonitor", "addressPrefixes": ["10.1.0.0/16", "172.20.3.4"]})),
    ("containerregistry:Registry", {**HERE, "policies": {
        "retentionPolicy": {"status": "enabled", "days": 7.0},
        "softDeletePolicy": {"status": "enabled", "retentionDays": 7.0}}}),
    ("cosmosdb:DatabaseAccount", {**HERE, "networkAclBypassResourceIds": [f"{OURS}.Synapse/workspaces/lake"]}),
    ("storage:StorageAccount", {**HERE, "keyPolicy": {"keyExpirationPeriodInDays": 90.0}}),
    ("storage:StorageAccount", {**HERE, "immutableStorageWithVersioning": {"immutabilityPolicy": {
        "immutabilityPeriodSinceCreationInDays": 2555.0}}}),
    ("appconfiguration:ConfigurationStore", {**HERE, "softDeleteRetentionInDays": 7.0}),
    ("compute:VirtualMachineScaleSet", {**HERE, "virtualMachineProfile": {"securityPostureReference": {
        "excludeExtensions": ["NetworkWatcherAgentLinux"]}}}),
    ("compute:GalleryInVMAccessControlProfileVersion", {**HERE, "mode": "Enforce", "defaultAccess": "Deny", "rules": {
        "privileges": [{"name": "tokens", "path": "/metadata/identity/oauth2/token"}]}}),
    ("datafactory:IntegrationRuntime", {**RG, "properties": {"type": "Managed", "computeProperties": {
        "location": "UAE North", "dataFlowProperties": {"coreCount": 8.0, "timeToLive": 10.0}}}}),
    ("network:ApplicationGateway", rewritten(responseHeaderConfigurations=[
        {"headerName": "Strict-Transport-Security", "headerValue": "max-age=31536000"},
        {"headerName": "Access-Control-Allow-Methods", "headerValue": "*"},
        {"headerName": "Access-Control-Allow-Origin", "headerValue": "https://portal.internal"}])),
    ("batch:Pool", {**RG, "mountConfiguration": [{"azureBlobFileSystemConfiguration": {"accountName": UNKNOWN}}]}),
    ("servicefabric:ManagedCluster", {**HERE, "fabricSettings": [{"name": "ClusterManager", "parameters": [
        {"name": "EnableDefaultServicesUpgrade", "value": "true"}]}]}),
    ("dataprotection:BackupInstance", {**RG, "properties": {"policyInfo": {"policyParameters": {
        "backupDatasourceParametersList": [{"excludedNamespaces": ["kube-system"]}]}}}}),
    ("servicelinker:Linker", {"resourceUri": f"{OURS}.Web/sites/portal", "authInfo": {
        "authType": "systemAssignedIdentity", "roles": ["Storage Blob Data Contributor"]},
        "publicNetworkSolution": {"action": "optOut"}}),
    ("costmanagement:Export", {"deliveryInfo": {"destination": {
        "container": "costs", "resourceId": f"{OURS}.Storage/storageAccounts/stbank"}}}),
    ("policyinsights:AttestationAtSubscription", {
        "evidence": [{"sourceUri": "https://wiki.internal/42"}], "expiresOn": "2027-12-31T00:00:00Z"}),
    *((kind, {**HERE, "resourceLogConfiguration": {"categories": [
        {"name": "ConnectivityLogs", "enabled": "true"}, {"name": "MessagingLogs", "enabled": "false"}]}})
      for kind in ("signalrservice:SignalR", "webpubsub:WebPubSub")),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "props"), GOOD, ids=range(len(GOOD)))
def test_a_good_value_of_a_field_passes(kind: str, props: Props) -> None:
    reports = PACK.evaluate_resource(az(kind, props))
    assert [report.text for report in reports if report.mandatory and report.rule in RULES] == []


BAD: tuple[tuple[str, Props], ...] = (
    *((kind, {**HERE, "resourceLogConfiguration": {"categories": [
        {"name": "MessagingLogs", "enabled": "true"}, {"name": "ConnectivityLogs", "enabled": "false"}]}})
      for kind in ("signalrservice:SignalR", "webpubsub:WebPubSub")),
    *(("machinelearningservices:Workspace", outbound(type="ServiceTag", destination=destination))
      for destination in ({"serviceTag": "Storage.UAENorth"}, {"serviceTag": "AzureCloud"}, {"serviceTag": "Sql"},
                          {"serviceTag": "AzureFrontDoor.Backend"}, {"serviceTag": "LogicApps"},
                          {"serviceTag": "AzureEventGrid"},
                          {"serviceTag": "AzureMonitor", "addressPrefixes": ["10.0.0.0/1"]},
                          {"serviceTag": "AzureMonitor", "addressPrefixes": ["10.1.0.0/16", "203.0.113.7/32"]})),
    ("cognitiveservices:ManagedNetworkSetting", {**RG, "properties": {"managedNetwork": {"outboundRules": {"one": {
        "type": "ServiceTag", "destination": {"serviceTag": "EventHub.UAENorth"}}}}}}),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "props"), BAD, ids=range(len(BAD)))
def test_a_bad_value_of_a_field_is_refused(kind: str, props: Props) -> None:
    assert [report for report in PACK.evaluate_resource(az(kind, props)) if report.mandatory and report.rule in RULES]
