"""Good idioms beside the ideas that were known to pass: what a careful team writes instead (2026-11-29)."""

from ..blind import TAGS, aws, az, crd, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import inside
from .twelfth_charts import CALLERS, ours

ISSUER = "https://login.example.ae/realms/bank"
KEYS = f"{ISSUER}/protocol/openid-connect/certs"
HTTPS = {"port": "443", "protocol": "TCP"}
TO_HTTPS = [{"ports": [HTTPS]}]
OUTSIDE = {"ipBlock": {"cidr": "0.0.0.0/0", "except": ["169.254.169.254/32"]}}
POD = {"matchLabels": {"app": "x"}}
ROUTE = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "x"}
LISTED = {"identity": {"trusted": {"login.example.ae": "our own sign-in"}}}


def _ingress(name: str, **annotations: str) -> Given:
    notes = {f"nginx.ingress.kubernetes.io/{key.replace('_', '-')}": value for key, value in annotations.items()}
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(name, annotations=notes), "spec": {
        "ingressClassName": "internal", "tls": [{"hosts": ["x.example.ae"], "secretName": "x"}],
        "rules": [{"host": "x.example.ae", "http": {"paths": [{
            "path": "/", "pathType": "Prefix", "backend": {"service": {"name": "x", "port": {"number": 8443}}}}]}}]}},
        name)  # fmt: skip


def _policy(kind: str, spec: object, name: str) -> Given:
    return inside(kind, name, spec)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("pods call the web by HTTPS only, and each other by their names", (
        _policy("networking.k8s.io/v1:NetworkPolicy", {
            "podSelector": POD, "policyTypes": ["Egress"], "egress": [
                {"to": [OUTSIDE], "ports": [{"port": 443, "protocol": "TCP"}]},
                {"to": [{"podSelector": {"matchLabels": {"app": "db"}}}]},
                {"ports": [{"port": 53, "protocol": "UDP"}]}]}, "a"),
        _policy("cilium.io/v2:CiliumNetworkPolicy", {"endpointSelector": POD, "egress": [
            {"toEntities": ["world"], "toPorts": TO_HTTPS}, {"toEntities": ["kube-apiserver"]},
            {"toFQDNs": [{"matchName": "api.bank.ae"}]}]}, "b"),
        _policy("projectcalico.org/v3:NetworkPolicy", {
            "selector": "app == 'x'", "types": ["Egress"], "egress": [
                {"action": "Allow", "protocol": "TCP", "destination": {"nets": ["0.0.0.0/0"], "ports": [443]}},
                {"action": "Allow", "destination": {"selector": "app == 'db'"}}, {"action": "Deny"}]}, "c")),
        "kubernetes.io/docs/concepts/services-networking/network-policies", ours()),
    Idiom("what may call pods is listed, and what they call is not limited by this policy", (
        _policy("networking.k8s.io/v1:NetworkPolicy", {
            "podSelector": POD, "policyTypes": ["Ingress"], "ingress": [{"from": [{"podSelector": POD}]}],
            "egress": [{}]}, "a"),),
        "kubernetes.io/docs/concepts/services-networking/network-policies (policyTypes without Egress)"),
    Idiom("namespaces with a label attach routes to an inner gateway", (
        inside("gateway.networking.k8s.io/v1:Gateway", "inner", {
            "gatewayClassName": "inner", "infrastructure": {"labels": TAGS, "annotations": {
                "metallb.io/address-pool": "apps"}},
            "listeners": [
                {"name": name, "port": 443, "protocol": "HTTPS", "hostname": f"{name}.example.ae",
                 "tls": {"certificateRefs": [{"name": name}]}, **routes}
                for name, routes in (("a", {}), ("b", {"allowedRoutes": {"namespaces": {"from": "Same"}}}),
                                     ("c", {"allowedRoutes": {"namespaces": {"from": "Selector", "selector": {
                                         "matchLabels": {"routes.example.ae/inner": "yes"}}}}}))]}, "gateway"),),
        "gateway-api.sigs.k8s.io/guides/multiple-ns",
        ours(prices=("gateway.networking.k8s.io/v1:Gateway::inner",), kubernetes=CALLERS)),
    Idiom("a gateway of the mesh serves hosts of named namespaces", (
        crd("networking.istio.io/v1:Gateway", {"selector": {"istio": "internal"}, "servers": [{
            "port": {"number": 443, "name": "https", "protocol": "HTTPS"},
            "hosts": ["team-a/*.example.ae", "*/portal.example.ae", "./chat.example.ae"],
            "tls": {"mode": "SIMPLE", "credentialName": "x", "minProtocolVersion": "TLSV1_3"}}]}),),
        "istio.io/latest/docs/reference/config/networking/gateway"),
    Idiom("an ingress checks the certificate of its server", (
        _ingress("x", backend_protocol="HTTPS", proxy_ssl_verify="on", proxy_ssl_secret="team-a/ca",
                 proxy_ssl_name="x.team-a.svc", proxy_ssl_server_name="on"), _ingress("plain")),
        "kubernetes.github.io/ingress-nginx, annotations, Backend Certificate Authentication"),
    Idiom("the mesh checks a partner's certificate by itself", (
        crd("networking.istio.io/v1:DestinationRule", {
            "host": "api.bank.ae", "exportTo": ["."], "trafficPolicy": {"tls": {"mode": "SIMPLE"}}}),),
        "istio.io/latest/docs/reference/config/networking/destination-rule (the authorities of the system, and the "
        "host of the request)", ours()),
    Idiom("traces go in plain text to a collector of the cluster, and by TLS out of it", (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"config.yaml": (
            "exporters:\n  otlp/inner:\n    endpoint: tempo.monitoring.svc.cluster.local:4317\n"
            "    tls:\n      insecure: true\n"
            "  otlp/outer:\n    endpoint: traces.bank.ae:4317\n    tls:\n      ca_file: /tls/ca.crt\n")}}),),
        "opentelemetry.io/docs/collector/configuration", ours()),
    Idiom("gateways take tokens for the program only", (
        inside("security.istio.io/v1:RequestAuthentication", "a", {
            "jwtRules": [{"issuer": ISSUER, "jwksUri": KEYS, "audiences": ["chat"]}]}),
        inside("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "b", {"targetRefs": [ROUTE], "jwt": {"providers": [{
            "name": "bank", "issuer": ISSUER, "audiences": ["chat"], "remoteJWKS": {"uri": KEYS}}]}}),
        inside("traefik.io/v1alpha1:Middleware", "c", {"plugin": {"jwt": {
            "jwksUrl": KEYS, "claims": "Equals(`aud`, `chat`)"}}})),
        "rfc-editor.org/rfc/rfc8725#section-3.9", LISTED),
    Idiom("the mesh takes tokens, and its policy those for the program", (
        inside("security.istio.io/v1:RequestAuthentication", "a", {
            "jwtRules": [{"issuer": ISSUER, "jwksUri": KEYS}]}),
        inside("security.istio.io/v1:AuthorizationPolicy", "a", {"selector": POD, "action": "ALLOW", "rules": [{
            "from": [{"source": {"requestPrincipals": [f"{ISSUER}/*"]}}],
            "when": [{"key": "request.auth.audiences", "values": ["chat"]}]}]})),
        "istio.io/latest/docs/tasks/security/authorization/authz-jwt", LISTED),
    Idiom("Kong signs people in by the bank's sign-in", (
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta(), "plugin": "openid-connect", "config": {
                "issuer": ISSUER, "client_id": ["chat"], "auth_methods": ["authorization_code", "session"]}}),),
        "developer.konghq.com/plugins/openid-connect", {**ours("configuration.konghq.com"), "residency": {"known": {
            "login.example.ae": "our own sign-in"}}, **LISTED}),
    Idiom("API Management takes tokens of an application of the tenant", (
        az("apimanagement:ApiPolicy", {
            "resourceGroupName": "rg-platform", "serviceName": "apim", "apiId": "x", "policyId": "policy",
            "format": "rawxml", "value": (
                "<policies><inbound><base /><validate-azure-ad-token "
                'tenant-id="00000000-1111-2222-3333-444444444444"><client-application-ids>'
                "<application-id>11111111-2222-3333-4444-555555555555</application-id></client-application-ids>"
                "</validate-azure-ad-token></inbound><backend><base /></backend><outbound><base /></outbound>"
                "<on-error><base /></on-error></policies>")}),),
        "learn.microsoft.com/azure/api-management/validate-azure-ad-token-policy"),
    Idiom("Jenkins gives rights by a matrix", (
        k8s("core/v1:ConfigMap", {"metadata": meta(), "data": {"jenkins.yaml": (
            "jenkins:\n  authorizationStrategy:\n    globalMatrix:\n      entries:\n        - group:\n"
            '            name: "platform"\n            permissions:\n              - "Overall/Administer"\n')}}),),
        "github.com/jenkinsci/configuration-as-code-plugin, demos/global-matrix-auth"),
    Idiom("requests for its hosts start pods of a model", (
        inside("http.keda.sh/v1alpha1:HTTPScaledObject", "x", {
            "hosts": ["x.example.ae"], "pathPrefixes": ["/v1"], "replicas": {"min": 0, "max": 2},
            "scaleTargetRef": {"name": "x", "service": "x", "port": 8080}}),),
        "kedacore.github.io/http-add-on, HTTPScaledObject"),
    Idiom("a database sets the session of each user", (
        aws("rds/ParameterGroup", {"family": "mysql8.0", "tags": TAGS, "parameters": [
            {"name": "require_secure_transport", "value": "ON"},
            {"name": "init_connect", "value": "SET NAMES utf8mb4; SET SESSION time_zone = '+04:00'"}]}),),
        "dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_init_connect"),
    Idiom("a rule of AWS Config is for every account of the organisation", (
        aws("cfg/OrganizationManagedRule", {"name": "encrypted-volumes", "ruleIdentifier": "ENCRYPTED_VOLUMES"}),),
        "docs.aws.amazon.com/config/latest/APIReference/API_PutOrganizationConfigRule.html"),
)  # fmt: skip
