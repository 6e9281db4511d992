"""Rules of Trino by which each user acts in the name of every other.

The rules of one list are read in their order, and the first that matches decides; a rule without `original_user` or
`original_role` is for everybody, and `new_user` must be there (trinodb/trino pull request 10908, docs/src/main/sphinx/
security/file-system-access-control.rst; user-impersonation.json at 4f19db6 has `allow` where it forbids; read
2026-11-29; that `allow` is true unless it is set, 2026-11-30; `original_group` as known). A rule that forbids
everything to everybody leaves nothing to those behind it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_ITEM = re.compile(
    r"(?P<list>.*impersonation)\[(?P<index>\d{1,4})\]\.(?P<key>original_(?:user|role|group)|new_user|allow)", re.DOTALL
)
_EVERYBODY = re.compile(r"\^?\(?(?:\.|\\[Sw])[*+]\)?\$?")
_ALLOWED = "allow"
_HARM = "each user acts in the name of every other"


def _is_for_everybody(rule: Mapping[str, Leaf]) -> bool:
    """Returns whether a rule is for each user in the name of each."""
    names = [str(leaf.value).strip() for key, leaf in rule.items() if key != _ALLOWED]
    return "new_user" in rule and all(map(_EVERYBODY.fullmatch, names))


def check_trino_rules(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each list of rules by which each user acts in the name of every other."""
    lists: dict[str, dict[int, dict[str, Leaf]]] = {}
    for leaf in leaves:
        item = _ITEM.fullmatch(leaf.path) if "impersonation[" in leaf.path else None
        if item is not None:
            lists.setdefault(item["list"], {}).setdefault(int(item["index"]), {}).setdefault(item["key"], leaf)
    for rules in lists.values():
        first = next((rule for _, rule in sorted(rules.items()) if _is_for_everybody(rule)), None)
        if first is not None and (_ALLOWED not in first or str(first[_ALLOWED].value).strip().lower() != "false"):
            path = first["new_user"].path
            yield failed(f"{path}: {_HARM}", path)
