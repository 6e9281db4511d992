"""A position of a switch that its row calls dangerous is refused (FJ-ESC-115)."""

from collections.abc import Iterator

import pytest
from guardrails.unverifiable.switch_rows import EVERY_TYPE, SwitchRow, read_rows

from .harness import Given, Pack, blocking

ROWS = read_rows()
PATTERNS = ("~", "!~")
RULE = "FJ-ESC-115"


def dangerous(safe: str) -> str:
    """Returns a value that a row refuses: one of those that it lists, or one that it does not list."""
    values = safe.lstrip("=+")
    return values[1:].split("|")[0] if values.startswith("!") else f"not {values}"


def properties(path: str, value: object) -> dict[str, object]:
    """Returns an object with a value at a path of a row; what the path leaves open is `any`."""
    result = value
    for segment in reversed(path.replace("?", "").replace("*", "any").split(".")):
        result = {segment: result}
    assert isinstance(result, dict)
    return result


def valued(cloud: str) -> Iterator[SwitchRow]:
    """Yields the rows that list values; a pattern has examples in the attacks."""
    for row in ROWS[cloud]:
        if row.type != EVERY_TYPE and row.why and not row.safe.lstrip("=+").startswith(PATTERNS):
            yield row


@pytest.mark.parametrize("cloud", ROWS)
def test_dangerous_positions_are_refused(cloud: str) -> None:
    pack = Pack()
    missed = [
        f"{row.type}:{row.path}"
        for row in valued(cloud)
        if RULE
        not in blocking(pack.evaluate_resource(Given(row.type, properties(row.path, dangerous(row.safe)), "it")))
    ]
    assert missed == []
