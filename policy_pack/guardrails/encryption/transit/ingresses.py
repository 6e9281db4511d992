"""Whether the entry points of a cluster serve every host by TLS: Ingresses, HTTPProxies and Routes.

An Ingress serves a host by TLS if an entry of `spec.tls` lists it. An entry without hosts is for all of them, and a
wildcard stands for one label (k8s.io/api networking/v1, IngressTLS and IngressRule, 1.36). The AWS Load Balancer
Controller does not read `spec.tls`: without a certificate it listens to plain HTTP, unless the annotation with the
ports says HTTPS (kubernetes-sigs/aws-load-balancer-controller at 225f4456, pkg/ingress/model_build_listener.go,
computeIngressListenPorts, 2026-11-27).
"""

import json
import re
from collections.abc import Iterator

from ...engine.lazy_regex import lazy_regex
from ...engine.reading import MISSING, UNKNOWN, Plain, Resource, one_or_many, walk
from ...engine.verdicts import Outcome, failed, passed, undetermined
from ...readers.cidrs import split_addresses
from ...readers.kubernetes_objects import ObjectPart, equals_bool, objects

_ALB = "alb.ingress.kubernetes.io/"
ALB_CERTIFICATE = f"{_ALB}certificate-arn"
"""Annotation with the certificates of an Application Load Balancer of an Ingress."""
ALB_PORTS, ALB_REDIRECT, ALB_ACTIONS = f"{_ALB}listen-ports", f"{_ALB}ssl-redirect", f"{_ALB}actions."
"""Annotations with the ports and protocols of such a load balancer, and by which it redirects plain HTTP."""
_ALB_CLASS = "alb"
_CERTIFICATE_ANNOTATIONS = (
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "networking.gke.io/managed-certificates",
)
"""Annotations that set the certificate of an Ingress's load balancer."""
PLAIN_HTTP: dict[str, str] = {
    "nginx.ingress.kubernetes.io/ssl-redirect": "false",
    "nginx.ingress.kubernetes.io/force-ssl-redirect": "false",
    "ingress.kubernetes.io/ssl-redirect": "false",
    "appgw.ingress.kubernetes.io/ssl-redirect": "false",
    "haproxy.org/ssl-redirect": "false",
    "haproxy-ingress.github.io/ssl-redirect": "false",
    "kubernetes.io/ingress.allow-http": "true",
}
"""Annotation -> the value that enables plain HTTP in addition to HTTPS."""


def check_ingress(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of Ingresses."""
    for ingress in objects(resource, "Ingress"):
        yield from _judge_alb(ingress) if _is_for_alb(ingress) else _judge_hosts(ingress)
        annotations = ingress.child("metadata").child("annotations")
        for key, enabling_value in PLAIN_HTTP.items():
            if str(annotations.get(key)).lower() == enabling_value:
                yield failed(f"its annotation {key} enables plain HTTP", annotations.path_to(key))


def _is_for_alb(ingress: ObjectPart) -> bool:
    annotations = ingress.child("metadata").child("annotations")
    classes = (ingress.child("spec").get("ingressClassName"), annotations.get("kubernetes.io/ingress.class"))
    return _ALB_CLASS in classes or any(key.startswith(_ALB) for key in annotations.data)


def _judge_alb(ingress: ObjectPart) -> Iterator[Outcome]:
    annotations = ingress.child("metadata").child("annotations")
    ports, path = annotations.get(ALB_PORTS), annotations.path_to(ALB_PORTS)
    protocols = _protocols(ports)
    if ports is UNKNOWN:
        yield undetermined("the protocols of its load balancer are not known before deployment", path)
    elif ports is MISSING and annotations.get(ALB_CERTIFICATE) in (MISSING, ""):
        if not ingress.is_patch:
            yield failed("it serves plain HTTP: its load balancer has no certificate and no listen-ports", path)
    elif "HTTP" in protocols and annotations.get(ALB_REDIRECT) is MISSING and not _redirects(ingress):
        yield failed(f"{path} serves plain HTTP, which {ALB_REDIRECT} does not redirect", path)
    else:
        yield passed()


def _redirects(ingress: ObjectPart) -> bool:
    """Returns whether a backend of an Ingress is an action of its annotations that redirects to HTTPS, as it was said
    before the annotation `ssl-redirect`."""
    annotations = ingress.child("metadata").child("annotations")
    for rule in ingress.child("spec").children("rules"):
        for path in rule.child("http").children("paths"):
            action = annotations.get(f"{ALB_ACTIONS}{path.child('backend').child('service').get('name')}")
            if [value for _, value in walk(action, "RedirectConfig.Protocol")] == ["HTTPS"]:
                return True
    return False


def _protocols(ports: Plain) -> set[str]:
    """Returns the protocols of the ports in the annotation of a load balancer: `[{"HTTP": 80}, {"HTTPS": 443}]`."""
    try:
        entries = json.loads(ports) if isinstance(ports, str) else []
    except (ValueError, RecursionError):
        return {"HTTP"}
    return (
        {name for entry in entries if isinstance(entry, dict) for name in entry} if isinstance(entries, list) else set()
    )


def _judge_hosts(ingress: ObjectPart) -> Iterator[Outcome]:
    spec = ingress.child("spec")
    tls = spec.get("tls")
    annotations = ingress.child("metadata").child("annotations")
    if any(annotations.get(key) not in (MISSING, "") for key in _CERTIFICATE_ANNOTATIONS):
        yield passed()
    elif UNKNOWN in (tls, ingress.get("spec"), ingress.child("metadata").get("annotations")):
        yield undetermined("whether it terminates TLS is not known before deployment", "spec.tls")
    elif ingress.is_patch:
        yield passed()
    elif not (isinstance(tls, list) and any(tls)):
        yield failed("it serves plain HTTP: no spec.tls, and no certificate for its load balancer", "spec.tls")
    else:
        yield passed()
        yield from _judge_rules(ingress)


_ALIASES = "nginx.ingress.kubernetes.io/server-alias"


def _hosts(ingress: ObjectPart) -> Iterator[tuple[str, Plain]]:
    """Yields the path and the value of each host that an Ingress serves. A rule without a host is of FJ-EXP-323."""
    for rule in ingress.child("spec").children("rules"):
        yield rule.path_to("host"), rule.get("host")
    annotations = ingress.child("metadata").child("annotations")
    for alias in split_addresses(annotations.get(_ALIASES)):
        yield annotations.path_to(_ALIASES), alias


def _judge_rules(ingress: ObjectPart) -> Iterator[Outcome]:
    """Judges whether the entries of `spec.tls` list each host."""
    spec = ingress.child("spec")
    entries = [entry.get("hosts") for entry in spec.children("tls")]
    if any(hosts in (MISSING, []) for hosts in entries):
        return
    listed = [host for hosts in entries for host in one_or_many(hosts)]
    for path, host in _hosts(ingress):
        if not isinstance(host, str) or not host or any(covers(pattern, host) for pattern in listed):
            continue
        if UNKNOWN in listed:
            yield undetermined(f"whether TLS covers {path} is not known before deployment", path)
        else:
            yield failed(f"{path} {host} is in no hosts of spec.tls, so it is served by plain HTTP", path)


def covers(pattern: Plain, host: str) -> bool:
    """Returns whether a host of `spec.tls` is the host of a rule, or its wildcard: `*.` stands for one label."""
    if not isinstance(pattern, str):
        return False
    name, wanted = host.lower(), pattern.lower()
    first, _, domain = name.partition(".")
    return name == wanted or (wanted.startswith("*.") and bool(first) and domain == wanted[2:])


def check_http_proxy(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of HTTPProxies (projectcontour.io/v1). One without a virtual host is part of another one."""
    for proxy in objects(resource, "HTTPProxy"):
        spec = proxy.child("spec")
        host = spec.child("virtualhost")
        if host.data and host.get("tls") in (MISSING, {}):
            yield failed(f"{host.path} has no tls, so it is served by plain HTTP", host.path_to("tls"))
        for route in spec.children("routes"):
            if equals_bool(route.get("permitInsecure"), True):
                yield failed(f"{route.path_to('permitInsecure')} enables plain HTTP", route.path_to("permitInsecure"))


def check_virtual_server(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of VirtualServers of NGINX (k8s.nginx.org). One without `tls` has no certificate, so it is
    served by plain HTTP alone (nginx/kubernetes-ingress 0eb3072d, pkg/apis/configuration/v1/types.go, VirtualServerSpec
    and VirtualServerListener, read 2026-11-30). An internal route is one of a mesh, which has TLS of its own."""
    for server in objects(resource, "VirtualServer"):
        spec = server.child("spec")
        listener = spec.child("listener")
        only_plain = listener.get("http") not in (MISSING, "") and listener.get("https") in (MISSING, "")
        is_plain = spec.get("tls") in (MISSING, None) or (only_plain and not _redirects_to_tls(spec))
        if server.is_patch or equals_bool(spec.get("internalRoute"), True) or _only_redirects(spec):
            yield passed()
        elif UNKNOWN in (spec.get("tls"), server.get("spec")):
            yield undetermined("whether it terminates TLS is not known before deployment", spec.path_to("tls"))
        else:
            text = f"{spec.path_to('tls')} must be set: it is served by plain HTTP"
            yield failed(text, spec.path_to("tls")) if is_plain else passed()


def _redirects_to_tls(spec: ObjectPart) -> bool:
    return equals_bool(spec.child("tls").child("redirect").get("enable"), True)


def _only_redirects(spec: ObjectPart) -> bool:
    """Returns whether each route of a VirtualServer sends callers to HTTPS."""
    places = [route.child("action").child("redirect").get("url") for route in spec.children("routes")]
    return bool(places) and all(isinstance(place, str) and place.startswith("https://") for place in places)


_TRAEFIK_REDIRECT = "noop@internal"
"""Service of routes whose middlewares answer, such as those that redirect to HTTPS."""


def check_traefik(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of IngressRoutes (traefik.io). One without `tls` is served by TLS only if its entry points
    have it by default, as `websecure` of the chart has (traefik-helm-chart at 00374755, values.yaml)."""
    for route in objects(resource, "IngressRoute"):
        spec = route.child("spec")
        services = [item.get("name") for rule in spec.children("routes") for item in rule.children("services")]
        only_redirects = bool(services) and set(map(str, services)) == {_TRAEFIK_REDIRECT}
        is_plain = spec.get("tls") is MISSING and spec.get("entryPoints") != ["websecure"]
        if is_plain and not (only_redirects or route.is_patch):
            yield failed(f"{spec.path_to('tls')} must be set: it is served by plain HTTP", spec.path_to("tls"))
        else:
            yield passed()


_OWN_TLS = frozenset({"22", "443", "636", "853", "2222", "4443", "5061", "5671", "6380", "6443", "8443", "8883", "9093",
                      "9094", "9443", "15443"})  # fmt: skip
_OWN_TLS_NAME = lazy_regex(r"(?:.*[-_])?(?:https|tls|ssl|ssh|ldaps|mqtts|amqps|secure)(?:[-_].*)?", re.IGNORECASE)
"""Ports, and names of ports, at which programs encrypt themselves."""


def check_traefik_tcp(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of IngressRouteTCPs: without `tls` bytes pass as the caller sends them (traefik/traefik
    fd5a576d docs/content/reference/routing-configuration/tcp/tls.md, read 2026-11-30)."""
    for route in objects(resource, "IngressRouteTCP"):
        spec = route.child("spec")
        ports = [item.get("port") for rule in spec.children("routes") for item in rule.children("services")]
        names = [str(int(port)) if isinstance(port, float) else str(port) for port in ports]
        is_encrypted = bool(names) and all(name in _OWN_TLS or _OWN_TLS_NAME.fullmatch(name) for name in names)
        is_plain = spec.get("tls") is MISSING and not route.is_patch and not is_encrypted
        text = f"{spec.path_to('tls')} must be set: whoever is in between reads what callers send"
        yield failed(text, spec.path_to("tls")) if is_plain else passed()


def check_route(resource: Resource) -> Iterator[Outcome]:
    """Yields the outcomes of Routes of OpenShift (route.openshift.io/v1); other APIs have a kind of this name too."""
    for route in objects(resource, "Route"):
        if str(route.get("apiVersion")).startswith("serving.knative.dev/"):
            continue
        tls = route.child("spec").child("tls")
        if not tls.data and not route.is_patch:
            yield failed("it serves plain HTTP: no spec.tls", tls.path)
        elif str(tls.get("insecureEdgeTerminationPolicy")).lower() == "allow":
            path = tls.path_to("insecureEdgeTerminationPolicy")
            yield failed(f"{path} enables plain HTTP", path)
        else:
            yield passed()
