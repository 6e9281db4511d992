"""Ideas that were known to pass: pods that call every address, gateways for every namespace, and servers whose
certificate nobody checks (2026-11-29)."""

from ..blind import TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-")
ENC = ("FJ-ENC-",)
EVERYWHERE = ["0.0.0.0/0"]
"""Every address of IPv4."""
INTERNAL = {"networking.istio.io/service-type": "ClusterIP"}
POD = {"matchLabels": {"app": "x"}}


def _top(kind: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": "x", "labels": TAGS}, "spec": spec})


def _ingress(**annotations: str) -> Given:
    prefix = "nginx.ingress.kubernetes.io"
    notes = {f"{prefix}/{key.replace('_', '-')}": value for key, value in annotations.items()}
    return k8s(
        "networking.k8s.io/v1:Ingress",
        {
            "metadata": meta(annotations=notes),
            "spec": {
                "ingressClassName": "internal",
                "tls": [{"hosts": ["x.example.ae"], "secretName": "x"}],
                "rules": [
                    {
                        "host": "x.example.ae",
                        "http": {
                            "paths": [
                                {
                                    "path": "/",
                                    "pathType": "Prefix",
                                    "backend": {"service": {"name": "x", "port": {"number": 8443}}},
                                }
                            ]
                        },
                    }
                ],
            },
        },
    )


def _listener(**more: object) -> dict[str, object]:
    return {"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "x.example.ae",
            "tls": {"certificateRefs": [{"name": "x"}]}, **more}  # fmt: skip


ATTACKS = (
    Attack("pods of a namespace call the world on every port by Cilium", OPEN, (
        crd("cilium.io/v2:CiliumNetworkPolicy", {"endpointSelector": POD, "egress": [{"toEntities": ["world"]}]}),),
        "major", "the namespace's data leave by any protocol (Cilium, 'Layer 3 policies', entities world)"),
    Attack("pods of a namespace call every address by blocks of Cilium", OPEN, (
        crd("cilium.io/v2:CiliumNetworkPolicy", {"endpointSelector": POD, "egress": [{
            "toCIDRSet": [{"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}]}]}),),
        "major", "as above (Cilium, 'Layer 3 policies', toCIDRSet)"),
    Attack("pods of a namespace call every address by Calico", OPEN, (
        crd("projectcalico.org/v3:NetworkPolicy", {
            "selector": "app == 'x'", "types": ["Egress"], "egress": [{
                "action": "Allow", "destination": {"nets": EVERYWHERE}}]}),),
        "major", "as above (Calico, 'Network policy', EntityRule nets)"),
    Attack("pods of a namespace call every address by a rule without a destination", OPEN, (
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(), "spec": {
            "podSelector": POD, "policyTypes": ["Egress"], "egress": [{}]}}),),
        "major", "as above (Kubernetes, 'NetworkPolicy', allow all egress traffic)"),
    Attack("pods of a namespace call every address on every port", OPEN, (
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta(), "spec": {
            "podSelector": POD, "policyTypes": ["Egress"], "egress": [{
                "to": [{"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}}]}]}}),),
        "major", "as above (Kubernetes, 'NetworkPolicy', ipBlock)"),
    Attack("namespaces of a team call every address by a policy of the cluster", OPEN, (
        _top("policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy", {
            "priority": 10, "subject": {"namespaces": {"matchLabels": {"team": "x"}}}, "egress": [{
                "name": "out", "action": "Allow", "to": [{"networks": EVERYWHERE}]}]}),),
        "major", "no policy of those namespaces can refuse it (Network Policy API, 'AdminNetworkPolicy')"),
    Attack("routes of every namespace attach to a listener", OPEN, (
        k8s("gateway.networking.k8s.io/v1:Gateway", {"metadata": meta("inner", "falaj-gateway"), "spec": {
            "gatewayClassName": "istio", "infrastructure": {"annotations": INTERNAL},
            "listeners": [_listener(allowedRoutes={"namespaces": {"from": "All"}})]}}),
        k8s("security.istio.io/v1:AuthorizationPolicy", {"metadata": meta("inner", "falaj-gateway"), "spec": {
            "targetRefs": [{"kind": "Gateway", "group": "gateway.networking.k8s.io", "name": "inner"}],
            "rules": [{"from": [{"source": {"requestPrincipals": ["https://login.example.ae/*"]}}]}]}}, "policy")),
        "major", "a tenant takes paths and hosts of others with a route of his own (Gateway API, 'Cross-Namespace "
        "routing', allowedRoutes)"),
    Attack("listeners of every namespace join a gateway", OPEN, (
        crd("gateway.networking.k8s.io/v1:ListenerSet", {
            "parentRef": {"name": "inner", "namespace": "falaj-gateway", "kind": "Gateway"},
            "listeners": [_listener(allowedRoutes={"namespaces": {"from": "All"}})]}),),
        "major", "as above (Gateway API, 'ListenerSet')"),
    Attack("services of every namespace take any host at a gateway of Istio", OPEN, (
        crd("networking.istio.io/v1:Gateway", {"selector": {"istio": "ingressgateway"}, "servers": [{
            "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["*/*"],
            "tls": {"mode": "SIMPLE", "credentialName": "x", "minProtocolVersion": "TLSV1_3"}}]}),),
        "major", "a tenant takes hosts of others with a VirtualService (Istio, 'Gateway', hosts namespace/dnsName)"),
    Attack("services of every namespace take a listed host at a gateway of Istio", OPEN, (
        crd("networking.istio.io/v1:Gateway", {"selector": {"istio": "ingressgateway"}, "servers": [{
            "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["*"],
            "tls": {"mode": "SIMPLE", "credentialName": "x", "minProtocolVersion": "TLSV1_3"}}]}),),
        "major", "as above: no namespace is every namespace (Istio, 'Gateway', hosts)"),
    Attack("an ingress encrypts to a server whose certificate it does not check", ENC, (
        _ingress(backend_protocol="HTTPS"),),
        "major", "whoever is in between reads it (ingress-nginx, 'Annotations', proxy-ssl-verify is off)"),
    Attack("an ingress encrypts gRPC to a server whose certificate it does not check", ENC, (
        _ingress(backend_protocol="GRPCS", proxy_ssl_verify="off"),),
        "major", "as above (ingress-nginx, 'Annotations', backend-protocol GRPCS)"),
    Attack("an ingress of HAProxy encrypts to a server whose certificate it does not check", ENC, (
        k8s("core/v1:Service", {"metadata": meta(annotations={"haproxy.org/server-ssl": "true"}), "spec": {
            "selector": {"app": "x"}, "ports": [{"port": 8443}]}}),),
        "major", "as above (HAProxy Kubernetes Ingress Controller, 'server-ssl', 'server-ca')"),
    Attack("an agent sends traces in plain text to a host outside the cluster by its variables", ENC, (
        workload("apps/v1:Deployment", {"env": [
            {"name": "OTEL_EXPORTER_OTLP_ENDPOINT", "value": "traces.example.ae:4317"},
            {"name": "OTEL_EXPORTER_OTLP_TRACES_INSECURE", "value": "true"}]}),),
        "major", "traces cross the network in plain text (OpenTelemetry, 'OTLP exporter configuration')"),
    Attack("traces go to a host outside the cluster whose certificate is not asked for", ENC, (
        crd("opentelemetry.io/v1beta1:OpenTelemetryCollector", {
            "mode": "deployment", "config": {
                "receivers": {"otlp": {"protocols": {"grpc": {"endpoint": "0.0.0.0:4317", "tls": {
                    "cert_file": "/tls/tls.crt", "key_file": "/tls/tls.key"}}}}},
                "exporters": {"otlp": {"endpoint": "traces.example.ae:4317", "tls": {"insecure": True}}},
                "service": {"pipelines": {"traces": {"receivers": ["otlp"], "exporters": ["otlp"]}}}}}),),
        "major", "traces cross the network in plain text (OpenTelemetry Collector, configtls, insecure)"),
    Attack("a configured collector sends logs in plain text to a host outside the cluster", ENC, (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"config.yaml": (
            "exporters:\n  otlp/logs:\n    endpoint: logs.example.ae:4317\n    tls:\n      insecure: true\n"
            "service:\n  pipelines:\n    logs:\n      exporters: [otlp/logs]\n")}}),),
        "major", "logs cross the network in plain text (OpenTelemetry Collector, configtls, insecure)"),
)  # fmt: skip
