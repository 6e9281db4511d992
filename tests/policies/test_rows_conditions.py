"""Conditions of rows: `when`, `unless`, and the defaults of unset properties."""

import pytest

from tests.samples import COST_TAGS as TAGS

from .harness import UNKNOWN, Given, Pack, blocking, rules

PACK = Pack()


def reported_and_blocking(token: str, props: dict[str, object], prefix: str = "FJ-ENC") -> tuple[set[str], set[str]]:
    """Returns (reported rules, blocking rules) of one concern."""
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
def test_when_and_the_condition_apply_to_the_same_list_item(
    devices: list[object], reported: bool, stopped: bool
) -> None:
    reports, stops = reported_and_blocking(AMI, {"ebsBlockDevices": devices})
    assert (bool(reports), bool(stops)) == (reported, stopped)


EXTERNAL, INTERNAL = {"enabled": True, "mode": "External"}, {"enabled": True, "mode": "Internal"}
OFF: dict[str, object] = {"enabled": False, "mode": "External"}


@pytest.mark.parametrize(
    ("gateways", "stopped"),
    [
        ([EXTERNAL], True),
        ([OFF, EXTERNAL], True),
        ([{}, EXTERNAL], True),
        ([EXTERNAL, OFF], True),
        ([OFF, INTERNAL], False),
        ([OFF], False),
    ],
)
def test_the_item_is_the_same_where_only_one_path_may_be_absent(gateways: list[object], stopped: bool) -> None:
    """The row's path has `a?`, which its `when` has not: a gateway that is off must not hide one that is public."""
    mesh = {"mode": "Istio", "istio": {"components": {"ingressGateways": gateways}}}
    props: dict[str, object] = {
        "networkProfile": {"networkPolicy": "cilium"},
        "apiServerAccessProfile": {"enablePrivateCluster": True},
        "serviceMeshProfile": mesh,
    }
    token = "azure-native:containerservice:ManagedCluster"
    assert ("FJ-EXP-203" in reported_and_blocking(token, props, "FJ-EXP")[1]) is stopped


STREAM = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"


@pytest.mark.parametrize("source", ["kinesisSourceConfiguration", "mskSourceConfiguration"])
def test_a_row_does_not_apply_where_its_unless_property_is_set(source: str) -> None:
    base: dict[str, object] = {"destination": "extended_s3"}
    assert reported_and_blocking(STREAM, base)[1] == {"FJ-ENC-105"}
    assert reported_and_blocking(STREAM, {**base, source: {"roleArn": "arn:aws:iam::123456789012:role/a"}})[0] == set()
    assert reported_and_blocking(STREAM, {**base, source: UNKNOWN})[0] == set()
    for empty in ({}, []):
        assert reported_and_blocking(STREAM, {**base, source: empty})[1] == {"FJ-ENC-105"}


@pytest.mark.parametrize(
    ("token", "props", "rule"),
    [
        ("azure-native:web:WebApp", {"httpsOnly": True}, "FJ-ENC-411"),
        ("azure-native:web:WebApp", {"httpsOnly": True, "siteConfig": {"ftpsState": "AllAllowed"}}, "FJ-ENC-411"),
        ("aws:sns/topicSubscription:TopicSubscription", {"protocol": "http"}, "FJ-ENC-408"),
    ],
)
def test_an_unset_property_is_evaluated_by_its_default(token: str, props: dict[str, object], rule: str) -> None:
    assert reported_and_blocking(token, props)[1] == {rule}
