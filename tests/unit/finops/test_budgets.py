"""Budgets of the plan: their scope, and the percentage used."""

from decimal import Decimal

from tests.unit.finops.plans import AWS_NETWORK, TAGS, Row, agent_pool, plan, priced, urn

QUIET = "site_defaults: {key_requests: 0}"
KEY = ("aws:kms/key:Key", "uae-key", {"tags": TAGS})
NORTH = ("falaj:azure:Site", "north", {})
POOL = agent_pool("gpu", "Standard_NC40ads_H100_v5", 1, 1, tags=TAGS | {"site": "north", "tenant": "bank"})


def aws_budget(tags: dict[str, str], **more) -> tuple[str, str, dict]:
    parts = [{"tags": {"key": key, "matchOptions": ["EQUALS"], "values": [value]}} for key, value in tags.items()]
    props = {"timeUnit": "MONTHLY", "limitUnit": "USD", "limitAmount": "4.00", "filterExpression": {"ands": parts}}
    return "aws:budgets/budget:Budget", "uae-budget", props | more


def azure_budget(*parts: dict) -> Row:
    props = {"timeGrain": "Monthly", "amount": 14570.8, "filter": {"and": list(parts)}}
    return "azure-native:consumption:Budget", "north-budget", props, {"parent": urn(*NORTH[:2])}


def test_a_budget_looks_at_its_tags_in_its_cloud() -> None:
    (mine, other) = priced(
        plan(AWS_NETWORK, KEY, POOL, aws_budget({"site": "uae", "project": "llm"}), aws_budget({"project": "else"})),
        QUIET,
    ).budgets
    assert (mine.limit_usd, mine.usd.expected, mine.percent) == (4, 1, 25)
    assert mine.scope == {"site": "uae", "project": "llm"}
    assert other.usd.expected == 0


def test_a_budget_of_azure_looks_at_its_site_and_its_tenant() -> None:
    groups = {"dimensions": {"name": "ResourceGroupName", "operator": "In", "values": ["a", "b"]}}
    tenant = {"tags": {"name": "tenant", "operator": "In", "values": ["bank"]}}
    result = priced(
        plan(AWS_NETWORK, KEY, POOL, NORTH, azure_budget(groups), azure_budget(groups, tenant)), QUIET
    ).budgets
    assert [item.scope for item in result] == [{"site": "north"}, {"site": "north", "tenant": "bank"}]
    assert {entry.usd.expected for entry in result} == {730 * Decimal("9.98")}
    assert {element.percent for element in result} == {50}


def test_what_is_not_a_monthly_limit_in_dollars_is_left_out() -> None:
    rows = [aws_budget({}, timeUnit="QUARTERLY"), aws_budget({}, limitUnit="GB"), aws_budget({}, limitAmount="0")]
    assert priced(plan(*rows)).budgets == ()


def test_a_cluster_of_ones_own_pays_no_cloud_for_its_load_balancers() -> None:
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
    paid = [line.what for line in priced(plan(AWS_NETWORK, in_cloud)).lines]
    assert paid == ["elb network", "elb nlcu", "ec2 public-ipv4"]


def test_a_month_above_a_budget_is_warned_of() -> None:
    small = priced(plan(AWS_NETWORK, KEY, aws_budget({"site": "uae"}, limitAmount="0.50")), QUIET)
    [sentence] = [warning for warning in small.warnings if "uae-budget" in warning]
    assert sentence == (
        "budget uae-budget: the expected month, AED 3.67, is 200 % of its limit of AED 1.84: raise the limit, or lower "
        "the cost"
    )
    enough = priced(plan(AWS_NETWORK, KEY, aws_budget({"site": "uae"}, limitAmount="1.00")), QUIET)
    assert [warning for warning in enough.warnings if "uae-budget" in warning] == []
