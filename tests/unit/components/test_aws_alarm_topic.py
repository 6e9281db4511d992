"""Permissions to publish to an alarm topic."""

import json

import pytest

from falaj.components.aws.money.alarm_topic import (
    ALARMS,
    ANOMALIES,
    BUDGETS,
    Publisher,
    publisher_key_use,
    topic_policy,
)

ACCOUNT = "123456789012"
SOURCES = [
    (BUDGETS, "budgets", f"arn:aws:budgets::{ACCOUNT}:*"),
    (ANOMALIES, "costalerts", f"arn:aws:ce::{ACCOUNT}:anomalysubscription/*"),
    (ALARMS, "cloudwatch", f"arn:aws:cloudwatch:*:{ACCOUNT}:alarm:*"),
]


@pytest.mark.parametrize(("publisher", "service", "source"), SOURCES)
def test_a_service_publishes_for_this_account_only(publisher: Publisher, service: str, source: str) -> None:
    allowed, tls = json.loads(topic_policy(ACCOUNT, "arn:topic", (publisher,)))["Statement"]
    assert (allowed["Effect"], allowed["Principal"]) == ("Allow", {"Service": f"{service}.amazonaws.com"})
    assert (allowed["Action"], allowed["Resource"]) == (["sns:Publish"], ["arn:topic"])
    assert allowed["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT},
        "ArnLike": {"aws:SourceArn": source},
    }
    assert (tls["Sid"], tls["Effect"]) == ("TlsOnly", "Deny")
    assert tls["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_nobody_but_the_publishers_is_named() -> None:
    statements = json.loads(topic_policy(ACCOUNT, "arn:topic", (BUDGETS, ALARMS)))["Statement"]
    assert [statement["Sid"] for statement in statements] == ["BudgetsPublish", "AlarmsPublish", "TlsOnly"]


def test_the_key_is_for_what_they_publish_for_this_account() -> None:
    uses = publisher_key_use(ACCOUNT, (BUDGETS, ANOMALIES))
    assert [(use.principals, list(use.actions)) for use in uses] == [
        ({"Service": f"{service}.amazonaws.com"}, ["kms:GenerateDataKey*", "kms:Decrypt"])
        for service in ("budgets", "costalerts")
    ]
    assert all(use.conditions == {"StringEquals": {"aws:SourceAccount": ACCOUNT}} for use in uses)
