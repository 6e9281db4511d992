"""Inputs that the emulated AWS rejects and accepts: data exports and CloudWatch alarms."""

import json

import pytest

from falaj.facts.focus import aws_query
from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.aws_site import ASSUME, BUCKET
from tests.unit.clouds.driver import Driver, Rejected, refused

EXPORT, BUCKET_POLICY = "aws:bcmdata/export:Export", "aws:s3/bucketPolicy:BucketPolicy"
ALARM, TOPIC = "aws:cloudwatch/metricAlarm:MetricAlarm", "aws:sns/topic:Topic"
Inputs = dict[str, Json]


@pytest.fixture
def bill(aws: Driver) -> Inputs:
    """Returns valid inputs of a data export."""
    aws.create(BUCKET, "b", bucket="falaj-bill")
    statement: Json = {
        "Effect": "Allow",
        "Principal": {"Service": ["bcm-data-exports.amazonaws.com"]},
        "Action": ["s3:PutObject"],
    }
    aws.create(BUCKET_POLICY, "p", bucket="falaj-bill", policy=json.dumps({"Statement": [statement]}))
    return export()


def export(**change: str) -> Inputs:
    """Returns the inputs of an export with changed fields."""
    output: Json = {
        "overwrite": "OVERWRITE_REPORT",
        "format": "PARQUET",
        "compression": "PARQUET",
        "outputType": "CUSTOM",
    }
    requested: Json = {
        "queryStatement": change.get("query", aws_query()),
        "tableConfigurations": {
            change.get("table", "FOCUS_1_2_AWS"): {"TIME_GRANULARITY": change.get("grain", "DAILY")}
        },
    }
    place: Json = {
        "s3Bucket": change.get("bucket", "falaj-bill"),
        "s3Prefix": "focus",
        "s3Region": change.get("region", "me-central-1"),
        "s3OutputConfigurations": [output],
    }
    return {
        "export": {
            "name": change.get("name", "bill"),
            "dataQueries": [requested],
            "destinationConfigurations": [{"s3Destinations": [place]}],
            "refreshCadences": [{"frequency": "SYNCHRONOUS"}],
        }
    }


def test_an_export_is_served_from_us_east_1(aws: Driver, bill: Inputs) -> None:
    resource = aws.create(EXPORT, "e", **bill)
    assert resource.text("arn").startswith("arn:aws:bcm-data-exports:us-east-1:123456789012:export/bill-")
    assert "An export with name bill already exists" in refused(lambda: aws.create(EXPORT, "f", **bill))
    assert aws.diff(resource, **export(grain="HOURLY")).replaces == ["export"]
    assert aws.diff(resource, **export(region="eu-west-1")).replaces == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"query": "SELECT *, Cost FROM FOCUS_1_2_AWS"}, "Columns are not a subset of table FOCUS_1_2_AWS: *, Cost"),
        ({"query": "everything"}, "Invalid query statement"),
        ({"table": "COST_AND_USAGE_REPORT"}, "Table configuration is of COST_AND_USAGE_REPORT"),
        ({"grain": "YEARLY"}, "TIME_GRANULARITY must be one of"),
        ({"bucket": "none-such"}, "S3 bucket none-such does not exist"),
        ({"region": "eu-west-1"}, "is in me-central-1, not in eu-west-1"),
    ],
)
def test_exports(aws: Driver, bill: Inputs, change: dict[str, str], message: str) -> None:
    assert bill
    assert message in refused(lambda: aws.create(EXPORT, "e", **export(**change)))


def test_a_bucket_that_the_service_cannot_write_is_rejected(aws: Driver) -> None:
    aws.create(BUCKET, "b", bucket="falaj-bill")
    closed = "S3 bucket permission validation failed"
    assert closed in refused(lambda: aws.create(EXPORT, "e", **export()))
    aws.create(BUCKET_POLICY, "p", bucket="falaj-bill", policy=ASSUME)
    assert closed in refused(lambda: aws.create(EXPORT, "e", **export()))


def alarm(**change: Json) -> Inputs:
    good: Inputs = {
        "namespace": "Falaj", "metricName": "HourlySpendAed", "statistic": "Maximum", "period": 600,
        "evaluationPeriods": 3, "datapointsToAlarm": 2, "comparisonOperator": "GreaterThanThreshold", "threshold": 100,
    }  # fmt: skip
    return {**good, **change}


def test_an_alarm_has_its_defaults(aws: Driver) -> None:
    resource = aws.create(ALARM, "fast", **alarm())
    assert resource.text("arn") == f"arn:aws:cloudwatch:me-central-1:123456789012:alarm:{resource.id}"
    assert (resource["actionsEnabled"], resource["treatMissingData"]) == (True, "missing")
    assert aws.diff(resource, **alarm(threshold=200)).replaces == []
    topic = aws.create(TOPIC, "t")
    aws.create(ALARM, "told", **alarm(alarmActions=[topic["arn"]]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"period": 90}, "a multiple of 60, got 90"),
        ({"period": 600, "evaluationPeriods": 145}, "across more than a day"),
        ({"period": 3600, "evaluationPeriods": 169}, "across more than a day"),
        ({"datapointsToAlarm": 4}, "DatapointsToAlarm (4) must not exceed EvaluationPeriods (3)"),
        ({"statistic": None}, "Exactly one of Statistic"),
        ({"extendedStatistic": "p99"}, "Exactly one of Statistic"),
        ({"threshold": None}, "Threshold must be specified"),
        ({"namespace": None}, "MetricName and Namespace"),
        ({"alarmActions": ["arn:aws:sns:me-central-1:123456789012:none"]}, "Topic does not exist"),
    ],
)
def test_alarms(aws: Driver, change: Inputs, message: str) -> None:
    text = refused(lambda: aws.create(ALARM, "a", **alarm(**change)))
    assert message in text
    assert text.startswith("creating CloudWatch MetricAlarm: operation error CloudWatch: ")


@pytest.mark.parametrize(
    "change", [{"period": 3600, "evaluationPeriods": 168}, {"period": 600, "evaluationPeriods": 144}]
)
def test_an_alarm_may_look_back_a_day_or_a_week(aws: Driver, change: Inputs) -> None:
    aws.create(ALARM, "a", **alarm(**change))


@pytest.mark.parametrize("word", ["comparisonOperator", "treatMissingData", "statistic"])
def test_enum_values_of_an_alarm_are_checked(aws: Driver, word: str) -> None:
    with pytest.raises(Rejected) as caught:
        aws.create(ALARM, "a", **alarm(**{word: "Perhaps"}))
    assert set(caught.value.failures) == {word}
