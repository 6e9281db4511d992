"""Allowed-address lists of individual services, and firewall rules of Azure databases."""

from typing import Any

import pytest
from guardrails.exposure.caller_lists import CALLER_LISTS

from .cases import put
from .exposure_cases import reported
from .harness import UNKNOWN
from .sdk_paths import has_path

RULE = "FJ-EXP-120"
LISTS = [(token, path, key) for token, lists in CALLER_LISTS.items() for path, key in lists]
HUB = "azure-native:iothub:IotHubResource"


def _with(path: str, key: str, *addresses: object) -> dict[str, Any]:
    props: dict[str, Any] = {}
    if not path:
        return {key: list(addresses)}
    put(props, f"{path}.{key}", list(addresses))
    return props


@pytest.mark.parametrize(("token", "path", "key"), LISTS)
def test_a_list_of_every_address_is_refused(token: str, path: str, key: str) -> None:
    assert has_path(token, f"{path}.{key}".removeprefix("."))
    for addresses in (["0.0.0.0/0"], ["::/0"], ["0.0.0.0/1", "128.0.0.0/1"], ["*"], [UNKNOWN]):
        assert RULE in reported(token, _with(path, key, *addresses)), addresses
    for addresses in (["10.0.0.0/8"], ["203.0.113.7", "198.51.100.0/24"], []):
        assert RULE not in reported(token, _with(path, key, *addresses)), addresses
    assert RULE not in reported(token, {})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"action": "Accept", "ipMask": "0.0.0.0/0"}, {RULE}),
        ({"action": "Reject", "ipMask": "0.0.0.0/0"}, set()),
        ({"action": UNKNOWN, "ipMask": "0.0.0.0/0"}, {RULE}),
    ],
)
def test_a_rule_that_rejects_every_address_passes(rule: dict[str, Any], expected: set[str]) -> None:
    reports = reported(HUB, {"properties": {"ipFilterRules": [rule], "publicNetworkAccess": "Disabled"}})
    assert reports & {RULE} == expected


def test_outbound_rules_are_not_evaluated() -> None:
    rule = {"access": "allow", "direction": "outbound", "sourceAddressPrefix": "*"}
    assert RULE not in reported("azure-native:servicefabric:NodeType", {"networkSecurityRules": [rule]})


@pytest.mark.parametrize(
    ("token", "first", "last"),
    [
        ("azure-native:redis:RedisFirewallRule", "startIP", "endIP"),
        ("azure-native:cosmosdb:MongoClusterFirewallRule", "startIpAddress", "endIpAddress"),
    ],
)
def test_firewall_rules_with_every_property_name(token: str, first: str, last: str) -> None:
    assert reported(token, {first: "0.0.0.0", last: "255.255.255.255"}) == {"FJ-EXP-101"}  # noqa: S104
    assert reported(token, {first: "203.0.113.7", last: "203.0.113.9"}) == set()
