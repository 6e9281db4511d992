"""Routes to the inner addresses of Services: whoever is in the network reaches each program past gateways and lists of
callers.

Cilium advertises addresses of Services that a selector picks: none without one, and all of them with `NotIn` or by an
empty one (cilium/cilium 037bbd12 pkg/k8s/apis/cilium.io/v2alpha1/bgp_advert_types.go, Selector, and "BGP Control Plane
Resources", service advertisements; CRDs of CiliumBGPPeeringPolicy and IsovalentBGPAdvertisement; read 2026-11-30).
Calico and Antrea tell routers of all Services or of none: a team that has routes to inner addresses there has no
narrower choice.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.reading import MISSING, UNKNOWN, Resource, one_or_many
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.selectors import selects_everything

_INNER = "clusterip"
_ADVERTISEMENTS = ("CiliumBGPAdvertisement", "IsovalentBGPAdvertisement")


def check_service_routes(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each advertisement of the inner addresses of all Services."""
    for item in expand_list(resource):
        spec = ObjectPart("", item.props).child("spec")
        if kind_of(item) in _ADVERTISEMENTS:
            for part in spec.children("advertisements"):
                yield from _check(part.child("service"), "addresses", part, "selector")
        elif kind_of(item) == "CiliumBGPPeeringPolicy":
            for part in spec.children("virtualRouters"):
                yield from _check(part, "serviceAdvertisements", part, "serviceSelector")


def _check(part: ObjectPart, name: str, owner: ObjectPart, selector: str) -> Iterator[Outcome]:
    """Yields a failure if the addresses under a name are inner ones, and the selector of their owner picks all."""
    is_inner = any(str(kind).lower() == _INNER for kind in one_or_many(part.get(name)))
    is_read = owner.get(selector) not in (MISSING, UNKNOWN, None)  # unknown ones are evaluated again at deployment
    if is_inner and is_read and selects_everything(owner.child(selector)):
        path = part.path_to(name)
        yield failed(f"{path}: routers learn the address of every internal Service; select those that are meant", path)
