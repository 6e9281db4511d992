"""Converts the resources that CrossGuard passes to plain data.

They are proxies, and reading an unknown value aborts the rule, which would hide definite violations. So properties are
converted once. Only evaluations need this module, and Pulumi's SDK with it.
"""

from collections.abc import Mapping

from pulumi_policy import proxy
from pulumi_policy.deserialize import SPECIAL_SECRET_SIG, SPECIAL_SIG_KEY, serialize_properties

from .reading import UNKNOWN, Plain, Resource
from .tokens import normalise

_UNKNOWN_SENTINELS = frozenset(
    {
        proxy.UNKNOWN_BOOLEAN_VALUE,
        proxy.UNKNOWN_NUMBER_VALUE,
        proxy.UNKNOWN_STRING_VALUE,
        proxy.UNKNOWN_ARRAY_VALUE,
        proxy.UNKNOWN_ASSET_VALUE,
        proxy.UNKNOWN_ARCHIVE_VALUE,
        proxy.UNKNOWN_OBJECT_VALUE,
    }
)


def plain(value: object) -> Plain:
    """Returns a value without the engine's markers, with UNKNOWN for values that are not known yet."""
    if isinstance(value, str):
        return UNKNOWN if value in _UNKNOWN_SENTINELS else value
    if isinstance(value, Mapping):
        if value.get(SPECIAL_SIG_KEY) == SPECIAL_SECRET_SIG:
            return plain(value.get("value"))
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return UNKNOWN


def read_properties(props: Mapping[str, object]) -> dict[str, Plain]:
    """Returns the properties of a resource as plain data, with UNKNOWN for values that are not known yet."""
    return {str(key): plain(value) for key, value in serialize_properties(props).items()}


def make_resource(
    urn: str,
    token: str,
    name: str,
    props: Mapping[str, object],
    provider: "Resource | None" = None,
    dependencies: Mapping[str, tuple[str, ...]] | None = None,
) -> Resource:
    """Creates a resource from the engine's proxies and its type token, in any spelling."""
    return Resource(urn, normalise(token), name, read_properties(props), provider, dict(dependencies or {}))
