"""What the mends after the nineteenth set on AWS leave alone, and what is not known before deployment: other attacks
and good programs are in `attacks.after_nineteenth_xaws` and `idioms.after_nineteenth_xaws`."""

import json

import pytest

from .blind import TAGS, aws
from .harness import UNKNOWN, Given, Pack, Report, blocking

PACK = Pack()


def _queue(**props: object) -> set[str]:
    return blocking(PACK.evaluate_resource(aws("sqs/Queue", {"tags": TAGS, **props}))) & {"FJ-ESC-115"}


@pytest.mark.parametrize(
    ("seconds", "is_refused"),
    [(60, True), ("299", True), (299.0, True), (300, False), (1209600, False), (UNKNOWN, False)],
    ids=str,
)
def test_messages_live_some_minutes(seconds: object, is_refused: bool) -> None:
    assert bool(_queue(name="orders", messageRetentionSeconds=seconds)) is is_refused
    assert not _queue(name="rpc-response", messageRetentionSeconds=seconds)


@pytest.mark.parametrize(
    ("life", "hidden", "is_refused"),
    [(600, None, False), (600, 119, False), (600, 120, True), (86_399, 43_200, True), (86_400, 43_200, False),
     (600, UNKNOWN, False)],
    ids=str,
)  # fmt: skip
def test_messages_live_as_long_as_their_trials(life: int, hidden: object, is_refused: bool) -> None:
    given = {"name": "orders", "messageRetentionSeconds": life, "redrivePolicy": json.dumps({"maxReceiveCount": 5})}
    assert bool(_queue(**given, **({"visibilityTimeoutSeconds": hidden} if hidden else {}))) is is_refused


def test_trials_are_hidden_for_half_a_minute_by_default() -> None:
    policy = json.dumps({"maxReceiveCount": 20})
    assert _queue(name="orders", messageRetentionSeconds=600, redrivePolicy=policy)
    assert not _queue(name="orders", messageRetentionSeconds=601, redrivePolicy=policy)


def _mapped(**api: object) -> list[Report]:
    return PACK.evaluate_plan(
        aws("apigateway/RestApi", {"name": "x", "tags": TAGS, **api}, "api"),
        aws("apigateway/DomainName", {"domainName": "x.example.ae", "tags": TAGS, "mutualTlsAuthentication": {
            "truststoreUri": UNKNOWN}}, "name"),
        aws("apigateway/BasePathMapping", {"restApi": UNKNOWN, "domainName": UNKNOWN}, "link", links={
            "restApi": ("api",), "domainName": ("name",)}))  # fmt: skip


@pytest.mark.parametrize(
    ("api", "is_refused"),
    [
        ({}, True),
        ({"disableExecuteApiEndpoint": "false"}, True),
        ({"disableExecuteApiEndpoint": "true"}, False),
        ({"disableExecuteApiEndpoint": UNKNOWN}, False),
        ({"body": UNKNOWN}, False),
        ({"body": UNKNOWN, "disableExecuteApiEndpoint": False}, True),
        (
            {"body": json.dumps({"x-amazon-apigateway-endpoint-configuration": {"disableExecuteApiEndpoint": True}})},
            False,
        ),
        ({"body": "disableExecuteApiEndpoint: false"}, True),
    ],
    ids=str,
)
def test_an_api_behind_certificates_has_one_address(api: dict[str, object], is_refused: bool) -> None:
    of_link = [report for report in _mapped(**api) if "'link'" in report.text and report.rule == "FJ-EXP-110"]
    assert bool(of_link) is is_refused


def _alarm(filter_has: dict[str, object], alarm_has: dict[str, object]) -> set[str]:
    return blocking(PACK.evaluate_plan(
        aws("cloudwatch/LogMetricFilter", {
            "name": "x", "logGroupName": "/x", "pattern": "ERROR", "metricTransformation": {
                "name": "Errors", "namespace": "Bank", "value": "1", **filter_has}}, "filter"),
        aws("cloudwatch/MetricAlarm", {"name": "x", "namespace": "Bank", "metricName": "Errors", "tags": TAGS,
                                       **alarm_has}, "alarm"))) & {"FJ-EXP-127"}  # fmt: skip


@pytest.mark.parametrize(
    ("filter_has", "alarm_has", "is_refused"),
    [
        ({}, {}, False),
        ({}, {"dimensions": {}}, False),
        ({}, {"unit": "None"}, False),
        ({"unit": "Count"}, {}, False),
        ({"unit": "Count"}, {"unit": "Seconds"}, True),
        ({}, {"dimensions": UNKNOWN}, False),
        ({"dimensions": UNKNOWN}, {}, False),
        ({}, {"metricName": "errors"}, True),
        ({}, {"metricName": "Calls", "dimensions": {"a": "b"}}, False),
        ({"name": UNKNOWN}, {"dimensions": {"a": "b"}}, False),
    ],
    ids=str,
)
def test_an_alarm_reads_what_a_filter_writes(
    filter_has: dict[str, object], alarm_has: dict[str, object], is_refused: bool
) -> None:
    assert bool(_alarm(filter_has, alarm_has)) is is_refused


def test_one_of_two_filters_is_enough() -> None:
    filters = [
        aws("cloudwatch/LogMetricFilter", {"name": name, "logGroupName": f"/{name}", "pattern": "ERROR",
            "metricTransformation": {"name": "Errors", "namespace": "Bank", "value": "1", **more}}, name)
        for name, more in (("a", {}), ("b", {"dimensions": {"Program": "$.program"}}))]  # fmt: skip
    alarm = aws("cloudwatch/MetricAlarm", {"name": "x", "namespace": "Bank", "metricName": "Errors", "tags": TAGS})
    assert "FJ-EXP-127" not in blocking(PACK.evaluate_plan(*filters, alarm))


@pytest.mark.parametrize(
    ("task", "verdict"),
    [
        ({}, "refused"),
        ({"propagateTags": "TASK_DEFINITION"}, ""),
        ({"propagateTags": UNKNOWN}, "reported"),
        ({"tags": TAGS}, ""),
        ({"tags": {"owner": "ml-platform-team"}}, "refused"),
    ],
    ids=str,
)
def test_tasks_that_are_started_have_tags(task: dict[str, object], verdict: str) -> None:
    for given in (
        aws("scheduler/Schedule", {"target": {"ecsParameters": task}}),
        aws("cloudwatch/EventTarget", {"ecsTarget": task}),
        aws("pipes/Pipe", {"tags": TAGS, "targetParameters": {"ecsTaskParameters": task}}),
    ):
        reports = [report for report in PACK.evaluate_resource(given) if report.rule == "FJ-TAG-005"]
        assert bool(reports) is bool(verdict)
        assert bool(blocking(reports)) is (verdict == "refused")


@pytest.mark.parametrize(
    ("given", "is_refused"),
    [
        (aws("ec2/Instance", {"instanceInitiatedShutdownBehavior": "terminate"}, "ledger"), True),
        (aws("ec2/Instance", {"instanceInitiatedShutdownBehavior": "stop"}, "ledger"), False),
        (aws("ec2/Instance", {"instanceInitiatedShutdownBehavior": "terminate"}, "ci-runner"), False),
        (aws("ec2/Instance", {"instanceInitiatedShutdownBehavior": "terminate"}, "llm-training"), False),
        (aws("ec2/Instance", {"instanceInitiatedShutdownBehavior": "terminate"}, "restraint"), True),
        (
            aws(
                "ec2/Instance",
                {
                    "instanceInitiatedShutdownBehavior": "terminate",
                    "instanceMarketOptions": {"marketType": "spot"},
                },
                "ledger",
            ),
            False,
        ),
        (aws("ec2/LaunchTemplate", {"instanceInitiatedShutdownBehavior": "terminate"}, "workers"), False),
    ],
    ids=str,
)
def test_a_machine_that_is_kept_does_not_end_when_it_is_shut_down(given: Given, is_refused: bool) -> None:
    texts = [report.text for report in PACK.evaluate_resource(given) if report.rule == "FJ-ESC-115"]
    assert any("instanceInitiatedShutdownBehavior" in text for text in texts) is is_refused
