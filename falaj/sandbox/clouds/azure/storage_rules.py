"""Network rules of storage accounts."""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Network, NetmaskValueError

from falaj.facts.storage_rules import LARGEST_RANGE_PREFIX
from falaj.sandbox.clouds.azure.arm import arm_error
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import get_all, get_str

_PRIVATE = tuple(IPv4Network(block) for block in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))


def account_networks(op: Operation) -> str | None:
    """Checks that rules list public addresses, in a form that Azure takes, and subnets with the service endpoint
    (azure-docs storage-network-security-limitations.md, 2025-06-18, and storage-network-security-virtual-networks.md).
    """
    for rule in get_all(op.inputs, "networkRuleSet.ipRules[*]"):
        if not _is_public(address := get_str(rule, "iPAddressOrRange")):
            message = f"Values for request parameters are invalid: networkAcls.ipRule[*].value: {address}."
            return arm_error(400, "InvalidValuesForRequestParameters", message)
    for rule in get_all(op.inputs, "networkRuleSet.virtualNetworkRules[*]"):
        subnet = op.state.by_handle(get_str(rule, "virtualNetworkResourceId").lower())
        if subnet is not None and "Microsoft.Storage" not in str(get_all(subnet.inputs, "serviceEndpoints[*].service")):
            message = f"Validation of network acls failure: SubnetsHaveNoServiceEndpointsConfigured: {subnet.id}."
            return arm_error(400, "NetworkAclsValidationFailure", message)
    return None


def _is_public(address: str) -> bool:
    try:
        block = IPv4Network(address)
    except (AddressValueError, NetmaskValueError, ValueError):
        return False
    small = "/" in address and block.prefixlen > LARGEST_RANGE_PREFIX
    return not small and not any(block.overlaps(private) for private in _PRIVATE)
