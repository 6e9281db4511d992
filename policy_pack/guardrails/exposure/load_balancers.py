"""Whether the load balancer of a Kubernetes service or gateway is internal, as its controller reads the annotations.

On EKS two controllers read different annotations. The built-in one (kubernetes/cloud-provider-aws,
pkg/providers/v1/aws.go) reads only `aws-load-balancer-internal`. The AWS Load Balancer Controller
(kubernetes-sigs/aws-load-balancer-controller v3.5.0, pkg/service/model_build_load_balancer.go) reads
`aws-load-balancer-scheme`, then `aws-load-balancer-internal`, and is internal by default. A plan does not show which of
them the cluster has, unless the class or the type of the service is one that the built-in controller leaves alone.
"""

from falaj.facts.clouds import CLOUDS, Cloud

from ..engine.reading import MISSING, UNKNOWN, Plain

_PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_SCHEME, _INTERNAL, _TYPE = f"{_PREFIX}scheme", f"{_PREFIX}internal", f"{_PREFIX}type"
_INTERNAL_VALUES = ("true", "0.0.0.0/0")
_CONTROLLER_CLASSES = ("service.k8s.aws/nlb", "eks.amazonaws.com/nlb")
_CONTROLLER_TYPES = ("external", "nlb-ip")
"""Classes and types of services that only the AWS Load Balancer Controller, or EKS Auto Mode, handles."""

_OTHER_CLOUDS: dict[str, tuple[str, ...]] = {
    **{
        key: (value,)
        for cloud, entry in CLOUDS.items()
        if cloud is not Cloud.AWS
        for key, value in entry.internal_load_balancer.items()
    },
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
}
"""Annotation -> the values with which it makes a load balancer internal."""
_ON_PREMISES = ("metallb.io/address-pool", "metallb.universe.tf/address-pool", "metallb.io/loadBalancerIPs")
"""Annotations of on-premises load balancers, whose addresses belong to the site's network."""


def is_internal(annotations: Plain, load_balancer_class: Plain = MISSING) -> bool | None:
    """Returns whether a load balancer is internal; None if that is not known."""
    if annotations is MISSING:
        annotations = {}
    if not isinstance(annotations, dict):
        return None
    configured = {key: str(annotations[key]).lower() for key in _OTHER_CLOUDS if key in annotations}
    if any(value in _OTHER_CLOUDS[key] for key, value in configured.items()) or any(
        key in annotations for key in _ON_PREMISES
    ):
        return True
    if any(annotations.get(key) is UNKNOWN for key in (*configured, _SCHEME, _INTERNAL, _TYPE)):
        return None
    return _is_internal_on_aws(annotations, load_balancer_class)


def _is_internal_on_aws(annotations: dict[str, Plain], load_balancer_class: Plain) -> bool:
    scheme = str(annotations.get(_SCHEME, "")).lower()
    legacy = str(annotations.get(_INTERNAL, "")).lower()
    if load_balancer_class in _CONTROLLER_CLASSES or annotations.get(_TYPE) in _CONTROLLER_TYPES:
        return scheme == "internal" or (not scheme and (not legacy or legacy in _INTERNAL_VALUES))
    return legacy in _INTERNAL_VALUES and scheme in ("", "internal")
