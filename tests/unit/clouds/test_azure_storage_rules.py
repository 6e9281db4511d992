"""Network rules of storage accounts that Azure refuses (azure-docs storage-network-security-limitations.md, 2025-06-18,
and storage-network-security-virtual-networks.md)."""

import pytest

from falaj.sandbox.clouds.values import Json
from tests.unit.clouds.azure_platform import Site, refused

ACCOUNT = "storage:StorageAccount"


@pytest.mark.parametrize("address", ["10.1.2.0/24", "172.20.0.1", "192.168.1.1", "20.1.2.3/32", "20.1.2.2/31"])
def test_rules_take_public_addresses_and_no_blocks_of_one_or_two(site: Site, address: str) -> None:
    def account(value: str) -> dict[str, Json]:
        return site.account_inputs(networkRuleSet={"defaultAction": "Deny", "ipRules": [{"iPAddressOrRange": value}]})

    assert address in refused(site, "InvalidValuesForRequestParameters", ACCOUNT, **account(address))
    site.make(ACCOUNT, "right", **account("20.203.7.0/24"))


def test_rules_take_subnets_with_the_service_endpoint(site: Site) -> None:
    site.network()
    plain = site.subnet("plain", "10.0.64.0/24")
    ready = site.subnet("ready", "10.0.65.0/24", serviceEndpoints=[{"service": "Microsoft.Storage"}])

    def account(subnet: str) -> dict[str, Json]:
        rules: Json = {"defaultAction": "Deny", "virtualNetworkRules": [{"virtualNetworkResourceId": subnet}]}
        return site.account_inputs(networkRuleSet=rules)

    refused(site, "NetworkAclsValidationFailure", ACCOUNT, **account(plain.id))
    site.make(ACCOUNT, "right", **account(ready.id))
