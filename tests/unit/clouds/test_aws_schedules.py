"""Inputs that the emulated AWS rejects: queues, event rules and scheduled actions."""

import pytest

from falaj.sandbox.clouds.values import Json, get_all
from tests.unit.clouds.aws_site import KEY, RULE, TARGET, Site
from tests.unit.clouds.driver import Driver, refused

QUEUE, QUEUE_POLICY = "aws:sqs/queue:Queue", "aws:sqs/queuePolicy:QueuePolicy"
SCHEDULE = "aws:autoscaling/schedule:Schedule"
STATEMENT = '{"Version": "2012-10-17", "Statement": [{"Effect": "Deny"}]}'
SPOT = '{"source": ["aws.ec2"], "detail": {"state": ["running"]}}'


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"messageRetentionSeconds": 30}, "the parameter MessageRetentionSeconds"),
        ({"kmsDataKeyReusePeriodSeconds": 90000}, "the parameter KmsDataKeyReusePeriodSeconds"),
        ({"kmsMasterKeyId": "alias/own", "sqsManagedSseEnabled": True}, "one type of server-side encryption"),
        ({"kmsMasterKeyId": "arn:aws:kms:me-central-1:123456789012:key/none"}, "does not exist"),
        ({"policy": "{"}, "the parameter Policy"),
        ({"fifoQueue": True}, "must end with .fifo"),
    ],
)
def test_invalid_queues_are_rejected(aws: Driver, inputs: dict[str, Json], expected: str) -> None:
    assert expected in refused(lambda: aws.create(QUEUE, "q", **{"name": "q", **inputs}))


def test_a_queue_is_filled_by_rules_and_keeps_its_key(aws: Driver) -> None:
    key = aws.create(KEY, "k")
    queue = aws.create(QUEUE, "q", kmsMasterKeyId=key["arn"], messageRetentionSeconds=300)
    aws.create(QUEUE, "f", name="f.fifo", fifoQueue=True)
    aws.create(QUEUE_POLICY, "p", queueUrl=queue["url"], policy=STATEMENT)
    assert "the parameter Policy" in refused(lambda: aws.create(QUEUE_POLICY, "p", queueUrl=queue["url"], policy="[]"))
    rule = aws.create(RULE, "r", eventPattern=SPOT)
    aws.create(TARGET, "t", rule=rule["name"], arn=queue["arn"])
    gone = "arn:aws:sqs:me-central-1:123456789012:none"
    assert "NonExistentQueue" in refused(lambda: aws.create(TARGET, "u", rule=rule["name"], arn=gone))
    wrong = refused(lambda: aws.create(TARGET, "u", rule=rule["name"], arn=queue["url"]))
    assert "Provided Arn is not in correct format" in wrong
    for number in range(4):
        aws.create(TARGET, f"t{number}", rule=rule["name"], arn=queue["arn"])
    assert "maximum number allowed: 5" in refused(lambda: aws.create(TARGET, "t", rule=rule["name"], arn=queue["arn"]))


@pytest.mark.parametrize(
    ("inputs", "expected"),
    [
        ({"eventPattern": "{"}, "it is no JSON"),
        ({"eventPattern": "[]"}, "Filter is not an object"),
        ({"eventPattern": '{"source": "aws.ec2"}'}, '"source" must be an object or an array'),
        ({"eventPattern": '{"detail": {"state": []}}'}, '"state": Empty arrays are not allowed'),
        ({"scheduleExpression": "every day"}, "ScheduleExpression is not valid"),
        ({"scheduleExpression": "cron(0 3 * * *)"}, "ScheduleExpression is not valid"),
    ],
)
def test_invalid_rules_are_rejected(aws: Driver, inputs: dict[str, Json], expected: str) -> None:
    assert expected in refused(lambda: aws.create(RULE, "r", **inputs))
    aws.create(RULE, "r", scheduleExpression="cron(0 3 * * ? *)")


NIGHT: dict[str, Json] = {
    "scheduledActionName": "close",
    "minSize": 0,
    "desiredCapacity": 0,
    "maxSize": 0,
    "recurrence": "0 19 * * *",
    "timeZone": "Asia/Dubai",
}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"autoscalingGroupName": "eks-none"}, "AutoScalingGroup 'eks-none' not found"),
        ({"minSize": 2, "maxSize": 1}, "must be in ascending order"),
        ({"minSize": -1, "desiredCapacity": -1, "maxSize": -1}, "At least one of MinSize"),
        ({"recurrence": "0 19 * *"}, "recurrence string:0 19 * * is invalid"),
        ({"timeZone": "Dubai"}, "Time zone Dubai is not a valid IANA time zone"),
        ({}, "Scheduled action close already exists"),
    ],
)
def test_invalid_schedules_are_rejected(aws: Driver, change: dict[str, Json], expected: str) -> None:
    site = Site(aws)
    role = site.role()
    site.cluster(role)
    group = str(get_all(site.nodes(role)["resources"], "[*].autoscalingGroups[*].name")[0])
    inputs: dict[str, Json] = {**NIGHT, "autoscalingGroupName": group}
    resource = aws.create(SCHEDULE, "close", **inputs)
    assert (resource["minSize"], resource["maxSize"], resource["timeZone"]) == (0, 0, "Asia/Dubai")
    assert expected in refused(lambda: aws.create(SCHEDULE, "other", **{**inputs, **change}))
    aws.create(SCHEDULE, "open", **{**inputs, "scheduledActionName": "open", "recurrence": "0 7 * * 1-5", "maxSize": 4})
