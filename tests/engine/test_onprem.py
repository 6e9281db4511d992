"""An on-premises cluster on the real engine with the policy pack: only if listed, with an encrypted kubeconfig."""

import json
from pathlib import Path

import pytest

from tests.engine.conftest import MakeProject, use_pack
from tests.engine.program import STACK, Program
from tests.unit.components.onprem_samples import KEY, SERVER, kubeconfig

pytestmark = pytest.mark.engine
SOURCE = Path(__file__).with_name("onprem_program.py")


def _program(make_project: MakeProject, allowed: list[str], text: str = kubeconfig()) -> Program:
    """Creates the program with a copy of the policy pack whose allowed clusters are `allowed`."""
    program = Program(make_project(SOURCE, "onprem").session)
    use_pack(program.folder, lambda settings: settings["kubernetes"].update(allowed_clusters=allowed))
    program.session.ensure_stack(STACK)
    configured = program.pulumi("config", "set", "--secret", "falaj:dc1Kubeconfig", text, "--stack", STACK)
    assert configured.status == 0, configured.output
    return program


def test_a_listed_cluster_is_deployed_and_destroyed(make_project: MakeProject) -> None:
    program = _program(make_project, [SERVER])
    output = program.succeed_with_pack("up").output
    try:
        state = json.dumps(program.state(STACK))
        assert KEY not in state
        assert KEY not in output
        shown = program.pulumi("stack", "output", "--json", "--stack", STACK)
        assert json.loads(shown.output)["site"]["endpoint"] == SERVER
        assert "[secret]" not in shown.output
        program.succeed("up", "--expect-no-changes")
        kinds = {kind.rsplit(":", 1)[-1] for kind, _ in program.ids_in_clouds()}
        assert {"NodePatch", "ClusterQueue", "ResourceFlavor", "Namespace"} <= kinds
        assert "Node" not in kinds
    finally:
        program.succeed("destroy")
    assert program.inventory() == []


def test_its_machines_are_in_the_bill_of_the_plan(make_project: MakeProject) -> None:
    program = _program(make_project, [SERVER])
    (ceilings := program.folder / "ceilings.yaml").write_text("{}")  # the stack's ceilings are for another program
    billed = program.falaj("bill", "--stack", STACK, "--json", "--ceilings", str(ceilings))
    assert billed.status == 0, billed.output
    bill = json.JSONDecoder().raw_decode(billed.output[billed.output.index("{") :])[0]
    assert {line["what"] for line in bill["lines"]} == {"own-machine cpu", "own-machine h100x8"}
    assert bill["sites"]["dc1"]["net_aed"]["expected"] == "36281.00"
    assert {row["ProviderName"] for row in bill["focus"]} == {"On-premises"}


def test_a_cluster_that_the_pack_does_not_list_is_refused(make_project: MakeProject) -> None:
    for allowed in ([], ["https://10.60.0.11:6443"], ["dc1-other"]):
        program = _program(make_project, allowed)
        planned = program.do("preview", pack=True)
        assert planned.status != 0
        assert planned.rules == {"FJ-RES-301"}
        assert KEY not in planned.output


def test_a_kubeconfig_of_another_server_deploys_nothing(make_project: MakeProject) -> None:
    program = _program(make_project, [SERVER], kubeconfig(server="https://abroad.example.com"))
    for name in ("preview", "up"):
        refused = program.do(name)
        assert refused.status != 0
        assert "connection.servers: https://abroad.example.com is not allowed" in refused.output
        assert "Traceback" not in refused.output
        assert KEY not in refused.output
    assert program.inventory() == []
