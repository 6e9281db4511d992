"""Calls of AWS that workflows, schedules and APIs may make, and documents that they may run."""

import csv
import re

import pytest
from guardrails.engine.data_folder import DATA
from guardrails.readers.api_actions import CALL, CALLER, DOCUMENT, PATH, is_for_callers, is_for_workflows, is_listed
from guardrails.readers.api_actions import listed as listed_names
from guardrails.unverifiable.api_calls import _unlisted_call

from tests.processor_time import within

NAME = re.compile(r"[a-z0-9-]+:[\w*/.-]+|\*:[A-Z]\w*\*|[A-Z][\w*-]+|[a-z0-9-]+")


def test_the_table_is_sorted_and_names_calls() -> None:
    with (DATA / "listed_calls.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    keys = [(row["kind"], row["name"].lower()) for row in rows]
    assert keys == sorted(set(keys))
    assert [row for row in rows if not NAME.fullmatch(row["name"]) or not row["why"]] == []
    assert not any(name.startswith("*") for name in listed_names()[CALLER])
    assert len(listed_names()[CALL]) > 100


@pytest.mark.parametrize(("service", "action", "is_harmless"), [
    ("ec2", "describeInstances", True), ("ec2", "getPasswordData", False), ("sts", "getCallerIdentity", True),
    ("secretsmanager", "getSecretValue", False), ("ssm", "getParameter", True), ("sfn", "sendTaskSuccess", True),
    ("ecr", "getAuthorizationToken", False), ("bedrockagent", "startIngestionJob", True), ("ecs", "runTask", False),
    ("iam", "createUser", False), ("events", "disableRule", False), ("", "", False), ("ec2", "", False),
])  # fmt: skip
def test_calls_of_workflows(service: str, action: str, is_harmless: bool) -> None:
    assert is_for_workflows(service, action) is is_harmless


@pytest.mark.parametrize(("service", "action", "is_harmless"), [
    ("email", "SendEmail", True), ("sqs", "SendMessage", True), ("sqs", "PurgeQueue", False),
    ("ec2", "DescribeInstances", False), ("ec2", "StopInstances", False), ("dynamodb", "DeleteTable", False),
])  # fmt: skip
def test_calls_of_callers(service: str, action: str, is_harmless: bool) -> None:
    assert is_for_callers(service, action) is is_harmless


@pytest.mark.parametrize(("kind", "name", "is_harmless"), [
    (PATH, "lambda:2015-03-31/functions/a/invocations", True), (PATH, "lambda:2015-03-31/functions", False),
    (PATH, "batch:v1/submitjob", True), (PATH, "batch:v1/createjobqueue", False), (PATH, "iam:", False),
    (DOCUMENT, "AWS-RunPatchBaseline", True), (DOCUMENT, "AWS-RunPatchBaselineWithHooks", False),
    (DOCUMENT, "aws-runshellscript", False), (DOCUMENT, "AWSSupport-ResetAccess", False),
])  # fmt: skip
def test_paths_and_documents(kind: str, name: str, is_harmless: bool) -> None:
    assert is_listed(kind, name) is is_harmless


@pytest.mark.parametrize(("text", "is_refused"), [
    ("arn:aws:states:::lambda:invoke.waitForTaskToken", False), ("arn:aws:states:::eks:call", True),
    ("arn:aws:states:::states:startExecution.sync:2", False),
    ("arn:aws:states:::aws-sdk:", True), ("arn:aws:states:::", True),
    (" arn:aws:scheduler:::aws-sdk:iam:createUser ", True), ("arn:aws:states:me-central-1:1:stateMachine:a", False),
    ("arn:aws:states:::aws-sdk:ec2:describeInstances.waitForTaskToken", False), ("a sentence", False),
])  # fmt: skip
def test_texts(text: str, is_refused: bool) -> None:
    assert bool(_unlisted_call(text)) is is_refused


@pytest.mark.parametrize("text", ["arn:aws:states:::" + "a:" * 10_000, "arn:aws:states:::aws-sdk:a:b" + ".a" * 10_000])
def test_long_texts_take_no_time(text: str) -> None:
    with within(0.5):
        _unlisted_call(text)
        _unlisted_call(text + "!")
