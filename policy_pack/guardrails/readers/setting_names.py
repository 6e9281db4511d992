"""Names of settings, however a program, a file or a variable writes them: in lower case without separators."""

import re

from .texts import Leaf


def setting_names(leaf: Leaf) -> tuple[str, ...]:
    """Returns the names of a setting: its key, its path, and its key below the path of the text that has it."""
    texts = (leaf.key, leaf.path, leaf.path + leaf.key)
    return tuple({re.sub(r"[\W_]", "", text).lower() for text in texts})


def ending(pattern: str) -> re.Pattern[str]:
    """Returns a pattern of the names that end as a pattern says."""
    return re.compile(rf"(?:.*[^a-z0-9])?(?:\w*?)(?:{pattern})")


def name_of(text: str) -> str:
    """Returns a key or path in lower case without separators."""
    return re.sub(r"[\W_]", "", text).lower()
