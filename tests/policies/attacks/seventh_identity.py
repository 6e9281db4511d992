"""Attacks by narrow grants that add up to everything, and by sign-ins that take everybody (2026-11-28)."""

import json

from ..blind import GROUP, ME, SUB, TAGS, THEM, aws, az, cluster_role, crd, k8s, meta, policy, statement, workload
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-")
OPEN = ("FJ-IDN-", "FJ-EXP-", "FJ-ESC-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
# Made for this test: a self-signed authority whose key was thrown away.
ANYWHERE = (
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBbjCCAROgAwIBAgIUBGy9onbSFSbI+jzFm64PoCjUgUUwCgYIKoZIzj0EAwIw\n"
    "DDEKMAgGA1UECgwBWDAeFw0yNjExMjgxMzEyMTJaFw0zNjExMjUxMzEyMTJaMAwx\n"
    "CjAIBgNVBAoMAVgwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATP0AXTOQmMSYJX\n"
    "neOFOAmFvjY6TLSgV3M/+duznfrtTj/OoUfL/cVkgKHePPu/j6icKEdMVOXPTzlR\n"
    "AEUqkR9Oo1MwUTAdBgNVHQ4EFgQU5/h6oAKTFSeQVMPklO+46RG4dm8wHwYDVR0j\n"
    "BBgwFoAU5/h6oAKTFSeQVMPklO+46RG4dm8wDwYDVR0TAQH/BAUwAwEB/zAKBggq\n"
    "hkjOPQQDAgNJADBGAiEAozvMbRPEPDjvKoVXTm8Wp2d4ksXKsZSiyylSqJ9DlAkC\n"
    "IQDppAx7luOfVTNTtiRh4FEAfl98ju62+M5f8lI52iaDhg==\n"
    "-----END CERTIFICATE-----\n"
)
HUB = ('c.JupyterHub.authenticator_class = "github"\nc.Authenticator.allow_all = True\n'
       'c.Authenticator.admin_users = {"ops"}\n')  # fmt: skip


def _may(group: str, kind: str, *verbs: str) -> tuple[Given, ...]:
    return (cluster_role({"apiGroups": [group], "resources": [kind], "verbs": list(verbs)}),)


def _custom_role(name: str, *actions: str) -> tuple[Given, ...]:
    return (az("authorization:RoleDefinition", {
        "scope": GROUP, "roleName": name, "roleType": "CustomRole", "assignableScopes": [GROUP],
        "permissions": [{"actions": list(actions), "notActions": [], "dataActions": []}]}),)  # fmt: skip


ATTACKS = (
    Attack("a role may attach policies to itself by its name", IDN, (aws("iam/RolePolicy", {
        "role": "ci", "policy": json.dumps({"Version": "2012-10-17", "Statement": [
            statement(["iam:AttachRolePolicy", "iam:GetRole"], f"arn:aws:iam::{ME}:role/ci")]})}),),
        "critical", "it attaches AdministratorAccess to itself: the resource is narrow, and is the caller"),
    Attack("a role writes functions that run as any role of functions", IDN, (policy(
        statement("iam:PassRole", "*", {"StringEquals": {"iam:PassedToService": "lambda.amazonaws.com"}}),
        statement(["lambda:CreateFunction", "lambda:InvokeFunction"], f"arn:aws:lambda:{R}:{ME}:function:*")),),
        "critical", "the function runs with the deployer's role or any other that Lambda may assume (Rhino Security "
        "Labs, 'AWS IAM Privilege Escalation Methods', PassExistingRoleToNewLambdaThenInvoke)"),
    Attack("a role changes the tag by which its own rights are cut", IDN, (policy(
        statement("iam:TagRole", f"arn:aws:iam::{ME}:role/team-a-*"),
        statement("secretsmanager:GetSecretValue", "*", {"StringEquals": {
            "aws:ResourceTag/business-unit": "${aws:PrincipalTag/business-unit}"}})),),
        "critical", "it tags itself as another unit and reads that unit's secrets (AWS IAM, 'ABAC tutorial')"),
    Attack("a role labels secrets of others as its own", IDN, (policy(
        statement(["secretsmanager:TagResource", "secretsmanager:UntagResource"],
                  f"arn:aws:secretsmanager:{R}:{ME}:secret:*"),
        statement("secretsmanager:GetSecretValue", "*", {"StringEquals": {"aws:ResourceTag/business-unit": "risk"}})),),
        "critical", "a secret is tagged, and then the condition on its tag is met"),
    Attack("the administrator of the lake is the role of notebooks", IDN, (aws("lakeformation/DataLakeSettings", {
        "admins": [f"arn:aws:iam::{ME}:role/notebooks"], "createDatabaseDefaultPermissions": [],
        "createTableDefaultPermissions": []}),),
        "critical", "each user of a notebook grants itself every table (Lake Formation, 'Implicit permissions')"),
    Attack("whose address contains the bank's name is an administrator", OPEN, (
        aws("cognito/IdentityPoolRoleAttachment", {
        "identityPoolId": f"{R}:11111111-2222-3333-4444-555555555555",
        "roles": {"authenticated": f"arn:aws:iam::{ME}:role/portal"}, "roleMappings": [{
            "identityProvider": f"cognito-idp.{R}.amazonaws.com/{R}_abcdefghi:client", "type": "Rules",
            "ambiguousRoleResolution": "Deny", "mappingRules": [{
                "claim": "email", "matchType": "Contains", "value": "example.ae",
                "roleArn": f"arn:aws:iam::{ME}:role/portal-admin"}]}]}),),
        "critical", "example.ae@mail-box.io contains it too (Amazon Cognito, 'Role-based access control')"),
    Attack("a permit of every action has a condition that is always true", IDN, (aws("verifiedpermissions/Policy", {
        "policyStoreId": "PSEXAMPLEabcdefg111111", "definition": {"static": {
            "statement": 'permit (principal, action, resource) when { 1 < 2 };', "description": "base"}}}),),
        "critical", "every request is allowed, as without the condition (docs.cedarpolicy.com, 'Conditions')"),
    Attack("machines of an unknown authority assume roles", IDN, (aws("rolesanywhere/TrustAnchor", {
        "name": "dc", "enabled": True, "tags": TAGS, "source": {
            "sourceType": "CERTIFICATE_BUNDLE", "sourceData": {"x509CertificateData": ANYWHERE}}}),),
        "critical", "who holds the authority's key issues certificates for every profile (IAM Roles Anywhere, "
        "'Trust model')"),
    Attack("pods act as a role of a stranger's account", IDN, (aws("eks/PodIdentityAssociation", {
        "clusterName": "bank", "namespace": "team-a", "serviceAccount": "loader", "tags": TAGS,
        "roleArn": f"arn:aws:iam::{ME}:role/loader", "targetRoleArn": f"arn:aws:iam::{THEM}:role/inbox"}),),
        "critical", "the pod writes what it reads into the stranger's account (EKS, 'Access AWS resources using EKS "
        "Pod Identity target IAM roles')"),
    Attack("a custom role makes itself any identity of the group", IDN, _custom_role(
        "Deployer of apps", "Microsoft.ManagedIdentity/userAssignedIdentities/read",
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write"),
        "critical", "a credential for a token of one's own issuer makes one the identity (Microsoft Entra, 'Workload "
        "identity federation')"),
    Attack("a custom role lists the keys of every store, vault and cluster", IDN, _custom_role(
        "Support", "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
        "Microsoft.DocumentDB/databaseAccounts/listKeys/action", "Microsoft.Web/sites/config/list/action"),
        "critical", "keys and the administrator's kubeconfig bypass every role on data (Azure permissions reference)"),
    Attack("an application has the keys of every account of the group", IDN, (az("authorization:RoleAssignment", {
        "principalId": "11111111-2222-3333-4444-555555555555", "principalType": "ServicePrincipal", "scope": GROUP,
        "roleDefinitionId": f"{ROLES}/17d1049b-9a84-46fb-8f53-869881c3d3ab"}),),
        "critical", "Storage Account Contributor lists keys, and switches keys on again where they are off"),
    Attack("an app takes sign-ins of every tenant", OPEN, (az("app:ContainerAppsAuthConfig", {
        **RG, "containerAppName": "portal", "authConfigName": "current", "platform": {"enabled": True},
        "globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage",
                             "redirectToProvider": "azureactivedirectory"},
        "identityProviders": {"azureActiveDirectory": {"enabled": True, "registration": {
            "clientId": "11111111-2222-3333-4444-555555555555", "clientSecretSettingName": "entra",
            "openIdIssuer": "https://login.microsoftonline.com/organizations/v2.0"}}}}),),
        "critical", "anybody with an account at any company is signed in (Container Apps, 'Microsoft Entra ID')"),
    Attack("one key opens every API", OPEN, (az("apimanagement:Subscription", {
        **RG, "serviceName": "apim", "sid": "ops", "displayName": "Operations", "state": "active",
        "scope": f"{OURS}.ApiManagement/service/apim/apis"}),),
        "major", "a single leaked key calls each API of the bank, as nobody in particular"),
    Attack("a model is called by keys that do not expire", OPEN, (az("machinelearningservices:OnlineEndpoint", {
        **HERE, "workspaceName": "w", "endpointName": "scoring", "identity": {"type": "SystemAssigned"},
        "properties": {"authMode": "Key", "publicNetworkAccess": "Disabled"}}),),
        "major", "a key has no owner and no end (Azure ML, 'Authenticate clients for online endpoints')"),
    Attack("a role sends every custom resource through a webhook of its own", OPEN,
        _may("apiextensions.k8s.io", "customresourcedefinitions", "get", "patch"),
        "critical", "a conversion webhook reads and rewrites secrets of operators, routes and policies (Kubernetes, "
        "'Webhook conversion')"),
    Attack("a role fetches the bank's secrets by objects of an operator", OPEN,
        _may("external-secrets.io", "externalsecrets", "create", "update"),
        "critical", "every secret that a store of the cluster reaches becomes a secret of one's namespace (External "
        "Secrets, 'Security best practices')"),
    Attack("a role draws the pods of others onto its node", OPEN, (cluster_role(
        {"apiGroups": [""], "resources": ["nodes"], "verbs": ["patch"]},
        {"apiGroups": [""], "resources": ["pods/binding", "bindings"], "verbs": ["create"]}),),
        "major", "labels and taints decide which node gets the pods with other tenants' secrets"),
    Attack("a role restores volumes of other namespaces from their snapshots", OPEN,
        _may("snapshot.storage.k8s.io", "volumesnapshotcontents", "create"),
        "critical", "a content names any snapshot of the storage system by its handle (Kubernetes CSI, 'Snapshot & "
        "Restore')"),
    Attack("notebooks take everybody with an account of GitHub", OPEN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("hub"), "data": {"jupyterhub_config.py": HUB}}),),
        "critical", "each account of GitHub gets a shell in the cluster (JupyterHub, Authenticator.allow_all)"),
    Attack("a proxy of sign-in takes every account of Google", OPEN, (workload("apps/v1:Deployment", {"args": [
        "--provider=google", "--email-domain=*", "--http-address=0.0.0.0:4180", "--upstream=http://app.team-a:8080",
        "--reverse-proxy=true", "--cookie-secure=true"]}),),
        "critical", "`*` authenticates any email (oauth2-proxy, 'Overview', email-domain)"),
    Attack("whoever signs in to Grafana is its administrator", OPEN, (workload("apps/v1:Deployment", {"env": [
        {"name": "GF_AUTH_GENERIC_OAUTH_ENABLED", "value": "true"},
        {"name": "GF_AUTH_GENERIC_OAUTH_ROLE_ATTRIBUTE_PATH", "value": "'GrafanaAdmin'"},
        {"name": "GF_AUTH_GENERIC_OAUTH_ALLOW_ASSIGN_GRAFANA_ADMIN", "value": "true"}]}, replicas=1),),
        "major", "the expression is a constant: each user queries and changes every data source (Grafana, 'Configure "
        "generic OAuth', role mapping)"),
    Attack("the application of a database is its superuser", OPEN, (crd("postgresql.cnpg.io/v1:Cluster", {
        "instances": 3, "storage": {"size": "20Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
        "imageName": "ghcr.io/cloudnative-pg/postgresql:16.8", "managed": {"roles": [{
            "name": "app", "ensure": "present", "login": True, "superuser": True,
            "passwordSecret": {"name": "app"}}]}}),),
        "major", "an injected statement reads all rows and runs programs (PostgreSQL, COPY ... TO PROGRAM)"),
    Attack("everybody may register in the realm of the bank", OPEN, (
        crd("k8s.keycloak.org/v2alpha1:KeycloakRealmImport", {
        "keycloakCRName": "login", "realm": {
            "id": "bank", "realm": "bank", "enabled": True, "registrationAllowed": True, "verifyEmail": False,
            "bruteForceProtected": False, "sslRequired": "external"}}),),
        "critical", "a stranger has an account that every app of the realm accepts (Keycloak, 'User registration')"),
    Attack("pods sign in to the directory of a stranger", OPEN, (k8s("core/v1:ServiceAccount", {
        "automountServiceAccountToken": False, "metadata": meta("loader", annotations={
            "azure.workload.identity/client-id": "11111111-2222-3333-4444-555555555555",
            "azure.workload.identity/tenant-id": "99999999-2222-3333-4444-555555555555"})}),),
        "critical", "with the stranger's identity the pod writes to the stranger's accounts (Azure Workload Identity, "
        "'Service account labels and annotations')"),
)  # fmt: skip
