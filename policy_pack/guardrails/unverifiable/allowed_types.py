"""Types that the settings allow although no guardrail can evaluate what they deploy."""

from collections.abc import Mapping

from ..engine.reading import Resource
from ..engine.tokens import normalise


def is_allowed(resource: Resource, allowed: Mapping[str, str]) -> bool:
    """Returns whether the type is listed, under its current token or under an older or versioned one."""
    return any(
        resource.type == normalise(name) or (name.endswith("*") and resource.type.startswith(normalise(name[:-1])))
        for name in allowed
    )
