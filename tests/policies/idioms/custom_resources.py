"""Good custom resources of gateways, meshes, networks and certificates with ordinary values of production.

They were written before the allow-lists of values of custom resources (`data/object_values.csv`), on 2026-11-28.
"""

from ..blind import TAGS, crd, k8s
from ..harness import Given
from . import Idiom, unpriced

GATEWAY_API, ENVOY = "gateway-api.sigs.k8s.io/reference/spec", "gateway.envoyproxy.io/docs/api/extension_types"
ISTIO, NGINX = "istio.io/latest/docs/reference/config", "docs.nginx.com/nginx-ingress-controller/configuration"
CERT_MANAGER, CILIUM = "cert-manager.io/docs/reference/api-docs", "docs.cilium.io/en/stable/network"
ROUTE = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "chat"}
SIGN_IN = {"identity": {"trusted": {"login.example.ae": "our own sign-in"}}}
EDGE = {"kubernetes": {"authenticated_gateways": {
    "team-a/x": "clients show tokens of the bank", "team-a/edge": "clients show tokens of the bank"}},
    **unpriced("kubernetes:gateway.networking.k8s.io/v1:Gateway::it")}  # fmt: skip
PARTNERS = {"residency": {"known": {"db.example.ae": "the bank's database in Dubai"}}}
INTERNAL = {"annotations": {"service.beta.kubernetes.io/aws-load-balancer-scheme": "internal"}}


def top(kind: str, name: str, spec: object) -> Given:
    """Returns an object of the cluster, without a namespace."""
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a gateway takes HTTPS and passes TLS of a database through", (
        crd("gateway.networking.k8s.io/v1:Gateway", {
            "gatewayClassName": "envoy-internal", "infrastructure": INTERNAL, "listeners": [
                {"name": "https", "port": 443, "protocol": "HTTPS", "hostname": "chat.example.ae",
                 "allowedRoutes": {"namespaces": {"from": "Selector", "selector": {"matchLabels": {"edge": "yes"}}},
                                   "kinds": [{"kind": "HTTPRoute"}]},
                 "tls": {"mode": "Terminate", "certificateRefs": [{"kind": "Secret", "name": "tls"}]}},
                {"name": "db", "port": 5432, "protocol": "TLS", "hostname": "db.example.ae",
                 "allowedRoutes": {"namespaces": {"from": "Same"}}, "tls": {"mode": "Passthrough"}}]}),),
        GATEWAY_API, EDGE),
    Idiom("a route splits requests between two versions and rewrites the path", (
        crd("gateway.networking.k8s.io/v1:HTTPRoute", {
            "parentRefs": [{"name": "edge"}], "hostnames": ["chat.example.ae"], "rules": [{
                "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}, "method": "POST",
                             "headers": [{"type": "Exact", "name": "x-model", "value": "small"}]}],
                "filters": [
                    {"type": "URLRewrite", "urlRewrite": {
                        "path": {"type": "ReplacePrefixMatch", "replacePrefixMatch": "/"}}},
                    {"type": "RequestHeaderModifier", "requestHeaderModifier": {
                        "set": [{"name": "x-version", "value": "1"}]}}],
                "sessionPersistence": {"type": "Cookie", "sessionName": "chat",
                                       "cookieConfig": {"lifetimeType": "Session"}},
                "backendRefs": [{"kind": "Service", "name": "chat", "port": 8080, "weight": 90},
                                {"kind": "Service", "name": "chat-next", "port": 8080, "weight": 10}]}]}),),
        GATEWAY_API, EDGE),
    Idiom("a gateway of Envoy checks tokens and allows two groups", (
        crd("gateway.envoyproxy.io/v1alpha1:SecurityPolicy", {
            "targetRefs": [ROUTE],
            "jwt": {"providers": [{"name": "bank", "issuer": "https://login.example.ae",
                                   "audiences": ["chat"], "remoteJWKS": {"uri": "https://login.example.ae/keys"}}]},
            "authorization": {"defaultAction": "Deny", "rules": [{"name": "groups", "action": "Allow", "principal": {
                "jwt": {"provider": "bank", "claims": [
                    {"name": "groups", "valueType": "StringArray", "values": ["chat-users"]}]}}}]}}),), ENVOY, SIGN_IN),
    Idiom("a gateway of Envoy speaks TLS 1.2 and 1.3 and limits requests", (
        crd("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "edge"}],
            "tls": {"minVersion": "1.2", "maxVersion": "1.3", "alpnProtocols": ["h2", "http/1.1"],
                    "clientValidation": {"caCertificateRefs": [
                        {"group": "", "kind": "ConfigMap", "name": "clients"}]}},
            "headers": {"withUnderscoresAction": "RejectRequest"},
            "path": {"escapedSlashesAction": "UnescapeAndRedirect"}}),
        crd("gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", {
            "targetRefs": [ROUTE], "loadBalancer": {"type": "ConsistentHash", "consistentHash": {
                "type": "Header", "headers": [{"name": "x-session"}]}},
            "rateLimit": {"type": "Global", "global": {"rules": [{
                "clientSelectors": [{"sourceCIDR": {"value": "10.0.0.0/8", "type": "Distinct"}}],
                "limit": {"requests": 100, "unit": "Minute"}}]}},
            "retry": {"numRetries": 2, "retryOn": {"triggers": ["connect-failure", "retriable-status-codes"]}}},
            "traffic")), ENVOY),
    Idiom("calls of the mesh are mutual TLS, and to a database outside with its own certificate", (
        crd("security.istio.io/v1:PeerAuthentication", {"mtls": {"mode": "STRICT"}}),
        crd("networking.istio.io/v1:DestinationRule", {
            "host": "chat.team-a.svc.cluster.local", "trafficPolicy": {
                "tls": {"mode": "ISTIO_MUTUAL"}, "loadBalancer": {"simple": "LEAST_REQUEST", "warmup": {
                    "duration": "60s"}},
                "connectionPool": {"http": {"h2UpgradePolicy": "UPGRADE"}}},
            "subsets": [{"name": "v2", "labels": {"version": "v2"}, "trafficPolicy": {
                "tls": {"mode": "ISTIO_MUTUAL"}}}]}),
        crd("networking.istio.io/v1:DestinationRule", {
            "host": "db.example.ae", "trafficPolicy": {"portLevelSettings": [{
                "port": {"number": 5432}, "tls": {
                    "mode": "MUTUAL", "clientCertificate": "/etc/certs/tls.crt", "privateKey": "/etc/certs/tls.key",
                    "caCertificates": "/etc/certs/ca.crt", "sni": "db.example.ae",
                    "subjectAltNames": ["db.example.ae"]}}]}}, "db")), ISTIO),
    Idiom("the mesh allows the paths of two accounts and asks a server of rights", (
        crd("security.istio.io/v1:AuthorizationPolicy", {
            "selector": {"matchLabels": {"app": "chat"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/edge/sa/gateway"]}}],
                "to": [{"operation": {"methods": ["POST"], "paths": ["/v1/*"]}}]}]}),
        crd("security.istio.io/v1:AuthorizationPolicy", {
            "selector": {"matchLabels": {"app": "chat"}}, "action": "DENY", "rules": [{
                "to": [{"operation": {"paths": ["/admin*"]}}]}]}, "deny"),
        crd("networking.istio.io/v1:Gateway", {"selector": {"istio": "internal"}, "servers": [{
            "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["team-a/chat.example.ae"],
            "tls": {"mode": "MUTUAL", "credentialName": "chat", "minProtocolVersion": "TLSV1_2"}}]})), ISTIO),
    Idiom("a service outside of the mesh is known by its name", (
        crd("networking.istio.io/v1:ServiceEntry", {
            "hosts": ["db.example.ae"], "location": "MESH_EXTERNAL", "resolution": "DNS", "exportTo": ["."],
            "ports": [{"number": 5432, "name": "tls-postgres", "protocol": "TLS"}]}),
        crd("networking.istio.io/v1:Sidecar", {
            "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "egress": [{"hosts": ["./*", "istio-system/*"]}]})),
        ISTIO, PARTNERS),
    Idiom("a host of nginx has sign-in, a firewall and certificates of clients", (
        crd("k8s.nginx.org/v1:Policy", {"ingressMTLS": {
            "clientCertSecret": "clients", "verifyClient": "on", "verifyDepth": 2}}),
        crd("k8s.nginx.org/v1:Policy", {"rateLimit": {
            "rate": "10r/s", "zoneSize": "10M", "key": "${binary_remote_addr}", "logLevel": "error",
            "rejectCode": 429}}, "limit"),
        crd("k8s.nginx.org/v1:VirtualServer", {
            "host": "chat.example.ae", "ingressClassName": "nginx-internal",
            "tls": {"secret": "chat", "redirect": {"enable": True, "code": 301, "basedOn": "scheme"}},
            "policies": [{"name": "x"}, {"name": "limit"}],
            "upstreams": [{"name": "chat", "service": "chat", "port": 8080, "lb-method": "least_conn",
                           "next-upstream": "error timeout", "tls": {"enable": True}}],
            "routes": [{"path": "/", "action": {"pass": "chat"}}]})), NGINX),
    Idiom("Traefik takes TLS 1.3 and sends a header of security", (
        crd("traefik.io/v1alpha1:TLSOption", {
            "minVersion": "VersionTLS12", "sniStrict": True, "clientAuth": {
                "secretNames": ["clients"], "clientAuthType": "RequireAndVerifyClientCert"}}),
        crd("traefik.io/v1alpha1:IngressRoute", {
            "entryPoints": ["websecure"], "tls": {"secretName": "chat", "options": {"name": "x"}}, "routes": [{
                "kind": "Rule", "match": "Host(`chat.example.ae`)", "middlewares": [{"name": "x"}],
                "services": [{"kind": "Service", "name": "chat", "port": 8443, "scheme": "https",
                              "sticky": {"cookie": {"secure": True, "httpOnly": True, "sameSite": "strict"}}}]}]}),
        crd("traefik.io/v1alpha1:Middleware", {"headers": {
            "stsSeconds": 31536000, "contentTypeNosniff": True, "referrerPolicy": "no-referrer",
            "customFrameOptionsValue": "SAMEORIGIN"}})), "doc.traefik.io/traefik/reference/routing-configuration"),
    Idiom("a host of Contour asks for certificates of clients", (crd("projectcontour.io/v1:HTTPProxy", {
        "virtualhost": {"fqdn": "chat.example.ae", "tls": {
            "secretName": "chat", "minimumProtocolVersion": "1.2", "maximumProtocolVersion": "1.3",
            "clientValidation": {"caSecret": "clients"}}},
        "routes": [{"conditions": [{"prefix": "/"}], "loadBalancerPolicy": {"strategy": "WeightedLeastRequest"},
                    "services": [{"name": "chat", "port": 8443, "protocol": "h2",
                                  "validation": {"caSecret": "internal", "subjectName": "chat"}}]}]}),),
        "projectcontour.io/docs/main/config/api"),
    Idiom("certificates of the bank's authority are renewed with a new key each time", (
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "chat", "dnsNames": ["chat.example.ae"], "duration": "2160h", "renewBefore": "360h",
            "privateKey": {"algorithm": "ECDSA", "size": 256, "encoding": "PKCS8", "rotationPolicy": "Always"},
            "usages": ["digital signature", "key encipherment", "server auth"],
            "signatureAlgorithm": "ECDSAWithSHA256",
            "issuerRef": {"group": "cert-manager.io", "kind": "ClusterIssuer", "name": "bank"}}),), CERT_MANAGER),
    Idiom("a policy of Cilium lets one app ask for names and one host", (
        crd("cilium.io/v2:CiliumNetworkPolicy", {
            "endpointSelector": {"matchLabels": {"app": "chat"}},
            "ingress": [{"fromEndpoints": [{"matchLabels": {"app": "gateway"}}],
                         "authentication": {"mode": "required"},
                         "toPorts": [{"ports": [{"port": "8080", "protocol": "TCP"}], "rules": {
                             "http": [{"method": "POST", "path": "/v1/.*", "headerMatches": [
                                 {"name": "x-tenant", "value": "a", "mismatch": "REPLACE"}]}]}}]}],
            "egress": [{"toEndpoints": [{"matchLabels": {
                "k8s:io.kubernetes.pod.namespace": "kube-system", "k8s-app": "kube-dns"}}],
                "toPorts": [{"ports": [{"port": "53", "protocol": "UDP"}],
                             "rules": {"dns": [{"matchPattern": "*.example.ae"}]}}]}]}),), CILIUM),
    Idiom("Calico encrypts between nodes and refuses by default", (
        top("crd.projectcalico.org/v1:FelixConfiguration", "default", {
            "wireguardEnabled": True, "defaultEndpointToHostAction": "Drop", "chainInsertMode": "Insert",
            "logSeverityScreen": "Info", "iptablesFilterAllowAction": "Accept", "bpfEnabled": False,
            "failsafeInboundHostPorts": [{"protocol": "tcp", "port": 22}, {"protocol": "tcp", "port": 10250}]}),
        top("crd.projectcalico.org/v1:GlobalNetworkPolicy", "default-deny", {
            "namespaceSelector": "kubernetes.io/metadata.name not in {'kube-system', 'calico-system'}",
            "types": ["Ingress", "Egress"], "egress": [
                {"action": "Allow", "protocol": "UDP", "destination": {
                    "selector": "k8s-app == 'kube-dns'", "ports": [53]}}]})),
        "docs.tigera.io/calico/latest/reference/resources"),
)  # fmt: skip
