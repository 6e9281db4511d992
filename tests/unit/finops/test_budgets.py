"""Budgets of the plan: their scope, and the expected cost as a share of the limit."""

from decimal import Decimal

from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, plan, priced, urn

NO_KEY_REQUESTS = "site_defaults: {key_requests: 0}"
KEY = ("aws:kms/key:Key", "uae-key", {"tags": TAGS})
NORTH = ("falaj:azure:Site", "north", {})
POOL = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"site": "north", "tenant": "bank"})


def aws_budget(tags: dict[str, str], **overrides) -> tuple[str, str, dict]:
    conditions = [{"tags": {"key": key, "matchOptions": ["EQUALS"], "values": [value]}} for key, value in tags.items()]
    props = {"timeUnit": "MONTHLY", "limitUnit": "USD", "limitAmount": "4.00", "filterExpression": {"ands": conditions}}
    return "aws:budgets/budget:Budget", "uae-budget", props | overrides


def azure_budget(*conditions: dict) -> Row:
    props = {"timeGrain": "Monthly", "amount": 14570.8, "filter": {"and": list(conditions)}}
    return "azure-native:consumption:Budget", "north-budget", props, {"parent": urn(*NORTH[:2])}


def test_an_aws_budget_covers_its_tags_in_its_cloud() -> None:
    (matching, other) = priced(
        plan(AWS_NETWORK, KEY, POOL, aws_budget({"site": "uae", "project": "llm"}), aws_budget({"project": "else"})),
        NO_KEY_REQUESTS,
    ).budgets
    assert (matching.limit_usd, matching.usd.expected, matching.percent) == (4, 1, 25)
    assert matching.scope == {"site": "uae", "project": "llm"}
    assert other.usd.expected == 0


def test_an_azure_budget_covers_its_site_and_its_tenant() -> None:
    groups = {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["a", "b"]}}
    tenant = {"tags": {"name": "tenant", "operator": "In", "values": ["bank"]}}
    result = priced(
        plan(AWS_NETWORK, KEY, POOL, NORTH, azure_budget(groups), azure_budget(groups, tenant)), NO_KEY_REQUESTS
    ).budgets
    assert [budget.scope for budget in result] == [{"site": "north"}, {"site": "north", "tenant": "bank"}]
    assert {budget.usd.expected for budget in result} == {730 * Decimal("9.98")}
    assert {budget.percent for budget in result} == {50}


def test_only_monthly_budgets_in_usd_are_read() -> None:
    rows = [aws_budget({}, timeUnit="QUARTERLY"), aws_budget({}, limitUnit="GB"), aws_budget({}, limitAmount="0")]
    assert priced(plan(*rows)).budgets == ()


def test_load_balancers_of_an_on_premises_cluster_have_no_cloud_cost() -> None:
    service = (
        "kubernetes:core/v1:Service",
        "lab-web",
        {"metadata": {"labels": {"site": "lab"}}, "spec": {"type": "LoadBalancer"}},
    )
    assert priced(plan(AWS_NETWORK, service)).lines == ()
    in_cloud = (
        "kubernetes:core/v1:Service",
        "uae-web",
        {"metadata": {"labels": TAGS}, "spec": {"type": "LoadBalancer"}},
    )
    assert [line.what for line in priced(plan(AWS_NETWORK, in_cloud)).lines] == ["elb network"]
