"""The members of Azure Resource Manager's answers, as the examples of its specifications show them.

`arm_examples.csv` has for each answer the API version that is asked for, the file in Azure/azure-rest-api-specs whose
example it was read from on 2026-11-26, the paths of members that the example has (`*`: any name), and `more` ones that
only the definition `from` has. The index of that repository lacks the examples of two versions, so that those of an
older one were read: the usages of Microsoft.Network, and the permissions, whose specification also knows resource
groups and resources only; at subscriptions they are public practice.
"""

import csv
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any


@cache
def examples() -> tuple[Mapping[str, str], ...]:
    """Returns the rows."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def unknown_members(path: str, body: Any) -> list[str]:
    """Returns the members of an answer to a path that the example does not have."""
    rows = [row for row in examples() if _ends_with(path, row["answer"])]
    if not rows:
        return [path]
    known = max(rows, key=lambda row: row["answer"].count("/"))
    allowed = f"{known['members']} {known['more']}".split()
    return [member for member in _members(body, "") if not any(_covers(wanted, member) for wanted in allowed)]


def _ends_with(path: str, end: str) -> bool:
    """Returns whether a path ends like this; `*` is any one segment."""
    wanted = end.split("/")[1:]
    given = path.split("/")[-len(wanted) :]
    return len(given) == len(wanted) and all(fnmatchcase(*pair) for pair in zip(given, wanted, strict=True))


def _covers(wanted: str, member: str) -> bool:
    return wanted == member or (wanted.endswith(".*") and member.startswith(wanted[:-1]))


def _members(value: Any, path: str) -> Iterator[str]:
    """Yields the paths of all values that are neither objects nor lists of objects."""
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _members(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
        for item in value:
            yield from _members(item, f"{path}[]")
    elif isinstance(value, list | Mapping) and not value:
        return
    elif value is not None:
        yield path
