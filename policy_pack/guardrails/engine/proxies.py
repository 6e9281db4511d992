"""Converts the resources that CrossGuard passes to plain data.

They are proxies, and reading an unknown value aborts the rule, which would hide definite violations. So properties are
converted once. Only evaluations need this module, and Pulumi's SDK with it.
"""

from collections.abc import Mapping

from pulumi_policy.deserialize import serialize_properties

from .reading import Plain, Resource, plain
from .tokens import normalise


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
