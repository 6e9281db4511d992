"""Attacks by rights that start what others wrote, and by sign-ins that believe everybody (2026-11-28, third blind set).

Properties by pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0; custom resources by their projects' documentation.
"""

from ..blind import (
    GROUP,
    KEY,
    ME,
    SUB,
    TAGS,
    aws,
    az,
    cluster_role,
    crd,
    document,
    k8s,
    meta,
    policy,
    statement,
    workload,
)
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-")
OPEN = ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CLIENT = "11111111-2222-3333-4444-555555555555"
SUPERSET = 'AUTH_TYPE = AUTH_OAUTH\nPUBLIC_ROLE_LIKE = "Admin"\nAUTH_USER_REGISTRATION = True\n'
HUB = 'c.JupyterHub.authenticator_class = "dummy"\nc.JupyterHub.bind_url = "http://:8000"\n'
VALUES = {"server": {"dev": {"enabled": True, "devRootToken": "root"}}}


def _may(group: str, kind: str, *verbs: str) -> tuple[Given, ...]:
    return (cluster_role({"apiGroups": [group], "resources": [kind], "verbs": list(verbs)}),)


def _may_in(namespace: str, group: str, kind: str, *verbs: str) -> tuple[Given, ...]:
    """Returns a role in one namespace, which is not the team's own."""
    return (k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("x", namespace), "rules": [
        {"apiGroups": [group], "resources": [kind], "verbs": list(verbs)}]}),)  # fmt: skip


def _custom_role(name: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": name, "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": []}]}),)  # fmt: skip


def _built_in(role: str) -> tuple[Given, ...]:
    return (az("authorization:RoleAssignment", {
        "principalId": CLIENT, "principalType": "ServicePrincipal", "scope": GROUP,
        "roleDefinitionId": f"{ROLES}/{role}"}),)  # fmt: skip


def _program(**env: str) -> tuple[Given, ...]:
    return (workload("apps/v1:Deployment", {
        "env": [{"name": key, "value": value} for key, value in env.items()]}, replicas=1),)  # fmt: skip


ATTACKS = (
    Attack("a role submits jobs of any definition with commands of its own", IDN, (policy(
        statement(["batch:SubmitJob", "batch:DescribeJobs"], "*")),),
        "critical", "a job runs with the role of its definition, and the caller brings the command (AWS Batch, "
        "SubmitJob, containerOverrides)"),
    Attack("a role runs any job of Glue with a script of its own", IDN, (policy(
        statement(["glue:StartJobRun", "glue:GetJobs"], "*")),),
        "critical", "--scriptLocation of a run replaces the script, and the role of the job remains (AWS Glue, 'Job "
        "parameters')"),
    Attack("a role rewrites every state machine", IDN, (policy(
        statement(["states:UpdateStateMachine", "states:StartExecution"], f"arn:aws:states:{R}:{ME}:stateMachine:*")),),
        "critical", "a new definition calls every API that the machine's role may call (Step Functions, "
        "UpdateStateMachine)"),
    Attack("a role adds steps to every cluster of EMR", IDN, (policy(
        statement(["elasticmapreduce:AddJobFlowSteps", "elasticmapreduce:ListClusters"], "*")),),
        "critical", "a step is a command that runs with the cluster's role (Amazon EMR, 'Add steps to a cluster')"),
    Attack("a role replaces what every machine runs when it starts", IDN, (policy(
        statement(["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"], "*")),),
        "critical", "user data of a stopped machine is changed and runs as root with the machine's role (Amazon EC2, "
        "ModifyInstanceAttribute)"),
    Attack("a role changes stacks that act with a role of their own", IDN, (policy(
        statement(["cloudformation:UpdateStack", "cloudformation:CreateChangeSet",
                   "cloudformation:ExecuteChangeSet"], "*")),),
        "critical", "the stack keeps its service role, whoever updates it (AWS CloudFormation, 'Service role')"),
    Attack("a role makes copies of keys in other regions", IDN, (policy(
        statement(["kms:ReplicateKey", "kms:UpdatePrimaryRegion", "kms:CreateKey"], "*")),),
        "critical", "the key's material is then outside the country (AWS KMS, 'Controlling access to multi-Region "
        "keys')"),
    Attack("a role lifts the blocks on public buckets", IDN, (policy(
        statement(["s3:PutAccountPublicAccessBlock", "s3:PutBucketPublicAccessBlock", "s3:PutAccessPointPolicy"],
                  "*")),),
        "critical", "buckets are opened afterwards by hand, and the plan that was approved shows none of it (Amazon "
        "S3, 'Blocking public access')"),
    Attack("a role replaces the definition of every agent of Systems Manager", IDN, (policy(
        statement(["ssm:UpdateDocument", "ssm:UpdateDocumentDefaultVersion"], f"arn:aws:ssm:{R}:{ME}:document/*")),),
        "critical", "associations run the default version of a document on each machine as root (Systems Manager, "
        "UpdateDocumentDefaultVersion)"),
    Attack("a key serves every account by the way of a service", OPEN, (aws("kms/Key", {
        "enableKeyRotation": True, "description": "data", "tags": TAGS, "deletionWindowInDays": 30, "policy": document(
            statement("kms:*", "*", None, Principal={"AWS": f"arn:aws:iam::{ME}:root"}),
            statement(["kms:Decrypt", "kms:GenerateDataKey"], "*",
                      {"StringEquals": {"kms:ViaService": f"s3.{R}.amazonaws.com"}}, Principal={"AWS": "*"}))}),),
        "critical", "the condition names the service and no account: any caller of S3 meets it (AWS KMS, "
        "kms:ViaService and kms:CallerAccount)"),
    Attack("a secret is for every caller that is a role", OPEN, (aws("secretsmanager/SecretPolicy", {
        "secretArn": f"arn:aws:secretsmanager:{R}:{ME}:secret:model-keys-abcdef", "policy": document(
            statement("secretsmanager:GetSecretValue", "*", {
                "StringEquals": {"aws:PrincipalType": "AssumedRole"}}, Principal={"AWS": "*"}))}),),
        "critical", "each role of each account is an assumed role (IAM, aws:PrincipalType)"),
    Attack("everybody in the directory may use an application", OPEN, (
        aws("ssoadmin/ApplicationAssignmentConfiguration", {
            "applicationArn": f"arn:aws:sso::{ME}:application/ssoins-1111111111111111/apl-2222222222222222",
            "assignmentRequired": False}),),
        "major", "nobody is assigned any more: each user of the directory signs in (IAM Identity Center API, "
        "PutApplicationAssignmentConfiguration)"),
    Attack("the policies of an agents' gateway are only logged", OPEN, (aws("bedrock/AgentcoreGateway", {
        "name": "tools", "roleArn": f"arn:aws:iam::{ME}:role/tools", "authorizerType": "CUSTOM_JWT", "kmsKeyArn": KEY,
        "protocolType": "MCP", "tags": TAGS, "authorizerConfiguration": {"customJwtAuthorizer": {
            "discoveryUrl": "https://login.example.ae/.well-known/openid-configuration",
            "allowedAudiences": ["tools"], "allowedClients": ["agents"]}},
        "policyEngineConfiguration": {
            "arn": f"arn:aws:bedrock-agentcore:{R}:{ME}:policy-engine/tools-1", "mode": "LOG_ONLY"}}),),
        "critical", "every agent calls every tool, and what the policy forbids is a line in a log (Amazon Bedrock "
        "AgentCore, 'Policy')"),
    Attack("a reader of Azure has the keys of every account of storage", OPEN,
        _built_in("c12c1c16-33a1-487b-954d-41c89c60f349"),
        "critical", "Reader and Data Access lists the keys, and with them writes and deletes (Azure built-in roles)"),
    Attack("a custom role runs commands in machines and clusters", OPEN, _custom_role(
        "Support of platforms", "Microsoft.Compute/virtualMachines/read",
        "Microsoft.Compute/virtualMachines/runCommand/action",
        "Microsoft.ContainerService/managedClusters/runCommand/action"),
        "critical", "commands run as root and as the cluster's administrator (Azure, 'Run Command'; AKS, 'command "
        "invoke')"),
    Attack("a role writes the policies that change and create objects", OPEN,
        _may("kyverno.io", "clusterpolicies", "get", "create", "update", "patch"),
        "critical", "a rule generates a binding to cluster-admin, which Kyverno creates (Kyverno, 'Generate rules')"),
    Attack("a role installs anything by objects of Flux", OPEN, (cluster_role(
        {"apiGroups": ["helm.toolkit.fluxcd.io"], "resources": ["helmreleases"], "verbs": ["create", "patch"]},
        {"apiGroups": ["source.toolkit.fluxcd.io"], "resources": ["helmrepositories"], "verbs": ["create"]}),),
        "critical", "Flux's controllers are cluster administrators unless locked down (Flux, 'Multi-tenancy "
        "lockdown')"),
    Attack("a role creates applications in the namespace of Argo CD", OPEN,
        _may_in("argocd", "argoproj.io", "applications", "create", "update", "patch"),
        "critical", "an application of the project default deploys anything anywhere (Argo CD, 'Projects')"),
    Attack("a role writes what nodes run when they start", OPEN,
        _may("karpenter.k8s.aws", "ec2nodeclasses", "get", "patch", "update"),
        "critical", "userData, role and image of each new node are the tenant's (Karpenter, NodeClasses)"),
    Attack("a role restores every namespace by objects of Velero", OPEN,
        _may_in("velero", "velero.io", "restores", "create"),
        "critical", "secrets of every namespace are restored into the tenant's own by namespaceMapping (Velero, "
        "'Restore reference')"),
    Attack("a role routes the hosts of others and opens their namespaces", OPEN, (cluster_role(
        {"apiGroups": ["gateway.networking.k8s.io"], "resources": ["referencegrants", "httproutes"],
         "verbs": ["create", "update", "patch"]}),),
        "critical", "a grant lets its routes reach services and certificates of other namespaces (Gateway API, "
        "ReferenceGrant)"),
    Attack("whoever signs in to the object store is its administrator", OPEN, _program(
        MINIO_IDENTITY_OPENID_CONFIG_URL="https://login.example.ae/.well-known/openid-configuration",
        MINIO_IDENTITY_OPENID_CLIENT_ID="store", MINIO_IDENTITY_OPENID_ROLE_POLICY="consoleAdmin"),
        "critical", "the policy of the role is for all users of the provider: each reads all buckets (MinIO, 'OpenID "
        "Connect access management', role policy)"),
    Attack("a console of the mesh signs nobody in", OPEN, (crd("kiali.io/v1alpha1:Kiali", {
        "auth": {"strategy": "anonymous"}, "deployment": {"accessible_namespaces": ["**"], "view_only_mode": False}}),),
        "major", "each caller changes routes and policies of the mesh with Kiali's rights (Kiali, 'Anonymous "
        "strategy')"),
    Attack("whoever is anonymous is superuser of the search cluster", OPEN, (
        crd("elasticsearch.k8s.elastic.co/v1:Elasticsearch", {"version": "8.17.0", "nodeSets": [{
            "name": "default", "count": 3, "config": {
                "xpack.security.authc.anonymous.username": "anonymous", "xpack.security.authc.anonymous.roles":
                    "superuser", "xpack.security.authc.anonymous.authz_exception": True},
            "podTemplate": {"metadata": {"labels": TAGS}, "spec": {}}}]}),),
        "critical", "requests without a password read and delete every index (Elasticsearch, 'Enable anonymous "
        "access')"),
    Attack("the vault of secrets runs in development mode", OPEN, (Given("kubernetes:helm.sh/v3:Release", {
        "chart": "oci://registry.dc1.example.ae/charts/vault", "version": "0.30.0", "namespace": "vault",
        "values": VALUES}, "vault"),),
        "critical", "the root token is a word that everybody knows (Vault, 'Dev server mode')"),
    Attack("visitors of dashboards of data are administrators", OPEN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("superset"), "data": {"superset_config.py": SUPERSET}}),),
        "critical", "the public role has the rights of Admin, with SQL on every database (Apache Superset, "
        "PUBLIC_ROLE_LIKE)"),
    Attack("a hub of notebooks takes every name and password", OPEN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("hub"), "data": {"jupyterhub_config.py": HUB}}),),
        "critical", "the dummy authenticator accepts everybody under any name (JupyterHub, 'DummyAuthenticator')"),
)  # fmt: skip
