"""Load balancers that an emulated EKS or AKS cluster creates for services and gateways.

Sources: kubernetes/cloud-provider-aws, pkg/providers/v1/aws.go (`EnsureLoadBalancer`, annotations
`aws-load-balancer-internal` and `aws-load-balancer-type`); kubernetes-sigs/aws-load-balancer-controller v3.5.0,
webhooks/core/service_mutator.go, pkg/service/service_utils.go and model_build_load_balancer.go;
kubernetes-sigs/cloud-provider-azure, pkg/consts (`azure-load-balancer-internal`). 2026-11-26.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from falaj.sandbox.clouds.kubernetes.connection import managed_cluster
from falaj.sandbox.clouds.kubernetes.installed_kinds import has_chart
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import Json, Props, get_path, get_str

CONTROLLER, CONTROLLER_CLASS = "aws-load-balancer-controller", "service.k8s.aws/nlb"
_AWS = "service.beta.kubernetes.io/aws-load-balancer-"
_AZURE_INTERNAL = "service.beta.kubernetes.io/azure-load-balancer-internal"


@dataclass(frozen=True)
class LoadBalancer:
    """A load balancer: its kind (`classic`, `network`, `azure`), and whether it is internal."""

    kind: str
    internal: bool


def service_outputs(op: Operation) -> Props:
    """Returns the outputs of a Service, with the status of its load balancer."""
    if get_str(op.inputs, "spec.type") != "LoadBalancer":
        return {}
    balancer = load_balancer(op, get_path(op.inputs, "metadata.annotations"), get_str(op.inputs, _CLASS))
    return {} if balancer is None else {"status": {"loadBalancer": {"ingress": [_ingress(op, balancer)]}}}


def gateway_outputs(op: Operation) -> Props:
    """Returns the outputs of a Gateway, with the address of the Service that Istio creates for it."""
    if not has_chart(op, "istiod") or get_str(op.inputs, "spec.gatewayClassName") != "istio":
        return {}
    balancer = load_balancer(op, get_path(op.inputs, "spec.infrastructure.annotations"))
    if balancer is None:
        return {}
    address = next(iter(_ingress(op, balancer).values()))
    return {"status": {"addresses": [{"value": address}]}}


_CLASS = "spec.loadBalancerClass"


def load_balancer(op: Operation, annotations: Json, class_: str = "") -> LoadBalancer | None:
    """Returns the load balancer of a service with these annotations; None if no controller creates one."""
    cluster = managed_cluster(op)
    if cluster is None:
        return None
    given = {key: str(value) for key, value in annotations.items()} if isinstance(annotations, Mapping) else {}
    return _BY_TYPE[cluster.type](op, given, class_)


def _eks(op: Operation, annotations: Mapping[str, str], class_: str) -> LoadBalancer | None:
    type_ = annotations.get(f"{_AWS}type", "")
    if has_chart(op, CONTROLLER) and class_ in ("", CONTROLLER_CLASS):  # the webhook sets the class
        scheme = annotations.get(f"{_AWS}scheme", "")
        legacy = annotations.get(f"{_AWS}internal", "true")
        return LoadBalancer("network", scheme == "internal" if scheme else legacy in ("true", "0.0.0.0/0"))
    if class_ or type_ in ("external", "nlb-ip"):
        return None  # of a controller that the cluster does not have
    internal = annotations.get(f"{_AWS}internal", "false") not in ("", "false")
    return LoadBalancer("network" if type_ == "nlb" else "classic", internal)


def _aks(_op: Operation, annotations: Mapping[str, str], class_: str) -> LoadBalancer | None:
    return None if class_ else LoadBalancer("azure", annotations.get(_AZURE_INTERNAL) == "true")


_BY_TYPE: Mapping[str, Callable[[Operation, Mapping[str, str], str], LoadBalancer | None]] = {
    "aws:eks/cluster:Cluster": _eks,
    "azure-native:containerservice:ManagedCluster": _aks,
}


def _ingress(op: Operation, balancer: LoadBalancer) -> Mapping[str, Json]:
    """Returns the address as in the status of a Service. On AWS the emulated name of every internal load balancer
    begins with `internal-`, as that of a Classic one does; on Azure an internal address is one of the network."""
    if balancer.kind == "azure":
        host = op.variables["host"]
        return {"ip": f"10.0.0.{host}" if balancer.internal else f"20.196.0.{host}"}
    name = f"a{op.variables['hex32'].lower()}-{op.variables['digits12'][:10]}"
    cluster = managed_cluster(op)
    region = cluster.scope.rpartition("/")[2] if cluster else ""
    prefix = "internal-" if balancer.internal else ""
    suffix = f"{region}.elb" if balancer.kind == "classic" else f"elb.{region}"
    return {"hostname": f"{prefix}{name}.{suffix}.amazonaws.com"}
