"""Checks whether the installed SDKs have a property at the path that a guardrail reads."""

import re

from falaj.sandbox.clouds.sdk_schema import Property, sdk

_MARK = re.compile(r"\[[*+]\]|\?")


def has_path(token: str, path: str, *, in_maps: bool = True) -> bool:
    """Whether the inputs of a type have the property. Maps and values of any type may have every property."""
    package = f"pulumi_{token.split(':')[0].replace('-', '_')}"
    first, *rest = [_MARK.sub("", segment) for segment in path.split(".")]
    inputs = sdk(package).schema(token).inputs
    return first in inputs and _has_nested(package, inputs[first], rest, in_maps=in_maps)


def _has_nested(package: str, declared: Property, rest: list[str], *, in_maps: bool) -> bool:
    kinds = [declared.type]
    while kinds:
        kind = kinds.pop()
        if not rest and kind.kind != "union":
            return True
        if kind.kind in ("list", "union") or (kind.kind == "map" and in_maps):
            kinds += kind.of
        if kind.kind in ("map", "any") and rest and in_maps:
            return True
        if kind.ref is not None and rest:
            nested = sdk(package).properties(kind.ref)
            if rest[0] in nested and _has_nested(package, nested[rest[0]], rest[1:], in_maps=in_maps):
                return True
    return False
