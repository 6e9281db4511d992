"""FinOps of an AWS account: alerts, cost categories, and the optional resources."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.aws.money.cost_categories import category_name
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import FINOPS
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

CATEGORY, TAG = "aws:costexplorer/costCategory:CostCategory", "aws:costexplorer/costAllocationTag:CostAllocationTag"
MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor"
SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription"
TOPIC = "arn:aws:sns:me-central-1:123456789012:topic/uae-topic"
BARE: dict[str, Any] = {"business_units": {}, "activate_tags": False, "export": False}
ALWAYS = {
    "uae-key", "uae-key-alias", "uae-topic", "uae-topic-policy", "uae-services", "uae-anomalies-daily",
    "uae-anomalies-immediate", "uae-mail-finops@example.ae", "uae-mail-platform@example.ae",
}  # fmt: skip
OWN_MONITOR = "arn:aws:ce::123456789012:anomalymonitor/12345678-1234-1234-1234-123456789012"


def made(**changed: Any) -> Recording:
    return recorded(aws.FinOps, {**FINOPS, **changed})


def names(seen: Recording) -> set[str]:
    return {name for _, name in seen.names()}


def test_each_option_is_independent_of_the_others() -> None:
    bare = made(**BARE)
    assert names(bare) == ALWAYS
    tags = {f"uae-tag-{key}" for key in (*TAGS, "site", "tenant")}
    assert names(made(**{**BARE, "activate_tags": True})) == ALWAYS | tags
    assert names(made(**{**BARE, "business_units": {"retail": ["cards"]}})) == ALWAYS | {"uae-units"}
    exported = names(made(**{**BARE, "export": True})) - ALWAYS
    assert exported
    assert all(name.startswith("uae-export-") for name in exported)
    full = made()
    for child in bare.custom():
        assert full.one(child.typ, child.name).inputs == child.inputs


def test_by_default_the_export_is_the_only_optional_resource() -> None:
    default = {key: value for key, value in FINOPS.items() if key not in ("business_units", "activate_tags")}
    recording = recorded(aws.FinOps, default)
    assert {child.typ for child in recording.resources if child.typ.startswith("falaj:")} == {
        "falaj:aws:FinOps",
        "falaj:aws:CostExport",
    }
    assert not recording.of(TAG)
    assert not recording.of(CATEGORY)


def test_people_are_notified_daily_and_topics_immediately() -> None:
    recording = made()
    daily = recording.one(SUBSCRIPTION, "uae-anomalies-daily").inputs
    assert daily["frequency"] == "DAILY"
    assert daily["subscribers"] == [
        {"type": "EMAIL", "address": "finops@example.ae"},
        {"type": "EMAIL", "address": "platform@example.ae"},
    ]
    immediate = recording.one(SUBSCRIPTION, "uae-anomalies-immediate").inputs
    assert immediate["frequency"] == "IMMEDIATE"
    assert immediate["subscribers"] == [{"type": "SNS", "address": TOPIC}]
    for subscription in (daily, immediate):
        assert subscription["monitorArnLists"] == [
            "arn:aws:costexplorer:me-central-1:123456789012:anomalymonitor/uae-services"
        ]


def test_people_get_alarms_by_mail_without_duplicates() -> None:
    mails = made().of("aws:sns/topicSubscription:TopicSubscription")
    assert {mail.inputs["endpoint"] for mail in mails} == set(FINOPS["notify"])
    for mail in mails:
        assert (mail.inputs["topic"], mail.inputs["protocol"]) == (TOPIC, "email")
        assert mail.inputs["filterPolicyScope"] == "MessageBody"
        assert document(mail.inputs["filterPolicy"]) == {"AlarmName": [{"exists": True}]}


def test_an_anomaly_is_reported_if_it_is_large_in_dirhams_and_in_percent() -> None:
    def threshold_of(**changed: Any) -> object:
        return made(**changed).one(SUBSCRIPTION, "uae-anomalies-daily").inputs["thresholdExpression"]

    def both(usd: str, percent: str) -> object:
        dimensions = (("ANOMALY_TOTAL_IMPACT_ABSOLUTE", usd), ("ANOMALY_TOTAL_IMPACT_PERCENTAGE", percent))
        return {
            "ands": [
                {"dimension": {"key": key, "values": [value], "matchOptions": ["GREATER_THAN_OR_EQUAL"]}}
                for key, value in dimensions
            ]
        }

    assert threshold_of() == both("136.14", "40")
    assert threshold_of(anomaly_aed=3672.5, anomaly_percent=10) == both("1000.00", "10")


def test_subscriptions_wait_for_the_publish_permission() -> None:
    recording = made()
    policy = recording.one("aws:sns/topicPolicy:TopicPolicy")
    assert policy.urn in recording.one(SUBSCRIPTION, "uae-anomalies-immediate").depends_on
    sids = [statement["Sid"] for statement in document(policy.inputs["policy"])["Statement"]]
    assert sids == ["BudgetsPublish", "AnomaliesPublish", "AlarmsPublish", "TlsOnly"]
    uses = document(recording.one("aws:kms/key:Key", "uae-key").inputs["policy"])["Statement"][1:]
    assert [use["Sid"] for use in uses] == ["BudgetsEncrypt", "AnomaliesEncrypt", "AlarmsEncrypt"]


def test_the_account_has_one_service_monitor() -> None:
    monitor = made().one(MONITOR).inputs
    assert (monitor["monitorType"], monitor["monitorDimension"]) == ("DIMENSIONAL", "SERVICE")
    with_monitor = made(monitor_arn=OWN_MONITOR, create_monitor=False)
    assert not with_monitor.of(MONITOR)
    assert with_monitor.one(SUBSCRIPTION, "uae-anomalies-daily").inputs["monitorArnLists"] == [OWN_MONITOR]


def test_every_tag_that_splits_the_bill_is_activated() -> None:
    tags = made().of(TAG)
    assert {tag.inputs["tagKey"] for tag in tags} == {*TAGS, "site", "tenant"}
    assert {tag.inputs["status"] for tag in tags} == {"Active"}


def test_a_charge_is_of_the_unit_whose_tenant_it_is_else_of_the_platform_else_of_others() -> None:
    category = made().one(CATEGORY).inputs
    mine = [("project", [TAGS["project"]]), ("environment", [TAGS["environment"]])]
    result = [
        (rule["value"], [(tag["tags"]["key"], tag["tags"]["values"]) for tag in rule["rule"]["ands"]])
        for rule in category["rules"]
    ]
    assert result == [
        ("retail-banking", [*mine, ("tenant", ["retail", "cards"])]),
        ("treasury", [*mine, ("tenant", ["treasury"])]),
        ("shared-platform", mine),
    ]
    assert category["defaultValue"] == "other"
    assert category["splitChargeRules"] == [
        {"method": "PROPORTIONAL", "source": "shared-platform", "targets": ["retail-banking", "treasury"]}
    ]


def test_a_cost_category_has_a_name_that_aws_accepts() -> None:
    assert category_name({**TAGS, "project": "arabic.llm", "environment": "prod"}) == "units prod arabic-llm"
    assert len(category_name({**TAGS, "project": "x" * 63})) == 50


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"anomaly_aed": 0}, r"anomaly_aed: 0 is not allowed"),
        ({"anomaly_percent": 0}, r"anomaly_percent: 0 is not allowed"),
        ({"notify": []}, r"notify: \[\] is not allowed"),
        ({"monitor_arn": "services"}, r"monitor_arn: \"services\" is not allowed"),
        ({"business_units": {"retail": []}}, r"business_units\.retail: \[\] is not allowed"),
        ({"business_units": {"other": ["a"]}}, r"business_units\.other: \"other\" is not allowed"),
        ({"business_units": {"re.tail": ["a"]}}, r"business_units\.re\.tail: \"re\.tail\" is not allowed"),
        ({"business_units": {"b1": ["a"], "b2": ["a"]}}, r"business_units\.b2: \"a\" .*\(already in b1\)"),
    ],
)
def test_invalid_arguments_are_rejected(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        made(**changed)


def test_an_account_of_any_kind_takes_the_defaults() -> None:
    """AWS refuses a second monitor of services, and cost categories and tags of a member account."""
    given = ("business_units", "activate_tags", "create_monitor")
    recording = recorded(aws.FinOps, {key: value for key, value in FINOPS.items() if key not in given})
    assert not {item.typ for item in recording.custom()} & {MONITOR, SUBSCRIPTION, CATEGORY, TAG}
    assert recording.outputs[recording.one("falaj:aws:FinOps").urn]["monitor_arn"] == "none"


def test_anomalies_are_reported_by_e_mail_only() -> None:
    recording = made(email_only=True)
    assert [item.inputs["frequency"] for item in recording.of(SUBSCRIPTION)] == ["DAILY"]


def test_a_monitor_is_created_or_given() -> None:
    with pytest.raises(BadArguments, match=r"create_monitor: true is not allowed; allowed: only without `monitor_arn`"):
        made(monitor_arn=OWN_MONITOR)
