"""Attacks on AWS: rights and who signs in, and what is open (2026-11-30, nineteenth set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-11-30: AWS Lambda "Granting function access to an organization", Elastic
Load Balancing "SetSecurityGroups" and Amazon API Gateway "How to turn on mutual TLS authentication". Everything else
as known.
"""

from ..blind import ME, TAGS, aws, policy, statement
from ..harness import UNKNOWN, Given
from . import Attack
from .tenth_aws import IDN, RES, R

EXP = ("FJ-EXP-", "FJ-ESC-", "FJ-IDN-")
SIGN_IN = {
    "issuer": "https://login.example.ae", "authorizationEndpoint": "https://login.example.ae/authorize",
    "tokenEndpoint": "https://login.example.ae/token", "userInfoEndpoint": "https://login.example.ae/userinfo",
    "clientId": "portal", "clientSecret": UNKNOWN, "scope": "openid",
}  # fmt: skip


def _ours(service: str, rest: str) -> str:
    return f"arn:aws:{service}:{R}:{ME}:{rest}"


def _may(actions: object, *resources: str) -> tuple[Given, ...]:
    return (policy(statement(actions, list(resources))),)


ATTACKS = (
    Attack("everybody in another organisation calls the function of payments", IDN, (aws("lambda/Permission", {
        "action": "lambda:InvokeFunction", "function": "payments", "principal": "*",
        "principalOrgId": "o-zz9876543x"}),),
        "critical", "each user of each of its accounts may invoke it (AWS Lambda, 'Granting function access to an "
        "organization')"),
    Attack("whoever signed in at the balancer once is signed in for ten years", IDN, (aws("lb/Listener", {
        "loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": UNKNOWN, "tags": TAGS,
        "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "defaultActions": [
            {"type": "authenticate-oidc", "order": 1, "authenticateOidc": {**SIGN_IN, "sessionTimeout": 315360000}},
            {"type": "forward", "order": 2, "targetGroupArn": UNKNOWN}]}),),
        "major", "a cookie that was stolen, or of staff who left, opens the portal (Elastic Load Balancing, "
        "AuthenticateOidcActionConfig, SessionTimeout)"),
    Attack("a customer joins the administrators of the portal", IDN, (aws("cognito/UserInGroup", {
        "userPoolId": UNKNOWN, "groupName": "administrators", "username": "k.saeed"}),),
        "critical", "his tokens have the group that the portal believes (Amazon Cognito, AdminAddUserToGroup)"),
    Attack("a role changes the address of mail by which staff recover their passwords", IDN, _may(
        "identitystore:UpdateUser", f"arn:aws:identitystore::{ME}:identitystore/*", "arn:aws:identitystore:::user/*"),
        "critical", "the new address gets the link that sets the password (IAM Identity Center, 'Reset the password'; "
        "Identity Store, UpdateUser)"),
    Attack("a role lets its own addresses pass every web firewall", IDN, _may(
        ["wafv2:GetIPSet", "wafv2:UpdateIPSet"], _ours("wafv2", "regional/ipset/*/*")),
        "major", "lists of addresses that are let in, and those that are kept out, are his (AWS WAF, UpdateIPSet)"),
    Attack("a role replaces what the edge runs for every site", IDN, _may(
        ["cloudfront:UpdateFunction", "cloudfront:PublishFunction"], f"arn:aws:cloudfront::{ME}:function/*"),
        "critical", "the function answers with his page of sign-in (Amazon CloudFront, PublishFunction)"),
    Attack("a role writes the values of every secret", IDN, _may(
        "secretsmanager:PutSecretValue", _ours("secretsmanager", "secret:*")),
        "major", "applications connect to the server, and with the user, that he writes (AWS Secrets Manager, "
        "PutSecretValue)"),
    Attack("a role reads the passwords of every database that jobs read", IDN, _may(
        ["glue:GetConnection", "glue:GetConnections"], _ours("glue", "catalog"), _ours("glue", "connection/*")),
        "critical", "a connection is returned with its password unless the caller hides it (AWS Glue, GetConnection, "
        "HidePassword)"),
    Attack("a role reads every table by statements", IDN, _may(
        "dynamodb:PartiQLSelect", _ours("dynamodb", "table/*")),
        "critical", "SELECT * FROM any table (Amazon DynamoDB, 'IAM security policies with PartiQL')"),
    Attack("a role deletes what is locked in every bucket", IDN, _may(
        ["s3:BypassGovernanceRetention", "s3:DeleteObjectVersion"], "arn:aws:s3:::*/*"),
        "critical", "locks in governance mode do not hold him, and the versions are gone (Amazon S3, 'Object Lock')"),
    Attack("what comes over PrivateLink passes the group of the balancer", EXP, (aws("lb/LoadBalancer", {
        "name": "payments", "loadBalancerType": "network", "internal": True, "subnets": [UNKNOWN, UNKNOWN],
        "securityGroups": [UNKNOWN], "enforceSecurityGroupInboundRulesOnPrivateLinkTraffic": "off", "tags": TAGS,
        "enableDeletionProtection": True, "accessLogs": {"bucket": UNKNOWN, "enabled": True}}, protect=True),),
        "major", "consumers of the endpoint service reach every port that listens (Elastic Load Balancing, "
        "SetSecurityGroups: the default is on)"),
    Attack("callers without a certificate take the default address of the API", EXP, (
        aws("apigatewayv2/Api", {
            "name": "partners", "protocolType": "HTTP", "disableExecuteApiEndpoint": False, "tags": TAGS}, "api"),
        aws("apigatewayv2/DomainName", {
            "domainName": "partners.example.ae", "tags": TAGS, "domainNameConfiguration": {
                "certificateArn": UNKNOWN, "endpointType": "REGIONAL", "securityPolicy": "TLS_1_2"},
            "mutualTlsAuthentication": {"truststoreUri": UNKNOWN}}, "domain"),
        aws("apigatewayv2/ApiMapping", {"apiId": UNKNOWN, "domainName": UNKNOWN, "stage": "$default"}, "mapping",
            links={"apiId": ("api",), "domainName": ("domain",)})),
        "major", "execute-api asks for no certificate (Amazon API Gateway, 'How to turn on mutual TLS "
        "authentication': disable the default endpoint)"),
    Attack("programs of staff ask Google for the names of the bank's hosts", RES, (aws("ec2clientvpn/Endpoint", {
        "clientCidrBlock": "10.90.0.0/16", "serverCertificateArn": UNKNOWN, "vpcId": UNKNOWN, "splitTunnel": False,
        "securityGroupIds": [UNKNOWN], "dnsServers": ["8.8.8.8", "8.8.4.4"], "sessionTimeoutHours": 8, "tags": TAGS,
        "transportProtocol": "tcp", "authenticationOptions": [{
            "type": "federated-authentication", "samlProviderArn": f"arn:aws:iam::{ME}:saml-provider/staff"}],
        "connectionLogOptions": {"enabled": True, "cloudwatchLogGroup": "/vpn/staff"}}),),
        "major", "every name that staff open is told abroad (AWS Client VPN, CreateClientVpnEndpoint, DnsServers)"),
)  # fmt: skip
