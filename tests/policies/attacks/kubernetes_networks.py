"""Attacks inside and at the edge of a cluster: load balancers, plain text at entry points, meshes, their policies."""

from collections.abc import Mapping
from typing import Any

from tests.samples import COST_TAGS as TAGS

from ..exposure_cases import ON_AKS, ON_EKS, ON_PREMISES
from ..harness import Given
from . import Attack

_AZURE = {"service.beta.kubernetes.io/azure-load-balancer-internal": "true"}
_AWS = {"service.beta.kubernetes.io/aws-load-balancer-internal": "true"}
_PUBLIC, _PEERS, _INGRESS, _TLS, _MESH = "FJ-EXP-321", "FJ-EXP-324", "FJ-EXP-322", "FJ-ENC-421", "FJ-ENC-422"


def kubernetes(
    kind: str, spec: Mapping[str, Any], provider: Mapping[str, str] = ON_PREMISES, **metadata: object
) -> Given:
    named = {"name": "it", "namespace": "team-a", "labels": TAGS, **metadata}
    return Given(f"kubernetes:{kind}", {"metadata": named, "spec": spec}, provider=provider)


def _balancer(annotations: Mapping[str, str], provider: Mapping[str, str]) -> Given:
    spec = {"type": "LoadBalancer", "ports": [{"port": 443}]}
    return kubernetes("core/v1:Service", spec, provider, annotations=annotations)


def _ingress(hosts: list[Any], *rules: str, annotations: Mapping[str, str] | None = None, **spec: Any) -> Given:
    return kubernetes("networking.k8s.io/v1:Ingress", {
        "ingressClassName": "nginx", "rules": [{"host": host} for host in rules],
        "tls": [{"hosts": hosts, "secretName": "s"}], **spec}, annotations=dict(annotations or {}))  # fmt: skip


def _alb(**annotations: str) -> Given:
    prefixed = {f"alb.ingress.kubernetes.io/{key.replace('_', '-')}": value for key, value in annotations.items()}
    return _ingress(["a.bank.ae"], "a.bank.ae", annotations=prefixed, ingressClassName="alb")


def _destination(policy: Mapping[str, Any], **spec: Any) -> Given:
    return kubernetes("networking.istio.io/v1:DestinationRule", {"host": "a.team-a", "trafficPolicy": policy, **spec})


def _peers(mode: str | None, namespace: str = "team-a", **spec: Any) -> Given:
    mtls = {} if mode is None else {"mtls": {"mode": mode}}
    return kubernetes("security.istio.io/v1:PeerAuthentication", {**mtls, **spec}, namespace=namespace)


def _release(chart: str, values: Mapping[str, Any]) -> Given:
    props = {"chart": chart, "version": "1.31.0", "values": values,
             "repositoryOpts": {"repo": "https://istio-release.storage.googleapis.com/charts"}}  # fmt: skip
    return Given("kubernetes:helm.sh/v3:Release", props, provider=ON_EKS)


def _from(kind: str, **rule: Any) -> Given:
    return kubernetes(kind, {"ingress": [rule]})


def _attack(name: str, rule: str, *plan: Given) -> Attack:
    return Attack(f"kubernetes networks: {name}", (rule,), plan)


_LISTENER = {"name": "x", "port": 9094, "type": "loadbalancer", "tls": True}
_CERTIFICATE = "arn:aws:acm:me-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555"

ATTACKS: tuple[Attack, ...] = (
    _attack("Azure's annotation on EKS", _PUBLIC, _balancer(_AZURE, ON_EKS)),
    _attack("a MetalLB pool on EKS", _PUBLIC, _balancer({"metallb.io/address-pool": "p"}, ON_EKS)),
    _attack("a MetalLB pool on AKS", _PUBLIC, _balancer({"metallb.io/address-pool": "p"}, ON_AKS)),
    _attack("the annotations of AWS on AKS", _PUBLIC, _balancer(_AWS, ON_AKS)),
    _attack("an annotation of Google on EKS", _PUBLIC,
            _balancer({"networking.gke.io/load-balancer-type": "Internal"}, ON_EKS)),
    _attack("a value on AKS that only looks true", _PUBLIC, _balancer({next(iter(_AZURE)): "True"}, ON_AKS)),
    _attack("public addresses of MetalLB", _PUBLIC,
            _balancer({"metallb.io/loadBalancerIPs": "94.200.10.1"}, ON_PREMISES)),
    _attack("the two schemes of EKS contradict each other", _PUBLIC, _balancer(
        {**_AWS, "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing"}, ON_EKS)),
    _attack("a broker with a public listener", _PUBLIC,
            kubernetes("kafka.strimzi.io/v1beta2:Kafka", {"kafka": {"listeners": [_LISTENER]}}, ON_EKS)),
    _attack("a search cluster with a public service", _PUBLIC, kubernetes(
        "elasticsearch.k8s.elastic.co/v1:Elasticsearch",
        {"http": {"service": {"metadata": {"annotations": _AZURE}, "spec": {"type": "LoadBalancer"}}}}, ON_EKS)),
    _attack("a gateway's proxy on a node port", _PUBLIC, kubernetes(
        "gateway.envoyproxy.io/v1alpha1:EnvoyProxy",
        {"provider": {"type": "Kubernetes", "kubernetes": {"envoyService": {"type": "NodePort"}}}})),
    _attack("a gateway of a public class with an internal annotation", _PUBLIC, kubernetes(
        "gateway.networking.k8s.io/v1:Gateway",
        {"gatewayClassName": "azure-alb-external", "infrastructure": {"annotations": _AZURE}, "listeners": []},
        ON_AKS)),
    _attack("a waypoint on a public load balancer", _PUBLIC, kubernetes(
        "gateway.networking.k8s.io/v1:Gateway",
        {"gatewayClassName": "istio-waypoint", "listeners": [{"name": "mesh", "port": 15008, "protocol": "HBONE"}]},
        ON_EKS, annotations={"networking.istio.io/service-type": "LoadBalancer"})),
    _attack("the chart of a gateway by its defaults", "FJ-EXP-332", _release("gateway", {})),
    _attack("the chart of a gateway with the annotation of another cloud", "FJ-EXP-332",
            _release("gateway", {"service": {"annotations": _AZURE}})),
    _attack("a mesh without automatic mutual TLS", _MESH,
            _release("istiod", {"meshConfig": {"enableAutoMtls": False}})),
    _attack("a pool of public addresses of MetalLB", _PUBLIC,
            kubernetes("metallb.io/v1beta1:IPAddressPool", {"addresses": ["94.200.10.0/28"]})),
    _attack("a pool of public addresses of Cilium", _PUBLIC, kubernetes(
        "cilium.io/v2:CiliumLoadBalancerIPPool", {"blocks": [{"start": "94.200.10.1", "stop": "94.200.10.9"}]})),
    _attack("a route in TCP to a gateway that nobody listed", "FJ-EXP-331", kubernetes(
        "gateway.networking.k8s.io/v1alpha2:TCPRoute", {"parentRefs": [{"name": "public", "namespace": "edge"}]})),
    _attack("a public router of OpenShift", _PUBLIC, kubernetes(
        "operator.openshift.io/v1:IngressController",
        {"endpointPublishingStrategy": {"type": "LoadBalancerService", "loadBalancer": {"scope": "External"}}})),
    _attack("an ingress of a public class", _INGRESS,
            _ingress(["a.bank.ae"], "a.bank.ae", ingressClassName="azure-alb-external")),
    _attack("a funnel from the internet", _INGRESS,
            _ingress(["a.bank.ae"], "a.bank.ae", annotations={"tailscale.com/funnel": "true"})),
    _attack("a host in no list of TLS", _TLS, _ingress(["a.bank.ae"], "b.bank.ae")),
    _attack("a host two labels below a wildcard", _TLS, _ingress(["*.bank.ae"], "a.b.bank.ae")),
    _attack("the domain of a wildcard", _TLS, _ingress(["*.bank.ae"], "bank.ae")),
    _attack("one host of several in no list of TLS", _TLS, _ingress(["a.bank.ae"], "a.bank.ae", "b.bank.ae")),
    _attack("TLS that an ALB does not read", _TLS, _alb(scheme="internal")),
    _attack("an ALB with certificate and a plain port", _TLS,
            _alb(scheme="internal", certificate_arn=_CERTIFICATE, listen_ports='[{"HTTP": 80}, {"HTTPS": 443}]')),
    _attack("an ALB with certificate and plain ports only", _TLS,
            _alb(scheme="internal", certificate_arn=_CERTIFICATE, listen_ports='[{"HTTP": 8080}]')),
    _attack("an alias in no list of TLS", _TLS, _ingress(
        ["a.bank.ae"], "a.bank.ae", annotations={"nginx.ingress.kubernetes.io/server-alias": "a.bank.ae,b.bank.ae"})),
    _attack("an ingress of HAProxy that does not redirect", _TLS,
            _ingress(["a.bank.ae"], "a.bank.ae", annotations={"haproxy.org/ssl-redirect": "false"})),
    _attack("an ALB with TLS 1.0", "FJ-ENC-423",
            _alb(scheme="internal", certificate_arn=_CERTIFICATE, ssl_policy="ELBSecurityPolicy-2016-08")),
    _attack("a load balancer of a service with TLS 1.1", "FJ-ENC-423", _balancer(
        {**_AWS, "service.beta.kubernetes.io/aws-load-balancer-ssl-negotiation-policy":
         "ELBSecurityPolicy-TLS-1-1-2017-01"}, ON_EKS)),
    _attack("a gateway of Istio with TLS 1.0", "FJ-ENC-423", kubernetes("networking.istio.io/v1:Gateway", {
        "servers": [{"port": {"number": 443, "protocol": "HTTPS", "name": "https"}, "hosts": ["a.bank.ae"],
                     "tls": {"mode": "SIMPLE", "credentialName": "s", "minProtocolVersion": "TLSV1_0"}}]})),
    _attack("a private link service by annotation for every subscription", _PUBLIC, _balancer(
        {**_AZURE, "service.beta.kubernetes.io/azure-pls-create": "true",
         "service.beta.kubernetes.io/azure-pls-visibility": "*"}, ON_AKS)),
    _attack("an HTTP proxy without TLS", _TLS,
            kubernetes("projectcontour.io/v1:HTTPProxy", {"virtualhost": {"fqdn": "a.bank.ae"}, "routes": []})),
    _attack("an HTTP proxy with a plain route", _TLS, kubernetes("projectcontour.io/v1:HTTPProxy", {
        "virtualhost": {"fqdn": "a.bank.ae", "tls": {"secretName": "s"}}, "routes": [{"permitInsecure": True}]})),
    _attack("a route of OpenShift without TLS", _TLS,
            kubernetes("route.openshift.io/v1:Route", {"host": "a.bank.ae", "to": {"kind": "Service", "name": "a"}})),
    _attack("a route of OpenShift with plain HTTP beside TLS", _TLS, kubernetes(
        "route.openshift.io/v1:Route",
        {"host": "a.bank.ae", "tls": {"termination": "edge", "insecureEdgeTerminationPolicy": "Allow"}})),
    _attack("a plain server of an Istio gateway beside TLS", _TLS, kubernetes("networking.istio.io/v1:Gateway", {
        "selector": {"istio": "gateway"}, "servers": [
            {"port": {"number": 80, "protocol": "HTTP", "name": "http"}, "hosts": ["a.bank.ae"]},
            {"port": {"number": 443, "protocol": "HTTPS", "name": "https"}, "hosts": ["a.bank.ae"],
             "tls": {"mode": "SIMPLE", "credentialName": "s"}}]})),
    _attack("permissive mutual TLS", _MESH, _peers("PERMISSIVE")),
    _attack("no mutual TLS", _MESH, _peers("DISABLE")),
    _attack("no mutual TLS on a port", _MESH, _peers("STRICT", portLevelMtls={"8080": {"mode": "DISABLE"}})),
    _attack("the mesh's policy without a mode", _MESH, _peers(None, "istio-system")),
    _attack("the mesh's policy with UNSET", _MESH, _peers("UNSET", "istio-system")),
    _attack("a server that nobody verifies", _MESH,
            _destination({"tls": {"mode": "SIMPLE", "insecureSkipVerify": True}})),
    _attack("callers in plain text", _MESH, _destination({"tls": {"mode": "DISABLE"}})),
    _attack("TLS settings without a mode", _MESH, _destination({"tls": {"sni": "a.bank.ae"}})),
    _attack("plain text to one port", _MESH, _destination({
        "tls": {"mode": "ISTIO_MUTUAL"},
        "portLevelSettings": [{"port": {"number": 80}, "tls": {"mode": "DISABLE"}}]})),
    _attack("plain text to one subset", _MESH, _destination(
        {}, subsets=[{"name": "a", "trafficPolicy": {"tls": {"mode": "DISABLE"}}}])),
    _attack("an administrator's policy for everyone", _PEERS, kubernetes(
        "policy.networking.k8s.io/v1alpha1:AdminNetworkPolicy",
        {"priority": 1, "subject": {"namespaces": {}},
         "ingress": [{"action": "Allow", "from": [{"namespaces": {}}]}]})),
    _attack("a cluster's policy for everyone", _PEERS, kubernetes(
        "policy.networking.k8s.io/v1alpha2:ClusterNetworkPolicy",
        {"tier": "Admin", "priority": 1, "subject": {"namespaces": {}}, "ingress": [
            {"action": "Accept", "from": [{"pods": {"namespaceSelector": {}, "podSelector": {}}}]}]})),
    _attack("Cilium: the whole cluster", _PEERS, _from("cilium.io/v2:CiliumNetworkPolicy", fromEntities=["cluster"])),
    _attack("Cilium: every endpoint", _PEERS,
            _from("cilium.io/v2:CiliumClusterwideNetworkPolicy", fromEndpoints=[{}])),
    _attack("Calico: everyone but one", _PEERS, _from(
        "projectcalico.org/v3:NetworkPolicy", action="Allow", source={"notNets": ["192.0.2.1/32"]})),
    _attack("Calico: every namespace", _PEERS, _from(
        "projectcalico.org/v3:NetworkPolicy", action="Allow", source={"namespaceSelector": "all()"})),
    _attack("Calico: every endpoint", _PEERS, _from(
        "projectcalico.org/v3:GlobalNetworkPolicy", action="Allow", source={"selector": "all()"})),
    _attack("Istio: every request", _PEERS,
            kubernetes("security.istio.io/v1:AuthorizationPolicy", {"action": "ALLOW", "rules": [{}]})),
    _attack("Istio: every namespace", _PEERS, kubernetes(
        "security.istio.io/v1:AuthorizationPolicy", {"rules": [{"from": [{"source": {"namespaces": ["*"]}}]}]})),
    _attack("Linkerd: every client", _PEERS,
            kubernetes("policy.linkerd.io/v1beta3:Server", {"port": 80, "accessPolicy": "all-unauthenticated"})),
    _attack("Linkerd: unauthenticated clients", _PEERS, kubernetes(
        "policy.linkerd.io/v1beta1:ServerAuthorization",
        {"server": {"name": "a"}, "client": {"unauthenticated": True}})),
    _attack("Linkerd: every network is authenticated", _PEERS, kubernetes(
        "policy.linkerd.io/v1alpha1:NetworkAuthentication", {"networks": [{"cidr": "0.0.0.0/0"}]})),
    _attack("security groups of pods open to everyone", _PEERS, kubernetes(
        "elbv2.k8s.aws/v1beta1:TargetGroupBinding", {
            "targetGroupARN": "arn:aws:elasticloadbalancing:me-central-1:123456789012:targetgroup/a/1",
            "serviceRef": {"name": "a", "port": 80},
            "networking": {"ingress": [{"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 80}]}]}})),
    _attack("Db2 that listens to plain text", "FJ-ENC-404", Given("aws:rds/parameterGroup:ParameterGroup", {
        "family": "db2-se-11.5", "parameters": [{"name": "DB2COMM", "value": "TCPIP,SSL"}], "tags": TAGS})),
    _attack("Db2 by its defaults", "FJ-ENC-404", Given("aws:rds/parameterGroup:ParameterGroup", {
        "family": "db2-ae-12.1", "parameters": [], "tags": TAGS})),
)  # fmt: skip
