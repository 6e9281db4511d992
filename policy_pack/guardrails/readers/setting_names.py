"""Names of settings, however a program, a file or a variable writes them: in lower case without separators."""

import re

from .expressions import Expression
from .texts import EMPTY_LIST, Leaf

_SEPARATORS = re.compile(r"[\W_]")


def setting_name(text: str) -> str:
    """Returns a name in lower case without separators."""
    return _SEPARATORS.sub("", text).lower()


def setting_names(leaf: Leaf) -> tuple[str, ...]:
    """Returns the names of a setting: its key, its path, its key below the path of the text that has it, and the path
    of what has its value in a map, as variables of some charts: `{N8N_PORT: {value: 80}}`."""
    key, path = setting_name(leaf.key), setting_name(leaf.path)
    return tuple({key, path, path + key, setting_name(leaf.path.removesuffix(".value"))})


_OPENING_LISTS = ("nodesexclude",)
"""Names of lists of what is switched off, in the place of a default that has something: n8n (docs.n8n.io, "Block access
to nodes", read 2026-11-29)."""


def is_opening_list(leaf: Leaf) -> bool:
    """Returns whether a list says that nothing is switched off, and a default would switch something off."""
    return leaf.value == EMPTY_LIST and any(name.endswith(_OPENING_LISTS) for name in setting_names(leaf))


def ending(pattern: str) -> Expression:
    """Returns an expression of the names that end as a pattern says."""
    return Expression(rf"(?:.*[^a-z0-9])?(?:\w*?)(?:{pattern})")
