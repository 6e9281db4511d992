"""Networks that a firewall takes for one's own: what inspects traffic between them and others finds nothing if none of
them is. And networks between which it inspects nothing: if both are wide, an attacker moves on unseen.

botocore 1.44.8, network-firewall, PolicyVariables and RuleVariables (HOME_NET; its own default is the network of the
firewall), and pulumi-azure-native 3.29.0 docs, network:FirewallPolicy, privateRanges of intrusion detection (the ranges
of RFC 1918 unless they are stated); both read 2026-11-29; properties by pulumi-aws 7.51.1 and pulumi-azure-native
3.29.0.
"""

from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Plain, Resource, one_or_many, walk
from ..engine.rows import aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import is_private, split_addresses
from ..readers.port_ranges import are_every_port, ports_in

_HOME = "HOME_NET"
_AZURE = "intrusionDetection?.configuration?.privateRanges?"
_BYPASSED = "intrusionDetection?.configuration?.bypassTrafficSettings?"
_NETWORK = lazy_regex(r"^\d{1,3}(?:\.\d{1,3}){3}/(\d{1,2})$")
_WIDEST = 14
"""Bits of a network of IPv4 of 262,144 addresses: a network of one program is smaller. Decided here."""
_DOCUMENTATION = ("192.0.2.", "198.51.100.", "203.0.113.", "198.18.", "198.19.", "127.", "169.254.", "2001:db8:")
"""Beginnings of addresses that no machine of a bank has (RFC 5737, 3849, 2544, 1122 and 3927)."""

OWN_NETWORKS: Mapping[str, str] = {
    **dict.fromkeys(aws("networkfirewall/FirewallPolicy"), "firewallPolicy?.policyVariables?.ruleVariables[*]"),
    **dict.fromkeys(aws("networkfirewall/RuleGroup"), "ruleGroup?.ruleVariables?.ipSets[*]"),
    **dict.fromkeys(azure("network:FirewallPolicy", "network:FirewallPolicyDraft"), _AZURE),
}
"""Type -> path of its variables, each with a key; on Azure of the networks themselves."""


def _is_own(network: Plain) -> bool:
    text = str(network).strip()
    return network is UNKNOWN or text.startswith(("$", "@")) or (
        is_private(network) and not text.startswith(_DOCUMENTATION)
    )  # fmt: skip


def check_own_networks(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcome of each list of one's own networks."""
    for path, value in walk(resource.props, OWN_NETWORKS[resource.type]):
        items = one_or_many(value)
        variables = [item for item in items if isinstance(item, dict)]
        homes = [list(_networks(item)) for item in variables if str(item.get("key")).strip().upper() == _HOME]
        for networks in homes if variables else [items]:
            is_none = bool(networks) and not any(map(_is_own, networks))
            text = f"{path} has no private network: no machine of one's own is inspected as such"
            yield failed(text, path) if is_none else passed()
    yield from _uninspected(resource)


def _is_wide(value: Plain) -> bool:
    """Returns whether a value is a network of a bank as a whole, or wider, rather than one of its parts."""
    found = _NETWORK.search(value.strip()) if isinstance(value, str) else None
    return found is not None and int(found[1]) <= _WIDEST


def _uninspected(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each exception from the detection of intrusions between wide networks, on every port
    (Microsoft Learn, "Azure Firewall Premium features", IDPS Bypass List, read 2026-12-01)."""
    for path, items in walk(resource.props, _BYPASSED):
        for index, item in enumerate(one_or_many(items)):
            if not isinstance(item, dict):
                continue
            ends = [split_addresses(item.get(key)) for key in ("sourceAddresses", "destinationAddresses")]
            ports = split_addresses(item.get("destinationPorts"))
            is_every_port = not ports or are_every_port(ports_in(ports))
            if is_every_port and all(any(map(_is_wide, end)) for end in ends):
                place = f"{path}[{index}]"
                yield failed(f"{place} leaves whole networks out, on every port: name the machines, or a port", place)


def _networks(variable: dict[str, Plain]) -> Iterator[Plain]:
    for _, value in walk(variable, "ipSet?.definitions?"):
        yield from one_or_many(value)
