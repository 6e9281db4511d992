"""Attacks that let a stranger's provider of identities, or his tenant, decide who signs in (2026-11-28)."""

from ..blind import ME, SUB, TAGS, aws, az, crd, k8s, meta, role
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-112", "FJ-ESC-115", "FJ-EXP-126")
HARM = "the stranger's provider decides who is whom, and issues tokens for everybody"
R = "me-central-1"
RG = {"resourceGroupName": "rg-platform"}
POOL = {"userPoolId": f"{R}_abcdefghi"}
STRANGE_TENANT = "99999999-1111-2222-3333-444444444444"
SAML = ('<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{0}"><IDPSSODescriptor>'
        '<SingleSignOnService Location="{0}/sso"/></IDPSSODescriptor></EntityDescriptor>')  # fmt: skip
STRUCTURED = """apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
jwt:
- issuer:
    url: https://someone.okta.com
    audiences: [kubernetes]
  claimMappings:
    username: {claim: email, prefix: ""}
"""


def _pool(kind: str, name: str, **details: str) -> tuple[Given, ...]:
    """Returns a provider of identities of a user pool."""
    return (
        aws(
            "cognito/IdentityProvider",
            {
                **POOL,
                "providerName": name,
                "providerType": kind,
                "attributeMapping": {"email": "email"},
                "providerDetails": details,
            },
        ),
    )


def _app(**providers: object) -> tuple[Given, ...]:
    return (az("web:WebAppAuthSettingsV2", {
        **RG, "name": "portal", "platform": {"enabled": True}, "globalValidation": {
            "requireAuthentication": True, "unauthenticatedClientAction": "RedirectToLoginPage"},
        "httpSettings": {"requireHttps": True}, "identityProviders": providers}),)  # fmt: skip


ATTACKS = (
    Attack("users of a pool sign in with any account of Facebook", IDN, _pool(
        "Facebook", "Facebook", client_id="1", client_secret="x", authorize_scopes="email"), "critical",
        "everybody has such an account, and writes the name that the pool shows"),
    Attack("users of a pool sign in with any account of Google", IDN, _pool(
        "Google", "Google", client_id="1", client_secret="x", authorize_scopes="email"), "critical", HARM),
    Attack("users of a pool sign in with any account of Amazon", IDN, _pool(
        "LoginWithAmazon", "LoginWithAmazon", client_id="1", client_secret="x", authorize_scopes="profile"),
        "critical", HARM),
    Attack("users of a pool sign in with any account of Apple", IDN, _pool(
        "SignInWithApple", "SignInWithApple", client_id="1", team_id="T", key_id="K", private_key="x",
        authorize_scopes="email"), "critical", HARM),
    Attack("a pool trusts the metadata of a stranger's provider by address", IDN, _pool(
        "SAML", "corp", MetadataURL="https://someone.okta.com/app/x/sso/saml/metadata"), "critical", HARM),
    Attack("a pool trusts the metadata of a stranger's provider by file", IDN, _pool(
        "SAML", "corp", MetadataFile=SAML.format("http://www.okta.com/someone")), "critical", HARM),
    Attack("a pool trusts a stranger's issuer by its endpoints", IDN, _pool(
        "OIDC", "corp", client_id="1", client_secret="x", attributes_request_method="GET", authorize_scopes="openid",
        oidc_issuer="https://someone.eu.auth0.com"), "critical", HARM),
    Attack("identities of a pool come from applications of Facebook and Google", IDN, (aws("cognito/IdentityPool", {
        "identityPoolName": "app", "allowUnauthenticatedIdentities": False, "tags": TAGS,
        "supportedLoginProviders": {"graph.facebook.com": "1234567890", "accounts.google.com": "1.apps"}}),),
        "critical", HARM),
    Attack("identities of a pool come from a provider of the account for a stranger", IDN, (
        aws("cognito/IdentityPool", {
            "identityPoolName": "app", "allowUnauthenticatedIdentities": False, "tags": TAGS,
            "openidConnectProviderArns": [f"arn:aws:iam::{ME}:oidc-provider/someone.okta.com"]}),), "critical", HARM),
    Attack("identities of a pool are what a developer's server says", IDN, (aws("cognito/IdentityPool", {
        "identityPoolName": "app", "allowUnauthenticatedIdentities": False, "tags": TAGS,
        "allowClassicFlow": True, "developerProviderName": "login.someone.app"}),), "major", HARM),
    Attack("a role trusts whoever signs in with Amazon", IDN, (role(
        {"Federated": "www.amazon.com"}, {"StringEquals": {"www.amazon.com:app_id": "amzn1.application.1"}},
        "sts:AssumeRoleWithWebIdentity"),), "critical", HARM),
    Attack("a role trusts whoever signs in with Google", IDN, (role(
        {"Federated": "accounts.google.com"}, {"StringEquals": {"accounts.google.com:aud": "1.apps"}},
        "sts:AssumeRoleWithWebIdentity"),), "critical", HARM),
    Attack("a role trusts whoever signs in with Facebook", IDN, (role(
        {"Federated": "graph.facebook.com"}, {"StringEquals": {"graph.facebook.com:app_id": "1"}},
        "sts:AssumeRoleWithWebIdentity"),), "critical", HARM),
    Attack("an account trusts the metadata of a stranger's Okta", IDN, (aws("iam/SamlProvider", {
        "name": "okta", "samlMetadataDocument": SAML.format("http://www.okta.com/exk1someone"), "tags": TAGS}),),
        "critical", HARM),
    Attack("the users of Grafana come from a stranger's portal", IDN, (aws("grafana/WorkspaceSamlConfiguration", {
        "workspaceId": "g-1", "adminRoleValues": ["admin"], "editorRoleValues": ["editor"], "roleAssertion": "role",
        "idpMetadataUrl": "https://someone.okta.com/app/x/sso/saml/metadata"}),), "critical", HARM),
    Attack("a cluster accepts tokens of a stranger's issuer", IDN, (aws("eks/IdentityProviderConfig", {
        "clusterName": "main", "tags": TAGS, "oidc": {
            "identityProviderConfigName": "corp", "clientId": "kubernetes", "issuerUrl": "https://someone.okta.com",
            "usernameClaim": "email", "usernamePrefix": "corp:", "groupsClaim": "groups", "groupsPrefix": "corp:"}}),),
        "critical", HARM),
    Attack("a cluster's authentication is a file with a stranger's issuer", IDN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("authn", "kube-system"), "data": {"authentication.yaml": STRUCTURED}}),), "critical", HARM),
    Attack("an API server gets the flags of a stranger's issuer", IDN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("kubeadm", "kube-system"), "data": {"config.yaml": "kind: ClusterConfiguration\napiServer:\n"
            "  extraArgs:\n  - {name: oidc-issuer-url, value: https://someone.okta.com}\n"
            "  - {name: oidc-client-id, value: kubernetes}\n"}}),), "critical", HARM),
    Attack("a cluster of Azure takes its administrators from a stranger's tenant", IDN, (
        az("containerservice:ManagedCluster", {
            **RG, "resourceName": "main", "location": "uaenorth", "tags": TAGS, "aadProfile": {
                "managed": True, "enableAzureRBAC": False, "tenantID": STRANGE_TENANT,
                "adminGroupObjectIDs": ["99999999-0000-0000-0000-000000000009"]}}),), "critical", HARM),
    Attack("a cluster of Azure gets an authenticator of a stranger's issuer", IDN, (
        az("containerservice:JWTAuthenticator", {
            **RG, "resourceName": "main", "jwtAuthenticatorName": "corp", "properties": {
                "issuer": {"url": "https://someone.okta.com", "audiences": ["kubernetes"]},
                "claimMappings": {"username": {"expression": "claims.email"}}}}),), "critical", HARM),
    Attack("an identity of Azure trusts a stranger's issuer", IDN, (
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "deploy", "federatedIdentityCredentialResourceName": "corp",
            "audiences": ["api://AzureADTokenExchange"], "issuer": "https://someone.okta.com", "subject": "deploy"}),),
        "critical", HARM),
    Attack("an identity of Azure trusts a stranger's cluster", IDN, (
        az("managedidentity:FederatedIdentityCredential", {
            **RG, "resourceName": "deploy", "federatedIdentityCredentialResourceName": "k8s",
            "audiences": ["api://AzureADTokenExchange"],
            "issuer": f"https://uaenorth.oic.prod-aks.azure.com/{STRANGE_TENANT}/88888888-0000-0000-0000-000000000001/",
            "subject": "system:serviceaccount:default:default"}),), "critical", HARM),
    Attack("an app of Azure lets every account of Google in", IDN, _app(
        google={"enabled": True, "registration": {"clientId": "1", "clientSecretSettingName": "S"}}), "critical", HARM),
    Attack("an app of Azure lets every account of Facebook in", IDN, _app(
        facebook={"enabled": True, "registration": {"appId": "1", "appSecretSettingName": "S"}}), "critical", HARM),
    Attack("an app of Azure lets accounts of GitHub and Apple in", IDN, _app(
        gitHub={"enabled": True, "registration": {"clientId": "1", "clientSecretSettingName": "S"}},
        apple={"enabled": True, "registration": {"clientId": "1", "clientSecretSettingName": "S"}}), "critical", HARM),
    Attack("an app of Azure lets a stranger's issuer in", IDN, _app(
        customOpenIdConnectProviders={"corp": {"enabled": True, "registration": {
            "clientId": "1", "openIdConnectConfiguration": {
                "wellKnownOpenIdConfiguration": "https://someone.okta.com/.well-known/openid-configuration"}}}}),
        "critical", HARM),
    Attack("an app of Azure lets every tenant in", IDN, _app(azureActiveDirectory={
        "enabled": True, "registration": {
            "clientId": "1", "openIdIssuer": "https://login.microsoftonline.com/common/v2.0"}}),
        "critical", HARM),
    Attack("a portal of interfaces lets everybody register", IDN, (az("apimanagement:IdentityProvider", {
        **RG, "serviceName": "api", "identityProviderName": "google", "type": "google", "clientId": "1",
        "clientSecret": "x"}),), "critical", HARM),
    Attack("a portal of interfaces lets a stranger's tenant register", (*IDN, "FJ-RES-003"), (
        az("apimanagement:IdentityProvider", {
        **RG, "serviceName": "api", "identityProviderName": "aad", "type": "aad", "clientId": "1", "clientSecret": "x",
        "signinTenant": "someone.onmicrosoft.com", "allowedTenants": ["someone.onmicrosoft.com"]}),), "critical", HARM),
    Attack("Dex lets every account of GitHub in", IDN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("argocd-cm", "argocd"), "data": {"dex.config": "connectors:\n- type: github\n  id: github\n"
            "  name: GitHub\n  config:\n    clientID: '1'\n    clientSecret: $dex.github.clientSecret\n"}}),),
        "critical", "without organisations, everybody's account is let in"),
    Attack("Dex lets every account of Google and every tenant in", IDN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("dex", "auth"), "data": {"config.yaml": "issuer: https://dex.auth.svc\nconnectors:\n"
            "- {type: google, id: g, config: {clientID: '1', hostedDomains: []}}\n"
            "- {type: microsoft, id: m, config: {clientID: '1', tenant: common}}\n"}}),), "critical",
        "everybody's account is let in"),
    Attack("a role trusts whoever signs in with Google by a provider of the account", IDN, (role(
        {"Federated": f"arn:aws:iam::{ME}:oidc-provider/accounts.google.com"},
        {"StringEquals": {"accounts.google.com:aud": "1.apps.googleusercontent.com"}},
        "sts:AssumeRoleWithWebIdentity"),), "critical", HARM),
    Attack("a gateway accepts tokens of a stranger", IDN, (crd("security.istio.io/v1:RequestAuthentication", {
        "jwtRules": [{"issuer": "https://someone.okta.com", "jwksUri": "https://someone.okta.com/keys"}]}),),
        "critical", HARM),
    Attack("a tenant opens itself to every other tenant", IDN, (az("authorization:RoleAssignment", {
        "principalId": "11111111-2222-3333-4444-555555555555", "principalType": "ForeignGroup",
        "roleDefinitionId": f"{SUB}/providers/Microsoft.Authorization/roleDefinitions/"
                            "b24988ac-6180-42a0-ab88-20f7382dd24c",
        "scope": f"{SUB}/resourceGroups/rg-platform"}),), "critical", "people of another tenant change the group"),
)  # fmt: skip
