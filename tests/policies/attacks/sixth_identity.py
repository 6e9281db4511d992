"""Attacks that give identities more than they need, by actions and properties that few rules name (2026-11-28)."""

import json

from ..blind import GROUP, SUB, TAGS, aws, az, cluster_role, crd, k8s, meta, policy, statement
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-",)
OPEN = ("FJ-IDN-", "FJ-EXP-", "FJ-ENC-", "FJ-ESC-")
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
HERE = {**RG, "location": "uaenorth", "tags": TAGS}
OURS = f"{GROUP}/providers/Microsoft"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
CONDITION = ("((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR "
             "(@Request[Microsoft.Authorization/roleAssignments:PrincipalType] StringNotEquals 'None'))")  # fmt: skip
FORGED = {"keys": [{"kty": "RSA", "kid": "k1", "e": "AQAB", "use": "sig", "n": "sXchTvd4Fk5PpTZhcTnYvSfUeqK9Ew" * 8}]}


def _actions(*actions: str, resource: object = "*") -> tuple[Given, ...]:
    return (policy(statement(list(actions), resource)),)


def _assigned(name: str, role: str, scope: str, **more: object) -> tuple[Given, ...]:
    return (az("authorization:RoleAssignment", {
        "principalId": "11111111-2222-3333-4444-555555555555", "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{role}", "scope": scope, **more}, name),)  # fmt: skip


def _runs(*kinds: tuple[str, str], verbs: tuple[str, ...] = ("create",)) -> tuple[Given, ...]:
    return (cluster_role(*({"apiGroups": [group], "resources": [kind], "verbs": list(verbs)}
                           for group, kind in kinds)),)  # fmt: skip


ATTACKS = (
    Attack("a role becomes any user of any identity pool", IDN,
        _actions("cognito-identity:GetOpenIdTokenForDeveloperIdentity"),
        "critical", "the caller chooses whose credentials the pool returns"),
    Attack("a role runs code in every interpreter of agents", IDN,
        _actions("bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"),
        "critical", "the code reads the credentials of the interpreter's role, whichever that is"),
    Attack("a role takes the keys of every tool of agents", IDN,
        _actions("bedrock-agentcore:GetResourceApiKey", "bedrock-agentcore:GetResourceOauth2Token"),
        "critical", "keys of other systems, of every team, are handed out"),
    Attack("a role borrows the rights of every table of the lake", IDN,
        _actions("lakeformation:GetTemporaryGlueTableCredentials", "datazone:GetEnvironmentCredentials"),
        "critical", "credentials for the objects below the tables are handed out"),
    Attack("a role issues certificates of every authority", IDN, _actions("acm-pca:IssueCertificate"),
        "critical", "who calls is whoever the certificate says, also for Roles Anywhere"),
    Attack("a role signs with every key", IDN, _actions("kms:Sign", "kms:GenerateMac"),
        "critical", "tokens, payments and images are signed as the bank's"),
    Attack("a role reads streams and tables of services that few know", IDN,
        _actions("dynamodb:GetRecords", "dynamodb:GetShardIterator", "cassandra:Select", "neptune-db:ReadDataViaQuery",
                 "kinesis:SubscribeToShard"), "critical", "every change of every table is copied"),
    Attack("a role signs in to every warehouse and Spark cluster", IDN,
        _actions("redshift-serverless:GetCredentials", "elasticmapreduce:GetClusterSessionCredentials"),
        "critical", "passwords of databases are handed out"),
    Attack("a role gives the domains of the bank away", IDN,
        _actions("route53domains:TransferDomainToAnotherAwsAccount", "route53domains:DisableDomainTransferLock"),
        "critical", "who has the domain has mail, certificates and customers"),
    Attack("every user of the company is administrator of a search domain", OPEN, (
        aws("opensearch/DomainSamlOptions", {"domainName": "logs", "samlOptions": {
            "enabled": True, "masterBackendRole": "everyone", "rolesKey": "groups", "sessionTimeoutMinutes": 1440,
            "idp": {"entityId": "https://login.example.ae/saml", "metadataContent": "<EntityDescriptor/>"}}}),),
        "critical", "who signs in reads and deletes every index"),
    Attack("a client's tokens last ten years and cannot be revoked", OPEN, (aws("cognito/UserPoolClient", {
        "userPoolId": f"{R}_abcdefghi", "name": "portal", "generateSecret": True, "refreshTokenValidity": 3650,
        "enableTokenRevocation": False, "preventUserExistenceErrors": "ENABLED",
        "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]}),),
        "major", "a token that was stolen once signs in for good"),
    Attack("users write the attribute that makes them administrators", OPEN, (aws("cognito/UserPoolClient", {
        "userPoolId": f"{R}_abcdefghi", "name": "portal", "generateSecret": True,
        "preventUserExistenceErrors": "ENABLED", "enableTokenRevocation": True,
        "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "readAttributes": ["email", "custom:role"], "writeAttributes": ["name", "custom:role", "custom:tenant"]}),),
        "critical", "role and tenant in the token are what the user wrote"),
    Attack("passwords of SQL are accepted again beside Entra ID", OPEN, (az("sql:ServerAzureADOnlyAuthentication", {
        **RG, "serverName": "sql", "authenticationName": "Default", "azureADOnlyAuthentication": False}),),
        "critical", "the server administrator's password works from any script"),
    Attack("an application may use every identity of the subscription", OPEN,
        _assigned("mio", "f1a07417-d97a-45cb-824c-7a7467783830", SUB),
        "critical", "Managed Identity Operator attaches any identity to a machine of its own"),
    Attack("an application may read keys and change agents as a log reader", OPEN,
        _assigned("lac", "92aaf0da-9dab-42b6-94a3-d43ce8d16293", SUB),
        "critical", "Log Analytics Contributor lists keys of storage and adds extensions to every machine"),
    Attack("an administrator of access whose condition is always true", OPEN,
        _assigned("uaa", "f58310d9-a9f6-439a-9e8d-f62e7b41a168", f"{OURS}.KeyVault/vaults/kv",
                  condition=CONDITION, conditionVersion="2.0"),
        "critical", "Role Based Access Control Administrator gives itself the secrets"),
    Attack("a project of Argo CD allows every repository and every namespace", OPEN, (
        k8s("argoproj.io/v1alpha1:AppProject", {"metadata": meta("platform", "argocd"), "spec": {
            "sourceRepos": ["*"], "destinations": [{"server": "*", "namespace": "*"}],
            "clusterResourceWhitelist": [{"group": "*", "kind": "*"}]}}),),
        "critical", "whoever may add an application deploys anything anywhere"),
    Attack("a certificate of cert-manager makes its holder an administrator", OPEN, (
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "ops", "commonName": "ops", "subject": {"organizations": ["system:masters"]},
            "usages": ["client auth"], "issuerRef": {"name": "cluster-ca", "kind": "ClusterIssuer"}}),),
        "critical", "the group bypasses every authorization of the API server"),
    Attack("a namespace of a tenant gets an authority of its own", OPEN, (crd("cert-manager.io/v1:Certificate", {
        "secretName": "ca", "commonName": "team-a", "isCA": True, "duration": "87600h", "usages": ["cert sign"],
        "privateKey": {"algorithm": "ECDSA", "size": 256},
        "issuerRef": {"name": "platform-ca", "kind": "ClusterIssuer"}}),),
        "critical", "the tenant issues certificates for every service of the platform"),
    Attack("tokens that somebody signed himself are accepted under the bank's issuer", OPEN, (
        crd("security.istio.io/v1:RequestAuthentication", {"jwtRules": [{
            "issuer": "https://login.example.ae", "jwks": json.dumps(FORGED)}]}),),
        "critical", "who holds the private key of the inline set is every user"),
    Attack("a header decides who may call", OPEN, (crd("security.istio.io/v1:AuthorizationPolicy", {
        "action": "ALLOW", "rules": [{"when": [{"key": "request.headers[x-internal]", "values": ["true"]}]}]}),),
        "critical", "every caller can send the header"),
    Attack("a role starts pods by objects of operators", OPEN,
        _runs(("ray.io", "rayjobs"), ("argoproj.io", "workflows"), ("kubeflow.org", "pytorchjobs")),
        "critical", "the pods run in every namespace with any service account"),
    Attack("a role redirects services to addresses of its own", OPEN,
        _runs(("discovery.k8s.io", "endpointslices"), ("", "services/status"), verbs=("create", "patch")),
        "critical", "calls to any service are answered by the attacker"),
    Attack("a role excepts itself from policies and removes those of networks", OPEN,
        _runs(("kyverno.io", "policyexceptions"), ("networking.k8s.io", "networkpolicies"),
              ("security.istio.io", "authorizationpolicies"), verbs=("create", "delete")),
        "critical", "what separates the tenants is removed by one of them"),
)  # fmt: skip
