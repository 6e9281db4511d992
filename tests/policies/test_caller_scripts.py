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
    ('make "$BRANCH"', False), ("make {{workflow.parameters.url}}", False), ("make {{inputs.parameters.other}}", False),
])  # fmt: skip
def test_each_tag_with_what_an_event_says_is_refused(script: str, *, is_refused: bool) -> None:
    """Simple tags and expressions (argoproj/argo-workflows 03d3dd57 docs/variables.md, read 2026-12-01)."""
    assert ("FJ-IDN-308" in blocking(PACK.evaluate_plan(*sensor(script, _INTO)))) is is_refused
