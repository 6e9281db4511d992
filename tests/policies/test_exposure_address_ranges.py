"""Address ranges that cover every address."""

import pytest
from guardrails.readers.cidrs import is_open, range_is_open

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
