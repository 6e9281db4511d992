"""The texts, defaults and metadata of the plug-in's schema, as programs in other languages and registries read them."""

import re
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pulumi
import pytest
from pulumi.provider.experimental.util import camel_case

from falaj.components.core.validation.args import Args, Spec
from tests.unit.components.test_plugin import EVERY, SAMPLES, read, written
from tests.unit.components.test_schema import EVERY as EVERY_OWNER
from tests.unit.components.test_schema import SCHEMA

PYPROJECT = tomllib.loads((Path(__file__).parents[3] / "pyproject.toml").read_text())["project"]

OTHER_SNAKE_CASE = {
    "x86_64": "a processor architecture",
    "grafana_dashboard": "a label that Grafana reads",
    "allowed_clusters": "a key of the policy pack's enforcement.yaml",
    "backup_mark": "a Python function, named as one",
}
"""Words in descriptions that are no names of arguments, and what they are."""


def described(part: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yields the path and text of every description."""
    if isinstance(part, dict):
        if isinstance(text := part.get("description"), str):
            yield path, text
        for key, value in part.items():
            yield from described(value, f"{path}/{key}")
    elif isinstance(part, list):
        for index, value in enumerate(part):
            yield from described(value, f"{path}/{index}")


DESCRIPTIONS = list(described(SCHEMA))


def test_the_metadata_is_the_projects() -> None:
    assert SCHEMA["name"] == PYPROJECT["name"]
    assert SCHEMA["license"] == PYPROJECT["license"]
    assert SCHEMA["repository"] == SCHEMA["homepage"] == PYPROJECT["urls"]["Source"]
    assert [{"name": SCHEMA["publisher"]}] == PYPROJECT["maintainers"]
    tags = [word for word in SCHEMA["keywords"] if "/" not in word]
    assert set(tags) <= set(PYPROJECT["keywords"])
    assert {"category/infrastructure", "kind/component"} == set(SCHEMA["keywords"]) - set(tags)
    assert (SCHEMA["namespace"], SCHEMA["displayName"]) == ("falaj", "Falaj")


def test_sdks_have_the_version_of_the_schema() -> None:
    """Without this option, generated SDKs have version 0.0.0 (pulumi pkg/v3 3.259.0, codegen/python/gen.go)."""
    assert {name for name, of in SCHEMA["language"].items() if of.get("respectSchemaVersion")} >= {
        "python",
        "nodejs",
        "go",
        "csharp",
        "java",
    }


def test_markdown_shows_no_description_as_code() -> None:
    """Four spaces of indentation make a code block (CommonMark 0.31.2, indented code blocks)."""
    assert len(DESCRIPTIONS) > 2000
    assert [path for path, text in DESCRIPTIONS if re.search(r"^( {4}|\t)", text, flags=re.MULTILINE)] == []


def test_descriptions_spell_names_as_the_schema_does() -> None:
    words = {
        word: path
        for path, text in DESCRIPTIONS
        for word in re.findall(r"\b[a-z][a-z0-9]*(?:_[a-z0-9]+)+\b", text)
        if word not in OTHER_SNAKE_CASE
    }
    assert words == {}
    assert "`onlyThrough`" in SCHEMA["resources"]["falaj:aws:Vault"]["inputProperties"]["confined"]["description"]


def test_types_their_properties_and_words_are_described() -> None:
    missing = []
    for token, definition in SCHEMA["types"].items():
        missing += [] if definition.get("description") else [token]
        missing += [f"{token}.{key}" for key, of in definition.get("properties", {}).items() if not of["description"]]
        missing += [f"{token}={word['value']}" for word in definition.get("enum", []) if not word.get("description")]
    assert missing == []


@EVERY_OWNER
def test_the_schema_states_each_plain_default_of_a_component(
    owner: type[Spec], properties: dict[str, Any], required: list[str]
) -> None:
    """Not those of nested objects, with which the SDK for Go does not compile."""
    assert {name: of["default"] for name, of in properties.items() if "default" in of} == {
        camel_case(name): _plain(field.default)
        for name, field in owner.model_fields.items()
        if issubclass(owner, Args) and isinstance(field.default, bool | int | float | str | Decimal | Enum)
    }
    assert not [name for name in required if "default" in properties[name]]


@EVERY
def test_a_default_that_an_sdk_sends_changes_nothing(package: str, kind: type[pulumi.ComponentResource]) -> None:
    """SDKs in other languages send the schema's defaults with each request."""
    sample = SAMPLES[package][kind]
    resource = SCHEMA["resources"][f"falaj:{package}:{kind.__name__}"]
    sent = _with_defaults(written(sample), resource["inputProperties"])
    declared = kind.__init__.__annotations__["args"]
    assert declared.of("sample", read(package, kind.__name__, sent)) == declared.of("sample", sample)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else float(value) if isinstance(value, Decimal) else value


def _with_defaults(given: Any, properties: dict[str, Any]) -> Any:
    defaults = {name: of["default"] for name, of in properties.items() if "default" in of}
    return defaults | {name: _nested(value, properties.get(name, {})) for name, value in given.items()}


def _nested(value: Any, of: dict[str, Any]) -> Any:
    if isinstance(value, list):
        return [_nested(item, of.get("items", {})) for item in value]
    if not isinstance(value, dict):
        return value
    if referred := SCHEMA["types"].get(of.get("$ref", "").removeprefix("#/types/")):
        return _with_defaults(value, referred.get("properties", {}))
    return {key: _nested(item, of.get("additionalProperties", {})) for key, item in value.items()}


@pytest.mark.parametrize(
    ("token", "name"),
    [
        (token, name)
        for token, of in SCHEMA["types"].items()
        for name in of.get("properties", {})
        if name in ("kubeconfig", "password")
    ],
)
def test_kubeconfigs_that_are_given_are_secret(token: str, name: str) -> None:
    assert SCHEMA["types"][token]["properties"][name]["secret"] is True


def test_kubeconfigs_that_are_returned_say_that_they_hold_no_credentials() -> None:
    texts = [
        of["properties"]["kubeconfig"]["description"]
        for of in SCHEMA["resources"].values()
        if "kubeconfig" in of["properties"]
    ]
    assert len(texts) == 5
    assert all(re.search(r"without credentials|no secret", text) for text in texts), texts
