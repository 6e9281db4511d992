"""The reference of the components is current, has every public component, and says what each argument means."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.provider.experimental.analyzer import PropertyDefinition, PropertyType
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.guardrails import types_by_rule
from falaj.components import aws, azure, kubernetes
from falaj.components.reference.markdown import anchor, escaped, kebab, prose, table
from falaj.components.reference.pages import GENERATED, Pages
from falaj.components.reference.type_words import form_words, is_input, is_said, range_words
from tests.project.created_types import REFERENCE

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "components"
STRING = PropertyDefinition(type=PropertyType.STRING, plain=True)
EVERY = pytest.mark.parametrize("component", REFERENCE.components, ids=lambda component: component.name)


@cache
def pages() -> Mapping[str, str]:
    """Path -> text of every page, as it would be written now."""
    return Pages(ROOT, FOLDER, types_by_rule()).text()


def row(page: str, name: str) -> list[str]:
    """Cells of the row of an argument or output."""
    [line] = [line for line in pages()[page].splitlines() if line.startswith(f"| `{name}` |")]
    return line.strip("| ").split(" | ")


def test_the_pages_are_current() -> None:
    written = {file.relative_to(FOLDER).as_posix(): file.read_text(encoding="utf-8") for file in FOLDER.rglob("*.md")}
    assert written.keys() == pages().keys(), "run: falaj components document docs/components"
    stale = [path for path, text in pages().items() if written[path] != text]
    assert stale == [], "run: falaj components document docs/components"


def test_every_public_component_has_a_page_and_a_row_in_the_index() -> None:
    for package in (aws, azure, kubernetes):
        cloud = package.__name__.rpartition(".")[2]
        for name in package.__all__:
            kind = getattr(package, name)
            if isinstance(kind, type) and issubclass(kind, pulumi.ComponentResource):
                page = f"{cloud}/{kebab(name)}.md"
                assert f"# {cloud}.{name}\n" in pages()[page]
                assert f"| [`{cloud}.{name}`]({page}) |" in pages()["README.md"]


@EVERY
def test_every_argument_and_output_has_a_meaning(component: Any) -> None:
    assert [field.name for field in (*component.arguments, *component.outputs) if not field.meaning] == []
    assert [field.name for field in component.arguments] == list(component.args.model_fields)
    assert component.kind.__doc__


def test_every_field_of_a_nested_class_has_a_meaning() -> None:
    assert len(REFERENCE.nested) > 50
    for nested in REFERENCE.nested:
        assert nested.kind.__doc__, nested.kind
        assert nested.fields or nested.words, nested.kind
        assert [field.name for field in nested.fields if not field.meaning] == [], nested.kind


@pytest.mark.parametrize(
    ("page", "name", "cells"),
    [
        ("aws/vault.md", "retention_days", ["integer, at least 1", "none"]),
        ("aws/vault.md", "only_through", ["string, `Input`", "none"]),
        ("aws/vault.md", "tags", ["[cost tags](../README.md#cost-tags)", "`tags` of `falaj:defaults`"]),
        ("aws/node-pool.md", "pool", ["[`NodePoolSpec`](../specs.md#nodepoolspec)", "**required**"]),
        (
            "aws/vault-access.md",
            "vaults",
            ["mapping of strings to [`VaultGrant`](../specs.md#vaultgrant-aws), at least 1"],
        ),
        (
            "kubernetes/experiment.md",
            "weights",
            ["mapping of strings to integers, each 0 to 100", "`{'a': 50, 'b': 50}`"],
        ),
        ("specs.md", "kubeconfig", ["string, `Input`, secret", "none"]),
        ("azure/site.md", "storage", ["[`StorageSpec`](../specs.md#storagespec)", "its defaults"]),
        (
            "specs.md",
            "capacity",
            ["[`Capacity`](#capacity): `spot`, `on-demand`, `spot-first`, `reserved`, `capacity-block`"],
        ),
    ],
)
def test_a_row_has_type_default_and_marks(page: str, name: str, cells: list[str]) -> None:
    for given, expected in zip(row(page, name)[1:], cells, strict=False):
        assert given.startswith(expected)


def test_a_component_names_its_example() -> None:
    existing, own = (f"[{name}](../../../examples/components/{name}/__main__.py)" for name in ("existing-key", "vault"))
    assert f"- Example: {existing}, {own}\n" in pages()["aws/vault.md"]


def test_without_a_checkout_paths_are_not_links(tmp_path: Path) -> None:
    page = Pages(tmp_path, tmp_path / "reference", {}).text()["aws/vault.md"]
    assert "- Source: `components/aws/storage/vault.py`\n" in page
    assert "- Example" not in page


def test_cells_and_prose_are_escaped() -> None:
    assert table(("a",), [("`x|y`\nz",)]) == "| a |\n| --- |\n| `x\\|y` z |"
    assert escaped("a <b> of `<c>`") == "a &lt;b> of `<c>`"
    assert prose("One\n    line.\n\n    Two.") == "One line.\n\nTwo."
    assert (anchor("VaultGrant (any Kubernetes)"), kebab("GpuOperator")) == (
        "vaultgrant-any-kubernetes",
        "gpu-operator",
    )


def test_constraints_are_said_in_words() -> None:
    optional = {"anyOf": [{"minimum": 1, "maximum": 5}, {"type": "null"}]}
    assert list(range_words(optional)) == ["1 to 5"]
    assert list(range_words({"minItems": 1, "items": {"exclusiveMinimum": 0.0}})) == [
        "at least 1 item",
        "each more than 0",
    ]
    assert list(range_words({"maxLength": 9, "enum": [1, 2]})) == ["at most 9 characters", "`1`, `2`"]
    assert list(form_words({"items": {"pattern": "^a$"}})) == ["Pattern of each: `^a$`."]
    assert list(form_words({"pattern": "^a+$", "examples": ["aa"]})) == ["Written like `aa`."]
    assert list(form_words({"patternProperties": {"^a$": {}}})) == ["Pattern of the keys: `^a$`."]


def test_an_example_is_not_repeated() -> None:
    assert is_said("Written like `1.34`.", "Minor version, such as `1.34`.")
    assert not is_said("Pattern: `^a$`.", "Its name, `a`.")


def test_an_input_inside_a_list_is_an_input() -> None:
    listed = PropertyDefinition(type=PropertyType.ARRAY, plain=True, items=PropertyDefinition(type=PropertyType.STRING))
    assert (is_input(STRING), is_input(listed)) == (False, True)


def test_the_command_writes_the_pages_and_deletes_those_of_removed_components(tmp_path: Path) -> None:
    (tmp_path / "aws").mkdir()
    (tmp_path / "aws" / "palace.md").write_text(f"{GENERATED}\n\n# aws.Palace\n")
    (tmp_path / "notes.md").write_text("# Notes\n")
    ran = CliRunner().invoke(app, ["components", "document", str(tmp_path)])
    assert (ran.exit_code, ran.output.split(":")[1]) == (0, f" {len(pages())} pages\n"), ran.output
    assert {file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.md")} == {*pages(), "notes.md"}
