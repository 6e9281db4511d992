"""Names of settings, however a program, a file or a variable writes them: in lower case without separators."""

import re

from .texts import Leaf


def setting_names(leaf: Leaf) -> tuple[str, ...]:
    """Returns the names of a setting: its key, its path, its key below the path of the text that has it, and the path
    of what has its value in a map, as variables of some charts: `{N8N_PORT: {value: 80}}`."""
    texts = (leaf.key, leaf.path, leaf.path + leaf.key, leaf.path.removesuffix(".value"))
    return tuple({re.sub(r"[\W_]", "", text).lower() for text in texts})


def ending(pattern: str) -> re.Pattern[str]:
    """Returns a pattern of the names that end as a pattern says."""
    return re.compile(rf"(?:.*[^a-z0-9])?(?:\w*?)(?:{pattern})")
