"""`falaj tour` reads the outputs of a stack in its state."""

from typing import Any

import pytest

from falaj.cli import tour

SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}


def test_outputs_are_those_of_the_stack_without_its_secrets() -> None:
    outputs = {"sites": {"uae": {"endpoint": SECRET, "poolNames": ["cpu", SECRET], "gib": 1200}}}
    stack = {"type": "pulumi:pulumi:Stack", "outputs": outputs}
    bucket = {"type": "aws:s3/bucket:Bucket", "outputs": {"sites": {}}}
    shown = {"endpoint": "[secret]", "poolNames": ["cpu", "[secret]"], "gib": 1200}
    assert tour._outputs([bucket, stack]) == {"sites": {"uae": shown}}


@pytest.mark.parametrize("state", [[], [{"type": "pulumi:pulumi:Stack"}]])
def test_a_stack_may_have_no_outputs(state: list[dict[str, Any]]) -> None:
    assert tour._outputs(state) == {}
