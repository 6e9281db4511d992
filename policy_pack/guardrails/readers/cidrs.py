"""IP address lists: whether they cover every address, in any notation that the clouds accept."""

import ipaddress
import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from ..engine.reading import MISSING, UNKNOWN, Plain

_Network: TypeAlias = "ipaddress.IPv4Network | ipaddress.IPv6Network"
_Span: TypeAlias = "tuple[int, int, int]"
"""IP version, first and last address."""

_ANY_ADDRESS = frozenset({"*", "internet", "any", "azurecloud", "all", "0.0.0.0", "::", "::ffff:0:0/96"})  # noqa: S104
"""Notations and Azure service tags for every address. `AzureCloud` is every Azure customer, in any country."""
_WHOLE = re.compile(r"/0+$")
"""A network with prefix length 0 is every address."""
_WIDEST = {4: 8, 6: 16}
"""Public networks with these prefix lengths or shorter count as every address. Private ones are allowed, such as
10.0.0.0/8."""
_PORTION = {4: 2, 6: 3}
"""Public ranges that together cover 1/2^n of the address space count as every address. All public IPv6 is 2000::/3."""


def is_any_address(value: Plain) -> bool:
    """Whether a value is every address, or a network so wide that it amounts to that."""
    if not isinstance(value, str):
        return False
    text = value.strip().lower()
    return text in _ANY_ADDRESS or _WHOLE.search(text) is not None or any(_is_wide(span) for span in _spans(text))


def cover_any_address(values: Iterable[Plain]) -> bool:
    """Whether addresses, alone or together, cover every address: 0.0.0.0/1 and 128.0.0.0/1 do."""
    texts = [value.strip().lower() for value in values if isinstance(value, str)]
    if any(is_any_address(text) for text in texts):
        return True
    spans = [span for text in texts for span in _spans(text) if not _is_private(span)]
    return any(
        _size(span for span in spans if span[0] == version) >= 2 ** (_bits(version) - portion)
        for version, portion in _PORTION.items()
    )


def is_open(value: Plain) -> bool | None:
    """Whether one or many addresses cover every address; None if not known."""
    items = value if isinstance(value, list) else [value]
    if cover_any_address(items):
        return True
    return None if UNKNOWN in items else False


def split_addresses(value: Plain) -> list[Plain]:
    """The addresses in a value: a list, a map, a comma-separated text, or one address."""
    if isinstance(value, list):
        return [piece for item in value for piece in split_addresses(item)]
    if isinstance(value, dict):
        return [piece for item in value.values() for piece in split_addresses(item)]
    if isinstance(value, str):
        return list(re.split(r"[,\s]+", value.strip())) if value.strip() else []
    return [] if value is MISSING or value is None else [value]


def range_is_open(first: Plain, last: Plain) -> bool:
    """Whether an Azure firewall rule is open: 0.0.0.0 alone allows every Azure customer, a wide range everyone."""
    if not isinstance(first, str) or not isinstance(last, str):
        return first == "0.0.0.0"  # noqa: S104
    low, high = first.partition("/")[0].strip(), last.partition("/")[0].strip()
    return low == "0.0.0.0" or is_any_address(first) or any(_is_wide(span) for span in _spans(f"{low}-{high}"))  # noqa: S104


def _spans(text: str) -> Iterator[_Span]:
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


def _is_private(span: _Span) -> bool:
    """Whether all addresses of a span are private: 10.0.0.0 and 255.255.255.255 are, but not all between them."""
    version, low, high = span
    if low == 0 or low > high:
        return False
    make = ipaddress.IPv4Address if version == 4 else ipaddress.IPv6Address
    ends = make(low).is_private and make(high).is_private
    return ends and all(part.is_private for part in ipaddress.summarize_address_range(make(low), make(high)))


def _is_wide(span: _Span) -> bool:
    version, low, high = span
    return high - low + 1 >= 2 ** (_bits(version) - _WIDEST[version]) and not _is_private(span)


def _bits(version: int) -> int:
    return 32 if version == 4 else 128


def _size(spans: Iterable[_Span]) -> int:
    """Number of addresses in the union of spans."""
    total, end = 0, -1
    for _, low, high in sorted(spans):
        total += max(0, high - max(low, end + 1) + 1)
        end = max(end, high)
    return total
