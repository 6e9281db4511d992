"""Evaluates IP address lists: whether they cover every address, in any notation that the clouds accept."""

import ipaddress
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeAlias

from ..engine.conditions import Condition
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, one_or_many

_Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"
_AddressRange: TypeAlias = "tuple[int, int, int]"
"""IP version, first and last address."""

_ANY_ADDRESS = frozenset({"*", "internet", "any", "azurecloud", "all", "0.0.0.0", "::", "::ffff:0:0/96"})  # noqa: S104
"""Notations and Azure service tags that mean every address. `AzureCloud` is every Azure customer, in any country."""
_EVERY_CUSTOMER = "azurecloud."
"""Beginning of the service tags of every Azure customer in one region, such as `AzureCloud.uaenorth`."""
_ZERO_PREFIX_LENGTH = lazy_regex(r"/0+$")
"""The end of a network with prefix length 0, which is every address."""
_SHORTEST_PREFIX = {4: 8, 6: 16}
"""IP version -> prefix length. Public networks with this or a shorter prefix count as every address; private networks,
such as 10.0.0.0/8, do not."""
_LONGEST_RANGE = {4: 15, 6: 16}
"""The same of a range from one address to another in a firewall rule of one database."""
_OPEN_SHARE_EXPONENT = {4: 2, 6: 3}
"""IP version -> n. Public ranges that together cover 1/2^n of the address space count as every address. All public IPv6
addresses are in 2000::/3."""


def is_any_address(value: Plain) -> bool:
    """Returns whether a value is every address, or a public network so wide that it counts as every address."""
    if not isinstance(value, str):
        return False
    text = value.strip().lower()
    return (
        text in _ANY_ADDRESS
        or text.startswith(_EVERY_CUSTOMER)
        or _ZERO_PREFIX_LENGTH.search(text) is not None
        or any(_is_wide(address_range) for address_range in _ranges(text))
    )


def cover_any_address(values: Iterable[Plain]) -> bool:
    """Returns whether addresses, alone or together, cover every address, as 0.0.0.0/1 and 128.0.0.0/1 do."""
    texts = [value.strip().lower() for value in values if isinstance(value, str)]
    if any(is_any_address(text) for text in texts):
        return True
    ranges = [address_range for text in texts for address_range in _ranges(text) if not _is_private(address_range)]
    return any(
        _size(address_range for address_range in ranges if address_range[0] == version)
        >= 2 ** (_bits(version) - exponent)
        for version, exponent in _OPEN_SHARE_EXPONENT.items()
    )


def is_open(value: Plain) -> bool | None:
    """Returns whether one address or a list of addresses covers every address; None if that is not known."""
    items = one_or_many(value)
    if cover_any_address(items):
        return True
    return None if UNKNOWN in items else False


def is_private(value: Plain) -> bool:
    """Returns whether a value is an address, a network or a range that has private addresses only."""
    ranges = list(_ranges(value.strip())) if isinstance(value, str) else []
    return bool(ranges) and all(_is_private(address_range) for address_range in ranges)


def split_addresses(value: Plain) -> list[Plain]:
    """Returns the addresses in a value: a list, a map, a comma-separated text, or one address."""
    if isinstance(value, list):
        return [address for item in value for address in split_addresses(item)]
    if isinstance(value, dict):
        return [address for item in value.values() for address in split_addresses(item)]
    if isinstance(value, str):
        return list(re.split(r"[,\s]+", value.strip())) if value.strip() else []
    return [] if value is MISSING or value is None else [value]


def range_is_open(first: Plain, last: Plain) -> bool:
    """Returns whether an Azure firewall rule is open. 0.0.0.0 alone allows every Azure customer, and a range of
    131,072 public addresses or more allows customers of some cloud: no bank needs as many, as decided here."""
    if not isinstance(first, str) or not isinstance(last, str):
        return first == "0.0.0.0"  # noqa: S104
    low, high = first.partition("/")[0].strip(), last.partition("/")[0].strip()
    is_wide = any(_is_wide(each, _LONGEST_RANGE) for each in _ranges(f"{low}-{high}"))
    return low == "0.0.0.0" or is_any_address(first) or is_wide  # noqa: S104


def _ranges(text: str) -> Iterator[_AddressRange]:
    first, dash, last = text.partition("-")
    try:
        if dash:
            low, high = ipaddress.ip_address(first.strip()), ipaddress.ip_address(last.strip())
            yield low.version, int(low), int(high)
        else:
            network: _Network = ipaddress.ip_network(text, strict=False)
            yield network.version, int(network.network_address), int(network.broadcast_address)
    except ValueError:
        return


_SHARED = ipaddress.ip_network("100.64.0.0/10")
"""Addresses that providers share behind NAT (RFC 6598), which nobody routes to on the internet."""


def _is_private(address_range: _AddressRange) -> bool:
    """Returns whether all addresses of a range are private: 10.0.0.0 and 255.255.255.255 are, but not all addresses
    between them."""
    version, low, high = address_range
    if low == 0 or low > high:
        return False
    address_type = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    if version == 4 and int(_SHARED.network_address) <= low and high <= int(_SHARED.broadcast_address):
        return True
    ends_are_private = address_type(low).is_private and address_type(high).is_private
    return ends_are_private and all(
        network.is_private for network in ipaddress.summarize_address_range(address_type(low), address_type(high))
    )


def _is_wide(address_range: _AddressRange, shortest: Mapping[int, int] = _SHORTEST_PREFIX) -> bool:
    version, low, high = address_range
    return high - low + 1 >= 2 ** (_bits(version) - shortest[version]) and not _is_private(address_range)


def _bits(version: int) -> int:
    return 32 if version == 4 else 128


def _size(ranges: Iterable[_AddressRange]) -> int:
    """Returns the number of addresses in the union of ranges."""
    total, last_counted = 0, -1
    for _, low, high in sorted(ranges):
        total += max(0, high - max(low, last_counted + 1) + 1)
        last_counted = max(last_counted, high)
    return total


NARROW_ADDRESSES = Condition(
    "must name narrow ranges",
    lambda value: bool(split_addresses(value)) and is_open(split_addresses(value)) is not True,
)
"""The value has at least one address range, and none that covers every address."""
