"""Values that no first preview shows, because a resource of the same plan gives them: ids, addresses, and texts with
them. They are evaluated when they are known, before what has them is created, so that a preview need not refuse them.
"""

import re
from collections.abc import Collection

from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import UNKNOWN, Plain, Resource
from ..engine.rows import Resolve, aws, azure
from ..engine.verdicts import Outcome, Verdict
from .cidrs import split_addresses

OWN_ADDRESSES = frozenset(
    aws("ec2/Eip", "ec2/NatGateway", "ec2/Vpc", "ec2/DefaultVpc", "ec2/Subnet", "ec2/VpcIpv4CidrBlockAssociation",
        "ec2/NetworkInterface")
    + azure("network:PublicIPAddress", "network:PublicIPPrefix", "network:VirtualNetwork", "network:Subnet",
            "network:NetworkInterface", "network:AzureFirewall")
)  # fmt: skip
"""Types of which a program takes one address, or a network of its own with a prefix of 16 bits at least. A prefix of
public addresses of Azure has 16 at most, and one of an own range as many as the range (MicrosoftDocs/azure-docs
00d21856 articles/virtual-network/ip-services/public-ip-address-prefix.md, read 2026-12-01)."""
_ADDRESS_KEY = lazy_regex(r"cidr|address|ipmask|iprange|ip$", re.IGNORECASE)


def property_of(path: str) -> str:
    """Returns the property of a resource in which a path is."""
    return re.split(r"[.\[]", path, maxsplit=1)[0]


def when_known(outcome: Outcome) -> Outcome:
    """Returns the outcome of a value that is evaluated when it is known."""
    return Outcome(Verdict.NOT_APPLICABLE, f"{outcome.sentence}; it is evaluated when it is known", outcome.path)


def resolve_from(properties: Collection[str] = (), types: Collection[str] = ()) -> Resolve:
    """Returns what resolves unknown values in some properties, or in every one, that depend on resources of the stack,
    of some types, or of any."""

    def resolve(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
        name = property_of(outcome.path)
        found = () if properties and name not in properties else plan.dependencies_of(resource, name)
        return when_known(outcome) if any(not types or item.type in types for item in found) else outcome

    return resolve


def resolve_own_addresses(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves addresses that are not known yet and come from addresses and networks of the stack, which are narrow."""
    sources = [{item.type for item in plan.dependencies_of(resource, key)} for key in _keys(resource, outcome.path)]
    is_own = bool(sources) and all(not types.isdisjoint(OWN_ADDRESSES) for types in sources)
    is_plain = not _has_parts(resource.get(property_of(outcome.path)))
    if is_own and (not is_plain or all(types <= OWN_ADDRESSES for types in sources)):
        return when_known(outcome)
    return outcome


def _keys(resource: Resource, path: str) -> list[str]:
    """Returns the property of a path; without one, as of a rule by itself, those with addresses that are not known."""
    if path:
        return [property_of(path)]
    addresses = (item for item in resource.props.items() if _ADDRESS_KEY.search(item[0]))
    return [key for key, value in addresses if UNKNOWN in split_addresses(value)]


def _has_parts(value: Plain) -> bool:
    """Returns whether a property has other settings beside addresses, which depend on other resources."""
    return isinstance(value, dict) or (isinstance(value, list) and any(isinstance(item, dict) for item in value))
