"""App Service plans and container groups: amounts by hand, and what has no price."""

from decimal import Decimal
from typing import Any

import pytest

from falaj.finops.lines import Basis
from falaj.finops.plan import UNKNOWN

from .azure_lines import HOURS, RATIO, lines, usd, without_price
from .plans import urn

PLAN, GROUP = "azure-native:web:AppServicePlan", "azure-native:containerinstance:ContainerGroup"
RULES = "azure-native:monitor:AutoscaleSetting"
LINUX = {"reserved": True}
FUNCTION, WORKFLOW = (Decimal("0.16"), Decimal("0.0114")), (Decimal("0.192"), Decimal("0.0137"))
"""USD an hour of a vCPU and of a GiB, of the plan Premium of Azure Functions and of Standard of Logic Apps."""
VCPU, GB = Decimal("0.0405"), Decimal("0.00445")


def sku(name: object, capacity: object = None) -> dict[str, Any]:
    return {"sku": {"name": name} | ({} if capacity is None else {"capacity": capacity})}


def group(cpu: object = 2, memory: object = 4, **more: Any) -> dict[str, Any]:
    container = {"name": "app", "resources": {"requests": {"cpu": cpu, "memoryInGB": memory}}}
    return {"osType": "Linux", "containers": [container]} | more


TWO = {"containers": [*group(1, 1.5)["containers"], *group(0.5, 0.5)["containers"]]}


@pytest.mark.parametrize(
    ("kind", "props", "an_hour"),
    [
        (PLAN, sku("P1v3", 3), 3 * Decimal("0.315")),
        (PLAN, sku("P1v3", 3) | LINUX, 3 * Decimal("0.155")),
        (PLAN, sku("P1V3") | LINUX | {"kind": "linux"}, Decimal("0.155")),
        (PLAN, sku("P0v3", 2) | LINUX | {"zoneRedundant": True}, 2 * Decimal("0.0775")),
        (PLAN, sku("P0v3") | LINUX | {"zoneRedundant": True}, 2 * Decimal("0.0775")),
        (PLAN, sku("P2mv4", 4) | LINUX, 4 * Decimal("0.371")),
        (PLAN, sku("B1") | LINUX, Decimal("0.017")),
        (PLAN, sku("B1"), Decimal("0.075")),
        (PLAN, sku("S2", 2), Decimal("0.4")),
        (PLAN, sku("P1v2", 1) | LINUX, Decimal("0.101")),
        (PLAN, sku("I1v2", 3) | {"hostingEnvironmentProfile": {"id": "ase"}}, 3 * Decimal("0.547")),
        (PLAN, sku("P1v3", 2) | LINUX | {"elasticScaleEnabled": True, "maximumElasticWorkerCount": 10},
         10 * Decimal("0.155")),
        (PLAN, sku("P1v3", 2) | LINUX | {"elasticScaleEnabled": False, "maximumElasticWorkerCount": 10},
         2 * Decimal("0.155")),
        (PLAN, sku("EP1") | {"maximumElasticWorkerCount": 1}, FUNCTION[0] + Decimal("3.5") * FUNCTION[1]),
        (PLAN, sku("EP3", 2) | {"maximumElasticWorkerCount": 20}, 20 * (4 * FUNCTION[0] + 14 * FUNCTION[1])),
        (PLAN, sku("WS2", 1) | {"maximumElasticWorkerCount": 3}, 3 * (2 * WORKFLOW[0] + 7 * WORKFLOW[1])),
        (GROUP, group(), 2 * VCPU + 4 * GB),
        (GROUP, TWO, Decimal("1.5") * VCPU + 2 * GB),
        (GROUP, group(0.25, 0.5), VCPU + GB),  # each group has one vCPU and one GB at least
        (GROUP, group(priority="Spot"), 2 * Decimal("0.01215") + 4 * Decimal("0.001335")),
        (GROUP, group(sku="Confidential"), 2 * Decimal("0.04455") + 4 * Decimal("0.004895")),
        (GROUP, group(osType="Windows"), 2 * (VCPU + Decimal("0.000012") * 3600) + 4 * GB),
        (GROUP, group(restartPolicy="Never"), 2 * VCPU + 4 * GB),
    ],
)  # fmt: skip
def test_amounts(kind: str, props: dict[str, Any], an_hour: Decimal) -> None:
    assert abs(usd(kind, props) - an_hour * HOURS * RATIO) < Decimal("0.000001")


def test_instances_that_are_added_automatically_count_at_their_maximum() -> None:
    (line,) = lines(PLAN, sku("P1v3", 2) | LINUX | {"elasticScaleEnabled": True, "maximumElasticWorkerCount": 10})
    assert (line.usd.min * 5, line.usd.expected) == (line.usd.max, line.usd.max)


@pytest.mark.parametrize(
    "target",
    [
        {"targetResourceUri": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/serverfarms/asp"},
        {"targetResourceUri": UNKNOWN},
    ],
)
def test_rules_that_scale_a_plan_bound_its_instances(target: dict[str, Any]) -> None:
    capacities = ({"minimum": "2", "maximum": "6", "default": "3"}, {"minimum": "1", "maximum": "8", "default": "1"})
    linked = (
        {"dependencies": {"targetResourceUri": [urn(PLAN, "it")]}} if target["targetResourceUri"] is UNKNOWN else {}
    )
    props = {"name": "asp"} | sku("P1v3", 1) | LINUX
    rules = (RULES, "r", {"profiles": [{"capacity": each} for each in capacities]} | target, linked)
    (line,) = lines(PLAN, props, rules)
    instance = Decimal("0.155") * RATIO * HOURS
    assert (line.usd.min, line.usd.expected, line.usd.max) == (3 * instance, 8 * instance, 8 * instance)
    for profiles in (UNKNOWN, [{"capacity": UNKNOWN}], [{"capacity": {"maximum": UNKNOWN}}], [UNKNOWN]):
        unknown = (RULES, "r", {"profiles": profiles} | target, linked)
        assert without_price(PLAN, props, unknown), profiles
    other = {"targetResourceUri": "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Web/serverfarms/other"}
    assert usd(PLAN, props, (RULES, "r", {"profiles": [{"capacity": capacities[0]}]} | other)) == instance


def test_a_group_that_ends_by_itself_may_not_run_at_all() -> None:
    for policy in ("Never", "OnFailure"):
        assert {line.usd.min for line in lines(GROUP, group(restartPolicy=policy))} == {0}
    assert all(line.usd.min == line.usd.max for line in lines(GROUP, group(restartPolicy="Always")))


@pytest.mark.parametrize("name", ["F1", "Free"])
def test_a_free_plan_costs_nothing(name: str) -> None:
    assert lines(PLAN, sku(name)) == []


@pytest.mark.parametrize("name", ["Y1", "FC1"])
def test_a_plan_by_consumption_is_charged_by_use(name: str) -> None:
    (line,) = lines(PLAN, sku(name))
    assert (line.priced, line.charge.basis) == (False, Basis.USAGE)


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (PLAN, {}),
        *((PLAN, sku(name) | LINUX) for name in ("D1", "Shared", "P9v9", "K1", "I1", "EP9", UNKNOWN)),
        (PLAN, sku("P1v3", UNKNOWN)),
        (PLAN, sku("P1v3") | {"reserved": UNKNOWN}),
        (PLAN, sku("P1v3") | {"zoneRedundant": UNKNOWN}),
        (PLAN, sku("P1v3") | {"elasticScaleEnabled": UNKNOWN}),
        (PLAN, sku("P1v3") | {"elasticScaleEnabled": True}),
        (PLAN, sku("P1v3") | {"elasticScaleEnabled": True, "maximumElasticWorkerCount": UNKNOWN}),
        (PLAN, sku("EP1")),
        (PLAN, sku("WS1")),
        (GROUP, {}),
        (GROUP, {"containers": UNKNOWN}),
        (GROUP, {"containers": [UNKNOWN]}),
        (GROUP, {"containers": [{"name": "app"}]}),
        (GROUP, {"containers": [{"name": "app", "resources": UNKNOWN}]}),
        (GROUP, group(UNKNOWN)),
        (GROUP, group(2, UNKNOWN)),
        (GROUP, group(priority=UNKNOWN)),
        (GROUP, group(sku=UNKNOWN)),
        (GROUP, group(osType=UNKNOWN)),
        (GROUP, group(sku="Dedicated")),
        (GROUP, group(sku="Confidential", priority="Spot")),
        (GROUP, {"containers": [{"resources": {"requests": {"cpu": 4, "memoryInGB": 8,
                                                            "gpu": {"count": 1, "sku": "V100"}}}}]}),
        (GROUP, {"containers": [{"resources": {"requests": {"cpu": 4, "memoryInGB": 8, "gpu": UNKNOWN}}}]}),
    ],
)  # fmt: skip
def test_what_has_no_price_exists_all_the_same(kind: str, props: dict[str, Any]) -> None:
    assert without_price(kind, props)
