"""Good idioms that come close to rights on every resource of a kind: controllers, pipelines and services with what
they need (2026-11-29). Shapes by the documents named; names and numbers invented.
"""

import json

from ..blind import HERE, ME, RG, SUB, TAGS, aws, az, policy, statement
from . import Idiom
from .families import BUILD

R = "me-central-1"
PRINCIPAL = "11111111-2222-3333-4444-555555555555"
DATA_FACTORY_CONTRIBUTOR = "673868aa-7521-48a0-acc6-0f60742d39f5"
ZONE = "arn:aws:route53:::hostedzone/Z0123456789ABCDEFGHIJ"
SEEN = {"cloudwatchMetricsEnabled": True, "metricName": "apps", "sampledRequestsEnabled": True}
NOT_UPLOADS = {"notStatement": {"statement": {"byteMatchStatement": {
    "searchString": "/uploads/", "positionalConstraint": "STARTS_WITH", "fieldToMatch": {"uriPath": {}},
    "textTransformations": [{"priority": 0, "type": "NONE"}]}}}}  # fmt: skip
DEFAULTS = """<policies>
  <inbound>
    <base />
    <validate-azure-ad-token tenant-id="00000000-1111-2222-3333-444444444444" header-name="Authorization"
      output-token-variable-name="token">
      <audiences><audience>api://payments</audience></audiences>
    </validate-azure-ad-token>
    <set-header name="X-Customer-Id" exists-action="override">
      <value>@(((Jwt)context.Variables["token"]).Subject)</value>
    </set-header>
    <set-header name="Accept" exists-action="skip"><value>application/json</value></set-header>
  </inbound>
  <backend><base /></backend>
  <outbound>
    <base />
    <set-header name="X-Caller" exists-action="skip"><value>@(context.Subscription.Id)</value></set-header>
  </outbound>
</policies>"""


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{resource}"


def _tagged(key: str, value: str) -> dict[str, dict[str, str]]:
    return {"StringEquals": {f"aws:ResourceTag/{key}": value}}


IDIOMS = (
    Idiom("external-dns writes the records of one zone", (policy(
        statement("route53:ChangeResourceRecordSets", ZONE),
        statement(["route53:ListHostedZones", "route53:ListResourceRecordSets", "route53:ListTagsForResources"])),),
        "kubernetes-sigs/external-dns, docs/tutorials/aws.md"),
    Idiom("cert-manager proves names by TXT records in any zone", (policy(
        statement("route53:GetChange", "arn:aws:route53:::change/*"),
        statement(["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"],
                  "arn:aws:route53:::hostedzone/*", {"ForAllValues:StringEquals": {
                      "route53:ChangeResourceRecordSetsRecordTypes": ["TXT"]}}),
        statement("route53:ListHostedZonesByName")),),
        "cert-manager.io, 'DNS01', Route53"),
    Idiom("cert-manager proves one name by a condition on names of records", (policy(
        statement("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/*", {
            "ForAllValues:StringLike": {
                "route53:ChangeResourceRecordSetsNormalizedRecordNames": ["_acme-challenge.*"]}})),),
        "Amazon Route 53, 'Using IAM policy conditions for fine-grained access control'"),
    Idiom("the load balancer controller opens groups that its tag marks", (policy(
        statement(["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
                  _arn("ec2", "security-group/*"), _tagged("elbv2.k8s.aws/cluster", "platform")),
        statement(["elasticloadbalancing:ModifyListener", "elasticloadbalancing:DeleteListener"],
                  _arn("elasticloadbalancing", "listener/app/*/*/*"), _tagged("elbv2.k8s.aws/cluster", "platform"))),),
        "kubernetes-sigs/aws-load-balancer-controller, docs/install/iam_policy.json, narrowed"),
    Idiom("the autoscaler changes the groups of its own cluster", (policy(
        statement(["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
                  _arn("autoscaling", "autoScalingGroup:*"), _tagged("k8s.io/cluster-autoscaler/platform", "owned")),
        statement(["autoscaling:DescribeAutoScalingGroups", "ec2:DescribeLaunchTemplateVersions"])),),
        "kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws/README.md"),
    Idiom("Karpenter ends machines that it started", (policy(
        statement(["ec2:TerminateInstances", "ec2:DeleteLaunchTemplate"],
                  [_arn("ec2", "instance/*"), _arn("ec2", "launch-template/*")], {
                      "StringEquals": {"aws:ResourceTag/kubernetes.io/cluster/platform": "owned"},
                      "StringLike": {"aws:ResourceTag/karpenter.sh/nodepool": "*"}})),),
        "aws/karpenter-provider-aws, reference of CloudFormation"),
    Idiom("External Secrets reads the secrets of one team", (policy(
        statement(["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
                  _arn("secretsmanager", "secret:team-a/*"))),),
        "external-secrets.io, 'AWS Secrets Manager'"),
    Idiom("Crossplane changes the databases of one team", (policy(
        statement(["rds:ModifyDBInstance", "rds:RebootDBInstance"], _arn("rds", "db:team-a-*")),
        statement("rds:DescribeDBInstances", _arn("rds", "db:*"))),),
        "docs.crossplane.io, providers of AWS, with names of one team"),
    Idiom("jobs copy backups into the vault of the country", (policy(
        statement("backup:StartBackupJob", _arn("backup", "backup-vault:core")),
        statement(["backup:DescribeBackupJob", "backup:ListRecoveryPointsByBackupVault"],
                  _arn("backup", "backup-vault:core"))),),
        "AWS Backup, 'Access control'"),
    Idiom("auditors read the credentials of root users", (policy(
        statement("sts:AssumeRoot", "arn:aws:iam::*:root", {"StringEquals": {
            "sts:TaskPolicyArn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"}})),),
        "IAM User Guide, 'Perform a privileged task on an AWS Organizations member account'"),
    Idiom("a project builds the main branch", (aws("codebuild/Project", {
        **BUILD, "sourceVersion": "refs/heads/main", "source": {"type": "CODEPIPELINE", "buildspec": json.dumps(
            {"version": 0.2, "phases": {"build": {"commands": ["make image"]}}})}}),),
        "AWS CodeBuild, 'Source version sample'"),
    Idiom("machines that are no node group have an entry for nodes", (aws("eks/AccessEntry", {
        "clusterName": "platform", "principalArn": f"arn:aws:iam::{ME}:role/platform-karpenter-node",
        "type": "EC2_LINUX", "tags": TAGS}),),
        "Amazon EKS, 'Create access entries'"),
    Idiom("rules of the web firewall leave uploads to another rule", (aws("wafv2/WebAcl", {
        "name": "apps", "scope": "REGIONAL", "defaultAction": {"allow": {}}, "visibilityConfig": SEEN, "tags": TAGS,
        "rules": [{"name": "common", "priority": 1, "overrideAction": {"none": {}}, "visibilityConfig": SEEN,
                   "statement": {"managedRuleGroupStatement": {
                       "vendorName": "AWS", "name": "AWSManagedRulesCommonRuleSet",
                       "scopeDownStatement": NOT_UPLOADS}}}]}),),
        "AWS WAF, 'Scope-down statements'"),
    Idiom("a pipeline of releases imports images into registries of its group", (az("authorization:RoleDefinition", {
        "scope": f"{SUB}/resourceGroups/rg-images", "roleName": "Releases of images", "roleType": "CustomRole",
        "assignableScopes": [f"{SUB}/resourceGroups/rg-images"], "permissions": [{"notActions": [], "actions": [
            "Microsoft.ContainerRegistry/registries/read",
            "Microsoft.ContainerRegistry/registries/importImage/action"]}]}),),
        "Azure Container Registry, 'Import images', permissions"),
    Idiom("a team contributes to the factories of its group", (az("authorization:RoleAssignment", {
        "scope": f"{SUB}/resourceGroups/rg-analytics", "principalId": PRINCIPAL, "principalType": "Group",
        "roleDefinitionId":
            f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/{DATA_FACTORY_CONTRIBUTOR}"}),),
        "Azure Data Factory, 'Roles and permissions'"),
    Idiom("an API tells its service who calls, and answers whose subscription it was", (az("apimanagement:ApiPolicy", {
        **RG, "serviceName": "apim-bank", "apiId": "payments", "policyId": "policy", "format": "rawxml",
        "value": DEFAULTS}),),
        "Azure API Management, 'Set header' and 'validate-azure-ad-token'"),
    Idiom("the management of API Management leaves by its own tag", (az("network:RouteTable", {
        **HERE, "routeTableName": "apim", "disableBgpRoutePropagation": True, "routes": [
            {"name": "management", "addressPrefix": "ApiManagement", "nextHopType": "Internet"},
            {"name": "default", "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
             "nextHopIpAddress": "10.20.0.4"}]}),),
        "Azure API Management, 'Virtual network configuration reference', forced tunnelling"),
)  # fmt: skip
