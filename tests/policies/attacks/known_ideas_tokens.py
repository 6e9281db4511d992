"""Ideas that were known to pass: tokens of an issuer that were made out to other programs (2026-11-29)."""

from ..blind import aws, az, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-")
ISSUER = "https://login.example.ae/realms/bank"
KEYS = f"{ISSUER}/protocol/openid-connect/certs"
TARGET = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "x"}


def _release(chart: str, values: object) -> Given:
    return k8s("helm.sh/v3:Release", {
        "chart": f"oci://registry.dc1.example.ae/charts/{chart}", "version": "1.0.0", "namespace": chart,
        "name": chart, "values": values}, chart)  # fmt: skip


ATTACKS = (
    Attack("Istio takes tokens that were made out to other programs", OPEN, (
        crd("security.istio.io/v1:RequestAuthentication", {
            "selector": {"matchLabels": {"app": "x"}}, "jwtRules": [{"issuer": ISSUER, "jwksUri": KEYS}]}),),
        "major", "a token of any program of the bank is enough (Istio, 'RequestAuthentication', JWTRule audiences)"),
    Attack("Envoy Gateway takes tokens that were made out to other programs", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", {"targetRefs": [TARGET], "jwt": {"providers": [{
            "name": "bank", "issuer": ISSUER, "remoteJWKS": {"uri": KEYS}}]}}),),
        "major", "as above (Envoy Gateway, 'SecurityPolicy', JWTProvider audiences)"),
    Attack("Contour takes tokens that were made out to other programs", OPEN, (
        crd("projectcontour.io/v1:HTTPProxy", {
            "virtualhost": {"fqdn": "x.example.ae", "tls": {"secretName": "x", "minimumProtocolVersion": "1.3"},
                            "jwtProviders": [{"name": "bank", "issuer": ISSUER, "default": True,
                                              "remoteJWKS": {"uri": KEYS}}]},
            "routes": [{"conditions": [{"prefix": "/"}], "services": [{"name": "x", "port": 8443, "protocol": "tls",
                "validation": {"caSecret": "ca", "subjectName": "x"}}]}]}),),
        "major", "as above (Contour, 'JWT Verification', audiences)"),
    Attack("Kong takes tokens that were made out to other programs", OPEN, (
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta(), "plugin": "openid-connect", "config": {
                "issuer": ISSUER, "client_id": ["x"], "auth_methods": ["bearer"]}}),),
        "major", "as above (Kong, 'OpenID Connect', audience_required)"),
    Attack("Kong's signed tokens are not limited to a program", OPEN, (
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta(), "plugin": "jwt-signer", "config": {"access_token_issuer": ISSUER,
                                                                   "access_token_jwks_uri": KEYS}}),),
        "major", "as above (Kong, 'JWT Signer', access_token_expected_audience)"),
    Attack("Traefik takes tokens that were made out to other programs", OPEN, (
        crd("traefik.io/v1alpha1:Middleware", {"plugin": {"jwt": {
            "jwksUrl": KEYS, "issuers": [ISSUER]}}}),),
        "major", "as above (Traefik Hub, 'JWT Authentication', claims)"),
    Attack("oauth2-proxy takes the bearer tokens of other clients", OPEN, (
        workload("apps/v1:Deployment", {"args": [
            "--provider=oidc", f"--oidc-issuer-url={ISSUER}", "--skip-jwt-bearer-tokens=true",
            "--oidc-extra-audience=account", "--allowed-group=x"]}),),
        "major", "tokens that Keycloak gives every client have the audience account (oauth2-proxy, 'Overview', "
        "oidc-extra-audience)"),
    Attack("an API takes tokens that were made out to other programs", OPEN, (
        aws("apigatewayv2/Authorizer", {
            "apiId": "a1b2c3d4e5", "authorizerType": "JWT", "name": "x",
            "identitySources": ["$request.header.Authorization"],
            "jwtConfiguration": {"issuer": ISSUER}}),),
        "major", "as above (API Gateway, 'Control access to HTTP APIs with JWT authorizers', audience)"),
    Attack("API Management takes tokens that were made out to other programs", OPEN, (
        az("apimanagement:ApiPolicy", {
            "resourceGroupName": "rg-platform", "serviceName": "apim", "apiId": "x", "policyId": "policy",
            "format": "rawxml", "value": (
                "<policies><inbound><base /><validate-jwt header-name=\"Authorization\" "
                "require-expiration-time=\"true\" require-signed-tokens=\"true\">"
                f"<openid-config url=\"{ISSUER}/.well-known/openid-configuration\" />"
                f"<issuers><issuer>{ISSUER}</issuer></issuers></validate-jwt></inbound>"
                "<backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>")}),),
        "major", "as above (API Management, 'validate-jwt', audiences)"),
    Attack("API Management takes Entra tokens that were made out to other programs", OPEN, (
        az("apimanagement:ApiPolicy", {
            "resourceGroupName": "rg-platform", "serviceName": "apim", "apiId": "x", "policyId": "policy",
            "format": "xml", "value": (
                "<policies><inbound><base /><validate-azure-ad-token "
                "tenant-id=\"00000000-1111-2222-3333-444444444444\" /></inbound>"
                "<backend><base /></backend><outbound><base /></outbound><on-error><base /></on-error></policies>")}),),
        "major", "a token of the tenant for any program is enough (API Management, 'validate-azure-ad-token', "
        "audiences, client-application-ids)"),
)  # fmt: skip
