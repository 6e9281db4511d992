"""The generated references of commands, settings and facts are current and complete."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from typer.core import TyperGroup
from typer.main import get_command
from typer.testing import CliRunner

from falaj.cli.app import app
from tests.project import cli_reference, facts_reference, settings_reference
from tests.project.pages import ROOT

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


@pytest.mark.parametrize("reference", [cli_reference, facts_reference, settings_reference])
def test_the_page_is_current(reference: Any) -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.text(), f"run: python -m {reference.__name__}"


def commands(path: tuple[str, ...], command: Any) -> Iterator[tuple[str, ...]]:
    """Yields the words of each command and group."""
    if path:
        yield path
    for name, inner in (command.commands if isinstance(command, TyperGroup) else {}).items():
        yield from commands((*path, name), inner)


@pytest.mark.parametrize("path", list(commands((), get_command(app))), ids=" ".join)
def test_a_command_has_every_option_that_its_help_prints(path: tuple[str, ...]) -> None:
    printed = CliRunner().invoke(app, [*path, "--help"], env={"COLUMNS": "200", "NO_COLOR": "1"}).output
    name = f"falaj {' '.join(path)}"
    section = re.split(rf"^#+ {name}$", cli_reference.text(), flags=re.MULTILINE)[1]
    own = re.split(rf"^#+ (?!{name} )", section, maxsplit=1, flags=re.MULTILINE)[0]
    assert set(OPTION.findall(printed)) - {"--help"} <= set(OPTION.findall(own))


def test_every_key_of_the_schema_has_a_row() -> None:
    schema = json.loads((ROOT / "docs" / "stack.schema.json").read_text(encoding="utf-8"))
    sections = dict(re.findall(r"^###? (\S+)$(.*?)(?=^##|\Z)", settings_reference.text(), re.MULTILINE | re.DOTALL))
    count = 0
    for key, root in schema["properties"]["config"]["properties"].items():
        types = {name: of for name, of in root["$defs"].items() if "enum" not in of}
        for name, of in {key: root, **types}.items():
            rows = re.findall(r"^\| `([^`]+)` \|", sections[name], re.MULTILINE)
            assert rows == list(of["properties"]), name
            count += len(rows)
    assert count > 500


@pytest.mark.parametrize(
    ("section", "row"),
    [
        ("falaj:platform", "| `sites` | mapping to [SiteSettings](#sitesettings) | empty |"),
        ("falaj:platform", "| `ceilings` | [CeilingsSettings](#ceilingssettings) | its defaults |"),
        ("falaj:tenant", "| `tier` | `smb`, `enterprise` | **required** |"),
        ("CurrencySettings", "| `aed_per_usd` | number or string,"),
        ("AwsIamSpec", "| `path` | string, at most 512 characters | none |"),
    ],
)
def test_a_row_has_type_bounds_and_default(section: str, row: str) -> None:
    text = re.split(rf"^##+ {section}$", settings_reference.text(), flags=re.MULTILINE)[1]
    assert f"\n{row}" in text.partition("\n##")[0]
