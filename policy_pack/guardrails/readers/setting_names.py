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


_OPENING_LISTS = ("nodesexclude", "deploymentadminallowadmin", "apisixallowadmin")
"""Names of lists of what is switched off, or of who is let in, in the place of a default that has something: n8n
(docs.n8n.io, "Block access to nodes", read 2026-11-29); APISIX lets each address in if there is none (apache/apisix
conf/config.yaml, allow_admin; read 2026-11-30)."""


def is_opening_list(leaf: Leaf) -> bool:
    """Returns whether a list says that nothing is switched off, or all are let in, and a default would do otherwise."""
    return leaf.value == EMPTY_LIST and any(name.endswith(_OPENING_LISTS) for name in setting_names(leaf))


def ending(pattern: str) -> Expression:
    """Returns an expression of the names that end as a pattern says."""
    return Expression(rf"(?:.*[^a-z0-9])?(?:\w*?)(?:{pattern})")
