"""Properties of the SDKs' types with their words, and the properties that checks of guardrails name."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from guardrails.registry import ALL

from falaj.sandbox.clouds.sdk_schema import Property, Sdk, Type


def _parts(kind: Type) -> Iterator[Type]:
    yield kind
    for part in kind.of:
        yield from _parts(part)


def types_in(
    sdk: Sdk, props: Mapping[str, Property], depth: int, path: str = "", seen: frozenset[object] = frozenset()
) -> Iterator[tuple[str, Type]]:
    """Yields the paths and types of properties down to a depth of objects; an object inside itself once."""
    for name, declared in props.items():
        for part in _parts(declared.type):
            yield f"{path}{name}", part
            if part.ref is not None and part.ref not in seen and len(seen) < depth:
                yield from types_in(sdk, sdk.properties(part.ref), depth, f"{path}{name}.", seen | {part.ref})


def checked_paths() -> Mapping[str, set[str]]:
    """Returns type token -> paths of the properties that checks evaluate, without indices."""
    checked: dict[str, set[str]] = defaultdict(set)
    for check in (check for item in ALL for check in item.checks):
        for token in check.tokens:
            checked[token].add(re.sub(r"\[[*+]\]|\?", "", check.path))
    return checked
