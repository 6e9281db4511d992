"""Attacks on AWS by types that were reviewed on 2026-11-29; properties by pulumi-aws 7.51.1."""

from ..blind import ME, TAGS, aws
from . import Attack
from .tenth_aws import _ours

SWITCH = ("FJ-ESC-115",)
FILES = {"volumeId": "fsvol-0123456789abcdef0"}
IN_VPC = {"vpcConfiguration": {"vpcId": "vpc-1"}}
GRANT = {"domainIdentifier": "dzd_1", "entityType": "DOMAIN_UNIT", "entityIdentifier": "unit-1"}


def _identity(uid: int) -> dict[str, object]:
    return {**FILES, "fileSystemIdentity": {"type": "POSIX", "posixUser": {"uid": uid, "gid": 1000}}}


ATTACKS = (
    Attack("the owner of every file of the volume is reached as a bucket", SWITCH, (aws("fsx/S3AccessPointAttachment", {
        "name": "files", "type": "OPENZFS", "s3AccessPoint": IN_VPC, "openzfsConfiguration": _identity(0)}),),
        "critical", "requests are made as the root user (Amazon FSx, S3AccessPointOpenZFSConfiguration)"),
    Attack("files of the volume are reached from the internet", SWITCH, (aws("fsx/S3AccessPointAttachment", {
        "name": "files", "type": "OPENZFS", "openzfsConfiguration": _identity(1000)}),),
        "major", "without a network the access point is on the internet (Amazon FSx, S3AccessPoint)"),
    Attack("every user of the domain owns projects of others", SWITCH, (aws("datazone/PolicyGrant", {
        **GRANT, "policyType": "OVERRIDE_PROJECT_OWNERS", "detail": {"overrideProjectOwners": {
            "includeChildDomainUnits": True}}, "principal": {"user": {"allUsersGrantFilter": {}}}}),),
        "critical", "owners of projects read their data (Amazon DataZone, OverrideProjectOwnersPolicyGrantDetail)"),
    Attack("the edge asks the bank's network in clear", SWITCH, (aws("cloudfront/VpcOrigin", {
        "tags": TAGS, "vpcOriginEndpointConfig": {
            "arn": _ours("elasticloadbalancing", "loadbalancer/app/x/1"), "httpPort": 80, "httpsPort": 443, "name": "x",
            "originProtocolPolicy": "http-only", "originSslProtocols": {"items": ["TLSv1.2"], "quantity": 1}}}),),
        "major", "requests are read on their way (Amazon CloudFront, VpcOriginEndpointConfig)"),
    Attack("everybody publishes tools in the registry of agents", SWITCH, (aws("bedrock/AgentcoreRegistry", {
        "name": "tools", "authorizerType": "AWS_IAM", "approvalConfigurations": [{"autoApproval": True}]}),),
        "major", "agents call what nobody looked at (Amazon Bedrock AgentCore, ApprovalConfiguration)"),
    Attack("tokens for other applications find the tools of agents", ("FJ-IDN-112",), (
        aws("bedrock/AgentcoreRegistry", {
            "name": "tools", "authorizerType": "CUSTOM_JWT", "authorizerConfiguration": {"customJwtAuthorizer": {
                "discoveryUrl": "https://cognito-idp.me-central-1.amazonaws.com/me-central-1_AbCdEfGhI/.well-known/"
                                "openid-configuration"}}}),),
        "major", "whoever has a token of the issuer searches them (botocore, CustomJWTAuthorizerConfiguration)"),
    Attack("the plan for failures is open to every account", SWITCH, (aws("resiliencehub/V2System", {
        "name": f"orders-{ME}", "sharingEnabled": True, "tags": TAGS}),),
        "minor", "what is weak is known to all (AWS Resilience Hub, CreateSystem sharingEnabled)"),
)  # fmt: skip
