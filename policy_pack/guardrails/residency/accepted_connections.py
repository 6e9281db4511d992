"""Connections with other accounts whose owner an opaque id hides: those that are accepted, and services that are used.

`tgw-attach-0123` does not say whose network it attaches, and `vpce-svc-0123` not whose service it is. So the other side
is a resource of the plan, which is evaluated itself, or listed. Property names by pulumi-aws 7.51.1 and
pulumi-azure-native 3.29.0 (a test repeats it).
"""

import re
from collections.abc import Collection, Iterator

from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, walk
from ..engine.rows import Guardrail, PlanPredicate, Severity, aws, azure
from ..engine.verdicts import Outcome, failed, passed
from ..readers.aws_accounts import own_accounts, owner_of

_ANY = lazy_regex(r".*")
_ADDRESS = lazy_regex(r"[0-9a-f.:]+", re.IGNORECASE)
_ENDPOINT_SERVICE = lazy_regex(r"com\.amazonaws\.vpce\.[a-z0-9-]+\.(vpce-svc-[0-9a-f]+)", re.IGNORECASE)
_PREFIX_LIST = lazy_regex(r"pl-[0-9a-f]+", re.IGNORECASE)
_DOMAIN = lazy_regex(r"arn:[a-z-]+:apigateway:[a-z0-9-]*:\d{12}:/domainnames/[^\s]+", re.IGNORECASE)
"""ARN of a private domain of APIs. It says the account: one's own, if the provider states it, hides nothing."""
_PROFILE = lazy_regex(r"rp-[0-9a-z]+", re.IGNORECASE)
_PRIVATE_LINK_ALIAS = lazy_regex(r".+\.azure\.privatelinkservice", re.IGNORECASE)
_INTERFACES = (
    "directconnect/HostedPrivateVirtualInterfaceAccepter",
    "directconnect/HostedPublicVirtualInterfaceAccepter",
    "directconnect/HostedTransitVirtualInterfaceAcceptor",
)

CONNECTIONS: dict[str, tuple[str, re.Pattern[str]]] = {
    token: (path, pattern)
    for tokens, path, pattern in (
        (aws("ec2/VpcPeeringConnectionAccepter"), "vpcPeeringConnectionId", _ANY),
        (aws("ec2/VpcEndpointConnectionAccepter"), "vpcEndpointId", _ANY),
        (aws("ec2transitgateway/VpcAttachmentAccepter", "ec2transitgateway/PeeringAttachmentAccepter"),
         "transitGatewayAttachmentId", _ANY),
        (aws(*_INTERFACES), "virtualInterfaceId", _ANY),
        (aws("directconnect/ConnectionConfirmation"), "connectionId", _ANY),
        (aws("networkmanager/AttachmentAccepter"), "attachmentId", _ANY),
        (aws("networkfirewall/FirewallTransitGatewayAttachmentAccepter"), "transitGatewayAttachmentId", _ANY),
        (aws("directoryservice/SharedDirectoryAccepter"), "sharedDirectoryId", _ANY),
        (aws("route53/VpcAssociationAuthorization"), "vpcId", _ANY),
        (aws("opensearch/InboundConnectionAccepter"), "connectionId", _ANY),
        (aws("ec2/VpcEndpoint"), "serviceName", _ENDPOINT_SERVICE),
        # The endpoint is one's own: who has it makes the association, and who has the domain rejects it (API Gateway,
        # "Associate your VPC endpoint with a private custom domain name shared with you", and botocore 1.44.8,
        # apigateway, RejectDomainNameAccessAssociation; read 2026-11-30). What is called is the owner's of the domain.
        (aws("apigateway/DomainNameAccessAssociation"), "domainNameArn", _DOMAIN),
        # Whoever owns a profile answers the names of the network: private zones, rules and firewalls (AWS, "Sharing
        # Route 53 Profiles", and route53profiles of botocore, AssociateProfile; read 2026-11-29).
        (aws("route53/ProfilesAssociation"), "profileId", _PROFILE),
        # The owner of a shared rule answers the names of its domain, and that of a shared configuration reads every
        # name that is asked for (botocore 1.44.8, route53resolver, AssociateResolverRule and
        # AssociateResolverQueryLogConfig, read 2026-11-29; the rule that AWS made is
        # `rslvr-autodefined-rr-internet-resolver`, found as a string, read 2026-11-30).
        (aws("route53/ResolverRuleAssociation"), "resolverRuleId", lazy_regex(r"rslvr-rr-[0-9a-f]+", re.IGNORECASE)),
        (aws("route53/ResolverQueryLogConfigAssociation"), "resolverQueryLogConfigId",
         lazy_regex(r"rqlc-[0-9a-z]+", re.IGNORECASE)),
        # Whose networks a list has that another stack or AWS keeps, such as those of every distribution of CloudFront,
        # its number does not say.
        (aws("ec2/SecurityGroup", "ec2/DefaultSecurityGroup"), "ingress[*].prefixListIds[*]", _PREFIX_LIST),
        (aws("ec2/SecurityGroupRule"), "prefixListIds[*]", _PREFIX_LIST),
        (aws("vpc/SecurityGroupIngressRule"), "prefixListId", _PREFIX_LIST),
        (azure("network:PrivateEndpoint"), "manualPrivateLinkServiceConnections[*].privateLinkServiceId",
         _PRIVATE_LINK_ALIAS),
        (azure("network:PrivateLinkServicePrivateEndpointConnection"), "peConnectionName", _ANY),
        # A machine of a connected network that announces routes to the hub gets what is sent there; whose one it is,
        # its address does not say (MicrosoftDocs/azure-docs 0aa2b14a
        # articles/virtual-wan/scenario-bgp-peering-hub.md, read 2026-12-01).
        (azure("network:VirtualHubBgpConnection"), "peerIp", _ADDRESS),
    )
    for token in tokens
}  # fmt: skip
"""Type -> path of the id of the other side, and the form of the ids that hide their owner."""


_NETWORKS = {azure("network:VirtualHubBgpConnection")[0]: "hubVirtualNetworkConnection"}
"""Type -> property with the network in which the other side is: if the plan connects that, it is the plan's too."""
_LISTS, _CLASSIC_RULES = aws("ec2/ManagedPrefixList"), aws("ec2/SecurityGroupRule")


def _is_asked_for(resource: Resource, plan: Plan, path: str) -> bool:
    """Returns whether a resource of the same cloud in the plan makes the other side; of a list, a list."""
    keys = (re.split(r"[.\[]", path, maxsplit=1)[0], _NETWORKS.get(resource.type, ""))
    makers = _LISTS if "refixList" in path else (f"{resource.type.split(':')[0]}:",)
    return any(item.type.startswith(makers) for key in keys for item in plan.dependencies_of(resource, key))


def _check_connection(listed: Collection[str]) -> PlanPredicate:
    known = frozenset(item.lower() for item in listed)

    def predicate(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        pattern, form = CONNECTIONS[resource.type]
        if resource.type in _CLASSIC_RULES and resource.get("type") == "egress":
            return
        for path, value in _values_at(resource, pattern):
            name = _hidden_name(value, form)
            is_known = name.lower() in known or owner_of(name) in known | own_accounts(resource)
            if not name or is_known or _is_asked_for(resource, plan, path):
                yield passed()
            else:
                yield failed(f"{path} is {name}, whose owner neither the plan nor the settings name", path)

    return predicate


def _values_at(resource: Resource, pattern: str) -> Iterator[tuple[str, Plain]]:
    for path, value in walk(resource.props, pattern):
        items: list[Plain] = one_or_many(value)
        yield from ((path, item) for item in items)


def _hidden_name(value: Plain, form: re.Pattern[str]) -> str:
    """Returns the id of the other side if it hides its owner, and 'not known before deployment' for an unknown one."""
    if value is MISSING:
        return ""
    if value is UNKNOWN:
        return "" if form is not _ANY else "not known before deployment"
    match = form.fullmatch(str(value))
    return "" if match is None else match[match.lastindex or 0]


def connection_residency(listed: Collection[str]) -> Guardrail:
    """Returns the guardrail. `listed` has ids of connections and services whose owner and place are confirmed."""
    return residency_rule(
        113,
        Severity.CRITICAL,
        "Connections that are accepted, and private services that are used, are of the plan or listed",
        "an id does not say whose network or service it is, and what crosses the connection is theirs",
        "Create the other side in the same program, or list the id (tgw-attach-..., pcx-..., vpce-..., rp-..., pl-...) "
        "or address with its owner and place under residency.known in enforcement.yaml",
        plan_predicate=_check_connection(listed),
        types=tuple(CONNECTIONS),
    )
