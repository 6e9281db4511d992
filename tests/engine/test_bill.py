"""The bill of the stacks as the engine plans them: everything has a price, and what stays is counted."""

import json

import pytest

from tests.engine.conftest import MakeProject, Stands

pytestmark = pytest.mark.engine


@pytest.mark.parametrize("stack", ["dev", "prod-uae"])
def test_everything_that_a_stack_plans_is_priced(stack: str, make_project: MakeProject) -> None:
    project = make_project(name=f"bill-{stack}")
    ran = project.falaj("bill", "--stack", stack, "--json")
    assert ran.status == 0, ran.output[-2000:]
    found, _ = json.JSONDecoder().raw_decode(ran.output[ran.output.index("{") :])
    assert found["unpriced"] == []
    assert len(found["sites"]) >= 1
    assert float(found["totals"]["net_aed"]["expected"]) > 1000


def test_a_stack_that_stands_costs_what_it_was_planned_to(make_project: MakeProject, stands: Stands) -> None:
    project = make_project(name="bill-standing")

    def bill(*arguments: str) -> dict:
        ran = project.falaj("bill", "--stack", "dev", "--json", *arguments)
        assert ran.status == 0, ran.output[-2000:]
        return json.JSONDecoder().raw_decode(ran.output[ran.output.index("{") :])[0]

    planned = bill()["totals"]
    project.take_over(stands("dev", "bill-stood"))
    standing = bill()
    assert standing["totals"] == planned
    exported = project.folder / "state.json"
    exported.write_text(project.pulumi("stack", "export", "--stack", "dev").output)
    assert bill("--plan", str(exported))["totals"]["net_aed"] == planned["net_aed"]
    partial = project.folder / "partial.json"
    partial.write_text(project.run("preview", "dev", "--json").output)
    refused = project.falaj("bill", "--stack", "dev", "--plan", str(partial))
    assert refused.status == 2
    assert "--show-sames" in refused.output
