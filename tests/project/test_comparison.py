"""What docs/comparison.md says of Falaj is counted in the repository."""

import json
import re

import pytest
from guardrails.registry import IDS

from falaj.components.plugin import SCHEMA
from falaj.components.reference.pages import LANGUAGES
from tests.project.pages import text_of
from tests.project.templates import ALL

NUMBERS = {3: "three", 6: "six"}
INPUTS = [
    field
    for resource in json.loads(SCHEMA.read_text(encoding="utf-8"))["resources"].values()
    for field in resource.get("inputProperties", {}).values()
]
ROWS = {
    "template or wizard for a new project": f"[{NUMBERS[len(ALL)]} templates](templates.md)",
    "documented inputs in the schema": f"{sum(bool(field.get('description')) for field in INPUTS)} of {len(INPUTS)}",
    "inputs that take outputs of others": f"{sum(not field.get('plain') for field in INPUTS)} of {len(INPUTS)}",
    "defaults in the schema": str(sum("default" in field for field in INPUTS)),
    "programs of each component in several languages": NUMBERS[len(LANGUAGES)],
    "troubleshooting": f"[{text_of('docs/troubleshooting.md').count('### ')} errors](troubleshooting.md)",
}
"""Point -> the cell of Falaj."""


@pytest.mark.parametrize("point", ROWS)
def test_the_cell_of_falaj_is_counted(point: str) -> None:
    [cell] = re.findall(rf"(?m)^\| \d+ \| {point} \| ([^|]+) \|", text_of("docs/comparison.md"))
    assert cell == ROWS[point]


def test_the_number_of_rules_is_counted() -> None:
    assert re.findall(r"(?m)^\| rules \| ([^|]+) \|", text_of("docs/comparison.md")) == [str(len(IDS))]
