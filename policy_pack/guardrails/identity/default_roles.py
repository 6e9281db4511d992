"""Roles that a program gives to everybody who signs in and has no other one: what they let him read.

`program_switches.csv` refuses the actions that change something, whatever they are for. Reading is refused where the
same permission is for every name (kafbat/kafka-ui ab8c9ce, RoleBasedAccessControlProperties.java, defaultRole, and
model/rbac/Permission.java, value: a regular expression; read 2026-11-29). In a folder of Grafana, whoever may look at
boards has the role Viewer, to which permission 2 lets change them and 4 lets others in (View 1, Edit 2, Admin 4: found
as a string in clients of its API, read 2026-11-30; CRD of GrafanaFolder, read 2026-11-29).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.foreign_expressions import compiled
from ..readers.texts import Leaf

_PERMISSION = lazy_regex(
    r"(?P<item>.*?default[-_]?role\.permissions\[\d{1,3}\])\.(?:(?P<value>value)|actions(?:\[\d{1,3}\])?)",
    re.IGNORECASE,
)
_SOME_NAMES = ("db", "x-1", "A.9")
"""Names of topics without anything in common: an expression of all of them is one of every name."""
_READS = "messages_read"
_LONGEST = 200
_LONGEST_EXPRESSION = 30
"""Characters of an expression that is tried: with names as short, there are few ways to match one."""
_OF_A_FOLDER = lazy_regex(r"(?P<item>(?:.*\.)?spec\.permissions\.items\[\d{1,4}\])\.(?P<name>role|permission)")
_CHANGES = ("2", "4")


def check_default_roles(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each permission of a default role to read the messages of every topic."""
    reads: dict[str, str] = {}
    values: dict[str, list[str]] = defaultdict(list)
    for leaf in leaves:
        match = _PERMISSION.fullmatch(leaf.path) if len(leaf.path) <= _LONGEST else None
        if match is not None and match["value"]:
            values[match["item"]].append(str(leaf.value).strip())
        elif match is not None and str(leaf.value).strip().lower() == _READS:
            reads.setdefault(match["item"], leaf.path)
    for item, path in reads.items():
        if any(map(_is_every_name, values[item])):
            yield failed(f"{path}: everybody who signs in reads messages of every topic", path)


def _is_every_name(expression: str) -> bool:
    """Returns whether a value is a star, or a regular expression that every name of a topic matches whole."""
    if expression == "*" or len(expression) > _LONGEST_EXPRESSION:
        return expression == "*"
    pattern = compiled(expression)
    return pattern is not None and all(map(pattern.fullmatch, _SOME_NAMES))


def check_folder_permissions(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each item of a folder's permissions by which whoever may look at boards changes them."""
    items: dict[str, dict[str, Leaf]] = defaultdict(dict)
    for leaf in leaves:
        match = _OF_A_FOLDER.fullmatch(leaf.path) if len(leaf.path) <= _LONGEST else None
        if match is not None:
            items[match["item"]][match["name"]] = leaf
    for item in items.values():
        if item.keys() == {"role", "permission"} and item["role"].value == "Viewer":
            leaf = item["permission"]
            if str(leaf.value) in _CHANGES:
                yield failed(f"{leaf.path}: whoever may look at boards changes them and the alerts", leaf.path)
