"""Conditions of rows: `when`, `unless`, and defaults of properties that are not set."""

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()


def said_of(token: str, props: dict[str, object], prefix: str = "FJ-ENC") -> tuple[set[str], set[str]]:
    """(rules that say anything, rules that stop) of one concern."""
    reports = [
        item for item in PACK.evaluate_resource(Given(token, {"tags": TAGS, **props})) if item.rule.startswith(prefix)
    ]
    return rules(reports), blocking(reports)


AMI = "aws:ec2/ami:Ami"


RESTORED, NEW = {"deviceName": "/dev/xvda", "snapshotId": "snap-1"}, {"deviceName": "/dev/xvdb"}


@pytest.mark.parametrize(
    ("devices", "reported", "stopped"),
    [
        ([RESTORED, {**NEW, "encrypted": True}], False, False),
        ([RESTORED, {**NEW, "encrypted": False}], True, True),
        ([{**NEW, "encrypted": False}, RESTORED], True, True),
        ([RESTORED, NEW], True, True),
        ([RESTORED], False, False),
        ([{**RESTORED, "snapshotId": UNKNOWN}, {**NEW, "encrypted": True}], True, False),
        ([{**NEW, "encrypted": UNKNOWN}], True, False),
        ([], False, False),
    ],
)
def test_a_limit_is_asked_of_the_same_item(devices: list[object], reported: bool, stopped: bool) -> None:
    reports, stops = said_of(AMI, {"ebsBlockDevices": devices})
    assert (bool(reports), bool(stops)) == (reported, stopped)


STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"


@pytest.mark.parametrize("source", ["kinesisSourceConfiguration", "mskSourceConfiguration"])
def test_a_row_says_nothing_where_another_property_makes_it_pointless(source: str) -> None:
    base: dict[str, object] = {"destination": "extended_s3"}
    assert said_of(STREAM, base)[1] == {"FJ-ENC-105"}
    assert said_of(STREAM, {**base, source: {"roleArn": "arn:aws:iam::123456789012:role/a"}})[0] == set()
    assert said_of(STREAM, {**base, source: UNKNOWN})[0] == set()
    for nothing in ({}, []):
        assert said_of(STREAM, {**base, source: nothing})[1] == {"FJ-ENC-105"}


@pytest.mark.parametrize(
    ("token", "given", "rule"),
    [
        ("azure-native:web:WebApp", {"httpsOnly": True}, "FJ-ENC-411"),
        ("azure-native:web:WebApp", {"httpsOnly": True, "siteConfig": {"ftpsState": "AllAllowed"}}, "FJ-ENC-411"),
        ("aws:sns/topicSubscription:TopicSubscription", {"protocol": "http"}, "FJ-ENC-408"),
    ],
)
def test_what_is_left_out_is_judged_by_its_default(token: str, given: dict[str, object], rule: str) -> None:
    assert said_of(token, given)[1] == {rule}
