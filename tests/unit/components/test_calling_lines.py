"""Refused arguments name the line of the program that built them."""

import runpy
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.callers import COMPONENTS

REFUSED = partial(aws.VaultArgs, purpose="logs")  # pyright: ignore[reportArgumentType, reportCallIssue]


def message(call: Any, file: str, module: str = "program") -> str:
    """The message of a call that a file makes on its third line."""
    with pytest.raises(BadArguments) as refused:
        exec(compile("\n\ncall()", file, "exec"), {"__name__": module, "call": call})  # noqa: S102
    return str(refused.value)


def test_the_line_is_relative_to_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "__main__.py").write_text("from falaj.components import aws\n\naws.VaultArgs(purpose='logs')\n")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadArguments, match=r"^VaultArgs \(__main__\.py:3\): "):
        runpy.run_path("__main__.py", run_name="__main__")
    monkeypatch.chdir("/")
    assert message(REFUSED, str(tmp_path / "__main__.py")).startswith(
        f"VaultArgs ({str(tmp_path)[1:]}/__main__.py:3): "
    )


def test_a_file_outside_the_working_directory_is_named_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    assert message(REFUSED, f"{tmp_path}/there.py").startswith(f"VaultArgs ({tmp_path}/there.py:3): ")


def test_a_component_that_builds_arguments_is_named_by_the_line_that_made_it() -> None:
    names = {"__name__": "falaj.components.aws.site.site", "call": REFUSED}
    exec(compile("def component(): call()", str(COMPONENTS / "aws" / "site" / "site.py"), "exec"), names)  # noqa: S102
    assert message(names["component"], "program.py").startswith("VaultArgs (program.py:3): ")


@pytest.mark.parametrize(
    ("file", "module"),
    [
        (str(COMPONENTS / "build" / "sites.py"), "falaj.components.build.sites"),
        (str(COMPONENTS / "settings" / "arguments.py"), "falaj.components.settings.arguments"),
        (str(COMPONENTS / "plugin.py"), "falaj.components.plugin"),
        ("/site-packages/pulumi/provider/experimental/component.py", "pulumi.provider.experimental.component"),
        ("/site-packages/falaj/preflight/checks.py", "falaj.preflight.checks"),
    ],
)
def test_no_line_of_python_is_named_for_a_stack_file_or_another_language(file: str, module: str) -> None:
    assert message(REFUSED, file, module).startswith("VaultArgs: ")


def test_a_named_component_is_named_alone() -> None:
    with pytest.raises(BadArguments, match=r"^models: purpose: "):
        aws.VaultArgs.of("models", {"purpose": "logs"})
