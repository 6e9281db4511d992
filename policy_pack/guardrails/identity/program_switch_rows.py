"""Rows of `data/program_switches.csv`, one a switch of a program.

`variable` is the end of the name of a setting, an argument or an environment variable, in lower case without
separators, with the values that are refused, and in `unless` the end of the name of one that limits it where it is set
beside it (`readers.beside`); `text` is an expression over whatever texts and commands say. Each row has the harm and
the document or the source of the program, with its commit. Words in braces are those of `engine/table_words.py`.
`fix` names a row of `data/program_fixes.csv`, which says what to do where members of a group are no answer, such as
where records are lost; `data/joined_switches.csv` has the same column.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from ..engine.table_words import with_words
from ..readers.expressions import Expression
from ..readers.setting_names import ending

_NOTHING = lazy_regex(r"(?:none|[bru]{0,2}(?:''|\"\"))?", re.IGNORECASE)
"""Values that set nothing: None, and empty texts of Python."""


@dataclass(frozen=True, slots=True)
class ProgramSwitch:
    """A switch: the name of a setting and the values that are refused, or an expression over texts."""

    name: Expression | None
    """The end of the setting's name; None for an expression over texts."""
    pattern: Expression
    """The refused values, or the expression."""
    unless: Expression | None
    """The end of the name of a setting that limits this one; None if nothing does."""
    harm: str
    """What whoever reaches the program can do."""

    def is_limited_by(self, names: tuple[str, ...], value: str) -> bool:
        """Returns whether a setting with these names and this value limits the switch."""
        is_set = _NOTHING.fullmatch(value.strip(" .*")) is None
        return self.unless is not None and is_set and any(map(self.unless.fullmatch, names))

    def is_set(self, names: tuple[str, ...], value: str) -> bool:
        """Returns whether a setting with these names and this value is refused, if the switch has a name."""
        return self.has_value(value) and self.name is not None and any(map(self.name.fullmatch, names))

    def has_value(self, value: str) -> bool:
        """Returns whether a setting with this value is refused if it has the name, or a text if the switch has none."""
        if self.name is None:
            return self.pattern.search(value) is not None
        return self.pattern.fullmatch(value.strip()) is not None


@cache
def program_switches() -> tuple[ProgramSwitch, ...]:
    """Returns the reviewed switches."""
    with (DATA / "program_switches.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_switch(row) for row in csv.DictReader(file))


@cache
def _fixes() -> dict[str, str]:
    """Returns what to do by harm, of the rows that name a fix."""
    with (DATA / "program_fixes.csv").open(encoding="utf-8", newline="") as file:
        fixes = {row["name"]: row["fix"] for row in csv.DictReader(file)}
    found: dict[str, str] = {}
    for table in ("program_switches.csv", "joined_switches.csv"):
        with (DATA / table).open(encoding="utf-8", newline="") as file:
            found |= {row["harm"]: fixes[row["fix"]] for row in csv.DictReader(file) if row["fix"]}
    return found


def fix_of(harm: str) -> str:
    """Returns what to do about a harm that no sign-in ends, such as records that are lost; empty for any other."""
    return _fixes().get(harm, "")


def _switch(row: dict[str, str]) -> ProgramSwitch:
    unless, pattern = ending(row["unless"]) if row["unless"] else None, with_words(row["pattern"])
    if row["kind"] == "text":
        return ProgramSwitch(None, Expression(pattern, re.IGNORECASE | re.MULTILINE), unless, row["harm"])
    return ProgramSwitch(ending(pattern), Expression(with_words(row["values"]), re.IGNORECASE), unless, row["harm"])
