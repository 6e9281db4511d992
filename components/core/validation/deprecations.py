"""Names that have changed: the old one works for one minor version, and whoever uses it is told."""

import warnings
from collections.abc import Mapping
from typing import Any


class FalajDeprecationWarning(FutureWarning):
    """An old name was used. Shown by default, unlike `DeprecationWarning`."""


def with_moved_keys(owner: str, moved: Mapping[str, str], given: Any) -> Any:
    """`given` with each old key's value under the path that replaces it.

    A key that is given under both names is left for validation to refuse. Anything but a mapping is returned as it is.
    """
    if not isinstance(given, Mapping) or not (old_keys := moved.keys() & given.keys()):
        return given
    result = {key: value for key, value in given.items() if key not in old_keys}
    for old in sorted(old_keys):
        if not _put(result, moved[old].split("."), given[old]):
            result[old] = given[old]
            continue
        message = f"{owner}: `{old}` is deprecated and goes in the next minor version; write `{moved[old]}`"
        warnings.warn(message, FalajDeprecationWarning, stacklevel=2)
    return result


def _put(target: dict[str, Any], path: list[str], value: Any) -> bool:
    """Whether the value could be put at that path: not where something is there already."""
    *parents, last = path
    for parent in parents:
        inside = target.get(parent, {})
        if not isinstance(inside, Mapping):
            return False
        target[parent] = target = dict(inside)
    if last in target:
        return False
    target[last] = value
    return True
