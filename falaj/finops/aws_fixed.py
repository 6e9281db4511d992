"""Charges on AWS that follow from the existence and size of a resource alone, and what is charged by use instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from falaj.finops.free import without_model
from falaj.finops.lines import Charge, fixed
from falaj.finops.meters import MeterFunction
from falaj.finops.plan import UNKNOWN, Planned
from falaj.finops.pricing_context import PricingContext
from falaj.finops.properties import get_list
from falaj.finops.sized_types import sized


@dataclass(frozen=True)
class _Fixed:
    """A row of the price list, whether it is per hour or per month, and the property that lists what is charged."""

    service: str
    sku: str
    hourly: bool = True
    listed: str = ""
    least: int = 1


_FIXED: Mapping[str, tuple[_Fixed, ...]] = {
    "aws:route53/zone:Zone": (_Fixed("route53", "zone", hourly=False),),
    "aws:route53/resolverEndpoint:ResolverEndpoint": (
        _Fixed("route53", "resolver-endpoint", listed="ipAddresses", least=2),
    ),
    "aws:secretsmanager/secret:Secret": (_Fixed("secrets-manager", "secret", hourly=False),),
    "aws:cloudwatch/dashboard:Dashboard": (_Fixed("cloudwatch", "dashboard", hourly=False),),
    "aws:wafv2/webAcl:WebAcl": (
        _Fixed("waf", "web-acl", hourly=False),
        _Fixed("waf", "rule", hourly=False, listed="rules", least=0),
    ),
    **dict.fromkeys(
        ("aws:wafv2/webAclRule:WebAclRule", "aws:wafv2/webAclRuleGroupAssociation:WebAclRuleGroupAssociation"),
        (_Fixed("waf", "rule", hourly=False),),
    ),
    "aws:ec2/vpnConnection:VpnConnection": (_Fixed("vpn", "connection"),),
    "aws:ec2clientvpn/networkAssociation:NetworkAssociation": (_Fixed("client-vpn", "association"),),
    # An attachment of Connect and one of a peering cost as much as one of a VPC (infracost 95ba4f49, testdata/
    # ec2_transit_gateway_peering_attachment_test, read 2026-12-02; of Connect as known).
    **dict.fromkeys(
        (
            "aws:ec2transitgateway/connect:Connect",
            "aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
        ),
        (_Fixed("transit-gateway", "attachment"),),
    ),
    "aws:ec2/trafficMirrorSession:TrafficMirrorSession": (_Fixed("traffic-mirror", "session"),),
    # A further zone of an endpoint, whose own subnets count beside it.
    "aws:ec2/vpcEndpointSubnetAssociation:VpcEndpointSubnetAssociation": (_Fixed("vpc-endpoint", "interface"),),
    "aws:elb/loadBalancer:LoadBalancer": (_Fixed("elb", "classic"),),
    "aws:transfer/server:Server": (_Fixed("transfer-family", "protocol", listed="protocols"),),
}
"""Type -> what is charged for it (Infracost, golden files of these resources, 2024; read 2026-11-27, of
mirrors and classic load balancers on 2026-12-02). `least` are the fewest items of a list that is empty or unknown."""


def _meter(rows: tuple[_Fixed, ...]) -> MeterFunction:
    def charges(context: PricingContext, item: Planned) -> Iterable[Charge]:
        for row in rows:
            count = max(row.least, len(get_list(item.props, row.listed))) if row.listed else 1
            yield Charge(row.service, row.sku, fixed(count * (context.hours if row.hourly else 1)))

    return charges


def _address_pool(context: PricingContext, item: Planned) -> Iterable[Charge]:
    """Yields the charge of a pool of public addresses of IPv4 that AWS provides.

    Each address of its ranges is charged by the hour, in use or not, but for those that one brings (AWS networking
    blog, "Identify and optimize public IPv4 address usage on AWS", read 2026-11-30); how many there are does not stand
    in the pool. Addresses of IPv6 and private ones are free.
    """
    family, source = item.props.get("addressFamily"), item.props.get("publicIpSource")
    if family in ("ipv4", UNKNOWN) and source in ("amazon", UNKNOWN):
        yield without_model(item.type, "each address of IPv4 that AWS provides is charged by the hour")


METERS: Mapping[str, MeterFunction] = {
    "aws:ec2/vpcIpamPool:VpcIpamPool": _address_pool,
    "aws:apigateway/stage:Stage": sized("cacheClusterEnabled"),
    "aws:batch/computeEnvironment:ComputeEnvironment": sized(
        "computeResources.minVcpus", "computeResources.desiredVcpus"
    ),
    **{token: _meter(rows) for token, rows in _FIXED.items()},
    # While a cluster rests, only its storage is charged (Amazon Redshift, "Pausing and resuming clusters", read
    # 2026-11-30); it is counted as if it never rested.
    "aws:redshift/scheduledAction:ScheduledAction": sized("targetAction.resizeCluster"),
}
