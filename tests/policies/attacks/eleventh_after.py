"""Attacks beside those of the eleventh set, written after its first mends to see what they catch (2026-11-29).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; what a service does with them as known.
"""

from ..blind import HERE, ME, RG, TAGS, aws, az
from ..harness import UNKNOWN
from . import Attack
from .tenth_aws import _ours

SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "portal", "sampledRequestsEnabled": True}

ATTACKS = (
    Attack("a rule of the web firewall lets in a set that has everybody", ("FJ-EXP-127",), (
        aws("wafv2/IpSet", {"name": "offices", "scope": "REGIONAL", "ipAddressVersion": "IPV4", "tags": TAGS,
                            "addresses": ["0.0.0.0/1", "128.0.0.0/1"]}, "offices"),
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "defaultAction": {"block": {}}, "visibilityConfig": SEEN,
            "tags": TAGS, "rules": [{
                "name": "offices", "priority": 0, "action": {"allow": {}}, "visibilityConfig": SEEN,
                "statement": {"ipSetReferenceStatement": {"arn": UNKNOWN}}}]},
            "acl", links={"rules": ("offices",)})),
        "critical", "the door for the offices is everybody's (AWS WAF, 'IP set match rule statement')"),
    Attack("an API signs in behind it for whoever calls", ("FJ-ESC-115",), (aws("apigatewayv2/Integration", {
        "apiId": "a1b2c3", "integrationType": "HTTP_PROXY", "integrationMethod": "ANY", "connectionType": "VPC_LINK",
        "connectionId": "vpclink1", "integrationUri": _ours("elasticloadbalancing", "listener/app/inner/1/1"),
        "tlsConfig": {"serverNameToVerify": "inner.example.ae"},
        "requestParameters": {"overwrite:header.Authorization": "Basic b3BlcmF0b3I6"}}),),
        "critical", "each caller is the operator (Amazon API Gateway, 'Parameter mapping')"),
    Attack("the audit of an Aurora cluster is off by a parameter", ("FJ-RSL-117",), (aws("rds/ClusterParameterGroup", {
        "name": "orders", "family": "aurora-mysql8.0", "tags": TAGS, "parameters": [
            {"name": "require_secure_transport", "value": "ON"}, {"name": "tls_version", "value": "TLSv1.2,TLSv1.3"},
            {"name": "server_audit_logging", "value": "0"}]}),),
        "major", "nobody sees who reads what (Amazon Aurora, 'Advanced auditing')"),
    Attack("files ask a stranger who the domain is, by an address of IPv6", ("FJ-RES-003",), (
        aws("fsx/OntapStorageVirtualMachine", {
            "fileSystemId": "fs-0123456789abcdef0", "name": "files", "tags": TAGS, "activeDirectoryConfiguration": {
                "netbiosName": "FILES", "selfManagedActiveDirectoryConfiguration": {
                    "domainName": "corp.internal", "username": "join", "password": "{{resolved-at-deploy}}",
                    "dnsIps": ["2a00:1450:4001:81b::8"]}}}),),
        "critical", "the stranger says who opens the files (Amazon FSx, 'Self-managed Active Directory')"),
    Attack("machines ask a stranger for the names of their neighbours", ("FJ-RES-003",), (aws("ec2/VpcDhcpOptions", {
        "domainNameServers": ["AmazonProvidedDNS"], "netbiosNameServers": ["198.51.100.7"], "tags": TAGS}),),
        "major", f"Windows sends names and sign-ins there, of {ME} too (Amazon VPC, 'DHCP option sets')"),
    Attack("a definition of a policy is off where nobody says otherwise", ("FJ-ESC-115",), (
        az("authorization:PolicyDefinition", {
            "policyDefinitionName": "places", "mode": "All", "policyType": "Custom", "policyRule": {
                "if": {"field": "location", "notIn": ["uaenorth", "uaecentral", "global"]},
                "then": {"effect": "[parameters('effect')]"}},
            "parameters": {"effect": {"type": "String", "defaultValue": "Disabled",
                                      "allowedValues": ["Audit", "Deny", "Disabled"]}}}),),
        "major", "its assignment denies nothing (Azure Policy, 'Definition structure', defaultValue)"),
    Attack("a password is a named value that every reader sees", ("FJ-EXP-114",), (az("apimanagement:NamedValue", {
        **RG, "serviceName": "apim-bank", "namedValueId": "backend-password", "displayName": "backend-password",
        "value": "Winter-2026-Orders", "secret": False}),),
        "major", "readers of the service have it (API Management, 'Named values')"),
    Attack("a pipeline makes owners of a database", ("FJ-ESC-115",), (az("datafactory:Pipeline", {
        **RG, "factoryName": "adf-bank", "pipelineName": "tidy", "activities": [{
            "name": "tidy", "type": "Script", "linkedServiceName": {"referenceName": "sql",
                                                                    "type": "LinkedServiceReference"},
            "scripts": [{"type": "NonQuery", "text": "ALTER ROLE db_owner ADD MEMBER [reports]"}]}]}),),
        "critical", "whoever reports owns the database (Azure Data Factory, 'Script activity')"),
    Attack("nodes of a cluster are patched from the year 2099", ("FJ-ESC-115",), (
        az("containerservice:MaintenanceConfiguration", {
            **RG, "resourceName": "aks", "configName": "aksManagedNodeOSUpgradeSchedule", "maintenanceWindow": {
                "durationHours": 4, "startDate": "2099-01-01", "startTime": "00:00",
                "schedule": {"weekly": {"dayOfWeek": "Friday", "intervalWeeks": 1}}}}),),
        "major", "known holes stay open (AKS, 'Planned maintenance')"),
    Attack("an API accepts tokens of every tenant", ("FJ-EXP-207",), (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "accounts", "policyId": "policy", "format": "rawxml", "value":
        '<policies><inbound><base /><validate-azure-ad-token tenant-id="organizations"><client-application-ids>'
        "<application-id>11111111-2222-3333-4444-555555555555</application-id></client-application-ids>"
        "</validate-azure-ad-token></inbound></policies>"}),),
        "critical", "whoever has a tenant of his own gets in (API Management, 'validate-azure-ad-token')"),
    Attack("nobody hears that backups fail", ("FJ-ESC-115",), (az("recoveryservices:Vault", {
        **HERE, "vaultName": "rsv", "sku": {"name": "Standard"}, "identity": {"type": "SystemAssigned"}, "properties": {
            "publicNetworkAccess": "Disabled", "monitoringSettings": {
                "azureMonitorAlertSettings": {"alertsForAllJobFailures": "Disabled"}}}}),),
        "major", "the last backup is years old when it is needed (Azure Backup, 'Monitoring and reporting')"),
)  # fmt: skip
