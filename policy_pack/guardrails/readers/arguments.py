"""Arguments of programs inside texts, such as `--report_to=tracker` in a list of arguments or in a line of a script."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ..engine.reading import Resource
from .texts import Leaf, Leaves, read_texts

_ARGUMENT = re.compile(r"(?<![\w-])--(?P<name>[A-Za-z][\w.-]{1,60})[= ][\"']?(?P<value>[^\s\"'=-][^\s\"']{0,200})")


def with_arguments(leaves: Iterable[Leaf]) -> Iterator[Leaf]:
    """Yields the leaves, and after each those of the arguments with values in its text."""
    for leaf in leaves:
        yield leaf
        text = leaf.value if isinstance(leaf.value, str) and "--" in leaf.value else ""
        yield from (Leaf(leaf.path, match["name"], match["value"], True) for match in _ARGUMENT.finditer(text))


@lru_cache(maxsize=4)
def leaves_and_arguments(resource: Resource) -> Leaves:
    """Returns the leaves of a resource with the arguments in their texts."""
    return Leaves(with_arguments(read_texts(resource).leaves))
