"""Address ranges that cover every address."""

import pytest
from guardrails.readers.cidrs import is_open, is_private, range_is_open

from .exposure_cases import refused


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("10.0.0.0", "255.255.255.255", True),
        ("192.168.0.0", "240.0.0.1", True),
        ("172.16.0.0", "192.168.255.255", True),
        ("10.0.0.0", "10.255.255.255", False),
        ("10.0.0.0", "0.0.0.1", False),
        ("172.16.0.0", "172.31.255.255", False),
    ],
)
def test_a_range_with_private_ends_may_include_public_addresses(first: str, last: str, expected: bool) -> None:
    assert range_is_open(first, last) is expected
    assert is_open(f"{first}-{last}") is expected
    props = {"startIpAddress": first, "endIpAddress": last}
    assert (refused("azure-native:dbforpostgresql:FirewallRule", props) == {"FJ-EXP-101"}) is expected


def test_private_addresses_networks_and_ranges() -> None:
    for private in ("10.1.2.3", " 192.168.0.0/16 ", "10.0.0.1-10.0.0.9", "100.64.0.0/10", "100.64.3.1", "fd00::/8"):
        assert is_private(private)
    for other in ("8.8.8.8", "100.128.0.0/16", "100.0.0.0/8", "10.0.0.1-11.0.0.1", "10.0.0.9-10.0.0.1", "a", "", None):
        assert not is_private(other)
