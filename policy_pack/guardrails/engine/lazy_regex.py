"""Regular expressions that are compiled when they are first used.

The pack has some 1,900, of which a stack uses a part: 160 for log groups. To compile all was half of the time in
which the pack starts, before each preview (2026-12-01).
"""

import re
from typing import Any, cast

_PARTS = (
    "search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn", "flags", "groups", "groupindex",
)  # fmt: skip


class CompiledRegex:
    """An expression with its parts. Python finds them faster in a class that has no `__getattr__`."""

    pattern: str
    search: Any
    flags: int


class LazyRegex(CompiledRegex):
    """An expression as `re.compile` returns it, which is compiled when something but its text is asked for."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Takes what `re.compile` takes."""
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compiles the expression, whose parts are then attributes of this object.

        Raises re.error if it is not valid: `tests/policies/test_lazy_regex.py` compiles all.
        """
        if name not in _PARTS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        vars(self).update({part: getattr(compiled, part) for part in _PARTS})
        self.__class__ = CompiledRegex  # type: ignore[assignment]
        return getattr(compiled, name)


def lazy_regex(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Returns an expression for the tables and names of a module: functions call `re.compile`, which keeps the last."""
    return cast("re.Pattern[str]", LazyRegex(pattern, flags))
