"""Assignments of Azure Policy and rules of governance hold somewhere: they leave out neither the scope they are for,
nor the subscription of the stack. Exemptions are of resource groups and what is in them, and end within a year. Groups
of subscriptions stay beneath those whose policies hold for them.

Descriptions of notScopes of PolicyAssignment and of excludedScopes of GovernanceRule and StandardAssignment in
pulumi-azure-native 3.29.0, read 2026-11-29; learn.microsoft.com/azure/governance/policy/concepts/exemption-structure,
read 2026-12-01. How long an exemption may last was decided here.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from falaj.facts.clock import today

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource, texts_in, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, passed

SCOPED: dict[str, tuple[str, str]] = {
    **dict.fromkeys(azure("authorization:PolicyAssignment"), ("scope", "notScopes")),
    **dict.fromkeys(azure("security:GovernanceRule"), ("scope", "excludedScopes")),
    **dict.fromkeys(azure("security:StandardAssignment"), ("resourceId", "excludedScopes")),
}
"""Type -> property with its scope, and that of the scopes below it that are left out."""


EXEMPTIONS = azure("authorization:PolicyExemption")
_GROUP = "/resourcegroups/"
_ABOVE = ("azure-native:management:", "azure-native:subscription:", "azure-native:authorization:")
"""Modules of management groups, subscriptions and policies. What else a plan has is a resource group, or in one."""
_LONGEST = timedelta(days=366)


GROUPS_OF_SUBSCRIPTIONS = azure("management:ManagementGroup")
_FOR_TRIALS = lazy_regex(
    r"(?<![a-z])(?:sand[ _-]?box(?:es)?|sbx|sandpits?|playgrounds?|trials?|experiments?|decommissioned)(?![a-z])",
    re.IGNORECASE,
)
"""Names of groups in which policies are few, or resources are on their way out (Azure/Enterprise-Scale and copies of
its reference implementations, "Sandboxes" and "Decommissioned", read 2026-12-02)."""
_OF_PRODUCTION = lazy_regex(
    r"(?<![a-z])(?<!non[ _-])(?<!not[ _-])(?<!pre[ _-])"
    r"(?:pro?d|production|live|corp|online|platform|connectivity|identity|landing[ _-]?zones?)(?![a-z])",
    re.IGNORECASE,
)
"""Names of groups whose subscriptions are used, or carry the others (the same)."""
_HUMP = lazy_regex(r"(?<=[a-z])(?=[A-Z])")
"""Where a word begins inside of a name such as `bankProd`."""


def check_parent(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure if a group of subscriptions that are used is beneath one for trials: it has the policies and
    roles of its parent alone. One that is for trials itself may have the word of its counterpart in its name."""
    own = [_HUMP.sub("-", str(resource.get(key))) for key in ("groupId", "displayName", "name")]
    above = [value for _, value in walk(resource.props, "details?.parent?.id")]
    names = [str(value).strip().rstrip("/").rpartition("/")[2] for value in above if isinstance(value, str)]
    if UNKNOWN in above:
        found = (item for item in plan.dependencies_of(resource, "details") if item.type in GROUPS_OF_SUBSCRIPTIONS)
        names = [str(item.get(key)) for item in found for key in ("groupId", "displayName")]
    is_used = any(_OF_PRODUCTION.search(name) and not _FOR_TRIALS.search(name) for name in own)
    if is_used and any(_FOR_TRIALS.search(_HUMP.sub("-", name)) for name in names):
        yield failed("details.parent.id must be a group whose policies hold for what is in use", "details.parent.id")
    else:
        yield passed()


def check_exemption(resource: Resource, plan: Plan) -> Iterator[Outcome]:
    """Yields a failure if an exemption from a policy is of more than a resource group, or has no end."""
    scope, end = resource.get("scope"), resource.get("expiresOn")
    within = [item.type for item in plan.dependencies_of(resource, "scope")]
    is_planned = bool(within) and not any(token.startswith(_ABOVE) for token in within)
    if is_planned if scope is UNKNOWN else _GROUP in f"/{_path(str(scope))}":
        yield passed()
    else:
        yield failed("scope must be a resource group or what is in one: nothing else below it is evaluated", "scope")
    if end is UNKNOWN or _is_within_a_year(end):
        yield passed()
    else:
        yield failed("expiresOn must be a day within a year, on which the policy holds again", "expiresOn")


def _is_within_a_year(value: Plain) -> bool:
    try:
        return date.fromisoformat(str(value)[:10]) <= today() + _LONGEST
    except ValueError:
        return False


def check_excluded_scopes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure if the scope, or one above it, is left out."""
    name, key = SCOPED[resource.type]
    scope = resource.get(name)
    if not isinstance(scope, str):
        return
    own = _path(scope)
    left_out = [_path(text) for text in texts_in(resource.get(key))]
    # Where the stack is, its provider says: other subscriptions may be those in which teams try something out.
    stated = resource.provider.get("subscriptionId") if resource.provider else None
    if any(map(own.startswith, left_out)):
        yield failed(f"{key} leaves out the whole scope", key)
    elif isinstance(stated, str) and _path(f"subscriptions/{stated}") in left_out:
        yield failed(f"{key} leaves out the whole subscription of the stack", key)
    else:
        yield passed()


def _path(scope: str) -> str:
    return f"{scope.strip().strip('/').lower()}/"
