"""References of the settings to other keys of the stack's configuration: `owner: ${falaj:owner}`.

`pulumi new` and `pulumi config set` write a value under a key of its own (`falaj:owner`), as a string, and never into
an object such as `falaj:platform`. A reference takes it from there. It is the whole value of a field, and its key has
no namespace but `falaj`, so that a template's keys do not depend on the name of the project.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from falaj.components.core.validation.raw import as_list, as_mapping, is_list, is_mapping

if TYPE_CHECKING:
    from falaj.components.core.validation.problems import Problem

NAMESPACE = "falaj"
_REFERENCE = re.compile(rf"\$\{{{NAMESPACE}:([A-Za-z0-9_-]+)\}}")

Lookup = Callable[[str], object]
"""Key without namespace -> its value; None if the stack does not have it."""


def resolve(value: object, lookup: Lookup) -> object:
    """Returns settings in which each reference is replaced by the text of its key. Other references remain."""
    if is_mapping(value):
        return {key: resolve(item, lookup) for key, item in as_mapping(value).items()}
    if is_list(value):
        return [resolve(item, lookup) for item in as_list(value)]
    key = _key(value)
    found = None if key is None else lookup(key)
    return value if found is None or is_mapping(found) or is_list(found) else str(found)


def in_config(config: Mapping[str, object]) -> Lookup:
    """Returns the lookup in the `config` of a stack file or of a plan."""
    return lambda key: config.get(f"{NAMESPACE}:{key}")


def unresolved(value: object, path: str) -> Iterator[Problem]:
    """Yields a problem for each reference in resolved settings: its key is missing, secret or an object."""
    # Imported here: it loads Pulumi's SDK, and commands that only read settings need none.
    from falaj.components.core.validation.problems import Problem

    for name, item in as_mapping(value).items():
        yield from unresolved(item, f"{path}.{name}")
    for index, item in enumerate(as_list(value)):
        yield from unresolved(item, f"{path}.{index}")
    if key := _key(value):
        fix = f"run `pulumi config set {NAMESPACE}:{key} VALUE`, or write the value here"
        yield Problem(path, value, f"a reference to a plain value of the stack, and there is no {NAMESPACE}:{key}", fix)


def _key(value: object) -> str | None:
    match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return match and match.group(1)
