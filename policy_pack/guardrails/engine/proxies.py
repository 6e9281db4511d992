"""Converts the resources that CrossGuard passes to plain data.

They are proxies, and reading an unknown value aborts the rule, which would hide definite violations. So properties are
converted once. Only evaluations need this module, and Pulumi's SDK with it.
"""

from collections.abc import Mapping
from typing import Any, TypeGuard

from pulumi_policy.deserialize import serialize_properties
from pulumi_policy.proxy import _DictProxy, _ListProxy

from .reading import Plain, Resource, plain
from .tokens import normalise


def read_properties(props: Mapping[str, object]) -> dict[str, Plain]:
    """Returns the properties of a resource as plain data, with UNKNOWN for values that are not known yet."""
    return {str(key): _read(value) for key, value in (props["__target"] if _is_dict(props) else props).items()}


def _is_dict(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, _DictProxy)


def _read(value: object) -> Plain:
    """Returns a value as plain data.

    The SDK's own conversion asks of each value whether it is one of a dozen kinds, in a seventh of the time that an
    evaluation takes (2026-12-01), so it is for assets, archives and secrets only.
    """
    if isinstance(value, str) or value is None:
        return plain(value)
    if _is_dict(value):
        return {str(key): _read(item) for key, item in value["__target"].items()}
    if isinstance(value, _ListProxy):
        return [_read(item) for item in value["__target"]]
    return plain(serialize_properties({"": value})[""])


def make_resource(
    urn: str,
    token: str,
    name: str,
    props: Mapping[str, object],
    provider: "Resource | None" = None,
    **options: Any,
) -> Resource:
    """Creates a resource from the engine's proxies and its type token, in any spelling; `options` are other fields."""
    return Resource(urn, normalise(token), name, read_properties(props), provider, **options)
