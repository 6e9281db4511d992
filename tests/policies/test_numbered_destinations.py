"""An address of the internet in a property of AWS or Azure is where something leads, unless it is a caller's or one's
own (FJ-RES-003)."""

import ipaddress
import re

import pytest
from guardrails.engine.reading import Resource
from guardrails.readers.texts import Leaf
from guardrails.registry import ALL
from guardrails.residency.plain_names import is_destination
from guardrails.unverifiable.reviewed_types import evaluated_types, reviewed_types
from hypothesis import given, settings
from hypothesis import strategies as st

from falaj.sandbox.clouds.sdk_schema import sdk
from tests.processor_time import within
from tests.thorough import many

from .blind import ME, TAGS, aws, az
from .harness import Given, Pack, blocking
from .sdk_paths import text_paths

RULE = "FJ-RES-003"
PACK = Pack()
PUBLIC = "198.51.100.7"
DESTINATIONS = re.compile(
    r"dnsServers?|[dD]nsServerIps?|[dD]nsIps|[dD]omainControllers|radiusServerAddress|[nN]ameServers|ntpServers|kdcIP"
    r"|[dD]nsIpAddress"
)
"""Names in the SDKs of addresses that are asked for names, users or the time."""


def typed() -> list[tuple[str, str]]:
    """Returns the types and the paths of such properties. That reads all types of both SDKs, so no module does it while
    it is loaded: each test process loads all of them."""
    evaluated = evaluated_types(ALL) | reviewed_types().keys()
    return [
        (token, path)
        for token in sorted(token for token in evaluated if token.startswith(("aws:", "azure-native:")))
        if token in sdk(f"pulumi_{token.split(':')[0].replace('-', '_')}").tokens
        for path in sorted(set(text_paths(token, DESTINATIONS)))
    ]


def nested(path: str, value: object) -> dict[str, object]:
    """Returns an object with a value at a path."""
    result = value
    for segment in reversed(re.sub(r"\[[*+]\]|\?", "", path).split(".")):
        result = {segment: result}
    assert isinstance(result, dict)
    return result


def refused(resource: Given) -> set[str]:
    """Returns the rules that refuse a resource."""
    return blocking(PACK.evaluate_resource(resource))


def test_a_stranger_who_is_asked_for_names_users_or_the_time_is_refused_in_every_type() -> None:
    asked = typed()
    assert len(asked) > 20
    missed = [
        (token, path)
        for token, path in asked
        if not {rule for rule in refused(Given(token, nested(path, [PUBLIC]))) if rule.startswith("FJ-RES-")}
    ]
    assert missed == []


CALLERS = (
    az("keyvault:Vault", {"properties": {"networkAcls": {"ipRules": [{"value": PUBLIC}]}}}),
    az("storage:StorageAccount", {"networkRuleSet": {"ipRules": [{"iPAddressOrRange": PUBLIC}]}}),
    az("cosmosdb:DatabaseAccount", {"ipRules": [{"ipAddressOrRange": PUBLIC}]}),
    az("cognitiveservices:Account", {"properties": {"networkAcls": {"ipRules": [{"value": PUBLIC}]}}}),
    az("sql:FirewallRule", {"startIpAddress": PUBLIC, "endIpAddress": PUBLIC}),
    az("redis:FirewallRule", {"startIP": PUBLIC, "endIP": PUBLIC}),
    az("sql:IPv6FirewallRule", {"startIPv6Address": "2001:db8::7", "endIPv6Address": "2001:db8::7"}),
    az("web:WebApp", {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": PUBLIC}]}}),
    az("eventhub:NamespaceNetworkRuleSet", {"ipRules": [{"ipMask": PUBLIC}]}),
    az("containerregistry:Registry", {"networkRuleSet": {"ipRules": [{"iPAddressOrRange": PUBLIC}]}}),
    az("containerservice:ManagedCluster", {"apiServerAccessProfile": {"authorizedIPRanges": [PUBLIC]}}),
    az("logic:Workflow", {"accessControl": {"triggers": {"allowedCallerIpAddresses": [{"addressRange": PUBLIC}]}}}),
    az("network:SecurityRule", {"sourceAddressPrefix": PUBLIC, "sourceAddressPrefixes": [PUBLIC]}),
    az("network:IpGroup", {"ipAddresses": [PUBLIC]}),
    az("network:PublicIPAddress", {"ipAddress": PUBLIC}),
    az("network:FirewallPolicy", {"threatIntelWhitelist": {"ipAddresses": [PUBLIC]}}),
    az("network:FirewallPolicyRuleCollectionGroup", {"ruleCollections": [{"rules": [{
        "sourceAddresses": [PUBLIC], "destinationAddresses": [PUBLIC]}]}]}),
    az("apimanagement:ApiManagementService", {"publicIPAddresses": [PUBLIC]}),
    aws("ec2/Eip", {"address": PUBLIC, "tags": TAGS}),
    aws("ec2/Instance", {"ipv6Addresses": ["2001:db8::7"], "tags": TAGS}),
    aws("wafv2/IpSet", {"addresses": [PUBLIC], "tags": TAGS}),
    aws("directconnect/BgpPeer", {"amazonAddress": PUBLIC, "customerAddress": PUBLIC}),
    *(aws("lambda/Function", {"environment": {"variables": {key: PUBLIC}}}, key) for key in (
        "ALLOWED_IPS", "TRUSTED_PROXY", "FORWARDED_ALLOW_IPS", "BIND_ADDRESS", "LISTEN_ADDR", "PUBLIC_IP", "CLIENT_IP",
        "NAT_GATEWAY_IP", "natgatewayip", "natGatewayIp", "OWN_IP", "EGRESS_IP", "RELEASE_VERSION", "RELEASE",
        "APP_BUILD", "IP_EXCEPTIONS", "startIpAddress", "END_IPS")),
    aws("cloudwatch/MetricAlarm", {"dimensions": {"TunnelIpAddress": PUBLIC}}),
    aws("ec2transitgateway/MulticastGroupMember", {"groupIpAddress": "239.1.1.1"}),
    aws("ec2transitgateway/MulticastGroupSource", {"groupIpAddress": "224.0.0.1"}),
    aws("ec2/NetworkInterface", {"ipv6AddressList": ["2001:db8::7"]}),
    aws("guardduty/Filter", {"findingCriteria": {"criterions": [{"field": "x", "equals": [PUBLIC]}]}}),
    aws("cloudwatch/LogMetricFilter", {"pattern": PUBLIC}),
    aws("cfg/Rule", {"inputParameters": {"authorizedIp": PUBLIC}}),
    az("authorization:PolicyAssignment", {"parameters": {"authorizedIp": {"value": PUBLIC}}}),
    az("securityinsights:WatchlistItem", {"itemsKeyValue": {"SearchKey": PUBLIC}}),
    az("network:FirewallPolicy", {"intrusionDetection": {"configuration": {"bypassTrafficSettings": [{
        "sourceAddresses": [PUBLIC], "destinationAddresses": [PUBLIC]}]}}}),
    aws("iam/Policy", {"policy": {"Statement": [{
        "Effect": "Deny", "Action": "*", "Resource": f"arn:aws:s3:::bank-{ME}",
        "Condition": {"NotIpAddress": {"aws:SourceIp": PUBLIC}}}]}}),
)  # fmt: skip


@pytest.mark.parametrize("resource", CALLERS, ids=lambda resource: f"{resource.type} {resource.name}")
def test_callers_and_own_addresses_are_no_destinations(resource: Given) -> None:
    assert RULE not in refused(resource)


@pytest.mark.parametrize("key", ["DESTINATION_IP", "destinationIp", "COORDINATOR_IP", "DOWNSTREAM_IP", "ENDPOINT_IP",
                                 "EXCEPTION_SINK", "NATS_IP", "endSystemIp", "lastMileIp"])  # fmt: skip
def test_words_inside_words_name_no_callers(key: str) -> None:
    assert RULE in refused(aws("lambda/Function", {"environment": {"variables": {key: PUBLIC}}}))


@pytest.mark.parametrize("word", ["NAT_", "source", "allowon"])
def test_long_keys_are_read_in_time_and_name_destinations(word: str) -> None:
    key = word * (20_000 // len(word)) + "!"
    with within(1):
        assert is_destination(
            Leaf(f"tags.{key}", key, PUBLIC, False),
            Resource("urn:pulumi:s::p::t::n", "aws:lambda/function:Function", "n", {}),
        )


def test_an_address_that_a_policy_sets_is_a_destination() -> None:
    assert RULE in refused(az("authorization:PolicyAssignment", {"parameters": {"collectorIp": {"value": PUBLIC}}}))


PRIVATE = ("10.0.0.2", "172.16.0.2", "192.168.1.1", "100.64.0.2", "169.254.169.253", "168.63.129.16", "127.0.0.1",
           "::", "::1", "fd00::2")  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_and_those_of_the_cloud_pass(address: str) -> None:
    assert RULE not in refused(aws("fsx/WindowsFileSystem", {"selfManagedActiveDirectory": {"dnsIps": [address]}}))


WORDS = (
    "statsd",
    "graphite",
    "syslog",
    "collector",
    "gelf",
    "ldap",
    "kerberos",
    "primary",
    "upstream",
    "cache",
    "sink",
)
ENDS = ("_ADDR", "_host", ".address", "Target", "_IP", "-node", "Server", "_peer", "_backend", "_endpoint_ip")
public = st.ip_addresses().filter(
    lambda address: address.is_global and not address.is_multicast and address not in ipaddress.ip_network("::/3")
    and getattr(address, "ipv4_mapped", None) is None and address not in ipaddress.ip_network("64:ff9b::/96")
)  # fmt: skip


@settings(max_examples=many(60), deadline=None)
@given(word=st.sampled_from(WORDS), end=st.sampled_from(ENDS), address=public, place=st.integers(0, 3))
def test_settings_of_programs_name_a_stranger_by_number(
    word: str, end: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address, place: int
) -> None:
    pair = {f"{word}{end}": str(address)}
    resource = (
        aws("lambda/Function", {"environment": {"variables": pair}}),
        aws("mwaa/Environment", {"airflowConfigurationOptions": pair}),
        aws("servicediscovery/Instance", {"attributes": pair}),
        az("web:WebApp", {"siteConfig": {"appSettings": [{"name": f"{word}{end}", "value": str(address)}]}}),
    )[place]
    assert {rule for rule in refused(resource) if rule.startswith("FJ-RES-")}
