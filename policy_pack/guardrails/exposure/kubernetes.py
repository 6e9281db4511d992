"""Ways into a Kubernetes cluster: services, ingresses, network policies, and secrets left in plain objects."""

import re
from collections.abc import Callable, Iterator, Mapping

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource
from ..engine.rows import Guardrail, Predicate, Severity
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.cidrs import is_open, parts
from ..readers.kubernetes_objects import Piece, objects
from ..readers.plaintext_secrets import decoded, has_secret_lines, judge

Check = Callable[[Piece], Iterator[Outcome]]

_INTERNAL: dict[str, tuple[str, ...]] = {
    "service.beta.kubernetes.io/azure-load-balancer-internal": ("true",),
    "service.beta.kubernetes.io/aws-load-balancer-scheme": ("internal",),
    "service.beta.kubernetes.io/aws-load-balancer-internal": ("true", "0.0.0.0/0"),
    "networking.gke.io/load-balancer-type": ("internal",),
    "cloud.google.com/load-balancer-type": ("internal",),
}
"""Annotations that keep a load balancer inside, with what they must say."""
_POOLS = ("metallb.io/address-pool", "metallb.universe.tf/address-pool", "metallb.io/loadBalancerIPs")
"""On-premises load balancers, whose addresses are those of the site's own network."""
_INTERNAL_CLASSES = ("service.k8s.aws/nlb", "eks.amazonaws.com/nlb")
"""AWS's controllers make internal ones unless the scheme says otherwise (AWS Load Balancer Controller 2.2 on)."""
_SCHEME = "service.beta.kubernetes.io/aws-load-balancer-scheme"

_LOCAL = re.compile(r"(?:.*\.)?localhost\.?|127\.[\d.]+|::1|169\.254\.[\d.]+", re.IGNORECASE)
"""Names of the caller's own machine, and of the metadata service there."""


def _annotations(item: Piece) -> Plain:
    found = item.below("metadata").get("annotations")
    return {} if found is MISSING else found


def _is_internal(item: Piece) -> bool | None:
    """Whether a load balancer stays inside; None where it is not known."""
    annotations = _annotations(item)
    if not isinstance(annotations, dict):
        return None
    stated = {key: str(annotations[key]).lower() for key in _INTERNAL if key in annotations}
    if any(value in _INTERNAL[key] for key, value in stated.items()) or any(key in annotations for key in _POOLS):
        return True
    if any(annotations[key] is UNKNOWN for key in stated):
        return None
    return item.below("spec").get("loadBalancerClass") in _INTERNAL_CLASSES and _SCHEME not in stated


def _services(item: Piece) -> Iterator[Outcome]:
    spec = item.below("spec")
    kind = spec.get("type")
    if kind is UNKNOWN:
        yield undetermined("spec.type is not known before deployment", spec.at("type"))
    elif kind == "NodePort":
        yield failed(f"{spec.at('type')} NodePort opens a port of every machine", spec.at("type"))
    elif kind == "LoadBalancer":
        inside = _is_internal(item)
        if inside is None:
            yield undetermined("whether its load balancer is internal is not known before deployment", "metadata")
        elif inside:
            yield passed()
        else:
            yield failed("its load balancer is public: no annotation keeps it internal", spec.at("type"))
    elif kind == "ExternalName" and _LOCAL.fullmatch(str(spec.get("externalName"))):
        yield failed(f"{spec.at('externalName')} leads to the machine of whoever calls it", spec.at("externalName"))
    else:
        yield passed()
    if spec.get("externalIPs") not in (MISSING, []):
        yield failed(f"{spec.at('externalIPs')} lets it take over addresses of others", spec.at("externalIPs"))


_PUBLIC_INGRESS: dict[str, tuple[str, ...]] = {
    "alb.ingress.kubernetes.io/scheme": ("internet-facing",),
    "appgw.ingress.kubernetes.io/use-private-ip": ("false",),
}
_NGINX = "nginx.ingress.kubernetes.io/"
_COPIED = ("auth-url", "auth-tls-match-cn", "mirror-target", "mirror-host")
"""Annotations that go into nginx's configuration as they are (CVE-2025-1097, 1098, 24514)."""
_INJECTED = re.compile(r"[;{}|#\n]")
_GATEWAY = "azure-application-gateway", "azure/application-gateway"


def _ingresses(item: Piece) -> Iterator[Outcome]:
    annotations, spec = _annotations(item), item.below("spec")
    if not isinstance(annotations, dict):
        yield undetermined("its annotations are not known before deployment", "metadata.annotations")
        return
    for key, public in _PUBLIC_INGRESS.items():
        if str(annotations.get(key)).lower() in public:
            yield failed(f"annotation {key} makes it public", item.below("metadata").at("annotations"))
    classes = (spec.get("ingressClassName"), annotations.get("kubernetes.io/ingress.class"))
    private = str(annotations.get("appgw.ingress.kubernetes.io/use-private-ip")).lower() == "true"
    if any(name in _GATEWAY for name in classes) and not private:
        yield failed("an Application Gateway is public unless use-private-ip is true", "metadata.annotations")
    for key in annotations:
        is_snippet = key.startswith(_NGINX) and key.endswith("-snippet")
        is_copied = key.removeprefix(_NGINX) in _COPIED and _INJECTED.search(str(annotations[key]))
        if is_snippet or is_copied:
            yield failed(f"annotation {key} puts configuration into the ingress itself", "metadata.annotations")
    yield passed()


def _hosts(item: Piece) -> Iterator[Outcome]:
    spec = item.below("spec")
    if spec.get("defaultBackend") is not MISSING and spec.get("rules") in (MISSING, []):
        yield failed(f"{spec.at('defaultBackend')} answers for every host", spec.at("defaultBackend"))
    for rule in item.below("spec").each("rules"):
        host = rule.get("host")
        if host is UNKNOWN:
            yield passed()
        elif host in (MISSING, "") or str(host).startswith("*"):
            yield failed(f"{rule.at('host')} must name one host", rule.at("host"))
        else:
            yield passed()


def _peers(item: Piece) -> Iterator[Outcome]:
    spec = item.below("spec")
    for rule in spec.each("ingress"):
        peers = list(rule.each("from"))
        if rule.get("from") in (MISSING, []) and rule.get("ports") in (MISSING, []):
            yield failed(f"{rule.path} names neither source nor port, which lets in everybody", rule.path)
        if any(peer.get("namespaceSelector") == {} and peer.get("podSelector") in (MISSING, {}) for peer in peers):
            yield failed(f"{rule.at('from')} lets in every pod of every namespace", rule.at("from"))
        blocks = [peer.below("ipBlock").get("cidr") for peer in peers]
        found = is_open([part for block in blocks for part in parts(block)])
        if found is None:
            yield undetermined(f"{rule.at('from')} has an address that is not known before deployment", rule.at("from"))
        else:
            yield failed(f"{rule.at('from')} lets in every address", rule.at("from")) if found else passed()


def _namespaces(allowed: Mapping[str, str]) -> Check:
    def check(item: Piece) -> Iterator[Outcome]:
        metadata = item.below("metadata")
        level = metadata.below("labels").get("pod-security.kubernetes.io/enforce")
        if level == "privileged" and str(metadata.get("name")) not in allowed:
            yield failed("its pods may be privileged (pod-security label)", "metadata.labels")
        else:
            yield passed()

    return check


_WORLD = frozenset({"all", "world", "world-ipv4", "world-ipv6"})


def _further_peers(item: Piece) -> Iterator[Outcome]:
    """Policies of Cilium and Calico, which have words of their own for everybody."""
    for spec in (item.below("spec"), *item.each("specs")):
        for rule in spec.each("ingress"):
            source = rule.below("source")
            if str(rule.data.get("action", "Allow")).lower() in ("deny", "log", "pass"):
                continue
            entities, nets = rule.get("fromEntities"), source.get("nets")
            blocks = [
                *parts(rule.get("fromCIDR")),
                *(peer.get("cidr") for peer in rule.each("fromCIDRSet")),
                *parts(nets),
            ]
            is_bare = not rule.data or ("action" in rule.data and not source.data)
            is_world = isinstance(entities, list) and bool(_WORLD & {str(entity).lower() for entity in entities})
            if is_bare or is_world or is_open(blocks):
                yield failed(f"{rule.path} lets in everybody", rule.path)
            else:
                yield passed()


def _config_maps(item: Piece) -> Iterator[Outcome]:
    for key in ("data", "binaryData"):
        data = item.below(key)
        for name, stated in data.data.items():
            value = decoded(stated) if key == "binaryData" and isinstance(stated, str) else stated
            if isinstance(value, str) and has_secret_lines(value):
                yield failed(f"{data.at(name)} sets a secret in plain text", data.at(name))
            yield judge(name, value, data.at(name))


def _default_accounts(item: Piece) -> Iterator[Outcome]:
    """Pods without an account of their own have the one that is called default."""
    if item.below("metadata").get("name") == "default" and not item.is_patch:
        given = item.get("automountServiceAccountToken")
        text = "automountServiceAccountToken must be false for the account that every pod without one has"
        yield passed() if str(given).lower() == "false" else failed(text, "automountServiceAccountToken")


def _judge(check: Check, *kinds: str) -> Predicate:
    def predicate(resource: Resource) -> Iterator[Outcome]:
        for item in objects(resource, *kinds):
            yield from check(item)

    return predicate


def kubernetes_rule(
    number: int, severity: Severity, what: str, why: str, remedy: str, predicate: Predicate
) -> Guardrail:
    """A guardrail on what objects of Kubernetes expose."""
    return exposure_rule(number, severity, what, why, remedy, predicate=predicate, about=("kubernetes:",))


def _sources(resource: Resource) -> Iterator[Outcome]:
    is_calico = "projectcalico.org" in resource.type
    yield from _judge(_further_peers if is_calico else _peers, "NetworkPolicy")(resource)
    yield from _judge(_further_peers, "GlobalNetworkPolicy", "CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")(
        resource
    )


_WAY_IN = "every way in that nobody watches is somebody else's"

KUBERNETES_EXPOSURE: tuple[Guardrail, ...] = (
    kubernetes_rule(
        321,
        Severity.HIGH,
        "Services are reached from inside only",
        _WAY_IN,
        "Use ClusterIP, or annotate the load balancer as internal for the cloud it is on; remove externalIPs",
        _judge(_services, "Service"),
    ),
    kubernetes_rule(
        322,
        Severity.HIGH,
        "Ingresses are reached from inside only, and run no configuration of their own",
        _WAY_IN,
        "Set alb.ingress.kubernetes.io/scheme to internal or appgw use-private-ip to true; remove snippets",
        _judge(_ingresses, "Ingress"),
    ),
    kubernetes_rule(
        323,
        Severity.MEDIUM,
        "Ingresses name the hosts that they serve",
        "an ingress for every host answers for names that are not its own",
        "Give each rule a host without a wildcard",
        _judge(_hosts, "Ingress"),
    ),
    kubernetes_rule(
        324,
        Severity.HIGH,
        "Network policies let in named sources only",
        _WAY_IN,
        "Name the namespaces, pods or narrow address blocks that may connect",
        _sources,
    ),
    kubernetes_rule(
        326,
        Severity.CRITICAL,
        "No secret stands in a config map",
        "config maps are neither encrypted with the secrets nor kept from those who may not read secrets",
        "Move it to a Secret that comes from the vault",
        _judge(_config_maps, "ConfigMap"),
    ),
    kubernetes_rule(
        327,
        Severity.MEDIUM,
        "The default service account hands out no token",
        "a token of the default account is a way into the API server for whoever breaks in",
        "Set automountServiceAccountToken to false on it",
        _judge(_default_accounts, "ServiceAccount"),
    ),
)


def namespace_guardrail(privileged: Mapping[str, str]) -> Guardrail:
    """The guardrail of namespaces; those named in `privileged`, with reasons, may be at that level."""
    return kubernetes_rule(
        325,
        Severity.HIGH,
        "Namespaces do not enforce the privileged pod security level, but for those that are allowed to by name",
        "one privileged pod has the machine, and with it every tenant on it",
        "Set pod-security.kubernetes.io/enforce to restricted or baseline, or list the namespace under "
        "kubernetes.privileged_namespaces in enforcement.yaml, with the reason",
        _judge(_namespaces(privileged), "Namespace"),
    )
