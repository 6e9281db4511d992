"""Values that protect only if they stand in the same element of a list, which rows of one path cannot say.

Gatekeeper takes the actions of a constraint by the point of enforcement: `deny` in one element does nothing at the
points of another (open-policy-agent/frameworks, constraint/pkg/apis/constraints, GetEnforcementActionsForEP and its
test, an excerpt, read on 2026-11-29; the names of the points as in the table of switches). A policy of Front Door
guards the paths of each association for the domains of that association (description of `associations` in
pulumi-azure-native 3.29.0).
"""

from collections import defaultdict
from collections.abc import Iterator

from ..engine.reading import UNKNOWN, Plain, Resource, stated_items, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined

_CONSTRAINTS = "kubernetes:constraints.gatekeeper.sh/"
_ACTIONS = "spec.scopedEnforcementActions"
_AT_ADMISSION = frozenset({"*", "validation.gatekeeper.sh", "vap.k8s.io"})
_GUARD = azure("cdn:SecurityPolicy")[0]
_ASSOCIATIONS = "parameters.associations"
_EVERY_PATH = "/*"


def check_same_elements(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for values that would protect in one element, and stand in several."""
    if resource.type.startswith(_CONSTRAINTS):
        yield from _check_actions(resource)
    elif resource.type == _GUARD:
        yield from _check_associations(resource)


def _check_actions(resource: Resource) -> Iterator[Outcome]:
    items = [item for _, value in walk(resource.props, f"{_ACTIONS}?") for item in stated_items(value)]
    denying = [item for item in items if isinstance(item, dict) and item.get("action") == "deny"]
    points = [_names(item.get("enforcementPoints")) for item in denying]
    if any(names & _AT_ADMISSION for names in points) or not denying:
        return
    if UNKNOWN in items or any("" in names for names in points):
        yield undetermined(f"{_ACTIONS} is not known before deployment", _ACTIONS)
    else:
        yield failed(f"{_ACTIONS} must deny at validation.gatekeeper.sh, and denies elsewhere only", _ACTIONS)


def _names(points: Plain) -> frozenset[str]:
    """Returns the names of points of enforcement; an empty one for what is not known."""
    names = [item.get("name") if isinstance(item, dict) else item for item in stated_items(points)]
    return frozenset("" if name is UNKNOWN else str(name) for name in names)


def _check_associations(resource: Resource) -> Iterator[Outcome]:
    patterns: dict[str, set[str]] = defaultdict(set)
    paths: dict[str, str] = {}
    for index, item in enumerate(
        item for _, value in walk(resource.props, _ASSOCIATIONS) for item in stated_items(value)
    ):
        path = f"{_ASSOCIATIONS}[{index}].patternsToMatch"
        given = item if isinstance(item, dict) else {}
        found = {"?" if each is UNKNOWN else str(each) for each in stated_items(given.get("patternsToMatch"))}
        for domain in _domains(given.get("domains")):
            patterns[domain] |= found
            paths.setdefault(domain, path)
    if not any(_EVERY_PATH in found for found in patterns.values()):
        return
    for domain, found in patterns.items():
        if _EVERY_PATH not in found:
            path = paths[domain]
            is_unknown = not domain or "?" in found or "" in patterns
            text = f"{path} must have {_EVERY_PATH}: otherwise other paths of its domains are not guarded"
            yield undetermined(text, path) if is_unknown else failed(text, path)


def _domains(domains: Plain) -> list[str]:
    """Returns the domains of an association; an empty one for what is not known."""
    ids = [item.get("id") if isinstance(item, dict) else item for item in stated_items(domains)]
    return ["" if item is UNKNOWN else str(item).lower() for item in ids]
