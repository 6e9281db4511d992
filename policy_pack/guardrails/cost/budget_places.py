"""Whether a budget is of the account, subscription and group in which the machines of a stack are.

A machine has a role of its own account (awsdocs/iam-user-guide e2b8637 doc_source/id_roles_use_passrole.md: no role of
another one is passed; read 2026-12-01) and a network of its own subscription (copies of Microsoft's "Create, change, or
delete a network interface", read 2026-12-01). What the nodes of a cluster cost is in a second group, which Azure
creates (MicrosoftDocs/azure-aks-docs fb060abe articles/aks/core-aks-concepts.md, "Node resource group", read
2026-12-01), `MC_...` by default (as in the same, articles/aks/configure-load-balancer-standard.md).
"""

import re
from collections.abc import Iterable, Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, Plain, Resource, leaves

_ROLE = lazy_regex(r"arn:aws[\w-]{0,20}:iam::(\d{12}):(?:role|instance-profile)/")
_NETWORK = lazy_regex(r"/?subscriptions/([^/]+)/resourceGroups/[^/]+/providers/Microsoft\.Network/virtualNetworks/",
                      re.IGNORECASE)  # fmt: skip
_SCOPE = lazy_regex(r"/?subscriptions/([^/]+)(?:/resourceGroups/([^/]+))?(?:/|$)", re.IGNORECASE)
_ACCOUNT, _SUBSCRIPTION = "LINKEDACCOUNT", "SUBSCRIPTIONID"
_GROUPS = ("RESOURCEGROUPNAME", "RESOURCEGROUP")
_OWN_GROUPS = ("nodeResourceGroup", "managedResourceGroupId")
"""Properties with the group of what a service makes."""
_OF_NODES = "mc_"


def elsewhere(dimension: str, values: Iterable[str], machines: list[Resource]) -> str:
    """Returns what is wrong with the values of a dimension, whose name is in capitals without `_`: none of them is one
    of the machines. An empty text if nothing is, or the machines say nothing of it."""
    known, wanted = _places(dimension, machines), {value.lower() for value in values}
    is_of_nodes = dimension in _GROUPS and any(value.startswith(_OF_NODES) for value in wanted)
    if not known or known & wanted or is_of_nodes:
        return ""
    return f"counts {', '.join(sorted(wanted)) or 'nothing'}, and the machines are in {', '.join(sorted(known))}"


def of_other_scope(scope: Plain, machines: list[Resource]) -> Iterator[str]:
    """Yields what is wrong with the scope of a budget of Azure."""
    match = _SCOPE.match(scope) if isinstance(scope, str) else None
    if match is not None:
        yield elsewhere(_SUBSCRIPTION, [match[1]], machines)
        yield elsewhere(_GROUPS[0], [match[2]], machines) if match[2] else ""


def _places(dimension: str, machines: list[Resource]) -> set[str]:
    """Returns where the machines are, in lower case. None of groups if that of one machine is not known yet."""
    found = [_place(dimension, machine) for machine in machines if machine.get("resourceGroupName") is not MISSING
             or dimension not in _GROUPS]  # fmt: skip
    return set().union(*found) if all(found) or dimension not in _GROUPS else set()


def _place(dimension: str, machine: Resource) -> set[str]:
    if dimension in _GROUPS:
        group = machine.get("resourceGroupName")
        groups = (group, *map(machine.get, _OWN_GROUPS)) if isinstance(group, str) else ()
        return {item.rpartition("/")[2].lower() for item in groups if isinstance(item, str)}
    pattern = {_ACCOUNT: _ROLE, _SUBSCRIPTION: _NETWORK}.get(dimension)
    if pattern is None:
        return set()
    texts = (value for _, _, value in leaves(dict(machine.props)) if isinstance(value, str))
    return {match[1].lower() for match in map(pattern.match, texts) if match}
