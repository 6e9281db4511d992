"""Names of settings, however a program, a file or a variable writes them: in lower case without separators."""

import re

from .expressions import Expression
from .texts import Leaf

_SEPARATORS = re.compile(r"[\W_]")


def setting_name(text: str) -> str:
    """Returns a name in lower case without separators."""
    return _SEPARATORS.sub("", text).lower()


def setting_names(leaf: Leaf) -> tuple[str, ...]:
    """Returns the names of a setting: its key, its path, its key below the path of the text that has it, and the path
    of what has its value in a map, as variables of some charts: `{N8N_PORT: {value: 80}}`."""
    key, path = setting_name(leaf.key), setting_name(leaf.path)
    return tuple({key, path, path + key, setting_name(leaf.path.removesuffix(".value"))})


def ending(pattern: str) -> Expression:
    """Returns an expression of the names that end as a pattern says."""
    return Expression(rf"(?:.*[^a-z0-9])?(?:\w*?)(?:{pattern})")
