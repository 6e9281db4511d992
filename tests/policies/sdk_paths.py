"""Whether the installed SDKs have a property, by the path with which a guardrail asks for it."""

import re

from falaj.sandbox.clouds.sdk_schema import Property, sdk

_MARK = re.compile(r"\[[*+]\]|\?")


def has_path(token: str, path: str, *, in_maps: bool = True) -> bool:
    """Whether the inputs of a type have a property. Below maps, and values of any kind, there may be every one."""
    package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
    first, *rest = [_MARK.sub("", part) for part in path.split(".")]
    inputs = sdk(package).schema(token).inputs
    return first in inputs and _below(package, inputs[first], rest, in_maps=in_maps)


def _below(package: str, found: Property, rest: list[str], *, in_maps: bool) -> bool:
    kinds = [found.type]
    while kinds:
        kind = kinds.pop()
        if not rest and kind.kind != "union":
            return True
        if kind.kind in ("list", "union") or (kind.kind == "map" and in_maps):
            kinds += kind.of
        if kind.kind in ("map", "any") and rest and in_maps:
            return True
        if kind.ref is not None and rest:
            below = sdk(package).properties(kind.ref)
            if rest[0] in below and _below(package, below[rest[0]], rest[1:], in_maps=in_maps):
                return True
    return False
