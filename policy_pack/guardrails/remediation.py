"""Remediation policies. They add cost tags whose values the settings state for a stack, and protections that a program
does not set.

They never overwrite, guess or remove a value, and a second run changes nothing. The guardrails evaluate the result.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pulumi_policy import EnforcementLevel, Policy, ResourceValidationArgs, ResourceValidationPolicy

from .engine.reading import UNKNOWN, Resource
from .protections import missing_protections
from .readers.effective_tags import AUTO_SCALING_GROUP, effective_tags, is_taggable


def _missing_tags(resource: Resource, configured: Mapping[str, str]) -> dict[str, str]:
    """Returns the tags of the settings that the resource lacks; returns none if its tags are not completely known."""
    tags = effective_tags(resource)
    if not tags.complete or resource.get("tags") is UNKNOWN or resource.get("tagsAll") is UNKNOWN:
        return {}
    return {key: value for key, value in configured.items() if tags.values.get(key) in (None, "")}


def _add_tags(args: ResourceValidationArgs, resource: Resource, missing: Mapping[str, str]) -> None:
    """Adds the tags in place: a copy of the properties would lose the information which values are secret."""
    props: Any = args.props
    if not isinstance(resource.get("tags"), dict):
        props["tags"] = dict(missing)
    # The provider does not merge the tags again after a remediation, so the tags are added to `tagsAll` too.
    for name in ("tags", "tagsAll"):
        if isinstance(resource.get(name), dict):
            for key, value in missing.items():
                props[name][key] = value


Read = Callable[[ResourceValidationArgs], Resource]
"""A function that converts the engine's arguments to plain data."""


def _policy(
    name: str, description: str, remediate: Callable[[ResourceValidationArgs], Mapping[str, Any] | None]
) -> Policy:
    return ResourceValidationPolicy(
        name=name,
        description=description,
        # The SDK also accepts a mapping as the result, which its annotation omits.
        remediate=remediate,  # pyright: ignore[reportArgumentType]
        enforcement_level=EnforcementLevel.REMEDIATE,
    )


def tag_remediation(tags_by_stack: Mapping[str, Mapping[str, str]], read: Read) -> Policy:
    """Creates the policy that adds the cost tags of the settings. `tags_by_stack`: stack -> tag -> value."""

    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        resource = read(args)
        if not is_taggable(resource) or resource.type == AUTO_SCALING_GROUP:
            return None
        missing = _missing_tags(resource, tags_by_stack.get(resource.stack, {}))
        if not missing:
            return None
        _add_tags(args, resource, missing)
        return args.props

    return _policy(
        "falaj-tags-remediation", "Missing cost tags are added where the settings state their value", remediate
    )


def protection_remediation(stacks: Collection[str], read: Read) -> Policy:
    """Creates the policy that adds missing protections to the resources of the given stacks."""

    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        resource = read(args)
        missing = missing_protections(resource.type, resource.props) if resource.stack in stacks else {}
        props: Any = args.props
        for name, value in missing.items():
            props[name] = value
        return args.props if missing else None

    return _policy(
        "falaj-protections-remediation",
        "Minimum TLS versions are set and public access is disabled where a program does not set them",
        remediate,
    )
