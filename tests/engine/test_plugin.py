"""The components as a plug-in under the real engine: one name, both clouds, and refusals in words."""

import json

import pytest

from tests.engine.program import STACK, BringUp, Program

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The program, for tests that leave it as it was."""
    return bring_up("plugin_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.stays()


def test_the_engine_reads_what_there_is(deployed: Program) -> None:
    read = deployed.pulumi("package", "get-schema", "./components")
    schema, _ = json.JSONDecoder().raw_decode(read.output[read.output.index("{") :])
    assert schema["name"] == "falaj"
    assert {"falaj:aws:Vault", "falaj:azure:Vault", "falaj:kubernetes:Keda"} <= schema["resources"].keys()
    # What makes the SDKs of typed languages reads it without a complaint, down to each reference.
    (deployed.folder / "schema.json").write_text(json.dumps(schema))
    checked = deployed.pulumi("schema", "check", "schema.json")
    assert (checked.status, "error" in checked.output.lower()) == (0, False), checked.output


def test_components_of_both_clouds_have_their_own_types_and_children(deployed: Program) -> None:
    state = deployed.state(STACK)
    kinds = {resource["urn"].rsplit("::", 1)[-1]: resource["type"] for resource in state if not resource["custom"]}
    assert {name: kinds[name] for name in ("models", "here", "there")} == {
        "models": "falaj:aws:Vault",
        "here": "falaj:aws:Network",
        "there": "falaj:azure:Network",
    }
    made = {"aws:s3/bucket:Bucket": "models", "aws:ec2/vpc:Vpc": "here", "azure-native:network:VirtualNetwork": "there"}
    for kind, parent in made.items():
        [child] = [resource for resource in state if resource["type"] == kind]
        assert child["parent"].rsplit("::", 1)[-1] == parent
    outputs = json.loads(deployed.pulumi("stack", "output", "--json", "--stack", STACK).output)
    assert outputs["bucket"].startswith("models-")
    assert len(outputs["here"]) == 2
    assert "/providers/Microsoft.Network/virtualNetworks/" in outputs["there"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("purpose", 'purpose: "pictures" is not allowed; allowed: '),
        ("unknown", "colour: unknown field"),
        ("kind", "there is no component falaj:azure:Palace"),
    ],
)
def test_a_refusal_comes_in_words(deployed: Program, change: str, words: str) -> None:
    deployed.refuses(words, half_done=False, CHANGE=change)
