"""Attacks on AWS: identities, foreign accounts, data and ways in (2026-12-01, twenty-first set, written blind).

Properties by pulumi-aws 7.51.1. Read on 2026-12-01: AWS Organizations ("Declarative policy syntax and examples":
`snapshot_block_public_access`, `image_block_public_access`, `vpc_block_public_access`), pulumi-aws 7.51.1
(`blockedEncryptionTypes`: `NONE` unblocks every type). All else as known.
"""

import json

from ..blind import KEY, ME, TAGS, THEM, aws, document, policy, role, statement
from ..harness import UNKNOWN, Given
from . import Attack

IDN = ("FJ-IDN-",)
ENC = ("FJ-ENC-", "FJ-ESC-115")
EXP = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-115", "FJ-ESC-102")
RES = ("FJ-RES-", "FJ-IDN-")
R = "me-central-1"
OURS = f"arn:aws:iam::{ME}:role"
LISTENER = f"arn:aws:elasticloadbalancing:{R}:{ME}:listener/app/portal/1/2"
GROUP = f"arn:aws:elasticloadbalancing:{R}:{ME}:targetgroup/portal/1"
SEEN = {"cloudwatchMetricsEnabled": True, "sampledRequestsEnabled": True, "metricName": "portal"}
SIGN_IN = {"type": "authenticate-oidc", "order": 1, "authenticateOidc": {
    "issuer": "https://login.bank.ae", "authorizationEndpoint": "https://login.bank.ae/authorize",
    "tokenEndpoint": "https://login.bank.ae/token", "userInfoEndpoint": "https://login.bank.ae/userinfo",
    "clientId": "portal", "clientSecret": UNKNOWN, "onUnauthenticatedRequest": "authenticate"}}  # fmt: skip
OPENED = {"ec2_attributes": {
    "snapshot_block_public_access": {"state": {"@@assign": "unblocked"}},
    "image_block_public_access": {"state": {"@@assign": "unblocked"}},
    "vpc_block_public_access": {"internet_gateway": {"mode": {"@@assign": "off"},
                                                     "exclusions_allowed": {"@@assign": "enabled"}}}}}  # fmt: skip
NO_BLOCK = [{"name": name, "staticValue": "false"} for name in (
    "BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")]  # fmt: skip
STRANGER = {"assumeRoles": json.dumps([{"roleArn": f"arn:aws:iam::{THEM}:role/deploy"}])}
LEVELS = ["public", "internal", "confidential", "secret"]
GOAL = {"transitGatewayId": "tgw-0123456789abcdef0", "customerGatewayId": "cgw-0123456789abcdef0", "type": "ipsec.1",
        "staticRoutesOnly": True, "tags": TAGS}  # fmt: skip
WEAK = {f"tunnel{tunnel}{name}": value for tunnel in (1, 2) for name, value in (
    ("IkeVersions", ["ikev1"]), ("Phase1DhGroupNumbers", [2]), ("Phase2DhGroupNumbers", [2]),
    ("Phase1EncryptionAlgorithms", ["AES128"]), ("Phase2EncryptionAlgorithms", ["AES128"]),
    ("Phase1IntegrityAlgorithms", ["SHA1"]), ("Phase2IntegrityAlgorithms", ["SHA1"]),
    ("LogOptions", {"cloudwatchLogOptions": {"logEnabled": True, "logOutputFormat": "json", "logGroupArn": UNKNOWN}}),
)}  # fmt: skip

ATTACKS = (
    Attack("a program attaches every policy of AWS to roles of apps", IDN, (policy(statement(
        "iam:AttachRolePolicy", f"arn:aws:iam::{ME}:role/app-*",
        {"ArnLike": {"iam:PolicyARN": "arn:aws:iam::aws:policy/*"}})),),
        "critical", "AdministratorAccess is one of them (IAM, 'Example policies for administering IAM resources')"),
    Attack("trainees pass the key of payments on", IDN, (aws("kms/Grant", {
        "name": "trainees", "keyId": KEY, "granteePrincipal": f"{OURS}/trainees",
        "operations": ["Decrypt", "GenerateDataKey", "CreateGrant"]}),),
        "critical", "a grant that they create is for every account (AWS KMS, 'Granting CreateGrant permission')"),
    Attack("every certificate of every authority assumes the role", IDN, (
        role({"Service": "rolesanywhere.amazonaws.com"}, None,
             ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"], "settlement"),),
        "major", "neither an anchor nor a subject limits it (IAM Roles Anywhere, 'Trust policy')"),
    Attack("trainees give themselves the tag that opens the ledger", IDN, (
        aws("iam/Role", {"name": "ledger", "tags": TAGS, "assumeRolePolicy": document({
            "Effect": "Allow", "Principal": {"AWS": f"{OURS}/trainees"}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:PrincipalTag/clearance": "ledger"}}})}, "ledger"),
        aws("iam/RolePolicy", {"role": "trainees", "policy": document(statement(
            "iam:TagRole", f"{OURS}/trainees"))}, "own-tags")),
        "critical", "the tag is the only limit, and they write it (IAM, 'Controlling access with tags')"),
    Attack("analysts read the tables of every level of secrecy", (*IDN, "FJ-ESC-115"), (
        aws("lakeformation/LfTag", {"key": "secrecy", "values": LEVELS}, "levels"),
        aws("lakeformation/Permissions", {
            "principal": f"{OURS}/analysts", "permissions": ["SELECT", "DESCRIBE"],
            "lfTagPolicy": {"resourceType": "TABLE", "expressions": [{"key": "secrecy", "values": LEVELS}]}})),
        "critical", "all values together are all tables (AWS Lake Formation, 'Tag-based access control')"),
    Attack("the archive is made in the account of a stranger", RES, (
        Given("pulumi:providers:aws", {"region": R, **STRANGER}, "archive"),
        aws("s3/Bucket", {"bucket": "bank-archive", "tags": TAGS, "versioning": {"enabled": True},
                          "serverSideEncryptionConfiguration": {"rule": {"bucketKeyEnabled": True,
                              "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms",
                                                                     "kmsMasterKeyId": KEY}}}},
            "records", provider_name="archive", provider={"region": R, **STRANGER})),
        "critical", "whoever owns the account reads all that is put there (pulumi-aws, provider `assumeRoles`)"),
    Attack("access points of every account reach the bucket", (*RES, "FJ-EXP-"), (aws("s3/BucketPolicy", {
        "bucket": "bank-orders", "policy": document({
            "Effect": "Allow", "Principal": "*", "Action": ["s3:GetObject", "s3:PutObject"],
            "Resource": "arn:aws:s3:::bank-orders/*",
            "Condition": {"ArnLike": {"s3:DataAccessPointArn": f"arn:aws:s3:{R}:*:accesspoint/*"}}})}),),
        "critical", "each account makes access points for buckets of others (Amazon S3, 'Configuring IAM policies for "
        "using access points')"),
    Attack("queries write into tables of a stranger", RES, (aws("athena/DataCatalog", {
        "name": "partner", "description": "Partner", "type": "GLUE", "tags": TAGS,
        "parameters": {"catalog-id": THEM}}),),
        "major", "INSERT INTO puts rows into the buckets of that account (Amazon Athena, 'Register a Data Catalog "
        "from another account')"),
    Attack("tunnels to the branch offer weak ciphers alone", ENC, (aws("ec2/VpnConnection", {**GOAL, **WEAK}),),
        "major", "IKEv1, SHA-1 and a group of 1,024 bits can be broken (NIST SP 800-77, revision 1)"),
    Attack("the line to the data centre falls back to plain text", ENC, (aws("directconnect/Connection", {
        "name": "dc1", "bandwidth": "10Gbps", "location": "EqDX1", "requestMacsec": True,
        "encryptionMode": "should_encrypt", "tags": TAGS}),),
        "major", "without a key both sides talk unencrypted (AWS Direct Connect, 'MAC security', encryption modes)"),
    Attack("a thief may encrypt the bucket with a key of his own", ENC, (aws(
        "s3/BucketServerSideEncryptionConfiguration", {"bucket": "bank-orders", "rules": [{
            "applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": KEY},
            "bucketKeyEnabled": True, "blockedEncryptionTypes": ["NONE"]}]}),),
        "major", "keys of the caller are how buckets are held to ransom (Amazon S3, 'Blocking SSE-C')"),
    Attack("whoever writes the address of the office into a header is let in", EXP, (
        aws("wafv2/IpSet", {"name": "office", "scope": "REGIONAL", "ipAddressVersion": "IPV4", "tags": TAGS,
                            "addresses": ["10.20.0.0/16"]}, "office"),
        aws("wafv2/WebAcl", {
            "name": "portal", "scope": "REGIONAL", "tags": TAGS, "defaultAction": {"block": {}},
            "visibilityConfig": SEEN, "rules": [{
                "name": "office", "priority": 1, "action": {"allow": {}}, "visibilityConfig": SEEN, "statement": {
                    "ipSetReferenceStatement": {"arn": UNKNOWN, "ipSetForwardedIpConfig": {
                        "headerName": "X-Forwarded-For", "position": "FIRST", "fallbackBehavior": "MATCH"}}}}]},
            "portal", links={"rules": ("office",)})),
        "critical", "the first address of the header is the caller's own text (AWS WAF, 'Using forwarded IP "
        "addresses')"),
    Attack("a header leads past the sign-in", EXP, (
        aws("lb/Listener", {"loadBalancerArn": UNKNOWN, "port": 443, "protocol": "HTTPS", "certificateArn": UNKNOWN,
                            "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "tags": TAGS,
                            "defaultActions": [SIGN_IN, {"type": "forward", "order": 2, "targetGroupArn": GROUP}]},
            "listener"),
        aws("lb/ListenerRule", {
            "listenerArn": LISTENER, "priority": 1, "tags": TAGS,
            "conditions": [{"httpHeader": {"httpHeaderName": "X-Probe", "values": ["1"]}}],
            "actions": [{"type": "forward", "targetGroupArn": GROUP}]}, "probe", links={"listenerArn": ("listener",)})),
        "critical", "everybody may send the header and is not asked who he is (Elastic Load Balancing, 'Listener "
        "rules')"),
    Attack("the organisation lets every account publish snapshots and images", EXP, (aws("organizations/Policy", {
        "name": "baseline", "type": "DECLARATIVE_POLICY_EC2", "content": json.dumps(OPENED), "tags": TAGS}),),
        "critical", "accounts cannot block it any more (AWS Organizations, 'Declarative policy syntax')"),
    Attack("a remediation opens buckets that were closed", EXP, (aws("cfg/RemediationConfiguration", {
        "configRuleName": "buckets", "resourceType": "AWS::S3::Bucket", "targetType": "SSM_DOCUMENT",
        "targetId": "AWSConfigRemediation-ConfigureS3BucketPublicAccessBlock", "automatic": True,
        "maximumAutomaticAttempts": 5, "retryAttemptSeconds": 60, "parameters": [
            {"name": "AutomationAssumeRole", "staticValue": f"{OURS}/remediation"},
            {"name": "BucketName", "resourceValue": "RESOURCE_ID"}, *NO_BLOCK]}),),
        "critical", "each bucket that a rule names loses its protection (AWS Systems Manager Automation runbook "
        "reference, 'ConfigureS3BucketPublicAccessBlock')"),
)  # fmt: skip
