"""Each property with the name of a program is in the table of programs, or is none with a reason (FJ-ESC-127)."""

import csv
import re
from functools import cache
from pathlib import Path

import pytest
from guardrails.readers.program_texts import is_listed
from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.policies.sdk_paths import has_path, text_paths

KNOWN = evaluated_types(ALL) | reviewed_types().keys()
FILE = Path(__file__).parents[1] / "policies" / "no_program_texts.csv"
WORDS = (
    "body", "build_?spec", "code", "command(?:s|_?line)?", "conditions?", "content(?:s|_?base64)?", "custom_?data",
    "definitions?", "expressions?", "patterns?", "policy_?rule", "quer(?:y|ies)", "scripts?", "sqls?", "statements?",
    "templates?", "user_?data(?:_?base64)?",
)  # fmt: skip
_NAME = re.compile(rf"(?:^|_)(?:{'|'.join(WORDS)})$")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
REASONS = {
    "addresses or times", "certificate or key", "choice of a service", "entry of a list", "kind", "name of a file",
    "name of another resource", "name or address", "number or identifier", "policy", "schema of data",
    "selection among declared resources", "text for people or models", "time", "view for people", "words of a command",
}  # fmt: skip
"""What properties with such names are that are no program; `inline_commands` reads the words of commands."""


def is_named_like_a_program(name: str) -> bool:
    """Returns whether the last words of a name, such as `sqlQuery`, are those of a program."""
    return _NAME.search(_CAPITAL.sub("_", name).lower()) is not None


@cache
def reasons() -> dict[tuple[str, str], str]:
    with FILE.open(encoding="utf-8", newline="") as file:
        return {(row["type"], row["path"]): row["reason"] for row in csv.DictReader(file)}


def candidates(package: str) -> list[tuple[str, str]]:
    """Returns type and path of each text of accepted types with the name of a program."""
    tokens = [token for token in sdk(f"pulumi_{package.replace('-', '_')}").tokens if token in KNOWN]
    name = re.compile(".")
    return [
        (token, path)
        for token in tokens
        for path in text_paths(token, name)
        if is_named_like_a_program(path.rpartition(".")[2])
    ]


def is_in_the_table(token: str, path: str) -> bool:
    steps = tuple(path.split("."))
    return any(is_listed(token, steps[:end]) for end in range(1, len(steps) + 1))


@pytest.mark.parametrize("package", ["aws", "azure-native"])
def test_a_property_with_such_a_name_is_in_the_table_or_has_a_reason(package: str) -> None:
    found = candidates(package)
    assert len(found) > 300
    assert [item for item in found if not is_in_the_table(*item) and item not in reasons()] == []


def test_reasons_are_of_properties_that_are_no_programs() -> None:
    assert set(reasons().values()) == REASONS
    assert sorted(reasons()) == list(reasons())
    assert [item for item in reasons() if is_in_the_table(*item) or not has_path(*item)] == []


@pytest.mark.parametrize(("name", "is_program"), [
    ("query", True), ("sqlQuery", True), ("queryString", False), ("userDataBase64", True), ("preCopyScript", True),
    ("scriptUri", False), ("description", False), ("policyRule", True), ("buildSpec", True), ("buildspec", True),
    ("commandLine", True), ("postalCode", True), ("decode", False),
])  # fmt: skip
def test_names(name: str, is_program: bool) -> None:
    assert is_named_like_a_program(name) is is_program
