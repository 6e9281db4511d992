"""Selections of Falco's rules that leave none of them on.

Selections are evaluated in their order, after all files of rules: what one disables, a later one enables again, by the
name of a rule with `*` in it, or by a tag (falcosecurity/falco 13074749, falco.yaml and userspace/falco/app/actions/
load_rules_files.cpp). Each of the 25 rules of the default file has the tags maturity_stable and container; those of
other maturity are in other files (falcosecurity/rules c72713e, rules/falco_rules.yaml). To disable all and to enable
those of a maturity is the projects' own way (falco.org, "Controlling Rules"); read on 2026-11-29. A tag of a team's own
enables none of the 25, so that `*` and such a tag leave them off; behind a maturity it adds to them. Options of
commands are the same settings in their order.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.texts import Leaf

_NAME = r"rules\[(?P<index>\d*)\]\.(?P<does>enable|disable)\.(?P<by>rule|tag)"
_SETTING = lazy_regex(rf"(?:(?P<place>.*)\.)?{_NAME}", re.DOTALL)
_OPTION = lazy_regex(rf"(?<![\w.]){_NAME}=(?P<value>\S{{1,100}})")
_LAST_INDEX = lazy_regex(r"\[\d+\][^\[\]]*$")
_EVERY_NAME = lazy_regex(r"\*+(?:[\w ]{1,2}\*+)?")
"""Patterns that most names meet, or each: there is a space in each of the 25 names."""
_EVERY_TAG = ("maturity_stable", "container")
_LONGEST = 400


class _Selection(NamedTuple):
    """A selection: its place in the list, where it stands, whether it enables, and whether it is of each rule."""

    order: int
    path: str
    enables: bool
    is_of_every_rule: bool


def check_falco_selections(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each list of selections behind which no rule is on but those that it names."""
    lists: dict[str, list[_Selection]] = defaultdict(list)
    for leaf in leaves:
        if isinstance(leaf.value, str):
            for place, selection in _selections(leaf, leaf.value):
                lists[place].append(selection)
    for selections in lists.values():
        every = [item for item in sorted(selections, key=lambda item: item.order) if item.is_of_every_rule]
        if every and not every[-1].enables:
            yield failed(f"{every[-1].path}: what intruders do is seen by nobody", every[-1].path)


def _selections(leaf: Leaf, value: str) -> Iterator[tuple[str, _Selection]]:
    """Yields the selections that a leaf states, with the list in which they stand."""
    for name in (leaf.key, leaf.path) if len(leaf.path) <= _LONGEST and len(leaf.key) <= _LONGEST else ():
        found = _SETTING.fullmatch(name)
        if found is not None:
            yield found["place"] or "", _selection(found, leaf.path, value, found["index"])
            return
    for found in _OPTION.finditer(value) if "rules[" in value else ():
        yield _LAST_INDEX.sub("", leaf.path), _selection(found, leaf.path, found["value"], "")


def _selection(found: re.Match[str], path: str, value: str, index: str) -> _Selection:
    text = value.strip(" \"'")
    is_every = text in _EVERY_TAG if found["by"] == "tag" else _EVERY_NAME.fullmatch(text) is not None
    return _Selection(int(index or 0), path, found["does"] == "enable", is_every)
