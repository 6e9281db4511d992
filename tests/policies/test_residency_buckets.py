"""Buckets into which services write: every property of the SDK that names one is in a table, or has a reason."""

import re

import pytest
from guardrails.residency.buckets import TARGETS, bucket_name
from guardrails.residency.copies import copy_residency

from falaj.sandbox.clouds.sdk_schema import sdk

from .harness import UNKNOWN, Given, Pack, blocking
from .sdk_paths import text_paths

NAMES_A_BUCKET = re.compile(
    r"(?:^bucket|[a-z3]Bucket|^s3Bucket|^targetBucket)(?:Name|Arn|s)?$|^outputS3Bucket$|^cdrBucket$"
)
_MARK = re.compile(r"\[[*+]\]|\?")
NOT_WRITTEN = {
    r"^aws:s3(?:control|tables)?/": "the bucket that the resource configures; FJ-RES-105 and 106 evaluate copies",
    r"^aws:lightsail/": "access to a bucket of the account by the resource itself",
    r"^aws:(?:alb|lb|elb)/loadBalancer": "the bucket has to be in the region of the load balancer",
    r"^aws:shield/|^aws:globalaccelerator/|^aws:waf":
        "records of use, which go to the central archive of another stack",
    r"^aws:acmpca/": "a list of revoked certificates, which everybody may read",
    r"^aws:(?:alb|lb)/trustStore|^aws:cloudfront/": "certificates are read; CloudFront has FJ-RES-102",
    r"^aws:(?:lambda|gamelift|elasticbeanstalk|finspace|signer/signingJob.*source|mskconnect/customPlugin)/?|"
    r"^aws:synthetics/|^aws:sagemaker/pipeline|^aws:opensearch/package|^aws:rds/customDb|^aws:codeguru"
    r"|^aws:bedrock/agentcoreAgentRuntime|^aws:bedrock/agentAgentActionGroup|^aws:kinesisanalyticsv2/": "code is read",
    r"^aws:kendra/|^aws:lex/|^aws:quicksight/|^aws:dynamodb/table:|^aws:rds/(?:cluster|instance):|^aws:ebs/"
    r"|^aws:bedrock/agentDataSource|^aws:kinesis/analyticsApplication|^aws:dataexchange/revisionAssets": "data is read",
    r"^aws:guardduty/malware|^aws:macie2/classificationJob": "objects are scanned where they are",
    r"^aws:appflow/connectorProfile": "the flow, not its connection, names what is written",
    r"^aws:athena/database": "FJ-RES-112 evaluates the place of results",
    r"^aws:bedrock/agentKnowledgeBase|^aws:timestreaminfluxdb/db(?:Cluster|Instance)": "not a bucket of S3's objects",
    r"^aws:datasync/locationObjectStorage": "FJ-RES-112 evaluates the host of the store",
    r"^aws:mwaa/": "the environment reads its pipelines there",
}  # fmt: skip
"""Pattern of types -> why no data of the stack is written to the bucket that a property names."""
NOT_WRITTEN_PATHS = {
    r"^sourceFlowConfig|retrieval\.|^enterprisePolicies|^inputBucket|^source\.|clude\.buckets$": "data is read there",
    r"^bucket$": "the bucket that is described, or one of InfluxDB",
    r"^lastRunSummaries|^recentlyFailedRuns": "what the service reports",
    r"(?:customConnector|honeycode|marketo|salesforce|sapoData|snowflake|zendesk)\.": "FJ-RES-110 refuses these",
}
"""Pattern of paths, of types with other buckets that are written to -> the reason."""


def reads_only(token: str) -> bool:
    return any(re.search(pattern, token) for pattern in NOT_WRITTEN)


def test_every_property_with_a_bucket_is_evaluated_or_has_a_reason() -> None:
    missing = []
    for token in sdk("pulumi_aws").tokens:
        known = {_MARK.sub("", path) for path in TARGETS.get(token, ())}
        if not token.startswith("aws:") or (not known and reads_only(token)):
            continue
        missing += [
            f"{token} {path}"
            for path in text_paths(token, NAMES_A_BUCKET)
            if path not in known and not (known and any(re.search(item, path) for item in NOT_WRITTEN_PATHS))
        ]
    assert missing == []


PACK = Pack()
EXPORT = "aws:rds/exportTask:ExportTask"
CONFIG = "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig"
BUCKET = Given("aws:s3/bucket:Bucket", {"bucket": "exports"}, "exports")
GROUP = Given("aws:cloudwatch/logGroup:LogGroup", {"name": "/names"}, "group")
TARGET = Given("aws:ec2/trafficMirrorTarget:TrafficMirrorTarget", {"networkInterfaceId": "eni-2"}, "target")
USER = "aws:transfer/user:User"
SESSION = "aws:ec2/trafficMirrorSession:TrafficMirrorSession"


@pytest.mark.parametrize(
    ("plan", "is_refused"),
    [
        ((Given(EXPORT, {"s3BucketName": "elsewhere"}),), True),
        ((Given(EXPORT, {"s3BucketName": UNKNOWN}),), True),
        ((BUCKET, Given(EXPORT, {"s3BucketName": "exports"})), False),
        ((BUCKET, Given(EXPORT, {"s3BucketName": UNKNOWN}, links={"s3BucketName": ("exports",)})), False),
        ((Given(EXPORT, {}),), False),
        ((Given(CONFIG, {"destinationArn": "arn:aws:s3:::elsewhere/names"}),), True),
        ((BUCKET, Given(CONFIG, {"destinationArn": "arn:aws:s3:::exports/names"})), False),
        ((Given(CONFIG, {"destinationArn": "arn:aws:logs:me-central-1:123456789012:log-group:/names"}),), False),
        ((GROUP, Given(CONFIG, {"destinationArn": UNKNOWN}, links={"destinationArn": ("group",)})), False),
        ((Given(USER, {"homeDirectory": "/elsewhere/partner"}),), True),
        ((Given(USER, {"homeDirectoryMappings": [{"entry": "/", "target": "/elsewhere/partner"}]}),), True),
        ((BUCKET, Given(USER, {"homeDirectory": "/exports/partner"})), False),
        ((Given(USER, {"homeDirectory": "/fs-0123456789abcdef0/partner"}),), False),
        ((Given(SESSION, {"trafficMirrorTargetId": "tmt-1"}),), True),
        ((BUCKET, Given(SESSION, {"trafficMirrorTargetId": UNKNOWN}, links={"trafficMirrorTargetId": ("exports",)})),
         True),
        ((TARGET, Given(SESSION, {"trafficMirrorTargetId": UNKNOWN}, links={"trafficMirrorTargetId": ("target",)})),
         False),
    ],
)  # fmt: skip
def test_what_is_written_to_is_in_the_stack(plan: tuple[Given, ...], is_refused: bool) -> None:
    assert ("FJ-RES-106" in blocking(PACK.evaluate_stack(*plan))) == is_refused


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ("a", "a"), ("a/b", "a"), ("/a/b", "a"), ("/fs-0123456789abcdef0/b", ""),
        ("s3://a/b", "a"), ("arn:aws:s3:::a", "a"), ("arn:aws:s3:::a/b", "a"),
        ("arn:aws:sqs:me-central-1:123456789012:a", ""),
    ],
)  # fmt: skip
def test_the_name_of_a_bucket_is_read_from_each_form(value: str, name: str) -> None:
    assert bucket_name(value) == name


def test_the_rule_covers_each_type_of_the_table() -> None:
    rule = next(rule for rule in copy_residency(()) if rule.id == "FJ-RES-106")
    assert set(rule.types) >= set(TARGETS)
