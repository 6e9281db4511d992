"""Services and gateways of Kubernetes, and custom resources whose controllers create services of load balancers."""

import re
from collections.abc import Collection, Iterator
from functools import partial

from falaj.facts.clouds import Cloud

from ..engine.families import exposure_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, PlanPredicate, Severity
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.cidrs import is_private, split_addresses
from ..readers.known_later import resolve_from
from ..readers.kubernetes_objects import KUBERNETES_TYPES, ObjectPart, objects
from .balancer_pools import check_pools
from .by_cloud import CloudCheck
from .envoy_gateways import service_of_proxies
from .gateway_authentication import WAYPOINT_CLASSES
from .load_balancers import is_internal

_LOCAL_HOST = lazy_regex(r"(?:.*\.)?localhost\.?|127\.[\d.]+|::1|169\.254\.[\d.]+", re.IGNORECASE)
"""Names and addresses of the local host, and link-local addresses such as that of the metadata service."""
_PUBLIC_CLASSES = ("azure-alb-external",)
"""Gateway class of Application Gateway for Containers, whose frontends have no private addresses ("Application Gateway
for Containers components", read 2026-11-27)."""

_OFFERS = tuple(f"service.beta.kubernetes.io/azure-pls-{key}" for key in ("visibility", "auto-approval"))
"""Annotations with the subscriptions that a private link service is offered to (cloud-provider-azure, pkg/consts)."""
_TAILNET = "tailscale.com/expose"
"""Annotation that publishes a service to the devices of a tailnet (tailscale/tailscale de9ec7ee, cmd/k8s-operator)."""
_SERVICE_TYPE = "networking.istio.io/service-type"
_ISTIO_SERVICES = {
    "istio": "LoadBalancer",
    "istio-remote": "LoadBalancer",
    "istio-agentgateway": "LoadBalancer",
    "istio-east-west": "LoadBalancer",
    **dict.fromkeys(WAYPOINT_CLASSES, "ClusterIP"),
}
"""Class of Istio -> type of the service of its gateways, which the annotation overrides (istio/istio at 86c9f01f,
pilot/pkg/config/kube/gatewaycommon/classinfo.go, 2026-11-27)."""


def _check_service(item: ObjectPart, clouds: Collection[Cloud]) -> Iterator[Outcome]:
    spec = item.child("spec")
    kind = spec.get("type")
    if kind is UNKNOWN:
        yield undetermined("spec.type is not known before deployment", spec.path_to("type"))
    elif kind == "NodePort":
        yield failed(f"{spec.path_to('type')} NodePort opens a port on every node", spec.path_to("type"))
    elif kind == "LoadBalancer":
        if not _is_on_site([spec.get("loadBalancerIP")], clouds):
            yield _judge_load_balancer(
                item.child("metadata").get("annotations"), spec.get("loadBalancerClass"), spec.path_to("type"), clouds
            )
        yield from _check_entry(spec)
    elif kind == "ExternalName" and _LOCAL_HOST.fullmatch(str(spec.get("externalName"))):
        yield failed(f"{spec.path_to('externalName')} resolves to the caller's own host", spec.path_to("externalName"))
    else:
        yield passed()
    annotations = item.child("metadata").child("annotations")
    for key in _OFFERS:
        if "*" in split_addresses(annotations.get(key)):
            path = annotations.path_to(key)
            yield failed(f"{path} offers it to every subscription of Azure by a private link service", path)
    if str(annotations.get(_TAILNET)).lower() == "true":
        path = annotations.path_to(_TAILNET)
        yield failed(f"{path} publishes it in a network of Tailscale, past every entry of the cluster", path)
    if spec.get("externalIPs") not in (MISSING, []):
        yield failed(
            f"{spec.path_to('externalIPs')} can take over traffic to other addresses", spec.path_to("externalIPs")
        )


_TUNNEL_CLASSES = lazy_regex(r"tailscale(?:\.com/.*)?|(?:.*\.)?(?:ngrok|inlets)(?:\..*|/.*)?|.*\bcloudflare-tunnel\b.*")
"""Classes of load balancers whose vendor lets callers in (tailscale/tailscale de9ec7ee, cmd/k8s-operator; others as
known)."""


def _check_entry(spec: ObjectPart) -> Iterator[Outcome]:
    """Checks the class and the address of a load balancer, which its annotations do not show."""
    kind, path = spec.get("loadBalancerClass"), spec.path_to("loadBalancerClass")
    if isinstance(kind, str) and _TUNNEL_CLASSES.fullmatch(kind):
        yield failed(f"{path} is a tunnel of a vendor, who lets callers in", path)
    address, path = spec.get("loadBalancerIP"), spec.path_to("loadBalancerIP")
    if isinstance(address, str) and address and not is_private(address):
        yield failed(f"{path} {address} is a public address", path)


def _is_on_site(addresses: Collection[Plain], clouds: Collection[Cloud]) -> bool:
    """Returns whether a load balancer asks for addresses of the site's network alone. Those on premises give them, or
    none; of the clouds, AWS refuses such a field (kubernetes/cloud-provider-aws, pkg/providers/v1/aws.go, read
    2026-12-01; metallb/metallb 7938d3f8 website/content/usage/_index.md, the same day)."""
    is_of_site = set(clouds) == {Cloud.ONPREM}
    return is_of_site and bool(addresses) and all(isinstance(item, str) and is_private(item) for item in addresses)


def _addresses(spec: ObjectPart) -> Iterator[tuple[str, Plain]]:
    """Yields the addresses that a gateway asks for, with their paths; a name says itself where it leads."""
    for item in spec.children("addresses"):
        if item.get("type") in (MISSING, "IPAddress"):
            yield item.path_to("value"), item.get("value")


def _check_gateway(item: ObjectPart, clouds: Collection[Cloud], service: ObjectPart | None = None) -> Iterator[Outcome]:
    """Checks a gateway of the Gateway API: its controller copies `infrastructure.annotations` to the service that it
    creates, beneath what `service` of its proxies states. A gateway of Istio's own API creates none."""
    spec = item.child("spec")
    kind = MISSING if service is None else service.get("type")
    gateway_class = str(spec.get("gatewayClassName"))
    creates_none = spec.get("gatewayClassName") is MISSING and not item.is_patch
    if creates_none or "ClusterIP" in (_istio_service_type(item), kind):
        yield passed()
    elif _istio_service_type(item) == "NodePort":
        path = item.child("metadata").path_to("annotations")
        yield failed(f"{path}.{_SERVICE_TYPE} NodePort opens a port on every node", path)
    elif gateway_class not in _ISTIO_SERVICES and _has_aws_parameters(spec):
        yield passed()
    elif gateway_class in _PUBLIC_CLASSES:
        yield failed(f"gateways of class {gateway_class} are public", spec.path_to("gatewayClassName"))
    else:
        infrastructure = spec.child("infrastructure")
        annotations, balancer = infrastructure.get("annotations"), MISSING
        if service is not None:
            annotations = {**infrastructure.child("annotations").data, **service.child("annotations").data}
            balancer = service.get("loadBalancerClass")
        addresses = dict(_addresses(spec))
        if not _is_on_site(addresses.values(), clouds):
            yield _judge_load_balancer(annotations, balancer, spec.path_to("infrastructure"), clouds)
        for path, address in addresses.items():
            if isinstance(address, str) and address and not is_private(address):
                yield failed(f"{path} {address} is a public address", path)


def _istio_service_type(gateway: ObjectPart) -> Plain:
    """Returns the type of the service that Istio creates for a gateway; MISSING for a class that is not Istio's."""
    default = _ISTIO_SERVICES.get(str(gateway.child("spec").get("gatewayClassName")), MISSING)
    stated = gateway.child("metadata").child("annotations").get(_SERVICE_TYPE)
    return default if default is MISSING or stated is MISSING else stated


def _has_aws_parameters(spec: ObjectPart) -> bool:
    """Returns whether the AWS Load Balancer Controller configures a gateway: internal, unless its parameters, which
    FJ-EXP-330 judges, say otherwise (pkg/gateway/model/base_model_builder.go at 225f4456, 2026-11-27)."""
    return spec.child("infrastructure").child("parametersRef").get("group") == "gateway.k8s.aws"


def _judge_load_balancer(
    annotations: Plain, load_balancer_class: Plain, path: str, clouds: Collection[Cloud]
) -> Outcome:
    internal = is_internal(annotations, load_balancer_class, clouds)
    if internal is None:
        return undetermined("whether its load balancer is internal is not known before deployment", "metadata")
    if internal:
        return passed()
    where = " and ".join(sorted(cloud.value for cloud in clouds))
    return failed(f"its load balancer is public: no annotation that controllers on {where} read is internal", path)


_READ_AS_OBJECTS = tuple(
    f"kubernetes:{group}/"
    for group in ("core", "apps", "batch", "networking.k8s.io", "gateway.networking.k8s.io", "helm.sh",
                  "apiextensions.k8s.io")
)  # fmt: skip
"""Groups without custom resources that create services."""
_TYPE_KEYS = ("type", "servicetype")


def _mappings(section: ObjectPart) -> Iterator[ObjectPart]:
    """Yields every mapping in an object, with its path."""
    yield section
    for key, value in section.data.items():
        if isinstance(value, dict):
            yield from _mappings(section.child(key))
        elif isinstance(value, list):
            for item in section.children(key):
                yield from _mappings(item)


def _check_custom_resource(resource: Resource, clouds: Collection[Cloud]) -> Iterator[Outcome]:
    """Checks a custom resource that asks its controller for a load balancer or a node port: operators of databases,
    brokers and gateways take the type of a service somewhere in `spec`, and its annotations beside it."""
    if not resource.type.startswith(KUBERNETES_TYPES) or resource.type.startswith(_READ_AS_OBJECTS):
        return
    mappings = list(_mappings(ObjectPart("spec", spec)) if isinstance(spec := resource.props.get("spec"), dict) else ())
    for item in mappings:
        for key, value in item.data.items():
            kind = str(value).lower() if key.lower() in _TYPE_KEYS else ""
            if key == "externalIPs" and value not in ([], None):
                yield failed(f"{item.path_to(key)} can take over traffic to other addresses", item.path_to(key))
            elif kind == "nodeport":
                yield failed(f"{item.path_to(key)} {value} opens a port on every node", item.path_to(key))
            elif kind == "loadbalancer" and not any(is_internal(other.data, MISSING, clouds) for other in mappings):
                yield _judge_load_balancer({}, MISSING, item.path_to(key), clouds)


def _judge_router(item: ObjectPart) -> Outcome:
    """Judges a router of OpenShift. Its load balancer is public unless its scope says otherwise (openshift/api,
    operator/v1, LoadBalancerStrategy)."""
    strategy = item.child("spec").child("endpointPublishingStrategy")
    scope, path = strategy.child("loadBalancer").get("scope"), strategy.path_to("loadBalancer.scope")
    if strategy.get("type") != "LoadBalancerService" or scope == "Internal":
        return passed()
    return failed(f"{path} must be Internal", path)


def _outcomes(resource: Resource, clouds: Collection[Cloud]) -> Iterator[Outcome]:
    for item in objects(resource, "Service"):
        yield from _check_service(item, clouds)
    for item in objects(resource, "Gateway"):
        if not _has_class_of_its_own(item):
            yield from _check_gateway(item, clouds)
    for item in objects(resource, "IngressController"):
        yield _judge_router(item)
    yield from _check_custom_resource(resource, clouds)
    yield from check_pools(resource)


def _has_class_of_its_own(gateway: ObjectPart) -> bool:
    """Returns whether no controller brings the class of a gateway: the plan may say which proxies it has."""
    name = gateway.child("spec").get("gatewayClassName")
    return isinstance(name, str) and name not in (*_ISTIO_SERVICES, *_PUBLIC_CLASSES)


def _gateway_outcomes(resource: Resource, clouds: Collection[Cloud], plan: Plan) -> Iterator[Outcome]:
    for item in objects(resource, "Gateway"):
        if _has_class_of_its_own(item):
            yield from _check_gateway(item, clouds, service_of_proxies(item, plan))


_RESOLVE = resolve_from(("metadata",))


def _evaluate_with_plan(check: CloudCheck) -> PlanPredicate:
    def predicate(resource: Resource, plan: Plan) -> Iterator[Outcome]:
        yield from check.evaluate_with_plan(resource, plan)
        gateways = CloudCheck(partial(_gateway_outcomes, plan=plan), check.on_premises)
        found = (*gateways.evaluate_resource(resource), *gateways.evaluate_with_plan(resource, plan))
        for outcome in found:
            is_open = outcome.verdict is Verdict.UNDETERMINED
            yield _RESOLVE(resource, plan, outcome) if is_open else outcome

    return predicate


def service_guardrail(on_premises: Collection[str]) -> Guardrail:
    """Returns the guardrail of services and gateways. `on_premises`: contexts of clusters outside the clouds."""
    check = CloudCheck(_outcomes, on_premises)
    return exposure_rule(
        321,
        Severity.HIGH,
        "Services and gateways are reachable from private networks only",
        "an entry point that nobody monitors is an entry point for attackers",
        "Use ClusterIP, or annotate the load balancer for the cloud of its cluster: "
        'service.beta.kubernetes.io/azure-load-balancer-internal: "true" on AKS, aws-load-balancer-internal: "true" '
        "and aws-load-balancer-scheme: internal on EKS, metallb.io/address-pool on premises; remove externalIPs",
        predicate=check.evaluate_resource,
        plan_predicate=_evaluate_with_plan(check),
        resolve=_RESOLVE,
        types=KUBERNETES_TYPES,
    )
