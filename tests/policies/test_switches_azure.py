"""Switches of Azure: ordinary positions are silent, every spelling of a dangerous one is refused (FJ-ESC-115)."""

import pytest
from guardrails.unverifiable.switch_rows import SwitchRow, read_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.thorough import many

from .attacks.switches_azure import CONTAINER, DISK, HERE, IDENTITY, OURS, POLICY, RG, SQL, firewall, linked
from .blind import GROUP, SUB, az
from .harness import UNKNOWN, Given, Pack, blocking, rules, secret
from .test_attacks import schema_failures

RULE = "FJ-ESC-115"
PACK = Pack()
CLUSTER = {**HERE, **IDENTITY, "resourceName": "aks"}
ORDINARY = (
    az("authorization:PolicyAssignment", {
        "scope": GROUP, "policyAssignmentName": "a", "policyDefinitionId": POLICY, "enforcementMode": "Default",
        "parameters": {"effect": {"value": "Deny"}, "requireTags": {"value": True}},
        "metadata": {"reviewed": True}}, "assignment"),
    az("authorization:PolicyDefinition", {
        "policyDefinitionName": "p", "mode": "All", "policyType": "Custom", "policyRule": {
            "if": {"field": "Microsoft.Storage/storageAccounts/supportsHttpsTrafficOnly", "equals": False},
            "then": {"effect": "[parameters('effect')]"}},
        "parameters": {"effect": {"type": "String", "allowedValues": ["Audit", "Disabled"]}}}, "definition"),
    az("authorization:ManagementLockByScope", {"scope": GROUP, "lockName": "keep", "level": "ReadOnly"}),
    az("sql:ServerBlobAuditingPolicy", {
        **SQL, "blobAuditingPolicyName": "default", "state": "Enabled", "retentionDays": 0,
        "isAzureMonitorTargetEnabled": True, "isManagedIdentityInUse": True, "isStorageSecondaryKeyInUse": False}),
    az("sql:ServerSecurityAlertPolicy", {
        **RG, "serverName": "sql", "securityAlertPolicyName": "Default", "state": "Enabled", "disabledAlerts": [],
        "emailAccountAdmins": False}),
    az("sql:Database", {
        **HERE, "serverName": "sql", "databaseName": "orders", "zoneRedundant": True, "isLedgerOn": False,
        "sku": {"name": "GP_S_Gen5", "tier": "GeneralPurpose", "capacity": 2}, "readScale": "Disabled"}),
    az("security:Pricing", {
        "scopeId": SUB[1:], "pricingName": "StorageAccounts", "pricingTier": "Standard",
        "subPlan": "DefenderForStorageV2", "extensions": [{
            "name": "OnUploadMalwareScanning", "isEnabled": "True",
            "additionalExtensionProperties": {"CapGBPerMonthPerStorageAccount": "5000"}}]}),
    az("network:FirewallPolicy", {
        **HERE, "firewallPolicyName": "p", "sku": {"tier": "Premium"}, "threatIntelMode": "Deny",
        "intrusionDetection": {"mode": "Alert", "configuration": {
            "signatureOverrides": [{"id": "2008983", "mode": "Off"}]}},
        "dnsSettings": {"enableProxy": True, "requireProxyForNetworkRules": False}}),
    az("network:WebApplicationFirewallPolicy", firewall(fileUploadEnforcement=True)),
    az("network:BastionHost", {
        **HERE, "bastionHostName": "b", "sku": {"name": "Standard"}, "enableTunneling": True, "enableIpConnect": True,
        "disableCopyPaste": False}),
    az("network:VirtualNetworkPeering", {
        **RG, "virtualNetworkName": "spoke", "virtualNetworkPeeringName": "hub", "allowVirtualNetworkAccess": True,
        "allowForwardedTraffic": True, "allowGatewayTransit": False, "useRemoteGateways": True,
        "remoteVirtualNetwork": {"id": f"{OURS}.Network/virtualNetworks/hub"}}),
    az("network:ApplicationGateway", {
        **HERE, "applicationGatewayName": "g", "enableHttp2": True, "enableFips": False, "probes": [
            {"name": "p", "protocol": "Https", "pickHostNameFromBackendHttpSettings": True}],
        "backendHttpSettingsCollection": [{
            "name": "b", "port": 443, "protocol": "Https", "cookieBasedAffinity": "Disabled",
            "pickHostNameFromBackendAddress": False, "connectionDraining": {
                "enabled": True, "drainTimeoutInSec": 60}}]}),
    az("network:FlowLog", {
        **HERE, "networkWatcherName": "w", "flowLogName": "f", "enabled": True,
        "targetResourceId": f"{OURS}.Network/virtualNetworks/v",
        "storageId": f"{OURS}.Storage/storageAccounts/staudit", "retentionPolicy": {"enabled": True, "days": 90}}),
    az("monitor:DiagnosticSetting", {
        "resourceUri": GROUP, "name": "d", "workspaceId": f"{OURS}.OperationalInsights/workspaces/w", "logs": [
            {"category": "AuditEvent", "enabled": True}, {"category": "Verbose", "enabled": False}]}),
    az("monitor:MetricAlert", {
        **RG, "location": "global", "tags": HERE["tags"], "ruleName": "r", "enabled": True, "severity": 2,
        "autoMitigate": False, "scopes": [GROUP], "evaluationFrequency": "PT5M", "windowSize": "PT5M", "criteria": {
            "odataType": "Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria"}}),
    az("storage:BlobServiceProperties", {
        **RG, "accountName": "st", "blobServicesName": "default", "isVersioningEnabled": True,
        "changeFeed": {"enabled": True, "retentionInDays": 30}, "restorePolicy": {"enabled": True, "days": 6},
        "deleteRetentionPolicy": {"enabled": True, "days": 7, "allowPermanentDelete": False}}),
    az("storage:ManagementPolicy", {
        **RG, "accountName": "st", "managementPolicyName": "default", "policy": {"rules": [{
            "name": "cool", "enabled": True, "type": "Lifecycle", "definition": {
                "actions": {"baseBlob": {"tierToCool": {"daysAfterModificationGreaterThan": 30},
                                         "enableAutoTierToHotFromCool": False}}}}]}}),
    az("compute:Disk", {**DISK, "dataAccessAuthMode": "AzureActiveDirectory", "burstingEnabled": False}),
    az("compute:VirtualMachine", {
        **HERE, **IDENTITY, "vmName": "gpu", "securityProfile": {
            "encryptionAtHost": True, "uefiSettings": {"secureBootEnabled": False, "vTpmEnabled": True}},
        "osProfile": {"computerName": "gpu", "adminUsername": "azureuser", "allowExtensionOperations": True,
                      "linuxConfiguration": {"disablePasswordAuthentication": True, "provisionVMAgent": True}},
        "diagnosticsProfile": {"bootDiagnostics": {"enabled": True}}, "storageProfile": {"osDisk": {
            "createOption": "FromImage", "deleteOption": "Detach", "writeAcceleratorEnabled": False}}}),
    az("compute:VirtualMachineExtension", {
        **HERE, "vmName": "gpu", "vmExtensionName": "monitor", "publisher": "Microsoft.Azure.Monitor",
        "type": "AzureMonitorLinuxAgent", "autoUpgradeMinorVersion": True, "enableAutomaticUpgrade": True,
        "settings": {"authentication": {"managedIdentity": True}, "enableSomething": True}}),
    az("containerservice:ManagedCluster", {
        **CLUSTER, "addonProfiles": {"azurepolicy": {"enabled": True}, "httpApplicationRouting": {"enabled": False}},
        "agentPoolProfiles": [{
            "name": "gpu", "enableAutoScaling": True, "nodeLabels": {"public": "true", "privileged": "false"},
            "enableEncryptionAtHost": True, "enableFIPS": False, "linuxOSConfig": {
                "sysctls": {"netIpv4TcpTwReuse": True}}, "kubeletConfig": {"allowedUnsafeSysctls": [
                    "net.core.somaxconn"]}}],
        "storageProfile": {"blobCSIDriver": {"enabled": True}, "snapshotController": {"enabled": True}},
        "autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "SecurityPatch"}}),
    az("containerinstance:ContainerGroup", {
        **HERE, **IDENTITY, "osType": "Linux", "containers": [{**CONTAINER, "securityContext": {
            "allowPrivilegeEscalation": False, "capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}},
            "volumeMounts": [{"name": "v", "mountPath": "/v", "readOnly": False}]}]}),
    az("containerregistry:Registry", {
        **HERE, "registryName": "cr", "sku": {"name": "Premium"}, "dataEndpointEnabled": True,
        "networkRuleSet": {"defaultAction": "Deny"}, "policies": {
            "exportPolicy": {"status": "disabled"}, "retentionPolicy": {"days": 30, "status": "enabled"},
            "quarantinePolicy": {"status": "disabled"}}}),
    az("app:ContainerApp", {
        **HERE, **IDENTITY, "containerAppName": "a", "environmentId": f"{OURS}.App/managedEnvironments/e",
        "configuration": {"dapr": {"enabled": True, "enableApiLogging": False}, "ingress": {
            "allowInsecure": False, "external": False, "targetPort": 8080, "traffic": [{"latestRevision": True}]}}}),
    az("web:WebApp", {
        **HERE, **IDENTITY, "name": "app", "httpsOnly": True, "clientAffinityEnabled": False, "siteConfig": {
            "alwaysOn": True, "http20Enabled": True, "vnetRouteAllEnabled": True, "webSocketsEnabled": False,
            "use32BitWorkerProcess": False, "ipSecurityRestrictionsDefaultAction": "Deny",
            "azureStorageAccounts": {"models": {"type": "AzureFiles", "protocol": "Smb"}}}}),
    az("web:WebAppApplicationSettings", {
        **RG, "name": "app", "properties": {"httpsOnly": "false", "FEATURE_X": "true", "disableLocalAuth": "false"}}),
    az("datafactory:LinkedService", linked(encrypt="mandatory", trustServerCertificate=False, pooling=True)),
    az("datafactory:Pipeline", {
        **RG, "factoryName": "adf", "pipelineName": "p", "activities": [{
            "type": "IfCondition", "name": "i", "expression": {"type": "Expression", "value": "@true"},
            "ifTrueActivities": [{
                "type": "Copy", "name": "c", "enableStaging": False, "source": {
                    "type": "ParquetSource", "disableMetricsCollection": True}, "sink": {"type": "ParquetSink"},
                "policy": {"secureInput": True, "secureOutput": False}}]}]}),
    az("logic:Workflow", {
        **HERE, "workflowName": "w", "state": "Enabled", "definition": {
            "actions": {"a": {"type": "Http", "inputs": {"body": {"enabled": False, "public": True}}}}}}),
    az("machinelearningservices:Compute", {
        **HERE, **IDENTITY, "workspaceName": "ml", "computeName": "c", "properties": {
            "computeType": "AmlCompute", "disableLocalAuth": True, "properties": {
                "vmSize": "STANDARD_NC24ADS_A100_V4", "enableNodePublicIp": False, "isolatedNetwork": False,
                "remoteLoginPortPublicAccess": "Disabled"}}}),
    az("desktopvirtualization:HostPool", {
        **HERE, "hostPoolName": "h", "hostPoolType": "Pooled", "loadBalancerType": "BreadthFirst",
        "preferredAppGroupType": "Desktop", "startVMOnConnect": True, "validationEnvironment": False,
        "customRdpProperty": "drivestoredirect:s:;redirectclipboard:i:0;audiocapturemode:i:1;"}),
)  # fmt: skip


@pytest.mark.parametrize("ordinary", ORDINARY, ids=lambda one: f"{one.type}-{one.name}")
def test_ordinary_positions_are_silent(ordinary: Given) -> None:
    assert schema_failures(ordinary) == []
    assert [report.text for report in PACK.evaluate_resource(ordinary) if report.rule == RULE] == []


def test_an_unknown_position_is_reported_only_where_positions_matter() -> None:
    bastion = {**HERE, "bastionHostName": "b", "sku": {"name": "Standard"}}
    assert RULE in rules(PACK.evaluate_resource(az("network:BastionHost", {**bastion, "enableFileCopy": UNKNOWN})))
    assert RULE not in rules(PACK.evaluate_resource(az("network:BastionHost", {**bastion, "enableTunneling": UNKNOWN})))


def _positions(row: SwitchRow) -> str:
    """Returns what a row says of its positions, without the marks of when it counts."""
    return row.safe.lstrip("=+")


ROWS = [row for row in read_rows()["azure-native"] if row.type != "*" and row.why and "*" not in row.path]
LISTED = [row for row in ROWS if not _positions(row).startswith(("~", "!~"))]


def _bad(row: SwitchRow, which: int) -> str:
    """Returns a position that a row refuses; `which` chooses among several."""
    positions = _positions(row)
    if positions.startswith("!"):
        values = positions[1:].split("|")
        return values[which % len(values)]
    if positions.startswith("<P"):
        return "P9999D"
    return {"true": "false", "false": "true"}.get(positions, "SomethingElse")


def _spelled(value: str, spelling: int) -> object:
    """Returns a position as programs may write it: as a boolean, as a text in other case, or as a secret."""
    typed = value == "true" if value in ("true", "false") else value
    return (value, value.upper(), f" {value.capitalize()} ", typed, secret(typed))[spelling]


@settings(max_examples=many(150), deadline=None)
@given(row=st.sampled_from(LISTED), which=st.integers(0, 5), spelling=st.integers(0, 4),
       lists=st.lists(st.booleans(), min_size=10, max_size=10))  # fmt: skip
def test_every_spelling_of_a_listed_position_is_refused(
    row: SwitchRow, which: int, spelling: int, lists: list[bool]
) -> None:
    """Objects may stand in lists at every depth."""
    value = _spelled(_bad(row, which), spelling)
    for name, is_list in zip(reversed(row.path.replace("?", "").split(".")), lists, strict=False):
        value = {name: [value] if is_list else value}
    assert isinstance(value, dict)
    reports = [report for report in PACK.evaluate_resource(Given(row.type, value)) if report.rule == RULE]
    assert RULE in blocking(reports)
    assert any(row.why in report.text for report in reports)


@pytest.mark.parametrize(
    ("kind", "name", "bad", "good"),
    [
        ("desktopvirtualization:HostPool", "customRdpProperty", "audio:i:1;DriveStoreDirect:s:C:\\;", "drives:s:x"),
        ("desktopvirtualization:HostPool", "customRdpProperty", "redirectclipboard:i:1", "redirectclipboard:i:0"),
        ("apimanagement:ProductGroupLink", "groupId", "/service/a/groups/Guests", "/service/a/groups/guests-of-hr"),
        ("storage:StorageAccount", "sasPolicy", {"sasExpirationPeriod": "30.00:00:00"},
         {"sasExpirationPeriod": "1.00:00:00"}),
        ("sql:ServerBlobAuditingPolicy", "retentionDays", 29, 30),
        ("sql:ServerBlobAuditingPolicy", "retentionDays", 1, 0),
    ],
)  # fmt: skip
def test_patterns(kind: str, name: str, bad: object, good: object) -> None:
    assert RULE in blocking(PACK.evaluate_resource(az(kind, {name: bad})))
    assert RULE not in rules(PACK.evaluate_resource(az(kind, {name: good})))
