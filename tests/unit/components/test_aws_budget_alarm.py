"""AWS budgets: amount, scope and subscribers."""

from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.aws_samples import BUDGET
from tests.unit.components.mocks import Recording, document
from tests.unit.components.samples import recorded

TOPIC = "arn:aws:sns:me-central-1:123456789012:topic/uae-topic"


def alarm(**changed: Any) -> Recording:
    return recorded(aws.BudgetAlarm, {**BUDGET, **changed})


def budget(**changed: Any) -> dict[str, Any]:
    return alarm(**changed).one("aws:budgets/budget:Budget").inputs


def test_an_alarm_has_exactly_these_children() -> None:
    assert {name for _, name in alarm().names()} == {
        "uae-monthly", "uae-topic", "uae-topic-policy", "uae-key", "uae-key-alias",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("aed", "rate", "usd"), [(10000, 3.6725, "2722.94"), (3.6725, 3.6725, "1.00"), (100, 4, "25.00")]
)
def test_dirhams_become_dollars_rounded_down(aed: float, rate: float, usd: str) -> None:
    result = budget(aed_per_month=aed, aed_per_usd=rate)
    assert (result["limitAmount"], result["limitUnit"]) == (usd, "USD")
    assert (result["budgetType"], result["timeUnit"]) == ("COST", "MONTHLY")
    assert result["timePeriodStart"] == "2026-12-01_00:00"


def test_costs_count_that_carry_all_of_the_tags() -> None:
    result = budget()
    assert result["filterExpression"] == {
        "ands": [
            {"tags": {"key": key, "values": [TAGS[key]], "matchOptions": ["EQUALS"]}}
            for key in ("project", "business-unit", "environment")
        ]
    }
    assert result["metrics"] == "UnblendedCost"
    # AWS rejects both in combination with a filter expression.
    assert not {"costFilters", "costTypes"} & set(result)


@pytest.mark.parametrize("whose", [{"project": "falaj", "site": "uae"}, {"project": "falaj", "tenant": "retail"}])
def test_a_filter_says_which_tags_a_cost_must_all_carry(whose: dict[str, str]) -> None:
    assert budget(cost_filter=whose)["filterExpression"] == {
        "ands": [{"tags": {"key": key, "values": [value], "matchOptions": ["EQUALS"]}} for key, value in whose.items()]
    }


def test_a_filter_of_one_tag_is_not_joined() -> None:
    assert budget(cost_filter={"site": "uae"})["filterExpression"] == {
        "tags": {"key": "site", "values": ["uae"], "matchOptions": ["EQUALS"]}
    }


def test_a_given_topic_is_used_and_none_is_created() -> None:
    topic_arn = "arn:aws:sns:me-central-1:123456789012:shared"
    recording = alarm(topic_arn=topic_arn)
    assert {name for _, name in recording.names()} == {"uae-monthly"}
    notifications = recording.one("aws:budgets/budget:Budget").inputs["notifications"]
    assert [notification["subscriberSnsTopicArns"] for notification in notifications] == [[topic_arn]] * 3
    own, shared = budget(), recording.one("aws:budgets/budget:Budget").inputs
    assert {key for key in own if own[key] != shared[key]} == {"notifications"}


def test_each_threshold_notifies_people_and_the_topic() -> None:
    notifications = budget()["notifications"]
    assert {(n["notificationType"], n["threshold"]) for n in notifications} == {
        ("ACTUAL", 50),
        ("ACTUAL", 80),
        ("FORECASTED", 100),
    }
    for notification in notifications:
        assert notification["thresholdType"] == "PERCENTAGE"
        assert notification["comparisonOperator"] == "GREATER_THAN"
        assert notification["subscriberEmailAddresses"] == ["finops@example.ae", "platform@example.ae"]
        assert notification["subscriberSnsTopicArns"] == [TOPIC]


def test_the_topic_is_encrypted_with_a_key_that_budgets_may_use() -> None:
    recording = alarm()
    topic, key = recording.one("aws:sns/topic:Topic").inputs, recording.one("aws:kms/key:Key").inputs
    assert topic["kmsMasterKeyId"].endswith("key/uae-key")
    use = document(key["policy"])["Statement"][1]
    assert use["Principal"] == {"Service": "budgets.amazonaws.com"}
    assert use["Condition"] == {"StringEquals": {"aws:SourceAccount": "123456789012"}}


def test_the_budget_waits_for_the_publish_permission() -> None:
    recording = alarm()
    policy = recording.one("aws:sns/topicPolicy:TopicPolicy")
    assert policy.inputs["arn"] == TOPIC
    assert {s["Sid"] for s in document(policy.inputs["policy"])["Statement"]} == {"BudgetsPublish", "TlsOnly"}
    assert policy.urn in recording.one("aws:budgets/budget:Budget").depends_on


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"aed_per_month": 0}, r"aed_per_month: 0 is not allowed"),
        ({"actual_percent": []}, r"actual_percent: \[\] is not allowed"),
        ({"actual_percent": [0]}, r"actual_percent: \[0\] is not allowed"),
        ({"notify": []}, r"notify: \[\] is not allowed"),
        ({"notify": ["nobody"]}, r"notify\.0: \"nobody\" is not allowed"),
        ({"cost_filter": {}}, r"cost_filter: \{\} is not allowed"),
        ({"cost_filter": {"Site": "uae"}}, r"cost_filter\.Site: \"uae\" is not allowed"),
        ({"cost_filter": {"site": ""}}, r"cost_filter\.site: \"\" is not allowed"),
        ({"start": "2026-12-15"}, r"start: \"2026-12-15\" is not allowed"),
        ({"notify": [f"ops-{number}@bank.example" for number in range(11)]}, r"notify: "),
        ({"actual_percent": [10, 20, 30, 40, 50]}, r"at most 5 alarms, actual and forecast together"),
        ({"actual_percent": [10, 20, 30, 40, 50], "forecast_percent": [1, 2, 3, 4, 5, 6]}, r"forecast_percent"),
    ],
)
def test_impossible_budgets_are_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        alarm(**changed)


def test_less_than_a_cent_is_refused_with_one_sentence() -> None:
    with pytest.raises(BadArguments, match=r"aed_per_month: .* is not allowed; allowed: .*cent"):
        alarm(aed_per_month=0.01)


def test_a_budget_can_notify_by_e_mail_only() -> None:
    recording = recorded(aws.BudgetAlarm, {**BUDGET, "email_only": True})
    assert {item.typ for item in recording.custom()} == {"aws:budgets/budget:Budget"}
    notifications = recording.one("aws:budgets/budget:Budget").inputs["notifications"]
    assert all("subscriberSnsTopicArns" not in notification for notification in notifications)
    assert recording.outputs[recording.one("falaj:aws:BudgetAlarm").urn]["topic_arn"] == "none"
