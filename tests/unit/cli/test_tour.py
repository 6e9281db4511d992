"""`falaj tour` reads the outputs of a stack in its state."""

import re
from pathlib import Path
from typing import Any, cast

import pytest

from falaj.cli import tour
from falaj.sandbox import last_deployment

REFERENCE = {"4dabf18193072939515e22adb298388d": "5cf8f73096256a8f31e491e813e4eb8e", "urn": "u"}
SECRET = {"4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", "ciphertext": "v1:x"}


def test_outputs_are_those_of_the_stack_without_its_secrets() -> None:
    outputs = {"sites": {"uae": {"endpoint": SECRET, "poolNames": ["cpu", SECRET], "gib": 1200, "pool": REFERENCE}}}
    stack = {"type": "pulumi:pulumi:Stack", "outputs": outputs}
    bucket = {"type": "aws:s3/bucket:Bucket", "outputs": {"sites": {}}}
    shown = {"endpoint": "[secret]", "poolNames": ["cpu", "[secret]"], "gib": 1200, "pool": REFERENCE}
    assert tour._outputs([bucket, stack]) == {"sites": {"uae": shown}}


@pytest.mark.parametrize("state", [[], [{"type": "pulumi:pulumi:Stack"}], [{"urn": "u"}]])
def test_a_stack_may_have_no_outputs(state: list[dict[str, Any]]) -> None:
    assert tour._outputs(state) == {}


@pytest.mark.parametrize(("same_files", "unchanged", "previews"), [(True, True, 1), (True, False, 1), (False, True, 0)])
def test_a_stack_is_deployed_unless_its_files_are_the_same_and_its_preview_has_no_changes(
    same_files: bool, unchanged: bool, previews: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations: list[str] = []

    def run(_session: object, title: str, *_command: object) -> bool:
        operations.append(title)
        return unchanged

    monkeypatch.setattr(last_deployment, "is_as_deployed", lambda *_: same_files)
    monkeypatch.setattr(tour, "run_operation", run)
    assert tour._needs_no_change(cast("Any", None), "dev", None) is (same_files and unchanged)
    assert len(operations) == previews


@pytest.mark.parametrize("stack", ["dev", "a-long-name-of-a-stack"])
@pytest.mark.parametrize("is_checkout", [True, False])
def test_what_comes_next_is_there_and_in_columns(
    stack: str, is_checkout: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if is_checkout:
        (tmp_path / "test").touch()
    tour._next(tmp_path, stack)
    title, *lines = capsys.readouterr().out.strip().splitlines()
    assert title == "Next:"
    assert any("./test" in line for line in lines) is is_checkout
    columns = {re.match(r"  .*?  +", line).end() for line in lines}  # type: ignore[union-attr]
    assert len(columns) == 1, lines
