"""Control policies of AWS Organizations, evaluated by a maintained simulator of IAM (@cloud-copilot/iam-simulate)."""

import json
import os
from typing import Any

import pytest

from falaj.facts.organisation_policies import AWS_PREFIXES, DENIED, TAGGED, TAGGED_EC2
from falaj.facts.services import GLOBAL_AWS
from falaj.facts.tags import MANDATORY_KEYS
from falaj.rights.organisation_policies import PackSettings, files
from falaj.sandbox.clouds.aws.account import ACCOUNT
from policy_pack.guardrails.registry import IDS
from tests.engine.rights_requests import ask_simulator
from tests.scan.tools import NoTools

ORGANISATION, PARTNER, STRANGER = "o-abcde12345", "111122223333", "999988887777"
SETTINGS = PackSettings(frozenset(IDS), trusted=(ORGANISATION, PARTNER))
DOCUMENTS = {name: json.loads(text) for name, text in files(SETTINGS).items() if name.startswith("aws-")}
EVERYTHING = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
RESOURCES = {
    "ec2:CreateVolume": f"arn:aws:ec2:me-central-1:{ACCOUNT}:volume/vol-0123456789abcdef0",
    "ec2:CreateNatGateway": f"arn:aws:ec2:me-central-1:{ACCOUNT}:natgateway/nat-0123456789abcdef0",
    "rds:CreateDBInstance": f"arn:aws:rds:me-central-1:{ACCOUNT}:db:x",
    "rds:CreateDBCluster": f"arn:aws:rds:me-central-1:{ACCOUNT}:cluster:x",
    "elasticache:CreateReplicationGroup": f"arn:aws:elasticache:me-central-1:{ACCOUNT}:replicationgroup:x",
    "lambda:CreateFunctionUrlConfig": f"arn:aws:lambda:me-central-1:{ACCOUNT}:function:x",
    "lambda:UpdateFunctionUrlConfig": f"arn:aws:lambda:me-central-1:{ACCOUNT}:function:x",
    "lambda:CreateFunction": f"arn:aws:lambda:me-central-1:{ACCOUNT}:function:x",
    "s3:CreateBucket": "arn:aws:s3:::x",
    "s3:PutBucketAcl": "arn:aws:s3:::x",
    "s3:PutObject": "arn:aws:s3:::x/y",
    "s3:PutObjectAcl": "arn:aws:s3:::x/y",
    "kms:ReplicateKey": f"arn:aws:kms:me-central-1:{ACCOUNT}:key/00000000-0000-4000-8000-000000000000",
    "secretsmanager:ReplicateSecretToRegions": f"arn:aws:secretsmanager:me-central-1:{ACCOUNT}:secret:x",
    "secretsmanager:CreateSecret": f"arn:aws:secretsmanager:me-central-1:{ACCOUNT}:secret:x",
    "eks:CreateNodegroup": f"arn:aws:eks:me-central-1:{ACCOUNT}:cluster/x",
    "fsx:CreateFileSystem": f"arn:aws:fsx:me-central-1:{ACCOUNT}:file-system/fs-0123456789abcdef0",
    "dynamodb:CreateTable": f"arn:aws:dynamodb:me-central-1:{ACCOUNT}:table/x",
    "sqs:CreateQueue": f"arn:aws:sqs:me-central-1:{ACCOUNT}:x",
    "sns:CreateTopic": f"arn:aws:sns:me-central-1:{ACCOUNT}:x",
    "sagemaker:CreateEndpoint": f"arn:aws:sagemaker:me-central-1:{ACCOUNT}:endpoint/x",
}
"""Action -> a resource of it; `*` for the others."""
INSTANCE = f"arn:aws:ec2:me-central-1:{ACCOUNT}:instance/i-0123456789abcdef0"
HERE = {"aws:RequestedRegion": "me-central-1"}
TAGS = {f"aws:RequestTag/{key}": "x" for key in MANDATORY_KEYS}


def request(action: str, context: dict[str, Any], resource: str = "", **more: Any) -> dict[str, Any]:
    return {"action": action, "resource": resource or RESOURCES.get(action, "*"), "context": HERE | context, **more}


def allowed(requests: list[dict[str, Any]], *names: str) -> list[bool]:
    """Returns whether each request is allowed under these documents, to a caller whose own policies allow everything.

    Skips the test without Node.js.
    """
    scps = [DOCUMENTS[name] for name in names if "scp" in name]
    rcps = [DOCUMENTS[name] for name in names if "rcp" in name]
    try:
        results = ask_simulator({
            "documents": [EVERYTHING], "requests": requests,
            "scps": [EVERYTHING, *scps] if scps else [],
            "rcps": rcps,
        })  # fmt: skip
    except NoTools as missing:
        if os.environ.get("FALAJ_REQUIRE_ENGINE"):
            pytest.fail(f"the simulator is required: {missing}")
        pytest.skip(str(missing))
    invalid = [(asked["action"], result) for asked, result in zip(requests, results, strict=True) if "error" in result]
    assert invalid == []
    return [result == "Allowed" for result in results]


SERVICES = {
    "ec2:CreateVpc": f"arn:aws:ec2:REGION:{ACCOUNT}:vpc/vpc-0123456789abcdef0",
    "s3:CreateBucket": "arn:aws:s3:::x",
    "s3:PutObject": "arn:aws:s3:::x/y",
    "dynamodb:PutItem": f"arn:aws:dynamodb:REGION:{ACCOUNT}:table/x",
    "bedrock:InvokeModel": "arn:aws:bedrock:REGION::foundation-model/x",
    "sqs:SendMessage": f"arn:aws:sqs:REGION:{ACCOUNT}:x",
    "lambda:InvokeFunction": f"arn:aws:lambda:REGION:{ACCOUNT}:function:x",
    "ecr-public:PutImage": f"arn:aws:ecr-public::{ACCOUNT}:repository/x",
    "ecr-public:CreateRepository": f"arn:aws:ecr-public::{ACCOUNT}:repository/x",
    "cloudfront:CreateDistribution": "*",
    "globalaccelerator:CreateAccelerator": "*",
    "iam:CreateRole": f"arn:aws:iam::{ACCOUNT}:role/x",
    "sts:GetCallerIdentity": "*",
    "budgets:ModifyBudget": f"arn:aws:budgets::{ACCOUNT}:budget/x",
    "ce:GetCostAndUsage": "*",
    "route53:ListHostedZones": "*",
    "ecr-public:GetAuthorizationToken": "*",
    "s3:ListAllMyBuckets": "*",
    "account:ListRegions": "*",
    "account:EnableRegion": "*",
    "pricing:GetProducts": "*",
    "ec2:DescribeRegions": "*",
    "support:DescribeCases": "*",
}
WITHOUT_REGION = {
    *("iam:CreateRole", "sts:GetCallerIdentity", "budgets:ModifyBudget", "ce:GetCostAndUsage", "pricing:GetProducts"),
    *("route53:ListHostedZones", "ecr-public:GetAuthorizationToken", "s3:ListAllMyBuckets", "account:ListRegions"),
    *("ec2:DescribeRegions", "support:DescribeCases"),
}
"""Those of them that hold no customer data and have no region, or are served from one abroad only."""
REGIONS = ("me-central-1", "me-south-1", "eu-west-1", "us-east-1", "ap-south-1", "il-central-1", "us-west-2")


def test_the_region_policy_allows_the_uae_and_what_has_no_region() -> None:
    asked = [
        request(action, {"aws:RequestedRegion": region}, resource.replace("REGION", region))
        for action, resource in SERVICES.items()
        for region in REGIONS
    ]
    expected = [region == "me-central-1" or action in WITHOUT_REGION for action in SERVICES for region in REGIONS]
    assert allowed(asked, "aws-scp-residency.json") == expected


def test_every_global_service_of_the_residency_rules_is_allowed() -> None:
    document = DOCUMENTS["aws-scp-residency.json"]["Statement"][0]
    assert {f"{AWS_PREFIXES.get(module, module)}:*" for module in GLOBAL_AWS} <= set(document["NotAction"])


def _values(operator: str, value: Any) -> tuple[Any, Any]:
    """Returns a value that the condition denies, and one that it does not."""
    one = value[0] if isinstance(value, list) else value
    if operator == "Bool":
        return one, "false" if one == "true" else "true"
    return (one, "private-or-required") if operator == "StringEquals" else ("enabled", one)


@pytest.mark.parametrize("row", DENIED, ids=lambda row: row.name)
def test_a_statement_denies_what_its_rule_refuses_and_nothing_else(row: Any) -> None:
    document = f"aws-scp-{row.policy}.json"
    pairs = {key: _values(operator, value) for operator, keys in row.condition.items() for key, value in keys.items()}
    bad = {key: values[0] for key, values in pairs.items()}
    resource = "" if row.resources == ("*",) else row.resources[0].replace("*:*", f"me-central-1:{ACCOUNT}", 1)
    resource = resource.replace("/*", "/x-0123456789abcdef0")
    for action in row.actions:
        asked = [request(action, bad, resource)]
        asked += [request(action, bad | {key: good}, resource) for key, (_, good) in pairs.items()]
        if pairs:
            asked.append(request(action, {}, resource))
        assert allowed(asked, document) == [False, *([True] * (len(asked) - 1))], action


def test_a_resource_without_one_tag_is_not_created_and_one_with_all_is() -> None:
    actions = [(action, RESOURCES.get(action, "")) for action in (*TAGGED, *TAGGED_EC2[0][1:])]
    actions.append(("ec2:RunInstances", INSTANCE))
    for action, resource in actions:
        asked = [request(action, TAGS, resource), request(action, {}, resource)]
        for key in MANDATORY_KEYS:
            fewer = {name: value for name, value in TAGS.items() if not name.endswith(f"/{key}")}
            asked.append(request(action, fewer, resource))
        assert allowed(asked, "aws-scp-tags.json") == [True, *([False] * (len(asked) - 1))], action


def test_what_a_machine_only_uses_needs_no_tag() -> None:
    used = [
        f"arn:aws:ec2:me-central-1:{ACCOUNT}:subnet/subnet-0123456789abcdef0",
        "arn:aws:ec2:me-central-1::image/ami-0123456789abcdef0",
        f"arn:aws:ec2:me-central-1:{ACCOUNT}:security-group/sg-0123456789abcdef0",
    ]
    assert allowed([request("ec2:RunInstances", {}, resource) for resource in used], "aws-scp-tags.json") == [True] * 3


def test_good_requests_pass_all_service_control_policies_together() -> None:
    names = [name for name in DOCUMENTS if "scp" in name]
    volume = RESOURCES["ec2:CreateVolume"]
    good = [
        request("ec2:RunInstances", TAGS | {"ec2:MetadataHttpTokens": "required"}, INSTANCE),
        request("ec2:RunInstances", TAGS | {"ec2:Encrypted": "true"}, volume),
        request("ec2:CreateVolume", TAGS | {"ec2:Encrypted": "true"}),
        request("rds:CreateDBCluster", TAGS | {"rds:StorageEncrypted": "true"}),
        request("rds:CreateDBInstance", TAGS | {"rds:PubliclyAccessible": "false"}),
        request("s3:CreateBucket", {}),
        request("s3:PutObject", {}),
        request("logs:CreateLogGroup", {}, f"arn:aws:logs:me-central-1:{ACCOUNT}:log-group:x"),
        request("iam:CreateRole", {"aws:RequestedRegion": "us-east-1"}, f"arn:aws:iam::{ACCOUNT}:role/x"),
        request("kms:CreateKey", TAGS | {"kms:MultiRegion": "false"}),
    ]
    assert allowed(good, *names) == [True] * len(good)


def test_the_resource_policy_keeps_strangers_and_plain_http_out() -> None:
    open_bucket = {
        "Version": "2012-10-17",
        "Statement": {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"},
    }
    tls = {"aws:SecureTransport": "true"}

    def read(context: dict[str, str], account: str = ACCOUNT) -> dict[str, Any]:
        principal = f"arn:aws:iam::{account}:role/x"
        return request("s3:GetObject", tls | context, "arn:aws:s3:::x/y", principal=principal, policy=open_bucket)

    ours = {"aws:PrincipalOrgID": ORGANISATION, "aws:PrincipalAccount": ACCOUNT, "aws:PrincipalIsAWSService": "false"}
    partner = {"aws:PrincipalOrgID": "o-partner123", "aws:PrincipalAccount": PARTNER}
    stranger = {"aws:PrincipalOrgID": "o-stranger12", "aws:PrincipalAccount": STRANGER}
    unorganised = {"aws:PrincipalAccount": STRANGER, "aws:PrincipalIsAWSService": "false"}
    asked = [
        read(ours),
        read(ours | {"aws:SecureTransport": "false"}),
        read(partner, PARTNER),
        read(stranger, STRANGER),
        read(unorganised, STRANGER),
        read({"aws:PrincipalOrgID": "o-abcde123456", "aws:PrincipalAccount": STRANGER}, STRANGER),
        read({"aws:PrincipalIsAWSService": "true"}),
    ]
    assert allowed(asked, "aws-rcp.json") == [True, False, True, False, False, False, True]
