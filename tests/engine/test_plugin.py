"""The component plugin on the real engine: one package, both clouds, and error messages."""

import json

import pytest

from tests.engine.program import STACK, BringUp, Program
from tests.samples import DEV_TAGS

pytestmark = pytest.mark.engine


@pytest.fixture(scope="module")
def deployed(bring_up: BringUp) -> Program:
    """The deployed program, which the tests leave unchanged."""
    return bring_up("plugin_program")


def test_it_stays_as_it_is(deployed: Program) -> None:
    deployed.assert_stable()


def test_the_engine_reads_the_schema(deployed: Program) -> None:
    read = deployed.pulumi("package", "get-schema", "./components")
    schema, _ = json.JSONDecoder().raw_decode(read.output[read.output.index("{") :])
    assert schema["name"] == "falaj"
    assert {"falaj:aws:Vault", "falaj:azure:Vault", "falaj:kubernetes:Keda"} <= schema["resources"].keys()
    # The SDK generator accepts the schema without errors, including all type references.
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
    parents = {
        "aws:s3/bucket:Bucket": "models",
        "aws:ec2/vpc:Vpc": "here",
        "azure-native:network:VirtualNetwork": "there",
    }
    for kind, parent in parents.items():
        [child] = [resource for resource in state if resource["type"] == kind]
        assert child["parent"].rsplit("::", 1)[-1] == parent
    outputs = json.loads(deployed.pulumi("stack", "output", "--json", "--stack", STACK).output)
    assert outputs["bucket"].startswith("models-")
    assert len(outputs["here"]) == 2
    assert "/providers/Microsoft.Network/virtualNetworks/" in outputs["there"]


def test_what_is_set_once_in_the_configuration_reaches_components_of_the_plug_in(deployed: Program) -> None:
    [bucket] = [resource for resource in deployed.state(STACK) if resource["type"] == "aws:s3/bucket:Bucket"]
    assert bucket["inputs"]["tags"] == {"Name": "models", **DEV_TAGS}
    assert bucket["inputs"]["region"] == "me-central-1"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("purpose", "property purpose with value '{pictures}' has a problem: \"pictures\" is not allowed; allowed: "),
        ("unknown", "has a problem: unknown field. Fix: "),
        ("kind", "there is no component falaj:azure:Palace"),
    ],
)
def test_invalid_arguments_give_a_message(deployed: Program, change: str, words: str) -> None:
    deployed.assert_refused(words, restore=False, CHANGE=change)
