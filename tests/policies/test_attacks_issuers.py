"""Issuers of tokens: those that the clouds' types, gateways and roles name are known, or the settings list them.

AWS IAM, "Create an OpenID Connect identity provider in IAM": the issuer of the URL decides who has a subject; Entra,
issuers of tokens end in the tenant. The properties are those of pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0.
"""

import ast
from typing import Any

import pytest
from guardrails.engine.enforcement import Enforcement

from .harness import UNKNOWN, Given, Pack, blocking

RULE = "FJ-IDN-118"
TENANT, OTHER = "00000000-1111-2222-3333-444444444444", "11111111-1111-1111-1111-111111111111"
LISTED = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "mandatory"},
            "identity": {
                "trusted": {
                    "login.example.ae/realms/platform": "the issuer of the bank",
                    TENANT: "the tenant of the bank",
                }
            },
        }
    )
)
PROVIDER = "aws:iam/openIdConnectProvider:OpenIdConnectProvider"
STRANGE = "https://login.partner.example/realms/x"


def is_refused(token: str, props: dict[str, Any], pack: Pack = LISTED) -> bool:
    return RULE in blocking(pack.evaluate_resource(Given(token, props)))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://login.example.ae/realms/platform", False),
        ("https://LOGIN.example.ae/realms/platform/", False),
        ("https://login.example.ae/realms/platform-guests", True),
        ("https://login.example.ae/realms/guests", True),
        ("https://login.example.ae.partner.example/realms/platform", True),
        ("login.partner.example", True),
        ("https://token.actions.githubusercontent.com", False),
        ("https://token.actions.githubusercontent.com/example", False),
        ("https://gitlab.com", False),
        ("https://gitlab.partner.example", True),
        ("https://oidc.eks.me-central-1.amazonaws.com/id/ABC", False),
        ("https://oidc.eks.partner.example/x.amazonaws.com/id/ABC", True),
        ("https://cognito-idp.me-central-1.amazonaws.com/me-central-1_abc", False),
        (f"https://login.microsoftonline.com/{TENANT}/v2.0", False),
        (f"https://login.microsoftonline.com/{OTHER}/v2.0", True),
        ("https://login.microsoftonline.com/common/v2.0", True),
        (f"https://sts.windows.net/{OTHER}/", True),
        ("https://kubernetes.default.svc", False),
        ("https://keycloak.identity.svc.cluster.local:8443/realms/x", False),
        (UNKNOWN, False),
    ],
)
def test_issuer_of_a_provider(url: Any, expected: bool) -> None:
    assert is_refused(PROVIDER, {"url": url}) is expected


@pytest.mark.parametrize(
    ("token", "props"),
    [
        ("aws:eks/identityProviderConfig:IdentityProviderConfig", {"oidc": {"issuerUrl": STRANGE}}),
        ("aws:apigatewayv2/authorizer:Authorizer", {"jwtConfiguration": {"issuer": STRANGE}}),
        ("aws:cognito/identityProvider:IdentityProvider", {"providerDetails": {"oidc_issuer": STRANGE}}),
        ("aws:lb/listener:Listener", {"defaultActions": [{"authenticateOidc": {"issuer": STRANGE}}]}),
        ("aws:bedrock/agentcoreGateway:AgentcoreGateway", {"authorizerConfiguration": {"customJwtAuthorizer": {
            "discoveryUrl": f"{STRANGE}/.well-known/openid-configuration"}}}),
        ("aws:iam/samlProvider:SamlProvider", {"samlMetadataDocument": f'<EntityDescriptor entityID="{STRANGE}"/>'}),
        ("azure-native:managedidentity:FederatedIdentityCredential", {"issuer": STRANGE, "subject": "x"}),
        ("azure-native:web:WebAppAuthSettingsV2", {"identityProviders": {"customOpenIdConnectProviders": {"x": {
            "registration": {"openIdConnectConfiguration": {"wellKnownOpenIdConfiguration": STRANGE}}}}}}),
        ("kubernetes:security.istio.io/v1:RequestAuthentication", {"spec": {"jwtRules": [{"jwksUri": STRANGE}]}}),
        ("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy", {"spec": {"jwt": {"providers": [
            {"remoteJWKS": {"uri": STRANGE}}]}}}),
        ("kubernetes:core/v1:ConfigMap", {"data": {"oidc.config": f"name: x\nissuer: {STRANGE}\n"}}),
        ("aws:iam/role:Role", {"assumeRolePolicy": {"Statement": [{
            "Effect": "Allow", "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": "arn:aws:iam::123456789012:oidc-provider/login.partner.example/realms/x"}}]}}),
    ],
)  # fmt: skip
def test_issuers_of_strangers_are_refused_wherever_they_stand(token: str, props: dict[str, Any]) -> None:
    assert is_refused(token, props)
    named = str(props).replace("login.partner.example/realms/x", "login.example.ae/realms/platform")
    assert not is_refused(token, ast.literal_eval(named))


def test_certificates_have_issuers_of_another_kind() -> None:
    issuer = {"metadata": {"annotations": {"cert-manager.io/cluster-issuer": "internal"}}}
    assert not is_refused("kubernetes:networking.k8s.io/v1:Ingress", issuer)


@pytest.mark.parametrize("host", ["*.example.ae", "https://login.example.ae", "login"])
def test_an_issuer_is_listed_by_its_host(host: str) -> None:
    with pytest.raises(ValueError, match="host of an issuer"):
        Enforcement.model_validate({"default": {}, "identity": {"trusted": {host: "the issuer of a partner"}}})
