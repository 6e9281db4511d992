"""Arguments of programs: `--report_to=tracker` in a list of arguments or in a line of a script, and `--report_to` as an
item of a list with its value as the next one.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from .texts import Leaf, Leaves, read_texts

_ARGUMENT = lazy_regex(r"(?<![\w-])--(?P<name>[A-Za-z][\w.-]{1,60})[= ][\"']?(?P<value>[^\s\"'=-][^\s\"']{0,200})")
_NAME = lazy_regex(r"--(?P<name>[A-Za-z][\w.-]{1,60})")
_ITEM = lazy_regex(r"(?P<list>.*)\[(?P<index>\d{1,6})\]", re.DOTALL)
_VALUE = lazy_regex(r"[^\s\"'=-].{0,200}")


def with_arguments(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Yields the leaves, and after each those of the arguments with values in its text, or the one of whose name the
    item before it is."""
    before: Leaf | None = None
    for leaf in leaves:
        yield leaf
        text = leaf.value if isinstance(leaf.value, str) and "--" in leaf.value else ""
        yield from (Leaf(leaf.path, match["name"], match["value"], True) for match in _ARGUMENT.finditer(text))
        if before is not None and (name := _NAME.fullmatch(str(before.value))) and _is_value(before, leaf):
            yield Leaf(leaf.path, name["name"], leaf.value, True)
        before = leaf


def _is_value(name: Leaf, leaf: Leaf) -> bool:
    """Returns whether a leaf is the item of a list behind another one, and not an option itself."""
    if not isinstance(leaf.value, str) or _VALUE.fullmatch(leaf.value) is None:
        return False
    first, second = _ITEM.fullmatch(name.path), _ITEM.fullmatch(leaf.path)
    return (
        first is not None
        and second is not None
        and first["list"] == second["list"]
        and int(second["index"]) == int(first["index"]) + 1
    )


@lru_cache(maxsize=4)
def leaves_and_arguments(resource: Resource) -> Leaves:
    """Returns the leaves of a resource with the arguments in their texts."""
    return Leaves(with_arguments(read_texts(resource).leaves))
