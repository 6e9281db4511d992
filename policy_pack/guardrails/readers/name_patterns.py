"""Many patterns of names at once, in which only those with stars or brackets before their end are tried one by one."""

from collections.abc import Iterable
from fnmatch import fnmatchcase

_SPECIAL = frozenset("*?[")


def is_plain(pattern: str) -> bool:
    """Returns whether a pattern is a name, in which each character stands for itself."""
    return _SPECIAL.isdisjoint(pattern)


class NamePatterns:
    """Patterns as `fnmatchcase` reads them."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Sorts the patterns: names, beginnings, and others."""
        by_form: dict[str, set[str]] = {"names": set(), "beginnings": set(), "others": set()}
        for pattern in patterns:
            form = "names" if is_plain(pattern) else "beginnings" if is_plain(pattern.removesuffix("*")) else "others"
            by_form[form].add(pattern.removesuffix("*") if form == "beginnings" else pattern)
        self._names, self._beginnings, self._others = map(frozenset, by_form.values())
        self._lengths = sorted({len(beginning) for beginning in self._beginnings})

    def __bool__(self) -> bool:
        return bool(self._names or self._beginnings or self._others)

    def fit(self, name: str) -> bool:
        """Returns whether one of the patterns fits a name."""
        return (
            name in self._names
            or any(name[:length] in self._beginnings for length in self._lengths if length <= len(name))
            or any(fnmatchcase(name, pattern) for pattern in self._others)
        )
