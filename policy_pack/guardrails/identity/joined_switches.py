"""Settings of which several, set for one program, let everybody in, although each by itself is ordinary: a public
provider and "let in whoever signs in".

`data/joined_switches.csv` has a row a set: in `settings` patterns between `&&`, each the end of a setting's name and
after `=` its value, both as in `program_switches`; in `unless` such patterns between `||`, of which one that is met
beside the first limits who is let in (`readers.beside`); the harm, the name of its fix, and the source that was read,
with its commit. Words in braces are those of `engine/table_words.py`.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial

from ..engine.data_folder import DATA
from ..engine.table_words import with_words
from ..readers.beside import MOST, is_beside
from ..readers.expressions import Expression, ExpressionIndex
from ..readers.leaf_cache import cached_by_leaf
from ..readers.setting_names import ending, setting_names
from ..readers.texts import Leaf, Leaves

_QUOTES = " \"'"


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting: the end of its name in lower case without separators, and its value."""

    name: Expression
    """The end of the name."""
    value: Expression
    """The whole value."""


@dataclass(frozen=True, slots=True)
class JoinedSwitch:
    """Settings that let everybody in if all are set, and none of those that limit it."""

    settings: tuple[Setting, ...]
    """All must be set."""
    limits: tuple[Setting, ...]
    """One is enough to limit who is let in."""
    harm: str
    """What whoever reaches the program can do."""


@cache
def joined_switches() -> tuple[JoinedSwitch, ...]:
    """Returns the reviewed sets of settings."""
    with (DATA / "joined_switches.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            JoinedSwitch(
                tuple(map(_setting, with_words(row["settings"]).split(" && "))),
                tuple(map(_setting, row["unless"].split(" || ") if row["unless"] else ())),
                row["harm"],
            )
            for row in csv.DictReader(file)
        )


def _setting(text: str) -> Setting:
    name, _, value = text.partition("=")
    return Setting(ending(name), Expression(value, re.IGNORECASE | re.DOTALL))


@cache
def _all_settings() -> tuple[Setting, ...]:
    return tuple(setting for row in joined_switches() for setting in (*row.settings, *row.limits))


def joined_names() -> tuple[Expression, ...]:
    """Returns the names of all settings that the table reads."""
    return tuple(setting.name for setting in _all_settings())


@cache
def _by_name() -> ExpressionIndex[Setting]:
    return ExpressionIndex((setting.name, setting) for setting in _all_settings())


@cached_by_leaf
def _settings_of(leaf: Leaf) -> frozenset[Setting]:
    """Returns the settings of the table that a leaf is, with its value."""
    names, value = setting_names(leaf), str(leaf.value).strip(_QUOTES)
    return frozenset(
        setting
        for setting in _by_name().of("\n".join(names))
        if setting.value.fullmatch(value) is not None and any(map(setting.name.fullmatch, names))
    )


def everybody_let_in(leaves: Leaves) -> Iterator[tuple[Leaf, str]]:
    """Yields for each set of settings that a resource has, and that nothing limits, the leaf of the first setting and
    the harm."""
    found: dict[Setting, list[Leaf]] = defaultdict(list)
    for leaf, settings in _settings_of.among(leaves):
        for setting in settings:
            found[setting].append(leaf)
    for row in joined_switches() if found else ():
        if found.keys() >= set(row.settings):
            others = [[leaf.path for leaf in found[setting]] for setting in row.settings[1:]]
            limits = [leaf.path for setting in row.limits for leaf in found.get(setting, ())][:MOST]
            for leaf in found[row.settings[0]]:
                is_near = partial(is_beside, leaf.path)
                if all(len(paths) > MOST or any(map(is_near, paths)) for paths in others) and not any(
                    map(is_near, limits)
                ):
                    yield leaf, row.harm
                    break
