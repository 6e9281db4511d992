"""How eligible roles of Azure are activated, for how long, and who hears of it (Privileged Identity Management).

Ids of rules by Microsoft Graph, "Rules in PIM - Mapping guide", of 2025-08-29, read 2026-11-27; properties by
pulumi-azure-native 3.29.0.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many
from ..engine.verdicts import Outcome, failed, passed, undetermined

_SECOND_FACTOR, _CONTEXT = "Enablement_EndUser_Assignment", "AuthenticationContext_EndUser_Assignment"
"""Ids of the rules for the activation of eligible roles, of which Azure accepts one at a time: a second factor, or what
Conditional Access asks for (Microsoft Graph, "Rules in PIM - Mapping guide", of 2025-08-29, read 2026-11-27)."""

_CLAIM = lazy_regex(r"c[1-9]\d?")
"""Values of a context: c1 to c99 (Microsoft Graph, authContext, authenticationContextValue, read 2026-12-02)."""
_DURATION = "Expiration_EndUser_Assignment"
"""Id of the rule that says for how long an activated role stays so: by Azure's default for eight hours."""
_LONG = lazy_regex(r"P0*(?:[2-9]|[1-9]\d+)D|P0*[1-9]\d*[WMY]|PT0*+(?:2[5-9]|[3-9]\d|\d{3,})H")


_ENDS = frozenset({"expiration_admin_assignment", "expiration_admin_eligibility", "expiration_enduser_assignment"})
"""Ids of the rules that say whether active and eligible assignments, and activations, have an end."""
_TO_ADMINISTRATORS = lazy_regex(r"notification_admin_\w{1,40}", re.IGNORECASE)
"""Id of a rule that says which administrators hear of an assignment or an activation. Requestors and approvers get
messages of their own."""


def check_activation(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each rule of activations, of the end of assignments and of messages."""
    given = resource.props.get("rules")
    if given is UNKNOWN:
        yield undetermined("rules is not known before deployment", "rules")
    rules = one_or_many(given)
    contexts = [item.get("isEnabled") for item in rules if isinstance(item, dict) and _names_context(item)]
    has_context = any(str(value).lower() == "true" for value in contexts)
    for index, item in enumerate(rules):
        if not isinstance(item, dict) or item.get("id") != _SECOND_FACTOR:
            continue
        path, names = f"rules[{index}].enabledRules", one_or_many(item.get("enabledRules"))
        if has_context or any(str(name).lower() == "multifactorauthentication" for name in names):
            yield passed()
        elif UNKNOWN in (item.get("enabledRules"), *names, *contexts):
            yield undetermined(f"{path} is not known before deployment", path)
        else:
            yield failed(f"{path} must include MultiFactorAuthentication", path)
    for index, item in enumerate(rules):
        if isinstance(item, dict) and item.get("id") == _DURATION and _LONG.match(str(item.get("maximumDuration"))):
            path = f"rules[{index}].maximumDuration"
            yield failed(f"{path} must be a day at most", path)
    for index, item in enumerate(rules):
        if isinstance(item, dict):
            yield from _check_context(item, f"rules[{index}]")
            yield from _check_end(item, f"rules[{index}]")
            yield from _check_message(item, f"rules[{index}]")


def _names_context(rule: dict[str, Plain]) -> bool:
    """Returns whether a rule names the context that Conditional Access evaluates. One that names none asks for nothing
    (pulumi-azure-native 3.29.0, RoleManagementPolicyAuthenticationContextRule, claimValue)."""
    value = rule.get("claimValue")
    return rule.get("id") == _CONTEXT and (value is UNKNOWN or _CLAIM.fullmatch(str(value)) is not None)


def _check_context(rule: dict[str, Plain], start: str) -> Iterator[Outcome]:
    """Fails a rule that asks for a context and names none."""
    is_on = rule.get("id") == _CONTEXT and str(rule.get("isEnabled")).lower() == "true"
    if is_on and not _names_context(rule):
        yield failed(f"{start}.claimValue must name a context, c1 to c99", f"{start}.claimValue")


def _check_end(rule: dict[str, Plain], start: str) -> Iterator[Outcome]:
    """Fails a rule by which assignments of a role need no end. The policy does not say of which role it is."""
    value, path = rule.get("isExpirationRequired"), f"{start}.isExpirationRequired"
    if str(rule.get("id")).strip().lower() in _ENDS and str(value).lower() == "false":
        yield failed(f"{path} must be true: otherwise who has the role once has it for good", path)


def _check_message(rule: dict[str, Plain], start: str) -> Iterator[Outcome]:
    """Fails a rule by which no administrator hears of an assignment: neither those by default nor listed ones."""
    others, path = rule.get("notificationRecipients"), f"{start}.isDefaultRecipientsEnabled"
    is_off = str(rule.get("isDefaultRecipientsEnabled")).lower() == "false"
    is_empty = others is None or (isinstance(others, list) and not any(str(item).strip() for item in others))
    if _TO_ADMINISTRATORS.fullmatch(str(rule.get("id")).strip()) and is_off and is_empty:
        yield failed(f"{path} must be true, or notificationRecipients list who hears of it", path)
