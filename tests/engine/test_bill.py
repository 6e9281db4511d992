"""The estimated bill of the stacks, from the engine's plans: every resource has a price, unchanged ones included."""

import json

import pytest

from falaj.components.core.node_pools.system_capacity import system_pools
from tests.engine.conftest import MakeDeployed, MakeProject
from tests.unit.simulation.shipped_stacks import platform_of, settings_of

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("stack", ["dev", "prod-uae"])
def test_everything_that_a_stack_plans_is_priced(stack: str, make_project: MakeProject) -> None:
    project = make_project(name=f"bill-{stack}")
    ran = project.falaj("bill", "--stack", stack, "--json")
    assert ran.status == 0, ran.output[-2000:]
    bill, _ = json.JSONDecoder().raw_decode(ran.output[ran.output.index("{") :])
    assert bill["unpriced"] == []
    assert len(bill["sites"]) >= 1
    assert float(bill["totals"]["net_aed"]["expected"]) > 1000
    check_standing_charges(bill, f"Pulumi.{stack}.yaml")


def check_standing_charges(bill: dict, file: str) -> None:
    """Checks that the simulation charges, from the settings alone, what the estimate of the plan says."""
    billed: dict[str, float] = {}
    for line in bill["lines"]:
        billed[line["what"]] = billed.get(line["what"], 0.0) + float(line["usd"])
    settings, rate = settings_of(file), float(bill["rates"]["aed_per_usd"])
    system = [pool.machines[0] for site in settings.sites.values() for pool in system_pools(site.pools).values()]
    lines = {
        "control planes": ("eks cluster", "aks standard"),
        "NAT gateways": ("nat gateway", "ec2 public-ipv4", "public-ip standard"),
        "load balancers": ("elb network", "load-balancer rules"),
        "system nodes": tuple(f"machine {machine} on-demand" for machine in dict.fromkeys(system)),
    }
    simulated = platform_of(file).system_aed_per_month
    expected = {what: rate * sum(billed.get(line, 0.0) for line in names) for what, names in lines.items()}
    assert simulated == {what: pytest.approx(aed, rel=1e-3) for what, aed in expected.items() if aed}


def test_a_deployed_stack_costs_as_much_as_its_plan(make_project: MakeProject, make_deployed: MakeDeployed) -> None:
    project = make_project(name="bill-standing")

    def bill(*arguments: str) -> dict:
        ran = project.falaj("bill", "--stack", "dev", "--json", *arguments)
        assert ran.status == 0, ran.output[-2000:]
        return json.JSONDecoder().raw_decode(ran.output[ran.output.index("{") :])[0]

    planned = bill()["totals"]
    project.copy_state_from(make_deployed("dev", "bill-stood"))
    deployed = bill()
    assert deployed["totals"] == planned
    exported = project.folder / "state.json"
    exported.write_text(project.pulumi("stack", "export", "--stack", "dev").output)
    assert bill("--plan", str(exported))["totals"]["net_aed"] == planned["net_aed"]
    partial = project.folder / "partial.json"
    partial.write_text(project.run("preview", "dev", "--json").output)
    refused = project.falaj("bill", "--stack", "dev", "--plan", str(partial))
    assert refused.status == 2
    assert "--show-sames" in refused.output
