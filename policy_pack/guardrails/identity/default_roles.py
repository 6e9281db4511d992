"""Roles that a program gives to everybody who signs in and has no other one: what they let him read.

`program_switches.csv` refuses the actions that change something, whatever they are for. Reading is refused where the
same permission is for every name (kafbat/kafka-ui ab8c9ce, RoleBasedAccessControlProperties.java, defaultRole, and
model/rbac/Permission.java, value: a regular expression; read 2026-11-29).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_PERMISSION = re.compile(
    r"(?P<item>.*?default[-_]?role\.permissions\[\d{1,3}\])\.(?:(?P<value>value)|actions(?:\[\d{1,3}\])?)",
    re.IGNORECASE,
)
_EVERY_NAME = re.compile(r"\^?\.[*+]\$?|\*")
_READS = "messages_read"
_LONGEST = 200


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
        if any(map(_EVERY_NAME.fullmatch, values[item])):
            yield failed(f"{path}: everybody who signs in reads messages of every topic", path)
