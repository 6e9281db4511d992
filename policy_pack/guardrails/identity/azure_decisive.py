"""Operations of custom roles of Azure that decide over every resource of a kind where the role may be assigned on a
whole subscription: all that `azure_listed.py` does not list.

A role whose assignable scopes are resource groups or resources may have them, as deployments and pipelines do.
"""

from collections.abc import Collection, Iterable

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain
from .azure_listed import ACTIONS, DATA_ACTIONS, is_listed
from .azure_patterns import Patterns, matches, name_of
from .azure_roles import is_broad_scope

UNLISTED = "an operation that is not known to do no harm on a whole subscription"
_DEPLOYS_NETWORKS = ("Microsoft.Network/virtualNetworks/write", "Microsoft.Network/virtualNetworks/peer/action")
_OF_NETWORKS = lazy_regex(
    r"microsoft\.network/(?:\*|[*/]+"
    r"|(?!(?:dnszones|trafficmanagerprofiles|bastionhosts|front\w*|cdn\w*)\b)[\w/]+/(?:write|delete|\*))"
)
"""What Network Contributor has, which a subscription may have, in lower case: whoever deploys networks also connects
them and deploys their gateways, firewalls and rules. A role without the right to connect the other network, `peer`,
connects one from elsewhere (Azure, "Virtual network peering")."""
_ALL_OF_NETWORKS = lazy_regex(r"microsoft\.network/[*/]+")
_SILENCES = "Microsoft.Insights/diagnosticSettings/write"
_OF_OBSERVERS = lazy_regex(
    r".*/read"
    r"|microsoft\.(?:insights|alertsmanagement|operationalinsights|operationsmanagement|monitor|dashboard|support"
    r"|resourcehealth|costmanagement)/.*"
    r"|microsoft\.resources/tags/.*"
)
"""Actions with which nobody deploys a resource whose records he would set up, in lower case."""


def _silencing(actions: list[str], excluded: Patterns) -> str | None:
    """Returns the action of a role that sets which records of every resource are kept, and deploys none; None if it has
    none. A setting of the same name without records takes the place of the one that has them (Azure Monitor REST API,
    "Diagnostic Settings - Create Or Update", a PUT by name, read 2026-11-30); whoever deploys resources or policies
    sets up their records too."""
    names = map(name_of, actions)
    if any(name.endswith(("/write", "*")) and not _OF_OBSERVERS.fullmatch(name) for name in names):
        return None
    return next((action for action in actions if _allows((action,), excluded, _SILENCES)), None)


def is_for_subscriptions(scopes: Iterable[Plain]) -> bool:
    """Returns whether a role may be assigned on a whole subscription or above."""
    return any(isinstance(scope, str) and is_broad_scope(scope) for scope in scopes)


def _allows(actions: Iterable[str], excluded: Patterns, operation: str) -> bool:
    is_allowed = any(matches(action, operation) for action in actions)
    return is_allowed and not excluded.cover(operation)


def _first_unlisted(actions: list[str], excluded: Patterns, kind: str, allowed: Collection[str]) -> str | None:
    # A pattern is left out if another covers it as a whole: what else its stars stand for is not known.
    return next(
        (action for action in actions if not is_listed(action, kind, allowed)
         and not excluded.cover(name_of(action))), None)  # fmt: skip


def decides(actions: list[str], excluded: Patterns, allowed: Collection[str] = ()) -> tuple[str, str] | None:
    """Returns the first action of a custom role that decides over every resource of a kind, with what it gives; None if
    there is none. `allowed`: actions that the settings allow, in lower case."""
    form = _ALL_OF_NETWORKS
    if any(_allows(actions, excluded, operation) for operation in _DEPLOYS_NETWORKS):
        form = _OF_NETWORKS
    others = [action for action in actions if not form.fullmatch(name_of(action))]
    unlisted = _first_unlisted(others, excluded, ACTIONS, allowed)
    if unlisted is not None:
        return unlisted, UNLISTED
    return silences(actions, excluded, allowed)


def silences(actions: list[str], excluded: Patterns, allowed: Collection[str] = ()) -> tuple[str, str] | None:
    """Returns the action of a custom role that sets which records of every resource of its scope are kept, and deploys
    none of them, with what it gives; None if there is none."""
    action = None if _SILENCES.lower() in allowed else _silencing(actions, excluded)
    return (action, "the end of every resource's records") if action else None


def decides_on_data(actions: list[str], excluded: Patterns, allowed: Collection[str] = ()) -> tuple[str, str] | None:
    """Returns the first action on data of a custom role that decides over every program, with what it gives; None if
    there is none. `allowed`: actions that the settings allow, in lower case."""
    unlisted = _first_unlisted(actions, excluded, DATA_ACTIONS, allowed)
    return None if unlisted is None else (unlisted, UNLISTED)
