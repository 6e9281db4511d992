"""Remediation only adds: cost tags whose value the pack's settings state for a stack, and protections left unstated.

Nothing is overwritten, guessed or removed, and a second pass changes nothing. The tag rules judge the result.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pulumi_policy import EnforcementLevel, Policy, ResourceValidationArgs, ResourceValidationPolicy

from .engine.reading import UNKNOWN, Resource
from .protections import unstated
from .readers.effective_tags import AUTO_SCALING_GROUP, effective_tags, is_taggable


def _missing(resource: Resource, stated: Mapping[str, str]) -> dict[str, str]:
    """The stated tags that the resource certainly lacks; none while its tags are not wholly known."""
    tags = effective_tags(resource)
    if not tags.complete or resource.get("tags") is UNKNOWN or resource.get("tagsAll") is UNKNOWN:
        return {}
    return {key: value for key, value in stated.items() if tags.values.get(key) in (None, "")}


def _add(args: ResourceValidationArgs, resource: Resource, missing: Mapping[str, str]) -> None:
    """Write in place: a copy of the engine's view would lose which values are secret."""
    props: Any = args.props
    if not isinstance(resource.get("tags"), dict):
        props["tags"] = dict(missing)
    # What the provider merged is not merged again after a remediation, so it is completed too.
    for name in ("tags", "tagsAll"):
        if isinstance(resource.get(name), dict):
            for key, value in missing.items():
                props[name][key] = value


Read = Callable[[ResourceValidationArgs], Resource]
"""Makes plain data of what the engine hands over."""


def _policy(
    name: str, description: str, remediate: Callable[[ResourceValidationArgs], Mapping[str, Any] | None]
) -> Policy:
    return ResourceValidationPolicy(
        name=name,
        description=description,
        # The SDK takes the mapping itself as well, which its annotation forgets.
        remediate=remediate,  # pyright: ignore[reportArgumentType]
        enforcement_level=EnforcementLevel.REMEDIATE,
    )


def tag_remediation(stated: Mapping[str, Mapping[str, str]], read: Read) -> Policy:
    """The policy that adds the tags stated for each stack."""

    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        resource = read(args)
        if not is_taggable(resource) or resource.type == AUTO_SCALING_GROUP:
            return None
        missing = _missing(resource, stated.get(resource.stack, {}))
        if not missing:
            return None
        _add(args, resource, missing)
        return args.props

    return _policy(
        "falaj-tags-remediation", "Cost tags whose value the stack states are added where missing", remediate
    )


def protection_remediation(stacks: Collection[str], read: Read) -> Policy:
    """The policy that adds protections that a resource of these stacks leaves unstated."""

    def remediate(args: ResourceValidationArgs) -> Mapping[str, Any] | None:
        resource = read(args)
        missing = unstated(resource.type, resource.props) if resource.stack in stacks else {}
        props: Any = args.props
        for name, value in missing.items():
            props[name] = value
        return args.props if missing else None

    return _policy("falaj-protections-remediation", "Least TLS versions and closed access are added", remediate)
