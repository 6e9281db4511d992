"""Parameters with which policies of Azure do nothing: effects that are off under a name of their own, and expressions
of allowed images that every image meets.

An initiative gives each of its policies a parameter of its own for the effect, such as `storagePublicAccessEffect`
(MicrosoftDocs/azure-docs 03e5750a articles/governance/policy/concepts/initiative-definition-structure.md, Passing a
parameter value to a policy definition); the effect `disabled` does nothing (58a6cf9d effect-disabled.md there).
Initiatives of Microsoft are for many services, so that a team switches off what does not concern it: these pass, but
for those that concern every subscription. allowedContainerImagesRegex is the parameter of "Kubernetes cluster
containers should only use allowed images" (Azure/azure-policy f4a50bac built-in-policies/policyDefinitions/Kubernetes/
ContainerAllowedImages.json). All read 2026-12-01. Properties by pulumi-azure-native 3.29.0.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, one_or_many
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed

_ASSIGNMENTS = azure("authorization:PolicyAssignment")
_DEFINITIONS = azure(*(
    f"authorization:Policy{kind}{end}" for kind in ("Definition", "SetDefinition")
    for end in ("", "AtManagementGroup", "Version", "VersionAtManagementGroup")
))  # fmt: skip
_OF_MICROSOFT = lazy_regex(r"/providers/Microsoft\.Authorization/policySetDefinitions/[^/]+/?", re.IGNORECASE)
_EFFECT = lazy_regex(r"effect", re.IGNORECASE)
_OF_EVERY_TEAM = lazy_regex(r"^(?:identity|secureTransfer|\w{0,60}MFA)\w{0,80}effect", re.IGNORECASE)
"""Effects, in initiatives of Microsoft, that concern each subscription: owners, guests and second factors, and accounts
of storage without TLS (Azure/azure-policy f4a50bac built-in-policies/policySetDefinitions/Security Center/
AzureSecurityCenter.json, read 2026-12-01)."""
_OF_IMAGES = lazy_regex(r"(?:image|registr)\w{0,60}regex|regex\w{0,60}(?:image|registr)", re.IGNORECASE)
_LONGEST = 4000
_NO_LITERAL = lazy_regex(
    r"\\.|\[(?:\\.|[^\]\\]){0,200}\]|\{[\d,]{1,9}\}|\(\?(?:P<\w{1,40}>|[a-zA-Z]{0,9}[:=!<)]{0,2})|[^A-Za-z0-9|]"
)
"""What in a regular expression is no letter or digit that must stand there: classes, numbers of times and signs."""


def check_policy_parameters(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each such parameter."""
    if resource.type in _ASSIGNMENTS:
        is_own = _OF_MICROSOFT.fullmatch(str(resource.get("policyDefinitionId")).strip()) is None
        effects = _EFFECT if is_own else _OF_EVERY_TEAM
        yield from _values(resource.get("parameters"), "parameters", "value", effects)
    elif resource.type in _DEFINITIONS:
        yield from _values(resource.get("parameters"), "parameters", "defaultValue", _EFFECT)
        for index, item in enumerate(one_or_many(resource.get("policyDefinitions"))):
            given = item.get("parameters") if isinstance(item, dict) else None
            yield from _values(given, f"policyDefinitions[{index}].parameters", "value", _EFFECT)


def _values(parameters: Plain, start: str, key: str, effects: re.Pattern[str]) -> Iterator[Outcome]:
    for name, item in parameters.items() if isinstance(parameters, dict) else ():
        value, path = item.get(key) if isinstance(item, dict) else None, f"{start}.{name}.{key}"
        if effects.search(name) and str(value).strip().lower() == "disabled":
            yield failed(f"{path} must not be Disabled: the policy does nothing", path)
        if isinstance(value, str) and _OF_IMAGES.search(name) and meets_every_image(value):
            yield failed(f"{path} is met by every image: name the registries that are one's own", path)


def meets_every_image(expression: str) -> bool:
    """Returns whether one of the alternatives of a regular expression asks for no letter or digit."""
    parts = _NO_LITERAL.sub("", expression[:_LONGEST]).split("|") if expression.strip() else []
    return any(not part for part in parts)
