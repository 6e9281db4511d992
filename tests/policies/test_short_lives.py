"""Settings that delete records soon, headers that say who a caller is, and default groups of databases."""

import json
from collections.abc import Mapping

import pytest
from guardrails.encryption.transit.database_parameters import check_database
from guardrails.engine.enforcement import Enforcement
from guardrails.engine.reading import Plain, Resource
from guardrails.engine.verdicts import Verdict
from guardrails.resilience.record_filters import check_deletions
from guardrails.unverifiable.named_callers import check_named_callers
from guardrails.unverifiable.short_lives import check_short_lives

from falaj.facts.iam_conditions import Narrowing, binds

from .blind import ME, policy, statement
from .harness import Pack, blocking

STREAMS = "sourceParameters"
GROUP = "aws:rds/instance:Instance"
AURORA = "aws:rds/cluster:Cluster"
DEFAULT = "default.aurora-postgresql16"
Props = dict[str, Plain]


def _resource(token: str, props: Props) -> Resource:
    return Resource(urn="urn", type=token, name="it", props=props)


def _container(seconds: Plain, name: str = "payments") -> tuple[str, Props]:
    return "azure-native:cosmosdb:SqlResourceSqlContainer", {
        "containerName": name, "resource": {"id": name, "defaultTtl": seconds}}  # fmt: skip


def _mapping(**props: Plain) -> tuple[str, Props]:
    return "aws:lambda/eventSourceMapping:EventSourceMapping", {
        "eventSourceArn": "arn:aws:kinesis:me-central-1:1:stream/payments", **props}  # fmt: skip


def _pipe(kind: str, **props: Plain) -> tuple[str, Props]:
    return "aws:pipes/pipe:Pipe", {"name": "payments", STREAMS: {f"{kind}StreamParameters": {**props}}}


def _target(attempts: float, **props: Plain) -> tuple[str, Props]:
    return "aws:cloudwatch/eventTarget:EventTarget", {
        "rule": "payments", "retryPolicy": {"maximumRetryAttempts": attempts}, **props}  # fmt: skip


def _queue(name: str, seconds: float) -> tuple[str, Props]:
    return "aws:sqs/queue:Queue", {"name": name, "messageRetentionSeconds": seconds}


def _bus(life: str, **props: Plain) -> tuple[str, Props]:
    return "azure-native:servicebus:Queue", {"queueName": "payments", "defaultMessageTimeToLive": life, **props}


def _hub(hours: float, **props: Plain) -> tuple[str, Props]:
    return "azure-native:eventhub:EventHub", {
        "eventHubName": "payments", "retentionDescription": {"retentionTimeInHours": hours}, **props}  # fmt: skip


def _topic(**config: Plain) -> tuple[str, Props]:
    return "kubernetes:kafka.strimzi.io/v1:KafkaTopic", {
        "kind": "KafkaTopic", "metadata": {"name": "ledger"}, "spec": {"config": config}}  # fmt: skip


def _delete(parent: str = "", **settings: Plain) -> tuple[str, Props]:
    activity: Plain = {"type": "Delete", "storeSettings": settings, "dataset": {"referenceName": "x"}}
    return "azure-native:datafactory:Pipeline", {
        "activities": [{"type": "IfCondition", parent: [activity]} if parent else activity]}  # fmt: skip


@pytest.mark.parametrize(
    ("given", "count"),
    [
        (_container(604_799), 1), (_container(604_800), 0), (_container(-1), 0), (_container(60, "carts"), 0),
        (_container(60, "payment-sessions"), 0),
        (_mapping(maximumRetryAttempts=0), 1), (_mapping(maximumRetryAttempts=-1), 0), (_mapping(), 0),
        (_mapping(maximumRetryAttempts=9, destinationConfig={"onFailure": {"destinationArn": "a"}}), 0),
        (_mapping(maximumRetryAttempts=9, destinationConfig={}), 1),
        (_pipe("kinesis", maximumRetryAttempts=2), 1), (_pipe("dynamodb", maximumRetryAttempts=2), 1),
        (_pipe("kinesis", maximumRetryAttempts=2, deadLetterConfig={"arn": "a"}), 0),
        (_target(0), 1), (_target(1), 0), (_target(0, deadLetterConfig={"arn": "a"}), 0),
        (_mapping(maximumRecordAgeInSeconds=60), 1), (_mapping(maximumRecordAgeInSeconds=86_400), 0),
        (_mapping(maximumRecordAgeInSeconds=-1), 0),
        (_queue("payments", 600), 1), (_queue("payments", 86_400), 0), (_queue("payment-replies", 600), 0),
        (_bus("PT1H"), 1), (_bus("P1D"), 0), (_bus("PT1H", deadLetteringOnMessageExpiration=True), 0),
        (_hub(1), 1), (_hub(24), 0), (_hub(1, captureDescription={"enabled": True}), 0),
        (_topic(**{"retention.ms": 3_599_999}), 1), (_topic(**{"retention.ms": 3_600_000}), 0),
        (_topic(**{"retention.bytes": -1}), 0), (_topic(**{"retention.bytes": "99999999"}), 1),
        (_topic(**{"retention.ms": 1, "cleanup.policy": "compact,delete"}), 0),
        (_delete(wildcardFolderPath="audit/*"), 1), (_delete(wildcardFolderPath="uploads"), 0),
        (_delete("ifTrueActivities", prefix="ledger/"), 1), (_delete("ifFalseActivities", prefix="ledger/"), 1),
        (_delete(prefix="ledger/", modifiedDatetimeEnd="2020-01-01T00:00:00Z"), 0),
    ],
    ids=str,
)  # fmt: skip
def test_records_live_long_enough(given: tuple[str, Props], count: int) -> None:
    assert len(list(check_short_lives(_resource(*given)))) == count


@pytest.mark.parametrize(
    ("prefix", "days", "count"),
    [("ledger/", 1, 1), ("ledger/", 7, 0), ("staging/payments/", 1, 0), ("datasets/", 1, 0)],
)
def test_folders_of_records_are_kept(prefix: str, days: float, count: int) -> None:
    rule: Plain = {"status": "Enabled", "filter": {"prefix": prefix}, "expiration": {"days": days}}
    bucket = _resource("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration", {
        "bucket": "bank", "rules": [rule]})  # fmt: skip
    action: Plain = {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": days}}}
    policy_rule: Plain = {"enabled": True, "definition": {"filters": {"prefixMatch": [prefix]}, "actions": action}}
    account = _resource("azure-native:storage:ManagementPolicy", {
        "accountName": "bank", "policy": {"rules": [policy_rule]}})  # fmt: skip
    assert [len(list(check_deletions(item))) for item in (bucket, account)] == [count, count]


def test_environments_of_beanstalk_are_of_a_named_application() -> None:
    key, start = "elasticbeanstalk:InApplication", f"arn:aws:elasticbeanstalk:me-central-1:{ME}:application"
    assert not binds(key, f"{start}/*", Narrowing.RESOURCE)
    assert binds(key, f"{start}/portal", Narrowing.RESOURCE)


@pytest.mark.parametrize(
    ("header", "value", "count"),
    [
        ("overwrite:header.X-User-Id", "$context.authorizer.claims.sub", 0),
        ("overwrite:header.X-User-Id", "${context.authorizer.claims.sub}", 0),
        ("overwrite:header.X-Roles", "$stageVariables.role", 0),
        ("overwrite:header.X-User-Id", "$request.header.x-user-id", 1),
        ("overwrite:header.X-User-Id", "${request.body.user} $context.requestId", 1),
        ("append:header.x-webauth-user", "admin", 1),
        ("integration.request.header.Remote-User", "method.request.querystring.user", 1),
        ("integration.request.header.Remote-User", "context.authorizer.principalId", 0),
        ("integration.request.querystring.user", "method.request.querystring.user", 0),
        ("overwrite:header.x-user-agent", "$request.header.user-agent", 0),
        ("remove:header.x-user", "", 0),
        ("integration.request.header.userId", "method.request.path.userId", 0),
    ],
)
def test_an_api_takes_the_caller_from_its_authorizer(header: str, value: str, count: int) -> None:
    parameters: Plain = {header: value}
    integration = _resource("aws:apigatewayv2/integration:Integration", {"requestParameters": parameters})
    body = json.dumps({"paths": {"/": {"get": {"x-amazon-apigateway-integration": {"requestParameters": parameters}}}}})
    definition = _resource("aws:apigateway/restApi:RestApi", {"body": body})
    assert [len(list(check_named_callers(item))) for item in (integration, definition)] == [count, count]


@pytest.mark.parametrize(
    ("token", "props", "is_refused"),
    [
        (GROUP, {"engine": "mysql", "engineVersion": "8.4.7"}, True),
        (GROUP, {"engine": "mysql", "engineVersion": "9.7.1"}, False),
        (GROUP, {"engine": "mysql"}, True),
        (GROUP, {"engine": "postgres"}, False),
        (GROUP, {"engine": "postgres", "engineVersion": "14"}, True),
        (GROUP, {"engine": "postgres", "engineVersion": "15.2"}, False),
        (GROUP, {"engine": "mariadb", "engineVersion": "11.4.8"}, True),
        (GROUP, {"engine": "mariadb", "engineVersion": "11.8.3"}, False),
        (GROUP, {"engine": "mysql", "engineVersion": "8.0.40", "parameterGroupName": "orders"}, False),
        (GROUP, {"engine": "mysql", "engineVersion": "8.0.40", "parameterGroupName": "default.mysql8.0"}, True),
        (GROUP, {"engine": "mysql", "engineVersion": "8.0.40", "replicateSourceDb": "orders"}, False),
        (AURORA, {"engine": "aurora-mysql", "engineVersion": "8.0.mysql_aurora.3.10.1"}, True),
        (AURORA, {"engine": "aurora-mysql", "dbClusterParameterGroupName": "orders"}, False),
        (AURORA, {"engine": "aurora-postgresql", "engineVersion": "16.6"}, True),
        (AURORA, {"engine": "aurora-postgresql", "engineVersion": "15"}, True),
        (AURORA, {"engine": "aurora-postgresql", "engineVersion": "17.4"}, False),
        (AURORA, {"engine": "aurora-postgresql", "engineVersion": "16.6", "globalClusterIdentifier": "g"}, False),
        (AURORA, {"engine": "aurora-postgresql", "engineVersion": "16.6", "dbClusterParameterGroupName": "o"}, False),
        (AURORA, {"engine": "aurora-postgresql", "engineVersion": "16", "dbClusterParameterGroupName": DEFAULT}, True),
        (AURORA, {"engine": "aurora-postgresql"}, False),
        (AURORA, {"engine": "postgres", "engineVersion": "14.12"}, True),
        (GROUP, {"engine": "sqlserver-se", "engineVersion": "16.00.4210.1.v1"}, True),
        (GROUP, {"engine": "sqlserver-ee"}, True),
        (GROUP, {"engine": "sqlserver-web", "parameterGroupName": "default.sqlserver-web-15.0"}, True),
        (GROUP, {"engine": "sqlserver-se", "parameterGroupName": "reports"}, False),
        (GROUP, {"engine": "custom-sqlserver-ee", "engineVersion": "15.00.4322.2.v1"}, False),
    ],
)
def test_a_default_group_requires_tls(token: str, props: Props, is_refused: bool) -> None:
    outcomes = [outcome.verdict for outcome in check_database(_resource(token, props))]
    assert (Verdict.FAIL in outcomes) is is_refused


@pytest.mark.parametrize(
    ("key", "value", "is_narrow"),
    [
        ("kms:ResourceAliases", "alias/*", False), ("kms:ResourceAliases", "alias/pay*", True),
        ("kms:ResourceAliases", "alias/pa*", False), ("kms:RequestAlias", "alias/payments", True),
        ("kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::*", False),
        ("kms:EncryptionContext:aws:s3:arn", "arn:aws:s3:::bank-*/*", True),
        ("kms:EncryptionContext:SecretARN", "arn:aws:secretsmanager:me-central-1:1:secret:*", False),
        ("kms:EncryptionContext:SecretARN", "arn:aws:secretsmanager:me-central-1:1:secret:pay*", True),
        ("kms:EncryptionContext:aws:ebs:id", "vol-*", False), ("kms:EncryptionContext:aws:ebs:id", "vol-0a1b*", True),
        ("kms:EncryptionContext:purpose", "ledger", True),
        ("aws:ResourceTag/environment", "prod", False), ("aws:ResourceTag/environment", "dev", True),
        ("aws:ResourceTag/Data-Classification", "secret", False), ("aws:ResourceTag/project", "prod", True),
        ("aws:ResourceTag/env", "${aws:PrincipalTag/env}", False),
        ("aws:ResourceTag/project", "${aws:PrincipalTag/project}", True),
        ("aws:ResourceTag/bank:environment", "Production", False),
    ],
)  # fmt: skip
def test_a_condition_confines_by_what_differs(key: str, value: str, is_narrow: bool) -> None:
    assert binds(key, value, Narrowing.RESOURCE) is is_narrow


def test_the_tag_of_the_environment_confines_what_is_made() -> None:
    assert binds("aws:RequestTag/environment", "prod", Narrowing.REQUEST)


@pytest.mark.parametrize(
    ("settings", "name", "is_refused"),
    [({}, "ReadOnlyAccess", True), ({"ReadOnlyAccess": "read by auditors"}, "ReadOnlyAccess", False),
     ({"IAMFullAccess": "for a test of the rule"}, "IAMFullAccess", True)],
)  # fmt: skip
def test_a_listed_policy_may_be_attached(settings: Mapping[str, str], name: str, is_refused: bool) -> None:
    enforcement = {"default": {"all": "mandatory"}, "identity": {"managed_policies": settings}}
    condition = {"ArnEquals": {"iam:PolicyARN": f"arn:aws:iam::aws:policy/{name}"}}
    given = policy(statement("iam:AttachRolePolicy", f"arn:aws:iam::{ME}:role/app-*", condition))
    reports = Pack(Enforcement.model_validate(enforcement)).evaluate_resource(given)
    assert ("FJ-IDN-103" in blocking(reports)) is is_refused
