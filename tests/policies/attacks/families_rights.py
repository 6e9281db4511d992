"""Attacks by which somebody becomes another user, service or team: attributes, projects, certificates (2026-11-28)."""

from collections.abc import Mapping

from ..blind import SUB, aws, az, crd, k8s, meta
from ..harness import Given
from . import Attack

R = "me-central-1"
ROLES = f"{SUB}/providers/Microsoft.Authorization/roleDefinitions"
OPERATOR = "f1a07417-d97a-45cb-824c-7a7467783830"
AUTHORITY = {"name": "platform-ca", "kind": "ClusterIssuer"}
USERS = "users are who they say they are"
HOLDER = "whoever holds the certificate is the other user or service"
EVERYTHING = "whoever may add an application deploys anything anywhere"


def _client(*written: str, **more: object) -> Given:
    return aws("cognito/UserPoolClient", {
        "userPoolId": f"{R}_abcdefghi", "name": "portal", "generateSecret": True, "enableTokenRevocation": True,
        "preventUserExistenceErrors": "ENABLED", "explicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
        "writeAttributes": list(written), **more}, "client")  # fmt: skip


def _project(**spec: object) -> tuple[Given, ...]:
    return (k8s("argoproj.io/v1alpha1:AppProject", {"metadata": meta("x", "argocd"), "spec": {
        "sourceRepos": ["https://git.example.ae/platform/apps.git"],
        "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "team-a"}], **spec}}),)  # fmt: skip


def _certificate(spec: Mapping[str, object]) -> tuple[Given, ...]:
    return (crd("cert-manager.io/v1:Certificate", {"secretName": "x", "issuerRef": AUTHORITY, **spec}),)


def _operator(scope: str, **more: object) -> tuple[Given, ...]:
    return (az("authorization:RoleAssignment", {
        "principalId": "11111111-2222-3333-4444-555555555555", "principalType": "ServicePrincipal",
        "roleDefinitionId": f"{ROLES}/{OPERATOR}", "scope": scope, **more}),)  # fmt: skip


ATTACKS = (
    Attack("users write their tenant", ("FJ-IDN-121",), (_client("name", "custom:tenant_id"),), "critical", USERS),
    Attack("users write their groups in capitals", ("FJ-IDN-121",), (_client("custom:Groups"),), "critical", USERS),
    Attack("users write whether they are an administrator", ("FJ-IDN-121",), (_client("custom:isAdmin"),),
        "critical", USERS),
    Attack("users of the pages of sign-in write their role by their token", ("FJ-IDN-121",), (_client(
        "custom:app_role", explicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"], allowedOauthFlows=["code"],
        allowedOauthFlowsUserPoolClient=True, allowedOauthScopes=["openid", "aws.cognito.signin.user.admin"],
        callbackUrls=["https://portal.example.ae/callback"], supportedIdentityProviders=["corp"]),), "critical", USERS),
    Attack("users write the claim from which the role of a session follows", ("FJ-IDN-121",), (
        _client("custom:desk"),
        aws("cognito/IdentityPoolRoleAttachment", {
            "identityPoolId": f"{R}:1", "roles": {"authenticated": "arn:aws:iam::123456789012:role/users"},
            "roleMappings": [{"identityProvider": f"cognito-idp.{R}.amazonaws.com/{R}_abcdefghi:1", "type": "Rules",
                              "ambiguousRoleResolution": "Deny", "mappingRules": [{
                                  "claim": "custom:desk", "matchType": "Equals", "value": "trading",
                                  "roleArn": "arn:aws:iam::123456789012:role/trading"}]}]})), "critical", USERS),
    Attack("users write the claim that is a tag of their session", ("FJ-IDN-121",), (
        _client("locale"), aws("cognito/IdentityPoolProviderPrincipalTag", {
            "identityPoolId": f"{R}:1", "identityProviderName": f"cognito-idp.{R}.amazonaws.com/{R}_abcdefghi",
            "useDefaults": False, "principalTags": {"desk": "locale"}})), "critical", USERS),
    Attack("an identity may use every identity of another scope in capitals", ("FJ-IDN-201",),
        _operator(SUB.upper().replace("SUBSCRIPTIONS", "Subscriptions") + "/"), "critical", USERS),
    Attack("an identity may use every identity of a management group", ("FJ-IDN-201",),
        _operator("/providers/Microsoft.Management/managementGroups/bank"), "critical", USERS),
    Attack("a project takes its repositories from everybody", ("FJ-IDN-310",), _project(sourceRepos=["*"]),
        "critical", EVERYTHING),
    Attack("a project takes its repositories from every host", ("FJ-IDN-310",), _project(sourceRepos=["https://*"]),
        "critical", EVERYTHING),
    Attack("a project takes every repository of a shared host", ("FJ-IDN-310",),
        _project(sourceRepos=["https://github.com/*"]), "critical", EVERYTHING),
    Attack("a project takes every repository of a shared host by SSH", ("FJ-IDN-310",),
        _project(sourceRepos=["git@github.com:*/*"]), "critical", EVERYTHING),
    Attack("a project takes every repository but one", ("FJ-IDN-310",),
        _project(sourceRepos=["**", "!https://git.example.ae/secret.git"]), "critical", EVERYTHING),
    Attack("a project deploys into every cluster by its name", ("FJ-IDN-310",),
        _project(destinations=[{"name": "*", "namespace": "*"}]), "critical", EVERYTHING),
    Attack("a project takes applications of every namespace", ("FJ-IDN-310",), _project(sourceNamespaces=["*"]),
        "critical", "every tenant adds applications"),
    Attack("a certificate is that of a node", ("FJ-IDN-311",), _certificate({
        "commonName": "system:node:ip-10-0-0-1", "subject": {"organizations": ["system:nodes"]},
        "usages": ["client auth"]}), "critical", HOLDER),
    Attack("a certificate has the group of kubeadm's administrators", ("FJ-IDN-311",), _certificate({
        "commonName": "ops", "subject": {"organizations": ["kubeadm:cluster-admins"]}, "usages": ["client auth"]}),
        "critical", HOLDER),
    Attack("a certificate has the group of administrators in a literal subject", ("FJ-IDN-311",), _certificate({
        "literalSubject": "CN=ops,O=system:masters", "usages": ["client auth"]}), "critical", HOLDER),
    Attack("a certificate is for the API server", ("FJ-IDN-311",), _certificate({
        "dnsNames": ["kubernetes.default.svc", "x.team-a.svc"]}), "critical", HOLDER),
    Attack("a certificate is for every service of the cluster", ("FJ-IDN-311",), _certificate({
        "dnsNames": ["*.svc.cluster.local"]}), "critical", HOLDER),
    Attack("a certificate is for a service of another namespace", ("FJ-IDN-311",), _certificate({
        "dnsNames": ["vault.vault.svc.cluster.local"]}), "critical", HOLDER),
    Attack("a certificate is for all services of another namespace", ("FJ-IDN-311",), _certificate({
        "dnsNames": ["*.payments.svc"]}), "critical", HOLDER),
    Attack("a certificate is for a workload of another namespace", ("FJ-IDN-311",), _certificate({
        "uris": ["spiffe://cluster.local/ns/payments/sa/ledger"]}), "critical", HOLDER),
    Attack("a certificate of a tenant is an authority under the platform's, in the plan", ("FJ-IDN-311",), (
        k8s("cert-manager.io/v1:ClusterIssuer", {"metadata": {"name": "platform-ca"}, "spec": {
            "ca": {"secretName": "platform-ca"}}}, "issuer"),
        *_certificate({"isCA": True, "commonName": "team-a"})), "critical",
        "the tenant issues certificates for every service"),
)  # fmt: skip
