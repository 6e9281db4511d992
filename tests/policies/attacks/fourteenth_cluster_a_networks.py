"""Attacks on clusters by meshes, gateways and networks (2026-11-29, fourteenth set, blind).

Objects by the documentation of Kubernetes and of the operators; what is not marked as read is as known.
"""

from ..blind import KUBE, ME, TAGS, k8s, meta
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _of(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


CERTIFICATE = f"arn:aws:acm:me-central-1:{ME}:certificate/11111111-2222-3333-4444-555555555555"
JOINED = {
    "alb.ingress.kubernetes.io/scheme": "internal",
    "alb.ingress.kubernetes.io/target-type": "ip",
    "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
    "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS": 443}]',
    "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "alb.ingress.kubernetes.io/certificate-arn": CERTIFICATE,
    "alb.ingress.kubernetes.io/group.name": "payments",
    "alb.ingress.kubernetes.io/group.order": "-1000",
}
ANSWERED = [
    {"name": "LINKERD2_PROXY_DESTINATION_SVC_ADDR", "value": "destination.team-a.svc.cluster.local.:8086"},
    {"name": "LINKERD2_PROXY_DESTINATION_SVC_NAME",
     "value": "app.team-a.serviceaccount.identity.linkerd.cluster.local"},
]  # fmt: skip
EVERY_POD = {"matchExpressions": [
    {"key": "k8s:io.cilium.k8s.policy.cluster", "operator": "In", "values": ["default"]},
    {"key": "k8s:io.kubernetes.pod.namespace", "operator": "Exists"}]}  # fmt: skip
SIGN_IN = {
    "provider": {"issuer": "https://login.example.ae/realms/bank"}, "clientID": "ledger",
    "clientSecret": {"name": "ledger-oidc"}, "redirectURL": "https://ledger.example.ae/oauth2/callback",
    "logoutPath": "/logout", "cookieDomain": "example.ae"}  # fmt: skip
ROUTE = {
    "hostnames": ["ledger.example.ae"], "parentRefs": [{"name": "edge", "sectionName": "https"}],
    "rules": [{"matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
               "filters": [{"type": "ExtensionRef", "extensionRef": {
                   "group": "gateway.envoyproxy.io", "kind": "HTTPRouteFilter", "name": "ledger-key"}}],
               "backendRefs": [{"name": "ledger", "port": 8443}]}]}  # fmt: skip

ATTACKS = (
    Attack("whoever names an account like that of the ledger calls payments", IDN, (
        _of("payments", "security.istio.io/v1:AuthorizationPolicy", "ledger", {
            "selector": {"matchLabels": {"app": "ledger"}}, "action": "ALLOW",
            "rules": [{"from": [{"source": {"principals": ["*/sa/ledger"]}}],
                       "to": [{"operation": {"methods": ["GET", "POST"], "paths": ["/entries"]}}]}]}),),
        "critical", "a service account of the name in each namespace is let in (istio/api b8f8791d9, "
        "security/v1beta1/authorization_policy.proto, suffix match, read 2026-11-29)"),
    Attack("what payments calls outside passes through the proxy of a team", IDN, (
        _of("payments", "networking.istio.io/v1:Sidecar", "default", {
            "egress": [{"hosts": ["./*", "istio-system/*", "team-a/proxy.team-a.svc.cluster.local"]}],
            "outboundTrafficPolicy": {"mode": "ALLOW_ANY", "egressProxy": {
                "host": "proxy.team-a.svc.cluster.local", "port": {"number": 8443}}}}),),
        "major", "the team sees with whom payments speaks, and answers calls in plain text (istio/api b8f8791d9, "
        "networking/v1alpha3/sidecar.proto, egress_proxy, read 2026-11-29)"),
    Attack("tokens of signed-in customers go to each host of the bank's domain", IDN, (
        _of("payments", "gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "ledger", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "ledger"}],
            "oidc": SIGN_IN}),),
        "major", "a page of a team under the domain receives the tokens and acts for whoever opens it (Envoy Gateway "
        "d32f28294, api/v1alpha1/oidc_types.go, cookieDomain, read 2026-11-29)"),
    Attack("callers who do not sign in use the gateway's key of the ledger", OPEN, (
        _of("payments", "gateway.envoyproxy.io/v1alpha1:HTTPRouteFilter", "ledger-key", {
            "credentialInjection": {"overwrite": True, "credential": {"valueRef": {"name": "ledger-admin"}}}}),
        _of("payments", "gateway.networking.k8s.io/v1:HTTPRoute", "ledger", ROUTE)),
        "critical", "each request of a stranger reaches the ledger as its administrator (Envoy Gateway, 'Credential "
        "Injection', read 2026-11-29)"),
    Attack("the service of a team says who signs in to payments", IDN, (
        _of("payments", "traefik.io/v1alpha1:Middleware", "sign-in", {"forwardAuth": {
            "address": "https://verify.team-a.svc.cluster.local:8443/verify", "trustForwardHeader": False,
            "authResponseHeaders": ["X-Forwarded-User"], "tls": {"caSecret": "internal-ca"}}}),),
        "critical", "the team gets the cookies and tokens of each caller, and names the user (Traefik, 'ForwardAuth')"),
    Attack("every account of the mesh of Linkerd calls payments", IDN, (
        _of("payments", "policy.linkerd.io/v1alpha1:MeshTLSAuthentication", "callers", {
            "identities": ["*.serviceaccount.identity.linkerd.cluster.local"]}),
        _of("payments", "policy.linkerd.io/v1alpha1:AuthorizationPolicy", "callers", {
            "targetRef": {"group": "policy.linkerd.io", "kind": "Server", "name": "ledger"},
            "requiredAuthenticationRefs": [{
                "group": "policy.linkerd.io", "kind": "MeshTLSAuthentication", "name": "callers"}]})),
        "critical", "pods of each team read and write entries (linkerd2 b24cd4059, charts/linkerd-crds, "
        "meshtls-authentication.yaml: the prefix matches each identity of a domain, read 2026-11-29)"),
    Attack("proxies ask the service of a team where each call goes", IDN, (
        Given("kubernetes:helm.sh/v3:Release", {
            "chart": "oci://registry.dc1.example.ae/charts/linkerd-control-plane", "version": "2025.11.2",
            "namespace": "linkerd", "values": {
                "identity": {"externalCA": True, "issuer": {"scheme": "kubernetes.io/tls"}},
                "proxy": {"defaultInboundPolicy": "all-authenticated", "additionalEnv": ANSWERED}}},
            "linkerd-control-plane", provider=KUBE),),
        "critical", "the team receives and answers each request of the mesh (linkerd2 b24cd4059, charts/partials/"
        "templates/_proxy.tpl, additionalEnv after the chart's own variables, read 2026-11-29)"),
    Attack("a service of each team takes an address of the data centre", IDN, (
        _top("cilium.io/v2alpha1:CiliumL2AnnouncementPolicy", "services", {
            "interfaces": ["^eth[0-9]+"], "externalIPs": True, "loadBalancerIPs": False}),),
        "major", "machines answer for whatever address somebody writes into a service, the database's too (Cilium, 'L2 "
        "Announcements', externalIPs, read 2026-11-29; Kubernetes, CVE-2020-8554)"),
    Attack("every pod of the cluster connects to the database by a label that all have", IDN, (
        _of("payments", "cilium.io/v2:CiliumNetworkPolicy", "ledger", {
            "endpointSelector": {"matchLabels": {"app": "ledger"}},
            "ingress": [{"fromEndpoints": [EVERY_POD],
                         "toPorts": [{"ports": [{"port": "5432", "protocol": "TCP"}]}]}]}),),
        "major", "pods of other teams reach the database (Cilium, 'Network policies in Kubernetes', namespaces; "
        "'Identity-Relevant Labels', io.cilium.k8s.policy.cluster)"),
    Attack("pods of a team get an interface of the data centre from an operator", IDN, (
        _top("mellanox.com/v1alpha1:MacvlanNetwork", "fast", {
            "networkNamespace": "team-a", "master": "eth0", "mode": "bridge", "mtu": 1500,
            "ipam": '{"type": "whereabouts", "range": "10.20.0.0/22", "gateway": "10.20.0.1"}'}),),
        "major", "they send and receive on the machine's own network, past each policy (network-operator b06827e08, "
        "api/v1alpha1/macvlannetwork_types.go, read 2026-11-29; CNI, macvlan)"),
    Attack("the ingress of a team stands before that of payments at their balancer", IDN, (
        k8s("networking.k8s.io/v1:Ingress", {"metadata": meta("pay", annotations=JOINED), "spec": {
            "ingressClassName": "alb", "tls": [{"hosts": ["pay.example.ae"]}],
            "rules": [{"host": "pay.example.ae", "http": {"paths": [{
                "path": "/sign-in", "pathType": "Prefix",
                "backend": {"service": {"name": "inbox", "port": {"number": 8443}}}}]}}]}}),),
        "critical", "customers write their passwords to the team (AWS Load Balancer Controller 225f44568, ingress/"
        "annotations.md, group.name, security risk, read 2026-11-29)"),
)  # fmt: skip
