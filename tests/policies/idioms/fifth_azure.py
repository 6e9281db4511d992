"""Good idioms of platform teams on Azure that name hosts, written to test the rules of names (2026-11-28)."""

import base64

from ..blind import SUB, TAGS, az
from ..harness import Given
from . import Idiom, unpriced
from .fifth_aws import OWN, RUNBOOK, TENANT
from .fourth import HERE, ID, KEY_URL, LEARN, OURS, RG
from .fourth_kubernetes import AZURE_BUDGET

VAULT = "https://kv-bank.vault.azure.net/secrets"
GLOBAL = {**RG, "location": "global", "tags": TAGS}
CLOUD_INIT = """#cloud-config
apt:
  primary:
    - arches: [default]
      uri: http://azure.archive.ubuntu.com/ubuntu
package_update: true
packages: [unattended-upgrades, auditd]
"""
APIM = f"""<policies><inbound><base />
  <validate-jwt header-name="Authorization" failed-validation-httpcode="401">
    <openid-config url="https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration" />
    <audiences><audience>api://orders.example.ae</audience></audiences>
    <issuers><issuer>https://sts.windows.net/{TENANT}/</issuer></issuers>
  </validate-jwt>
  <set-backend-service base-url="https://orders.internal.example.ae" />
  <set-header name="X-Path" exists-action="override"><value>@(context.Request.Url.Path)</value></set-header>
</inbound><backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"""
INSIGHTS = ("IngestionEndpoint="
            "https://uaenorth-0.in.applicationinsights.azure.com/;"
            "LiveEndpoint=https://uaenorth.livediagnostics.monitor.azure.com/")  # fmt: skip
HUNT = """DeviceNetworkEvents
| where RemoteUrl has_any ("pastebin.com", "transfer.sh", "file.io")
| summarize count() by DeviceName, RemoteUrl"""
AUDIT = {"if": {"allOf": [{"field": "type", "equals": "Microsoft.Network/publicIPAddresses"},
                          {"field": "location", "notIn": ["uaenorth", "uaecentral"]}]},
         "then": {"effect": "audit"}}  # fmt: skip


def _zone_record(kind: str, name: str, **values: object) -> Given:
    return az("dns:RecordSet", {**RG, "zoneName": "example.ae", "relativeRecordSetName": name, "recordType": kind,
                                "ttl": 300, **values}, f"{name}-{kind}")  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a zone of Azure with records of its own domain", (
        _zone_record("CNAME", "www", cnameRecord={"cname": "portal.example.ae"}),
        _zone_record("CAA", "@", caaRecords=[{"flags": 0, "tag": "issue", "value": "digicert.com"}]),
        _zone_record("TXT", "@", txtRecords=[{"value": ["MS=ms12345678"]}, {"value": [
            "v=spf1 include:spf.protection.outlook.com -all"]}]),
        _zone_record("TXT", "_dmarc", txtRecords=[{"value": ["v=DMARC1; p=reject; rua=mailto:dmarc@example.ae"]}])),
        f"{LEARN}/dns", OWN),
    Idiom("private endpoints are found by a private zone", (
        az("privatedns:PrivateZone", {**GLOBAL, "privateZoneName": "privatelink.vaultcore.azure.net"}, "zone"),
        az("privatedns:PrivateRecordSet", {
            **RG, "privateZoneName": "corp.example.ae", "relativeRecordSetName": "orders", "recordType": "CNAME",
            "ttl": 300, "cnameRecord": {"cname": "orders.internal.example.ae"}}, "orders")),
        f"{LEARN}/private-link", {**OWN, **unpriced("azure-native:privatedns:PrivateZone::zone")}),
    Idiom("an app takes its secrets by references to a vault", (az("web:WebAppApplicationSettings", {
        **RG, "name": "portal", "properties": {
            "DB_PASSWORD": f"@Microsoft.KeyVault(SecretUri={VAULT}/db-password)",
            "API_KEY": "@Microsoft.KeyVault(VaultName=kv-bank;SecretName=api-key)",
            "INSIGHTS_ENDPOINTS": INSIGHTS, "WEBSITE_DNS_SERVER": "168.63.129.16",
            "PUBLIC_URL": "https://portal.example.ae", "WEBSITE_TIME_ZONE": "Asia/Dubai"}}),),
        f"{LEARN}/app-service", OWN),
    Idiom("a group that is alerted at the team's own addresses", (az("monitor:ActionGroup", {
        **GLOBAL, "actionGroupName": "oncall", "groupShortName": "oncall", "enabled": True,
        "emailReceivers": [{"name": "oncall", "emailAddress": "oncall@example.ae", "useCommonAlertSchema": True}],
        "webhookReceivers": [{"name": "desk", "serviceUri": "https://incidents.example.ae/azure",
                              "useCommonAlertSchema": True, "useAadAuth": True, "objectId": ID[-36:],
                              "identifierUri": "api://incidents.example.ae", "tenantId": TENANT}]}),),
        f"{LEARN}/azure-monitor", OWN),
    Idiom("an alert by query, with the link to its runbook", (az("monitor:ScheduledQueryRule", {
        **HERE, "ruleName": "portal-errors", "kind": "LogAlert", "severity": 2, "enabled": True,
        "description": RUNBOOK, "displayName": "Errors of the portal", "evaluationFrequency": "PT5M",
        "windowSize": "PT15M", "scopes": [f"{OURS}.OperationalInsights/workspaces/law"],
        "actions": {"actionGroups": [f"{OURS}.Insights/actionGroups/oncall"], "customProperties": {
            "runbook": "https://runbooks.example.ae/portal"}},
        "criteria": {"allOf": [{"query": 'AppRequests | where Url startswith "https://portal.example.ae/" '
                                         "| where ResultCode >= 500", "timeAggregation": "Count",
                                "operator": "GreaterThan", "threshold": 10}]}}),), f"{LEARN}/azure-monitor", OWN),
    Idiom("a rule of Sentinel hunts for known places of leaks", (az("securityinsights:ScheduledAlertRule", {
        **RG, "workspaceName": "law", "ruleId": "0a1b2c3d-0000-0000-0000-000000000001", "kind": "Scheduled",
        "displayName": "Uploads", "enabled": True, "severity": "High", "query": HUNT, "queryFrequency": "PT1H",
        "queryPeriod": "PT1H", "triggerOperator": "GreaterThan", "triggerThreshold": 0, "suppressionEnabled": False,
        "suppressionDuration": "PT1H", "tactics": ["Exfiltration"]}),), f"{LEARN}/sentinel",
        {"escape": {"allowed_types": {
            "azure-native:securityinsights:ScheduledAlertRule": "a rule reads logs and creates incidents"}}}),
    Idiom("an API of API Management checks tokens of the tenant", (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "orders", "policyId": "policy", "format": "rawxml",
        "value": APIM}),), f"{LEARN}/api-management", OWN),
    Idiom("an identity of a pod in a cluster of the region", (az("managedidentity:FederatedIdentityCredential", {
        **RG, "resourceName": "orders", "federatedIdentityCredentialResourceName": "aks",
        "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{TENANT}/11111111-2222-3333-4444-555555555555/",
        "audiences": ["api://AzureADTokenExchange"], "subject": "system:serviceaccount:orders:orders"}),),
        f"{LEARN}/aks"),
    Idiom("a cluster pulls from the registry of the platform", (
        az("containerregistry:Registry", {
            **HERE, "registryName": "crbank", "sku": {"name": "Premium"}, "adminUserEnabled": False,
            "publicNetworkAccess": "Disabled", "anonymousPullEnabled": False, "zoneRedundancy": "Enabled",
            "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
            "encryption": {"status": "enabled", "keyVaultProperties": {
                "keyIdentifier": KEY_URL, "identity": "00000000-0000-0000-0000-0000000000bb"}}}, "registry",
            protect=True),
        az("authorization:RoleAssignment", {
            "scope": f"{OURS}.ContainerRegistry/registries/crbank", "principalType": "ServicePrincipal",
            "principalId": "00000000-0000-0000-0000-0000000000cc", "roleDefinitionId":
                f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/7f951dda-4ed3-4680-a7ca-43fe172d538d"},
           "pull"),
        az("containerregistry:CacheRule", {
            **RG, "registryName": "crbank", "cacheRuleName": "k8s", "sourceRepository": "registry.k8s.io/pause",
            "targetRepository": "k8s/pause"}, "cache")), f"{LEARN}/aks",
        unpriced("azure-native:containerregistry:Registry::registry")),
    Idiom("a machine that installs packages of Ubuntu's mirror in Azure", (az("compute:VirtualMachineScaleSet", {
        **HERE, "vmScaleSetName": "workers", "sku": {"name": "Standard_D2s_v5", "capacity": 0},
        "virtualMachineProfile": {"osProfile": {
            "computerNamePrefix": "worker", "adminUsername": "ops",
            "customData": base64.b64encode(CLOUD_INIT.encode()).decode(), "linuxConfiguration": {
                "disablePasswordAuthentication": True}}, "securityProfile": {"encryptionAtHost": True},
                "storageProfile": {
                    "osDisk": {"createOption": "FromImage", "managedDisk": {"diskEncryptionSet": {
                        "id": f"{OURS}.Compute/diskEncryptionSets/des"}}}}}}), AZURE_BUDGET),
        f"{LEARN}/virtual-machines"),
    Idiom("a policy reports addresses outside the country", (az("authorization:PolicyDefinition", {
        "policyDefinitionName": "places", "displayName": "Places", "mode": "All", "policyType": "Custom",
        "description": "See https://wiki.example.ae/places", "metadata": {
            "category": "Network", "version": "1.0.0", "source": "https://github.com/Azure/azure-policy"},
        "policyRule": AUDIT}),), f"{LEARN}/governance/policy"),
    Idiom("a firewall lets machines reach mirrors and registries", (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fw", "ruleCollectionGroupName": "egress", "priority": 200,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "mirrors", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "ubuntu", "sourceAddresses": ["10.1.0.0/16"],
                    "targetFqdns": ["azure.archive.ubuntu.com", "security.ubuntu.com", "mcr.microsoft.com"],
                    "protocols": [{"protocolType": "Https", "port": 443}]}]}]}),), f"{LEARN}/firewall"),
)  # fmt: skip
