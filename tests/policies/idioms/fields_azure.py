"""Good idioms of platform teams on Azure: neighbours of the attacks by single fields (2026-11-29).

Each sets the field of an attack in `attacks.fields_azure*` as teams do. Properties by pulumi-azure-native 3.29.0.
"""

from ..attacks.fields_azure import ASSIGNED, FLOWS, GOVERNED, PERIMETER, REVIEW, firewall, web_firewall
from ..attacks.fields_azure_data import ACCOUNT, AUDITED, COSMOS, SCOPES, TOKEN, key, parameter
from ..attacks.fields_azure_services import ALERT, INCIDENTS, PROMETHEUS, RULE
from ..blind import HERE, OURS, RG, SUB, TAGS, Props, az
from ..harness import UNKNOWN
from . import Idiom
from .fourth import LEARN

FIREWALL = "network:WebApplicationFirewallPolicy"
OWN = {"residency": {"known": {"bank.ae": "the bank's own domain, whose hosts are in its data centre in Dubai",
                           "stbank.blob.core.windows.net": "the bank's own account, in uaenorth"}}}  # fmt: skip
UPLOADS = {"matchVariable": "RequestURI", "valueMatchOperator": "StartsWith", "values": ["/uploads/"]}


def _outbound(*hosts: str) -> Props:
    return {**PERIMETER, "profileName": "p", "accessRuleName": "out", "direction": "Outbound",
            "fullyQualifiedDomainNames": list(hosts)}  # fmt: skip


def _lifecycle(**actions: object) -> Props:
    rule = {"name": "tidy", "enabled": True, "type": "Lifecycle", "definition": {
        "filters": {"blobTypes": ["blockBlob"]}, "actions": actions}}  # fmt: skip
    return {**ACCOUNT, "managementPolicyName": "default", "policy": {"rules": [rule]}}


FIELDS: tuple[tuple[str, str, Props, str], ...] = (
    ("one site of an update is not known to be bad", "network:FirewallPolicy",
     firewall(threatIntelWhitelist={"fqdns": ["updates.bank.ae"], "ipAddresses": ["203.0.113.7"]}),
     "firewall/threat-intel"),
    ("flows of a network are kept for a year", "network:FlowLog", FLOWS, "network-watcher/vnet-flow-logs-overview"),
    ("a perimeter lets data out to one host of the bank", "network:NetworkSecurityPerimeterAccessRule",
     _outbound("stbank.uaenorth.bank.ae"), "private-link/network-security-perimeter-concepts"),
    ("a perimeter records what it lets in and refuses", "network:NetworkSecurityPerimeterLoggingConfiguration",
     {**PERIMETER, "loggingConfigurationName": "instance", "properties": {"enabledLogCategories": [
         "NspPublicInboundPerimeterRulesAllowed", "NspPublicInboundPerimeterRulesDenied",
         "NspPublicOutboundPerimeterRulesDenied"]}}, "private-link/network-security-perimeter-diagnostic-logs"),
    ("robots are kept out besides injections", FIREWALL, web_firewall(managedRuleSets=[
        {"ruleSetType": "Microsoft_DefaultRuleSet", "ruleSetVersion": "2.1"},
        {"ruleSetType": "Microsoft_BotManagerRuleSet", "ruleSetVersion": "1.1"}]),
     "web-application-firewall/ag/bot-protection"),
    ("uploads are exempt from one rule", FIREWALL, web_firewall(exceptions=[{
        **UPLOADS, "exceptionManagedRuleSets": [{"ruleSetType": "OWASP", "ruleSetVersion": "3.2", "ruleGroups": [{
            "ruleGroupName": "REQUEST-920-PROTOCOL-ENFORCEMENT", "rules": [{"ruleId": "920300"}]}]}]}]),
     "web-application-firewall/ag/application-gateway-waf-configuration"),
    ("one path is exempt from managed rules", FIREWALL, web_firewall(exceptions=[UPLOADS]),
     "web-application-firewall/ag/application-gateway-waf-configuration"),
    ("a policy leaves one group of resources out", "authorization:PolicyAssignment",
     {**ASSIGNED, "notScopes": [f"{SUB}/resourceGroups/rg-lab"]},
     "governance/policy/concepts/assignment-structure"),
    ("a rule of governance leaves one group out", "security:GovernanceRule",
     {**GOVERNED, "excludedScopes": [f"{SUB}/resourceGroups/rg-lab"], "remediationTimeframe": "30.00:00:00"},
     "defender-for-cloud/governance-rules"),
    ("rights are reviewed each quarter from next month on", "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "interval": 3, "range": {"type": "noEnd", "startDate": "2026-12-01T00:00:00Z"}},
     "active-directory/governance/access-reviews-overview"),
    ("readers are left out of reviews", "authorization:AccessReviewScheduleDefinitionById",
     {**REVIEW, "excludeRoleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/"
                                           "acdd72a7-3385-48ef-bd42-f606fba81ae7"},
     "active-directory/governance/access-reviews-overview"),
    ("an activated role ends after a working day", "authorization:RoleManagementPolicy",
     {"scope": SUB, "roleManagementPolicyName": "owner", "rules": [
         {"id": "Expiration_EndUser_Assignment", "ruleType": "RoleManagementPolicyExpirationRule",
          "isExpirationRequired": True, "maximumDuration": "PT8H", "target": {
              "caller": "EndUser", "level": "Assignment"}},
         {"id": "Expiration_Admin_Eligibility", "ruleType": "RoleManagementPolicyExpirationRule",
          "isExpirationRequired": True, "maximumDuration": "P365D", "target": {
              "caller": "Admin", "level": "Eligibility"}}]},
     "active-directory/privileged-identity-management/pim-resource-roles-configure-role-settings"),
    ("former versions go after three months", "storage:ManagementPolicy",
     _lifecycle(version={"delete": {"daysAfterCreationGreaterThan": 90}},
                snapshot={"delete": {"daysAfterCreationGreaterThan": 30}}),
     "storage/blobs/lifecycle-management-overview"),
    ("a store can be restored to any point of six days", "storage:BlobServiceProperties",
     {**ACCOUNT, "blobServicesName": "default", "isVersioningEnabled": True, "changeFeed": {"enabled": True},
      "deleteRetentionPolicy": {"enabled": True, "days": 14}, "restorePolicy": {"enabled": True, "days": 6}},
     "storage/blobs/point-in-time-restore-overview"),
    ("a key is replaced each year", "keyvault:Key",
     {"tags": TAGS, **key(rotationPolicy={"attributes": {"expiryTime": "P2Y"}, "lifetimeActions": [
         {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P1Y"}}]})},
     "key-vault/keys/how-to-configure-key-rotation"),
    ("a secret ends in two years", "keyvault:Secret",
     {**RG, "vaultName": "kv-bank", "secretName": "s", "tags": TAGS, "properties": {
         "attributes": {"expires": 1859500800}}},
     "key-vault/secrets/about-secrets"),
    ("the password of an edge registry ends in a year", "containerregistry:Token",
     {**TOKEN, "scopeMapId": f"{SCOPES}edge", "credentials": {"passwords": [
         {"name": "password1", "expiry": "2027-11-29T00:00:00Z"}]}},
     "container-registry/container-registry-token-based-repository-permissions"),
    ("the audit of a server records statements and sign-ins", "sql:ExtendedServerBlobAuditingPolicy",
     {**AUDITED, "queueDelayMs": 4000, "auditActionsAndGroups": [
         "BATCH_COMPLETED_GROUP", "SUCCESSFUL_DATABASE_AUTHENTICATION_GROUP",
         "FAILED_DATABASE_AUTHENTICATION_GROUP"]}, "azure-sql/database/auditing-overview"),
    ("the audit of a server records changes of rights", "sql:ExtendedServerBlobAuditingPolicy",
     {**AUDITED, "auditActionsAndGroups": ["DATABASE_ROLE_MEMBER_CHANGE_GROUP", "DATABASE_PERMISSION_CHANGE_GROUP"]},
     "azure-sql/database/auditing-overview"),
    ("the audit of a database records who reads accounts", "sql:ExtendedDatabaseBlobAuditingPolicy",
     {**AUDITED, "databaseName": "orders", "auditActionsAndGroups": ["SELECT on dbo.accounts by public"]},
     "azure-sql/database/auditing-overview"),
    ("sessions of users go after an hour", "cosmosdb:SqlResourceSqlContainer",
     {**COSMOS, "tags": TAGS, "containerName": "c", "resource": {
         "id": "c", "defaultTtl": 3600, "partitionKey": {"paths": ["/id"]}}}, "cosmos-db/nosql/time-to-live"),
    ("documents of a container end by their own time only", "cosmosdb:SqlResourceSqlContainer",
     {**COSMOS, "tags": TAGS, "containerName": "c", "resource": {"id": "c", "defaultTtl": -1, "partitionKey": {
         "paths": ["/id"]}}}, "cosmos-db/nosql/time-to-live"),
    ("PostgreSQL writes warnings and statements that fail",
     *parameter("dbforpostgresql", "log_min_error_statement", "error"), "postgresql/flexible-server/concepts-logging"),
    ("PostgreSQL takes TLS up to 1.3", *parameter("dbforpostgresql", "ssl_max_protocol_version", "TLSv1.3"),
     "postgresql/flexible-server/concepts-networking-ssl-tls"),
    ("messages of a queue stay for two weeks", "servicebus:Queue",
     {**RG, "namespaceName": "bus", "queueName": "payments", "defaultMessageTimeToLive": "P14D"},
     "service-bus-messaging/message-expiration"),
    ("quotes of a topic are fresh for two minutes", "servicebus:Topic",
     {**RG, "namespaceName": "bus", "topicName": "quotes", "defaultMessageTimeToLive": "PT2M"},
     "service-bus-messaging/message-expiration"),
    ("branches are clients with an attribute", "eventgrid:ClientGroup",
     {**RG, "namespaceName": "mqtt", "clientGroupName": "branches", "query": "attributes.kind IN ['branch']"},
     "event-grid/mqtt-client-groups"),
    ("an alert is silent for a day after it rang", "monitor:ScheduledQueryRule",
     {**ALERT, "autoMitigate": False, "muteActionsDuration": "P1D"}, "azure-monitor/alerts/alerts-types"),
    ("a node that is down for a quarter of an hour rings", "alertsmanagement:PrometheusRuleGroup",
     {**PROMETHEUS, "rules": [{"alert": "down", "expression": "up == 0", "for": "PT15M"}]},
     "azure-monitor/essentials/prometheus-rule-groups"),
    ("many failed sign-ins within the hour ring", "securityinsights:ScheduledAlertRule",
     {**RULE, "query": "SigninLogs | where ResultType != 0", "triggerThreshold": 500},
     "sentinel/detect-threats-custom"),
    ("grave alerts of Defender open an incident", "securityinsights:MicrosoftSecurityIncidentCreationAlertRule",
     {**INCIDENTS, "severitiesFilter": ["Medium", "High"], "displayNamesExcludeFilter": ["Suspicious test alert"]},
     "sentinel/create-incidents-from-alerts"),
    ("machines get patches each month", "maintenance:MaintenanceConfiguration",
     {**HERE, "resourceName": "patches", "maintenanceScope": "InGuestPatch", "recurEvery": "1Month Second Tuesday",
      "startDateTime": "2026-12-01 00:00", "duration": "02:00", "timeZone": "Arabian Standard Time",
      "installPatches": {"rebootSetting": "IfRequired"}}, "update-manager/scheduled-patching"),
    ("a tunnel of a wide network has a long key", "network:VpnConnection",
     {**RG, "gatewayName": "vpn", "connectionName": "branch", "sharedKey": "Zq7!vLw2#Rn8$Kp4&Xy9"},
     "virtual-wan/virtual-wan-site-to-site-portal"),
    ("calls of APIs are recorded, one of two", "apimanagement:Diagnostic",
     {**RG, "serviceName": "apim", "diagnosticId": "azuremonitor", "loggerId": "/loggers/azuremonitor",
      "sampling": {"samplingType": "fixed", "percentage": 50}}, "api-management/monitor-api-management"),
    # Of types that were reviewed on the same day.
    ("apps of an environment share files of the bank", "app:ManagedEnvironmentsStorage",
     {**RG, "environmentName": "apps", "storageName": "files", "properties": {"azureFile": {
         "accountName": "stbank", "shareName": "files", "accessMode": "ReadOnly"}}},
     "container-apps/storage-mounts"),
    ("an authority of the bank is trusted by a gateway on premises", "apimanagement:GatewayCertificateAuthority",
     {**RG, "serviceName": "apim", "gatewayId": "dc1", "certificateId": "bank-ca", "isTrusted": True},
     "api-management/self-hosted-gateway-overview"),
    ("a runbook signs with a key that stays", "automation:Certificate",
     {**RG, "automationAccountName": "ops", "name": "sign", "base64Value": UNKNOWN, "isExportable": False},
     "automation/shared-resources/certificates"),
    ("callers of an agent have a role on it", "cognitiveservices:AgentApplication",
     {**RG, "accountName": "ai", "projectName": "claims", "name": "claims", "properties": {
         "displayName": "Claims", "agents": [{"agentName": "claims"}], "authorizationPolicy": {"type": "Default"}}},
     "azure-ai-foundry/agents/how-to/publish-agent"),
    ("jobs of SQL sign in with a user of their own", "sql:JobCredential",
     {**RG, "serverName": "sql-bank", "jobAgentName": "jobs", "credentialName": "tidy", "username": "tidy",
      "password": UNKNOWN}, "azure-sql/database/elastic-jobs-overview"),
    ("a cluster joins the mesh of the bank", "containerservice:MeshMembership",
     {**RG, "resourceName": "aks", "meshMembershipName": "bank", "properties": {
         "managedMeshID": f"{OURS}.AppLink/appLinks/bank/appLinkMembers/aks"}}, "aks/istio-about"),
)  # fmt: skip
"""Name, type, properties, and the page of Microsoft Learn whose shape it has, as known."""

IDIOMS: tuple[Idiom, ...] = tuple(
    Idiom(name, (az(kind, props),), f"{LEARN}/{page}", OWN) for name, kind, props, page in FIELDS
)
