"""What an event says in the text of a program: the tags of Argo's workflows, in all their forms."""

import pytest

from .attacks.left_probes_clusters import PUSHED, sensor
from .harness import Pack, blocking

PACK = Pack()
_INTO = {"src": PUSHED, "dest": "spec.arguments.parameters.1.value"}


@pytest.mark.parametrize(("script", "is_refused"), [
    ("make {{inputs.parameters.of}}", True), ("make {{=inputs.parameters['of']}}", True),
    ("make {{=sprig.trim(inputs.parameters.of)}}", True), ("make {{= 'x' + inputs.parameters.of }}", True),
    ("make {{=workflow.parameters.url + inputs.parameters.of}}", True),
    ("make '{{workflow.parameters.json}}'", True), ("make {{ workflow.parameters }}", True),
    ("make {{inputs.parameters}}", True), ("make {{=toJson(inputs.parameters)}}", True),
    ("make {{=jsonpath(workflow.parameters.json, '$[1].value')}}", True),
    ("make {{=workflow.parameters['json']}}", True), ("make {{inputs.parameters.json}}", False),
    ("make {{workflow.parameters.jsonpath}}", False), ("# workflow.parameters are all", False),
    ('make "$BRANCH"', False), ("make {{workflow.parameters.url}}", False), ("make {{inputs.parameters.other}}", False),
])  # fmt: skip
def test_each_tag_with_what_an_event_says_is_refused(script: str, *, is_refused: bool) -> None:
    """Simple tags and expressions (argoproj/argo-workflows 03d3dd57 docs/variables.md, read 2026-12-01)."""
    assert ("FJ-IDN-308" in blocking(PACK.evaluate_plan(*sensor(script, _INTO)))) is is_refused


def test_all_parameters_are_followed_into_templates() -> None:
    """All of a workflow as one parameter of a template, and all of a template whose own are none of the event."""
    whole = sensor("make {{inputs.parameters.of}}", _INTO, value="{{workflow.parameters.json}}")
    assert "FJ-IDN-308" in blocking(PACK.evaluate_plan(*whole))
    other = sensor("make {{inputs.parameters}}", _INTO, value="{{workflow.parameters.url}}")
    assert "FJ-IDN-308" not in blocking(PACK.evaluate_plan(*other))
    assert "FJ-IDN-308" not in blocking(PACK.evaluate_plan(*sensor("make {{workflow.parameters.json}}")))
