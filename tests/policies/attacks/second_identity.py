"""Attacks on identity, second blind set: issuers of strangers, sign-in inside the cluster, and indirect rights.

Severity stands beside each; the source is the vendor's document that says that the cloud accepts it (2026-11-27).
"""

from ..blind import GROUP, ME, SUB, TAGS, THEM, aws, az, crd, k8s, meta, policy, role, statement
from ..blind import workload as pods
from ..harness import Given
from . import Attack

REGION = "me-central-1"
STRANGER = "11111111-1111-1111-1111-111111111111"
ISSUER = "https://login.partner.io"
IDENTITY_CENTER = "arn:aws:sso:::instance/ssoins-1234567890abcdef"
IN = {"resourceGroupName": "g"}
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"


def assigned(role_id: str, scope: str) -> tuple[Given, ...]:
    """Returns a role assignment."""
    return (az("authorization:RoleAssignment", {
        "principalId": "22222222-2222-2222-2222-222222222222", "principalType": "Group", "scope": scope,
        "roleDefinitionId": f"{ROLES}/{role_id}"}),)  # fmt: skip


def settings(name: str, namespace: str, **data: str) -> Given:
    """Returns a ConfigMap."""
    return k8s("core/v1:ConfigMap", {"metadata": meta(name, namespace), "data": data}, name)


AWS = (
    Attack(  # critical; IAM, "Creating OIDC identity providers": the issuer decides who has the subject
        "role that trusts tokens of a stranger's issuer, with a subject that the issuer may give to anybody",
        ("FJ-IDN-",),
        (aws("iam/OpenIdConnectProvider", {"url": ISSUER, "clientIdLists": ["sts.amazonaws.com"], "tags": TAGS}, "p"),
         role({"Federated": f"arn:aws:iam::{ME}:oidc-provider/login.partner.io"},
              {"StringEquals": {"login.partner.io:sub": "deployer", "login.partner.io:aud": "sts.amazonaws.com"}},
              "sts:AssumeRoleWithWebIdentity")),
    ),
    Attack(  # critical; IAM Identity Center, "Trusted token issuer": its tokens are exchanged for users of the bank
        "Identity Center trusts the tokens of a stranger's issuer",
        ("FJ-IDN-",),
        (aws("ssoadmin/TrustedTokenIssuer", {
            "instanceArn": IDENTITY_CENTER, "name": "x", "trustedTokenIssuerType": "OIDC_JWT", "tags": TAGS,
            "trustedTokenIssuerConfiguration": {"oidcJwtConfiguration": {
                "claimAttributePath": "email", "identityStoreAttributePath": "emails.value", "issuerUrl": ISSUER,
                "jwksRetrievalOption": "OPEN_ID_DISCOVERY"}}}),),
    ),
    Attack(  # critical; Redshift, "Working with Redshift-managed VPC endpoints": the grantee account makes endpoints
        "endpoints of a stranger's account into a Redshift cluster",
        ("FJ-IDN-", "FJ-RES-", "FJ-EXP-"),
        (aws("redshift/EndpointAuthorization", {"account": THEM, "clusterIdentifier": "dwh"}),),
    ),
    Attack(  # critical; RDS, "IAM database authentication": rds-db:connect on dbuser:*/* is every user of each database
        "rds-db:connect as each user of each database, the administrator with them",
        ("FJ-IDN-",),
        (policy(statement("rds-db:connect", f"arn:aws:rds-db:{REGION}:{ME}:dbuser:*/*")),),
    ),
    Attack(  # critical; SageMaker authorization reference: the address opens a shell with the notebook's role
        "addresses of every notebook, with the role of each",
        ("FJ-IDN-",),
        (policy(statement(["sagemaker:CreatePresignedNotebookInstanceUrl", "sagemaker:CreatePresignedDomainUrl"])),),
    ),
    Attack(  # critical; EKS, "Access entries": the two actions make any principal an administrator of the cluster
        "access entries with any access policy in every cluster",
        ("FJ-IDN-",),
        (policy(statement(["eks:CreateAccessEntry", "eks:AssociateAccessPolicy"],
                          [f"arn:aws:eks:{REGION}:{ME}:cluster/*", f"arn:aws:eks:{REGION}:{ME}:access-entry/*"])),),
    ),
    Attack(  # high; CodeBuild, StartBuild: buildspecOverride runs any command with the role of the project
        "builds of every project, whose commands the caller brings",
        ("FJ-IDN-",),
        (policy(statement("codebuild:StartBuild", f"arn:aws:codebuild:{REGION}:{ME}:project/*")),),
    ),
    Attack(  # high; ECS Exec and EC2 Instance Connect Endpoint: shells in each task, tunnels to each machine
        "shells in every task and tunnels to every machine",
        ("FJ-IDN-",),
        (policy(statement(["ecs:ExecuteCommand", "ec2-instance-connect:OpenTunnel",
                           "ec2-instance-connect:SendSSHPublicKey"])),),
    ),
    Attack(  # critical; Organizations, "Delegated administrator for StackSets": it deploys into each account
        "account that nobody listed deploys stacks into each account of the organisation",
        ("FJ-IDN-",),
        (aws("organizations/DelegatedAdministrator", {
            "accountId": THEM, "servicePrincipal": "member.org.stacksets.cloudformation.amazonaws.com"}),),
    ),
    Attack(  # high; Lake Formation, "Default settings": IAM_ALLOWED_PRINCIPALS gets ALL on each new table
        "new tables of the data lake that each identity of the account may read and drop",
        ("FJ-IDN-",),
        (aws("lakeformation/DataLakeSettings", {
            "admins": [f"arn:aws:iam::{ME}:role/lake"],
            "createTableDefaultPermissions": [{"permissions": ["ALL"], "principal": "IAM_ALLOWED_PRINCIPALS"}]}),),
    ),
)  # fmt: skip

AZURE = (
    Attack(  # high; "Azure built-in roles": User Access Administrator of a group may make itself owner of it
        "User Access Administrator of the platform's resource group",
        ("FJ-IDN-",),
        assigned("18d7d88d-d35e-4fb5-a5c3-7773c20a72d9", GROUP),
    ),
    Attack(  # high; AKS, "Manage access with Azure RBAC": RBAC Cluster Admin is system:masters of the cluster
        "Azure Kubernetes Service RBAC Cluster Admin of the cluster, for good",
        ("FJ-IDN-",),
        assigned("b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
                 f"{GROUP}/providers/Microsoft.ContainerService/managedClusters/aks"),
    ),
    Attack(  # high; PostgreSQL, "Microsoft Entra authentication": the administrator may be of another tenant
        "Entra administrator of PostgreSQL from another tenant",
        ("FJ-IDN-",),
        (az("dbforpostgresql:Administrator", {**IN, "serverName": "pg", "objectId": STRANGER, "tenantId": STRANGER,
                                              "principalName": "dba", "principalType": "user"}),),
    ),
    Attack(  # high; Container Registry, "Repository-scoped permissions": passwords that work from anywhere
        "token of a registry with a password that does not expire, for each repository",
        ("FJ-IDN-",),
        (az("containerregistry:ScopeMap", {**IN, "registryName": "cr", "scopeMapName": "all", "actions": [
            "repositories/*/content/write", "repositories/*/content/read", "repositories/*/content/delete"]}, "map"),
         az("containerregistry:Token", {**IN, "registryName": "cr", "tokenName": "t", "status": "enabled",
                                        "scopeMapId": f"{GROUP}/providers/Microsoft.ContainerRegistry/registries/cr"
                                                      "/scopeMaps/all",
                                        "credentials": {"passwords": [{"name": "password1"}]}})),
    ),
    Attack(  # high; Cosmos DB, "Data plane role definitions": a wildcard of data actions
        "role of Cosmos DB that may do everything with all data",
        ("FJ-IDN-",),
        (az("cosmosdb:SqlResourceSqlRoleDefinition", {
            **IN, "accountName": "c", "roleName": "everything", "type": "CustomRole",
            "roleDefinitionId": "33333333-3333-3333-3333-333333333333",
            "assignableScopes": [f"{GROUP}/providers/Microsoft.DocumentDB/databaseAccounts/c"],
            "permissions": [{"dataActions": ["Microsoft.DocumentDB/databaseAccounts/*"]}]}),),
    ),
)  # fmt: skip

KUBERNETES = (
    Attack(  # critical; Argo CD, "RBAC configuration": policy.default is the role of whoever is signed in
        "Argo CD in which everybody is an administrator, signed in or not",
        ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-"),
        (settings("argocd-cm", "argocd", **{"users.anonymous.enabled": "true"}),
         settings("argocd-rbac-cm", "argocd", **{"policy.default": "role:admin"})),
    ),
    Attack(  # critical; PostgreSQL, "pg_hba.conf": trust lets anybody in as any user, without a password
        "PostgreSQL that lets anybody in as any user",
        ("FJ-IDN-", "FJ-ENC-"),
        (crd("postgresql.cnpg.io/v1:Cluster", {"instances": 2, "enableSuperuserAccess": True, "postgresql": {
            "pg_hba": ["host all all 0.0.0.0/0 trust"]}, "storage": {"size": "10Gi", "storageClass": "cmk"}}),),
    ),
    Attack(  # critical; Istio, "RequestAuthentication": whoever has the keys of the issuer makes valid tokens
        "gateway that takes the tokens of a stranger's issuer",
        ("FJ-IDN-", "FJ-EXP-331", "FJ-RES-"),
        (crd("security.istio.io/v1:RequestAuthentication", {"jwtRules": [
            {"issuer": ISSUER, "jwksUri": f"{ISSUER}/.well-known/jwks.json"}]}),
         crd("security.istio.io/v1:AuthorizationPolicy", {"action": "ALLOW", "rules": [
             {"from": [{"source": {"requestPrincipals": [f"{ISSUER.removeprefix('https://')}/*"]}}]}]})),
    ),
    Attack(  # high; Grafana, "Anonymous authentication": org_role Admin for whoever opens it
        "Grafana in which everybody is an administrator",
        ("FJ-IDN-", "FJ-EXP-"),
        (pods("apps/v1:Deployment", {"env": [{"name": "GF_AUTH_ANONYMOUS_ENABLED", "value": "true"},
                                             {"name": "GF_AUTH_ANONYMOUS_ORG_ROLE", "value": "Admin"}]}),),
    ),
    Attack(  # high; Kubernetes, "Aggregated ClusterRoles": each holder of view gets the rules of the labelled role
        "role that adds shells in containers to what each viewer may do",
        ("FJ-IDN-",),
        (k8s("rbac.authorization.k8s.io/v1:ClusterRole", {
            "metadata": {"name": "x", "labels": {**TAGS, "rbac.authorization.k8s.io/aggregate-to-view": "true"}},
            "rules": [{"apiGroups": [""], "resources": ["pods/attach", "pods/portforward", "pods/ephemeralcontainers"],
                       "verbs": ["get", "create", "update", "patch"]}]}),),
    ),
)  # fmt: skip

ATTACKS: tuple[Attack, ...] = (*AWS, *AZURE, *KUBERNETES)
