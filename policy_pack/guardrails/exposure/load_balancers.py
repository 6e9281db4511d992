"""Whether the load balancer of a Kubernetes service or gateway is internal, as its controller reads the annotations.

Controllers read the annotations of their own cloud only: an annotation of Azure leaves a load balancer of EKS public.

On EKS two controllers read different annotations. The built-in one (kubernetes/cloud-provider-aws,
pkg/providers/v1/aws.go) reads only `aws-load-balancer-internal`. The AWS Load Balancer Controller
(kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/service/model_build_load_balancer.go) reads
`aws-load-balancer-scheme`, then `aws-load-balancer-internal`, and is internal by default. A plan does not show which of
them the cluster has, unless the class or the type of the service is one that the built-in controller leaves alone.

On AKS the value must be exactly `true` (kubernetes-sigs/cloud-provider-azure at 7b31c76c, pkg/provider/
azure_loadbalancer.go, requiresInternalLoadBalancer, 2026-11-27).
"""

from collections.abc import Callable, Collection, Mapping

from falaj.facts.clouds import CLOUDS, Cloud

from ..engine.reading import MISSING, UNKNOWN, Plain
from ..readers.cidrs import is_private

_Annotations = Mapping[str, Plain]

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_SCHEME, _INTERNAL, _TYPE = f"{_PREFIX}scheme", f"{_PREFIX}internal", f"{_PREFIX}type"
_INTERNAL_VALUES = ("true", "0.0.0.0/0")
_CONTROLLER_CLASSES = ("service.k8s.aws/nlb", "eks.amazonaws.com/nlb")
_CONTROLLER_TYPES = ("external", "nlb-ip")
"""Classes and types of services that only the AWS Load Balancer Controller, or EKS Auto Mode, handles."""
_OF_ANY_CLOUD = {key: value for entry in CLOUDS.values() for key, value in entry.internal_load_balancer.items()}

_POOLS = ("metallb.io/address-pool", "metallb.universe.tf/address-pool")
_ADDRESSES = (
    "metallb.io/loadBalancerIPs", "metallb.universe.tf/loadBalancerIPs", "kube-vip.io/loadbalancerIPs",
    "lbipam.cilium.io/ips", "io.cilium/lb-ipam-ips",
)  # fmt: skip
"""Annotations of on-premises load balancers: a pool of the site's network, or addresses separated by commas."""


def is_internal(annotations: Plain, load_balancer_class: Plain, clouds: Collection[Cloud]) -> bool | None:
    """Returns whether a load balancer is internal on each of the clouds; None if that is not known."""
    if annotations is MISSING:
        annotations = {}
    if not isinstance(annotations, dict):
        return None
    verdicts = [_is_internal_on(cloud, annotations, load_balancer_class) for cloud in clouds]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def _on_aws(annotations: _Annotations, load_balancer_class: Plain) -> bool | None:
    if UNKNOWN in (annotations.get(_SCHEME), annotations.get(_INTERNAL), annotations.get(_TYPE)):
        return None
    scheme = str(annotations.get(_SCHEME, "")).lower()
    legacy = str(annotations.get(_INTERNAL, "")).lower()
    if load_balancer_class in _CONTROLLER_CLASSES or annotations.get(_TYPE) in _CONTROLLER_TYPES:
        return scheme == "internal" or (not scheme and (not legacy or legacy in _INTERNAL_VALUES))
    return legacy in _INTERNAL_VALUES and scheme in ("", "internal")


def _as_registered(annotations: _Annotations, required: Mapping[str, str]) -> bool | None:
    """Returns whether the annotations are those that the registry of clouds names."""
    values = [annotations.get(key, MISSING) for key in required]
    return None if UNKNOWN in values else values == list(required.values())


def _on_premises(annotations: _Annotations, _: Plain) -> bool | None:
    """Returns whether an annotation states that the load balancer belongs to the site's network: a pool, private
    addresses, or what makes it internal on a cloud, which no controller on premises reads."""
    addresses = [annotations[key] for key in _ADDRESSES if key in annotations]
    if UNKNOWN in addresses:
        return None
    if addresses:
        return all(is_private(item) for value in addresses for item in str(value).split(","))
    states_it = any(str(annotations.get(key)).lower() == value for key, value in _OF_ANY_CLOUD.items())
    return states_it or any(key in annotations for key in _POOLS)


_CONTROLLERS: Mapping[Cloud, Callable[[_Annotations, Plain], bool | None]] = {
    Cloud.AWS: _on_aws,
    Cloud.ONPREM: _on_premises,
}
"""Clouds whose controllers read more than the annotations of the registry."""


def _is_internal_on(cloud: Cloud, annotations: _Annotations, load_balancer_class: Plain) -> bool | None:
    reader = _CONTROLLERS.get(cloud)
    if reader is None:
        return _as_registered(annotations, CLOUDS[cloud].internal_load_balancer)
    return reader(annotations, load_balancer_class)
