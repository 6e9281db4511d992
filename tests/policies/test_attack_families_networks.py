"""Families of attacks on networks and load balancers, spelled in ways that nobody wrote down, and their good twins."""

import ipaddress
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from .exposure_cases import ON_AKS, ON_EKS, refused

Place = tuple[str, str, Callable[[list[str]], dict[str, Any]]]


def _rule(sources: list[str]) -> dict[str, Any]:
    return {"sourceAddresses": sources, "translatedAddress": "10.0.0.4"}


PLACES: list[Place] = [
    ("aws:ec2/securityGroup:SecurityGroup", "FJ-EXP-101", lambda cidrs: {"ingress": [{"cidrBlocks": cidrs}]}),
    ("aws:ec2/managedPrefixList:ManagedPrefixList", "FJ-EXP-101",
     lambda cidrs: {"entries": [{"cidr": cidr} for cidr in cidrs]}),
    ("aws:ec2/routeTable:RouteTable", "FJ-EXP-123",
     lambda cidrs: {"routes": [{"cidrBlock": cidr, "vpcPeeringConnectionId": "pcx-1"} for cidr in cidrs]}),
    ("azure-native:network:SecurityRule", "FJ-EXP-101",
     lambda cidrs: {"access": "Allow", "direction": "Inbound", "sourceAddressPrefixes": cidrs}),
    ("azure-native:network:AdminRule", "FJ-EXP-101",
     lambda cidrs: {"access": "AlwaysAllow", "direction": "Inbound",
                    "sources": [{"addressPrefix": cidr} for cidr in cidrs]}),
    ("azure-native:network:FirewallPolicyRuleCollectionGroup", "FJ-EXP-101",
     lambda cidrs: {"ruleCollections": [{"action": {"type": "DNAT"}, "rules": [_rule(cidrs)]}]}),
    ("azure-native:network:IpGroup", "FJ-EXP-101", lambda cidrs: {"ipAddresses": cidrs}),
    ("aws:workspaces/ipGroup:IpGroup", "FJ-EXP-120", lambda cidrs: {"rules": [{"source": cidr} for cidr in cidrs]}),
    ("kubernetes:networking.k8s.io/v1:NetworkPolicy", "FJ-EXP-324",
     lambda cidrs: {"spec": {"ingress": [{"from": [{"ipBlock": {"cidr": cidr}} for cidr in cidrs]}]}}),
    ("kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding", "FJ-EXP-324",
     lambda cidrs: {"spec": {"networking": {"ingress": [
         {"from": [{"ipBlock": {"cidr": cidr}} for cidr in cidrs]}]}}}),
    ("kubernetes:policy.linkerd.io/v1alpha1:NetworkAuthentication", "FJ-EXP-324",
     lambda cidrs: {"spec": {"networks": [{"cidr": cidr} for cidr in cidrs]}}),
]  # fmt: skip
"""Type, its rule, and the properties that let addresses in or lead to them."""
EVERYTHING = ipaddress.ip_network("0.0.0.0/0")


@st.composite
def open_lists(draw: st.DrawFn) -> list[str]:
    """Returns ranges that together are every address, with a few others between them, in any order."""
    parts = list(EVERYTHING.subnets(prefixlen_diff=draw(st.integers(0, 4))))
    others = draw(st.lists(st.sampled_from(["10.0.0.0/8", "203.0.113.0/24", "192.168.1.0/24"]), max_size=3))
    return draw(st.permutations([*map(str, parts), *others]))


@st.composite
def narrow_lists(draw: st.DrawFn) -> list[str]:
    """Returns private ranges and public ones of at most 65,536 addresses."""
    private = st.sampled_from(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"])
    public = st.tuples(st.integers(1, 223), st.integers(0, 255), st.integers(16, 32))
    addresses = public.map(lambda parts: str(ipaddress.ip_network(f"{parts[0]}.{parts[1]}.0.0/{parts[2]}", False)))
    return draw(st.lists(private | addresses, min_size=1, max_size=6))


@given(st.sampled_from(PLACES), open_lists())
def test_every_address_is_refused_in_every_place(place: Place, cidrs: list[str]) -> None:
    token, rule, props = place
    assert rule in refused(token, props(cidrs))


@given(st.sampled_from(PLACES), narrow_lists())
def test_narrow_lists_pass_in_every_place(place: Place, cidrs: list[str]) -> None:
    token, rule, props = place
    assert rule not in refused(token, props(cidrs))


AWS = "service.beta.kubernetes.io/aws-load-balancer-"
AZURE = "service.beta.kubernetes.io/azure-load-balancer-internal"
ANNOTATIONS = st.fixed_dictionaries({}, optional={
    f"{AWS}internal": st.sampled_from(["true", "false", "True", "TRUE", "0.0.0.0/0", "1", "no", ""]),
    f"{AWS}scheme": st.sampled_from(["internal", "internet-facing", "Internal", ""]),
    f"{AWS}type": st.sampled_from(["external", "nlb", "nlb-ip", "nlb-target"]),
    AZURE: st.sampled_from(["true", "True", "false", "1", ""]),
    "metallb.io/address-pool": st.just("inside"),
    "networking.gke.io/load-balancer-type": st.just("Internal"),
})  # fmt: skip


def built_in_is_internal(annotations: dict[str, str]) -> bool:
    """What EKS's built-in controller makes of a Service (kubernetes/cloud-provider-aws, pkg/providers/v1/aws.go)."""
    return annotations.get(f"{AWS}internal", "") not in ("", "false")


def controller_is_public(annotations: dict[str, str]) -> bool:
    """Whether the AWS Load Balancer Controller makes a load balancer public (pkg/service/model_build_load_balancer.go):
    the scheme decides, then the older annotation."""
    if f"{AWS}scheme" in annotations:
        return annotations[f"{AWS}scheme"] == "internet-facing"
    return annotations.get(f"{AWS}internal") in ("false", "False", "FALSE", "0", "f", "F")


def _is_refused(annotations: dict[str, str], provider: dict[str, str]) -> bool:
    props = {"metadata": {"annotations": annotations}, "spec": {"type": "LoadBalancer"}}
    return "FJ-EXP-321" in refused("kubernetes:core/v1:Service", props, provider=provider)


@given(ANNOTATIONS)
def test_what_a_controller_of_aws_makes_public_is_refused(annotations: dict[str, str]) -> None:
    is_for_controller = annotations.get(f"{AWS}type") in ("external", "nlb-ip")
    is_public = controller_is_public(annotations) or not (is_for_controller or built_in_is_internal(annotations))
    assert _is_refused(annotations, ON_EKS) or not is_public


@given(ANNOTATIONS)
def test_what_azure_makes_public_is_refused_and_nothing_else(annotations: dict[str, str]) -> None:
    assert _is_refused(annotations, ON_AKS) == (annotations.get(AZURE) != "true")


@given(ANNOTATIONS)
def test_the_documented_annotations_pass_beside_any_of_other_clouds(annotations: dict[str, str]) -> None:
    others = {key: value for key, value in annotations.items() if not key.startswith(AWS)}
    assert not _is_refused({**others, f"{AWS}internal": "true", f"{AWS}scheme": "internal"}, ON_EKS)
    assert not _is_refused({**annotations, AZURE: "true"}, ON_AKS)
