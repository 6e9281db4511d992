"""Settings of Azure that published lists of checks name, and that passed (2026-12-01).

Checks by Azure/PSRule.Rules.Azure 51d68cc8 (docs/en/baselines/Azure.All.csv, names that begin with Azure.) and
prowler-cloud/prowler 3e000faa (prowler/providers/azure/services, names with underscores), read 2026-12-01; plans are
written here.
"""

from ..blind import HERE, OURS, RG, SUB, az
from ..harness import Given
from . import Attack

EXP = ("FJ-EXP-", "FJ-ESC-")
ENC = ("FJ-ENC-", "FJ-ESC-")
RSL = ("FJ-RSL-", "FJ-ESC-")
SCHEMA = "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#"
REST = "<backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>"
SITE = {**HERE, "name": "app-pay", "httpsOnly": True, "publicNetworkAccess": "Disabled",
        "clientCertEnabled": True, "clientCertMode": "Required", "identity": {"type": "SystemAssigned"}}  # fmt: skip
STRICT = {"minTlsVersion": "1.2", "scmMinTlsVersion": "1.2", "ftpsState": "Disabled"}
GATEWAY = {
    **HERE, "applicationGatewayName": "agw", "sku": {"name": "WAF_v2", "tier": "WAF_v2", "capacity": 2},
    "sslPolicy": {"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"},
    "webApplicationFirewallConfiguration": {
        "enabled": True, "firewallMode": "Prevention", "ruleSetType": "OWASP", "ruleSetVersion": "3.2"},
}  # fmt: skip


def _firewall(**more: object) -> tuple[Given, ...]:
    settings = GATEWAY["webApplicationFirewallConfiguration"]
    assert isinstance(settings, dict)
    return (az("network:ApplicationGateway", {**GATEWAY, "webApplicationFirewallConfiguration": {**settings, **more}}),)


def _workflow(**more: object) -> tuple[Given, ...]:
    return (az("logic:Workflow", {
        **HERE, "workflowName": "refunds", "state": "Enabled", "definition": {
            "$schema": SCHEMA, "contentVersion": "1.0.0.0", "actions": {}, "outputs": {}, "triggers": {
                "manual": {"type": "Request", "kind": "Http", "inputs": {"schema": {}}}}}, **more}),)  # fmt: skip


def _cors(origin: str) -> tuple[Given, ...]:
    return (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "ledger", "policyId": "policy", "format": "rawxml",
        "value": '<policies><inbound><base /><cors allow-credentials="false"><allowed-origins>'
                 f"<origin>{origin}</origin></allowed-origins><allowed-methods><method>GET</method></allowed-methods>"
                 f"</cors></inbound>{REST}"}),)  # fmt: skip


ATTACKS = (
    Attack("a workflow starts for whoever knows its address, from every network", EXP, _workflow(),
           "critical", "the address is the password, and no list of callers asks where it is used from "
           "(Azure.LogicApp.LimitHTTPTrigger; microsoft/Azure-Threat-Research-Matrix b2abb9ce, AZT503.1)"),
    Attack("the lists of a workflow are for what it did, and not for who starts it", EXP,
           _workflow(accessControl={"contents": {"allowedCallerIpAddresses": [{"addressRange": "10.20.0.0/16"}]}}),
           "critical", "callers of the trigger are not limited (Azure.LogicApp.LimitHTTPTrigger)"),
    Attack("each web page reads what an API answers", EXP, _cors("*"),
           "major", "a page that an employee opens calls it from the network of the bank (Azure.APIM.CORSPolicy)"),
    Attack("each page of a shared host reads what an API answers", EXP, _cors("https://*.azurewebsites.net"),
           "major", "everybody has a name there (Azure.APIM.CORSPolicy)"),
    Attack("a gateway of APIs accepts ciphers without forward secrecy", ENC, (
        az("apimanagement:ApiManagementService", {
            **HERE, "serviceName": "apim-bank", "virtualNetworkType": "Internal", "publisherEmail": "api@example.ae",
            "publisherName": "bank", "sku": {"name": "Premium", "capacity": 1}, "customProperties": {
                "Microsoft.WindowsAzure.ApiManagement.Gateway.Security.Ciphers.TLS_RSA_WITH_AES_128_CBC_SHA":
                    "true"}}),),
           "major", "what was recorded is read by whoever gets the key later (Azure.APIM.Ciphers)"),
    Attack("a gateway looks for attacks by rules of 2013", EXP, _firewall(ruleSetVersion="2.2.9"),
           "major", "newer attacks pass (Azure.AppGw.OWASP)"),
    Attack("a gateway does not look for injections", EXP,
           _firewall(disabledRuleGroups=[{"ruleGroupName": "REQUEST-942-APPLICATION-ATTACK-SQLI"}]),
           "critical", "every rule of the group is off (Azure.AppGw.WAFRules)"),
    Attack("a firewall of Front Door has none of the rules that its tier has", ("FJ-EXP-127",), (
        az("frontdoor:Policy", {
            **RG, "policyName": "waf", "location": "Global", "tags": HERE["tags"],
            "sku": {"name": "Premium_AzureFrontDoor"}, "managedRules": {"managedRuleSets": []},
            "policySettings": {"enabledState": "Enabled", "mode": "Prevention", "requestBodyCheck": "Enabled"}}),),
           "critical", "attacks pass (Azure.FrontDoorWAF.RuleGroups)"),
    Attack("a gateway has the rule off that finds each injection", EXP,
           _firewall(disabledRuleGroups=[{"ruleGroupName": "REQUEST-942-APPLICATION-ATTACK-SQLI", "rules": [942100]}]),
           "critical", "the other rules of the group find single patterns (Azure.AppGw.WAFRules)"),
    Attack("a gateway leaves every cookie out of every rule", EXP,
           _firewall(exclusions=[{"matchVariable": "RequestCookieNames", "selectorMatchOperator": "EqualsAny",
                                  "selector": ""}]),
           "critical", "attacks in cookies pass (Azure.AppGwWAF.Exclusions)"),
    Attack("functions run on a runtime that nobody maintains", ("FJ-IDN-", "FJ-ESC-"), (
        az("web:WebApp", {**SITE, "kind": "functionapp", "siteConfig": {**STRICT, "appSettings": [
            {"name": "FUNCTIONS_EXTENSION_VERSION", "value": "~3"}]}}),),
           "major", "known holes stay open (app_function_latest_runtime_version)"),
    Attack("an app runs on a Java that nobody maintains", ("FJ-ESC-115",), (
        az("web:WebApp", {**SITE, "kind": "app", "siteConfig": {**STRICT, "javaVersion": "1.7"}}),),
           "major", "known holes stay open (app_ensure_java_version_is_latest)"),
    Attack("a cluster runs a version of Kubernetes that nobody mends", ("FJ-ESC-115",), (
        az("containerservice:ManagedCluster", {**HERE, "resourceName": "aks-bank", "kubernetesVersion": "1.24.6"}),),
           "major", "known holes stay open (Azure.AKS.Version)"),
    Attack("nodes run a version of Kubernetes that nobody mends", ("FJ-ESC-115",), (
        az("containerservice:AgentPool", {
            **RG, "resourceName": "aks-bank", "agentPoolName": "apps", "orchestratorVersion": "1.23.12"}),),
           "major", "known holes stay open (Azure.AKS.Version)"),
    Attack("a database does not record who leaves", RSL, (
        az("dbforpostgresql:Configuration", {
            **RG, "serverName": "pg-bank", "configurationName": "log_disconnections", "source": "user-override",
            "value": "off"}),),
           "minor", "how long an intruder stayed is not known (postgresql_flexible_server_log_disconnections_on)"),
    Attack("the log of a database leaves out who connects", RSL, (
        az("dbformysql:Configuration", {
            **RG, "serverName": "mysql-bank", "configurationName": "audit_log_events", "source": "user-override",
            "value": "DDL,DCL"}),),
           "major", "nobody sees who signed in (mysql_flexible_server_audit_log_connection_activated)"),
    Attack("the activity of the subscription is kept without what its policies and its guards say", RSL, (
        az("monitor:SubscriptionDiagnosticSetting", {
            "name": "activity", "workspaceId": f"{OURS}.OperationalInsights/workspaces/log", "logs": [
                {"category": "Administrative", "enabled": True}, {"category": "Security", "enabled": False},
                {"category": "Policy", "enabled": False}, {"category": "Alert", "enabled": False}]}),),
           "major", "alerts and denials leave no record (monitor_diagnostic_setting_with_appropriate_categories)"),
    Attack("nobody learns that an account has data of customers that it should not", ("FJ-ESC-115",), (
        az("security:DefenderForStorage", {
            "resourceId": f"{OURS}.Storage/storageAccounts/st", "settingName": "current", "properties": {
                "isEnabled": True, "overrideSubscriptionLevelSettings": True,
                "malwareScanning": {"onUpload": {"isEnabled": True, "capGBPerMonth": 5000}},
                "sensitiveDataDiscovery": {"isEnabled": False}}}),),
           "minor", "the subscription looks for it, and this account does not (Azure.Storage.Defender.DataScan)"),
    Attack("a deleted container of production is gone with its blobs", ("FJ-RSL-112",), (
        az("storage:StorageAccount", {
            **HERE, "accountName": "stpayments", "kind": "StorageV2", "sku": {"name": "Standard_ZRS"}}, "account"),
        az("storage:BlobServiceProperties", {
            **RG, "accountName": "stpayments", "blobServicesName": "default",
            "deleteRetentionPolicy": {"enabled": True, "days": 30}}, "blobs", links={"accountName": ("account",)})),
           "major", "deleted blobs of it are gone too (storage_ensure_soft_delete_is_enabled)"),
    Attack("a setting on the subscription keeps what was done, and not what was denied", RSL, (
        az("monitor:DiagnosticSetting", {
            "name": "activity", "resourceUri": SUB, "workspaceId": f"{OURS}.OperationalInsights/workspaces/log",
            "logs": [{"category": "Administrative", "enabled": True}]}),),
           "major", "alerts and denials leave no record (monitor_diagnostic_setting_with_appropriate_categories)"),
    Attack("a notebook's machine with a GPU runs until somebody stops it", ("FJ-ESC-115",), (
        az("machinelearningservices:Compute", {
            **HERE, "workspaceName": "ml-bank", "computeName": "notebook", "properties": {
                "computeType": "ComputeInstance", "disableLocalAuth": True, "properties": {
                    "vmSize": "Standard_NC24ads_A100_v4", "enableNodePublicIp": False,
                    "applicationSharingPolicy": "Personal", "computeInstanceAuthorizationType": "personal",
                    "subnet": {"id": f"{OURS}.Network/virtualNetworks/hub/subnets/ml"}}}}),),
           "critical", "it is paid for every hour (Azure.ML.ComputeIdleShutdown)"),
)  # fmt: skip
