"""Rules for outbound traffic to a service tag of stores in which every customer has an account, also abroad."""

from ..engine.reading import MISSING
from ..engine.verdicts import Outcome, failed, passed
from ..readers.cidrs import split_addresses
from ..readers.network_rules import NetworkRule, read_rules
from ..readers.service_tags import is_of_stores_abroad

_LISTS = ("destinationAddressPrefix", "destinationAddressPrefixes", "destinationAddresses")
_OBJECTS = "destinations"
"""Properties with what a rule of a group, of a firewall and of Network Manager lets traffic go to."""


def outbound_to_stores(rule: NetworkRule, path: str) -> Outcome:
    """Returns a failure if a rule of a security group, or of Network Manager, allows traffic out to such a tag."""
    is_denied = str(rule.get("access")).lower() == "deny"
    return passed() if is_denied or str(rule.get("direction")).lower() != "outbound" else stores_abroad(rule, path)


def stores_abroad(rule: NetworkRule, path: str) -> Outcome:
    """Returns a failure if what a rule lets traffic go to is such a tag."""
    named = [(key, value) for key in _LISTS for value in split_addresses(rule.get(key, MISSING))]
    named += [(_OBJECTS, item.get("addressPrefix", MISSING)) for item in read_rules(rule.get(_OBJECTS))]
    for key, value in named:
        if is_of_stores_abroad(value):
            text = f"{path} allows {value}, where every customer has his own, also abroad: name it with .UAENorth"
            return failed(text, f"{path}.{key}")
    return passed()
