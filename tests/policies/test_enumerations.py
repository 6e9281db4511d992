"""Every enumeration of Azure with a value that may weaken something has a row, or was reviewed.

A boolean that nobody reviewed is refused at deployment; a word is not, since SDKs have thousands. So a new version of
the SDK fails here until somebody has read what its new words do: add a row to `data/switches/azure-native.csv`, or, if
they are harmless or a default that good teams keep, the name and the values to `enumerations_without_row.csv` (reviewed
on 2026-11-29, pulumi-azure-native 3.29.0).
"""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from guardrails.registry import ALL
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from guardrails.unverifiable.switch_rows import table

from falaj.sandbox.clouds.sdk_schema import sdk

from .enumerations import checked_paths, types_in

SDK = sdk("pulumi_azure_native")
KNOWN = evaluated_types(ALL) | reviewed_types().keys()
REVIEWED = Path(__file__).with_name("enumerations_without_row.csv")
_DEPTH = 5
_MAY_WEAKEN = re.compile(
    r"Off|None|NoOp|Audit\w*|Log\w*Only|ReportOnly|Detect\w*|Allow\w*|Disabled?|Ignore\w*|Optional|Permissive|Anonymous"
    r"|Public|Unrestricted|Skip\w*|Bypass|Pass[Tt]hrough|Warn|Alert|HTTP|Http|Plaintext|NotRequired|Everyone|All|Any"
    r"|Basic|AccessKey|AccountKey|KeyBased|Password|TLS1_[01]|1\.[01]|SSL\w*|Internet|External|Full"
)


def _without_row() -> Iterator[tuple[str, str, str]]:
    """Yields the type, the name and the values of each enumeration that may weaken and that no row or check covers."""
    checked = checked_paths()
    for token in sorted(KNOWN & SDK.tokens.keys()):
        for path, kind in types_in(SDK, SDK.schema(token).inputs, _DEPTH):
            may_weaken = kind.kind == "enum" and any(_MAY_WEAKEN.fullmatch(value) for value in kind.values)
            if may_weaken and table().find(token, path) is None and path not in checked.get(token, ()):
                yield token, path.rpartition(".")[2], "|".join(kind.values)


def test_words_that_may_weaken_something_were_reviewed() -> None:
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        reviewed = {(row["name"], row["values"]) for row in csv.DictReader(file)}
    found = {(name, values): token for token, name, values in _without_row()}
    assert {key: token for key, token in found.items() if key not in reviewed} == {}
    assert sorted(reviewed - found.keys()) == []
