"""Azure budgets: amount, scope and recipients."""

from typing import Any

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.unit.components.azure_samples import BUDGET
from tests.unit.components.mocks import SUBSCRIPTION, Recording
from tests.unit.components.samples import program, recorded

TOLD = ["finops@example.ae", "platform@example.ae"]


def alarm(**changed: Any) -> Recording:
    return recorded(azure.BudgetAlarm, {**BUDGET, **changed})


def budget(**changed: Any) -> dict[str, Any]:
    return alarm(**changed).one("azure-native:consumption:Budget").inputs


def test_an_alarm_has_exactly_these_children() -> None:
    assert {name for _, name in alarm().names()} == {"uae-budget", "uae-told"}


def test_another_start_replaces_the_budget_whose_name_is_taken_until_then() -> None:
    resource = alarm().one("azure-native:consumption:Budget")
    assert resource.replace_on_changes == ("timePeriod.startDate",)
    assert resource.delete_before_replace


@pytest.mark.parametrize(("aed", "rate", "usd"), [(10000, 3.6725, 2722.94), (3.6725, 3.6725, 1.0), (100, 4, 25.0)])
def test_dirhams_become_dollars_rounded_down(aed: float, rate: float, usd: float) -> None:
    result = budget(aed_per_month=aed, aed_per_usd=rate)
    assert (result["amount"], result["category"], result["timeGrain"]) == (usd, "Cost", "Monthly")
    assert result["timePeriod"] == {"startDate": "2026-12-01T00:00:00Z"}


def test_the_cost_of_the_named_groups_counts_in_their_subscription() -> None:
    result = budget()
    assert result["scope"] == f"/subscriptions/{SUBSCRIPTION}"
    assert result["filter"] == {
        "dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["uae-group", "MC_uae"]}
    }


def whole(**changed: Any) -> dict[str, Any]:
    """A budget without groups."""
    args = {key: value for key, value in BUDGET.items() if key != "cost_groups"}
    return recorded(azure.BudgetAlarm, {**args, **changed}).one("azure-native:consumption:Budget").inputs


def test_the_whole_subscription_counts_where_nothing_is_named() -> None:
    assert "filter" not in whole()
    assert whole()["scope"] == f"/subscriptions/{SUBSCRIPTION}"


def tagged(key: str, value: str) -> dict[str, Any]:
    return {"tags": {"name": key, "operator": "In", "values": [value]}}


def test_one_tag_counts_alone_and_more_conditions_all_together() -> None:
    assert whole(cost_filter={"tenant": "retail"})["filter"] == tagged("tenant", "retail")
    assert whole(cost_filter={"project": "llm", "tenant": "retail"})["filter"] == {
        "and": [tagged("project", "llm"), tagged("tenant", "retail")]
    }
    groups = {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["uae-group", "MC_uae"]}}
    assert budget(cost_filter={"tenant": "retail"})["filter"] == {"and": [groups, tagged("tenant", "retail")]}


def test_a_given_action_group_is_used_and_none_is_created() -> None:
    topic = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/x/providers/microsoft.insights/actionGroups/all"
    recording = alarm(topic=topic)
    assert {name for _, name in recording.names()} == {"uae-budget"}
    notifications = recording.one("azure-native:consumption:Budget").inputs["notifications"]
    assert all(item["contactGroups"] == [topic] and item["contactEmails"] == TOLD for item in notifications.values())
    assert recording.outputs[recording.one("falaj:azure:BudgetAlarm").urn]["topic"] == topic


def test_sites_of_one_name_have_budgets_of_different_names() -> None:
    other = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/other"
    assert budget()["budgetName"] != budget(resource_group_id=other)["budgetName"]


def test_each_threshold_is_one_alarm_to_people_and_to_the_group() -> None:
    recording = alarm()
    action_group = recording.one("azure-native:monitor:ActionGroup")
    notifications = recording.one("azure-native:consumption:Budget").inputs["notifications"]
    assert {key: (item["thresholdType"], item["threshold"]) for key, item in notifications.items()} == {
        "actual-50": ("Actual", 50),
        "actual-80": ("Actual", 80),
        "forecasted-100": ("Forecasted", 100),
    }
    for item in notifications.values():
        assert (item["enabled"], item["operator"], item["contactEmails"]) == (True, "GreaterThanOrEqualTo", TOLD)
        assert [group.rsplit("/", 1)[-1] for group in item["contactGroups"]] == ["uae-told"]
    assert [receiver["emailAddress"] for receiver in action_group.inputs["emailReceivers"]] == TOLD
    assert len(action_group.inputs["groupShortName"]) <= 12


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"aed_per_month": 0}, r"aed_per_month: 0 is not allowed"),
        ({"aed_per_usd": -1}, r"aed_per_usd: "),
        ({"aed_per_month": 0.01}, r"uae: aed_per_month: 0.01 is not allowed; allowed: one US cent or more"),
        ({"notify": ["finops"]}, r"notify\.0: \"finops\" is not allowed"),
        ({"notify": []}, r"notify: "),
        ({"cost_groups": []}, r"cost_groups: "),
        ({"cost_filter": {}}, r"cost_filter: "),
        ({"cost_filter": {"tenant": "A b"}}, r"cost_filter.*tenant: \"A b\" is not allowed"),
        ({"start": "2026-12-15"}, r"start: "),
        ({"actual_percent": [0]}, r"actual_percent: .*from 1 to 1000"),
        ({"actual_percent": [50, 50]}, r"actual_percent: .*each percentage once"),
        ({"actual_percent": [10, 20, 30, 40, 50]}, r"at most 5 alarms, actual and forecast together"),
        ({"actual_percent": [], "forecast_percent": []}, r"actual_percent: "),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.BudgetAlarm, {**BUDGET, **changed})()
