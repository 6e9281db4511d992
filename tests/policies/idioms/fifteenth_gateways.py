"""Good idioms of clusters: gateways, meshes, signatures and sign-in that no other idiom has (set 15, blind)."""

from ..blind import TAGS, k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import top
from .twelfth_charts import CALLERS, LOGIN, MIRROR, POD, image, ours

GATEWAY, KGATEWAY, NGF = "gateway.networking.k8s.io/v1", "gateway.kgateway.dev/v1alpha1", "gateway.nginx.org"
APISIX, KUMA, CONSUL = "apisix.apache.org/v2", "kuma.io/v1alpha1", "consul.hashicorp.com/v1alpha1"
SIGSTORE, KUBEWARDEN = "policy.sigstore.dev/v1beta1", "policies.kubewarden.io/v1"
SUPERVISOR, CONCIERGE = "config.supervisor.pinniped.dev/v1alpha1", "authentication.concierge.pinniped.dev/v1alpha1"
STEP, ARMOR = "certmanager.step.sm/v1beta1", "security.kubearmor.com/v1"
CERTS = f"{LOGIN}/protocol/openid-connect/certs"
ENTRY = [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner", "namespace": "gateway"}]
PUBLIC = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEhyQCx0E9wQWSFI9ULGwy3BuRklnt
IqozONbbdbqz11hlRJy9c7SG+hdcFl9jE9uE/dwtuwU2MqU9T/cN0YkWww==
-----END PUBLIC KEY-----
"""


def route(name: str, namespace: str, *, port: int = 8443) -> dict[str, object]:
    """Returns the spec of a route of the inner gateway to a service of the same name."""
    return {"parentRefs": ENTRY, "hostnames": [f"{name}.bank.ae"], "rules": [{
        "matches": [{"path": {"type": "PathPrefix", "value": "/v1"}}], "timeouts": {"request": "30s"},
        "backendRefs": [{"name": name, "namespace": namespace, "port": port}]}]}  # fmt: skip


def encrypted(name: str, namespace: str) -> Given:
    """Returns the policy by which a gateway reaches a service by TLS of the bank's authority."""
    return inside(f"{GATEWAY}:BackendTLSPolicy", name, {
        "targetRefs": [{"group": "", "kind": "Service", "name": name}], "validation": {
            "hostname": f"{name}.{namespace}.svc.cluster.local", "caCertificateRefs": [
                {"group": "", "kind": "ConfigMap", "name": "bank-authority"}]}}, namespace)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("kgateway lets a token of the bank pass to a service at a modest pace, and calls it by TLS", (
        inside(f"{GATEWAY}:HTTPRoute", "rates", route("rates", "rates"), "rates"), encrypted("rates", "rates"),
        inside(f"{KGATEWAY}:TrafficPolicy", "rates", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "rates"}],
            "rateLimit": {"local": {"tokenBucket": {"maxTokens": 100, "tokensPerFill": 20, "fillInterval": "1s"}}},
            "retry": {"attempts": 2, "perTryTimeout": "5s", "retryOn": ["5xx", "reset"]}, "timeouts": {
                "request": "20s"}}, "rates"),
        inside(f"{KGATEWAY}:BackendConfigPolicy", "rates", {
            "targetRefs": [{"group": "", "kind": "Service", "name": "rates"}], "connectTimeout": "3s",
            "outlierDetection": {"interval": "10s", "consecutive5xx": 5, "maxEjectionPercent": 50}}, "rates")),
        "kgateway.dev/docs/envoy/latest/reference/api", ours("gateway.kgateway.dev", kubernetes=CALLERS)),
    Idiom("NGINX's gateway fabric takes small bodies alone, and tells the bank's collector what it did", (
        top(f"{NGF}/v1alpha2:NginxProxy", "inner", {
            "ipFamily": "ipv4", "telemetry": {"exporter": {
                "endpoint": "collector.tracing.svc.cluster.local:4317", "interval": "5s"}, "serviceName": "gateway"},
            "logging": {"errorLevel": "warn"}, "rewriteClientIP": {"mode": "ProxyProtocol", "trustedAddresses": [
                {"type": "CIDR", "value": "10.40.0.0/16"}]}}),
        inside(f"{GATEWAY}:HTTPRoute", "offers", route("offers", "offers"), "offers"), encrypted("offers", "offers"),
        inside(f"{NGF}/v1alpha1:ClientSettingsPolicy", "offers", {
            "targetRef": {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "offers"},
            "body": {"maxSize": "1m", "timeout": "10s"}, "keepAlive": {"requests": 100, "time": "60s", "timeout": {
                "server": "30s"}}}, "offers"),
        inside(f"{NGF}/v1alpha2:ObservabilityPolicy", "offers", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "offers"}],
            "tracing": {"strategy": "ratio", "ratio": 10}}, "offers")),
        "docs.nginx.com/nginx-gateway-fabric/reference/api", ours(
            "gateway.nginx.org", prices=(f"{NGF}/v1alpha2:NginxProxy::inner",), kubernetes=CALLERS)),
    Idiom("APISIX asks for a token of the bank, counts calls of each, and reaches the service by TLS", (
        inside(f"{APISIX}:ApisixTls", "claims", {
            "ingressClassName": "apisix", "hosts": ["claims.bank.ae"], "secret": {
                "name": "claims-tls", "namespace": "claims"}, "client": {"depth": 1, "caSecret": {
                    "name": "bank-clients", "namespace": "claims"}}}, "claims"),
        inside(f"{APISIX}:ApisixUpstream", "claims", {
            "ingressClassName": "apisix", "scheme": "https", "passHost": "node", "retries": 1, "timeout": {
                "connect": "3s", "send": "10s", "read": "30s"}, "tlsSecret": {
                    "name": "gateway-client", "namespace": "claims"}}, "claims"),
        inside(f"{APISIX}:ApisixRoute", "claims", {"ingressClassName": "apisix", "http": [{
            "name": "claims", "match": {"hosts": ["claims.bank.ae"], "methods": ["POST"], "paths": ["/v1/claims"]},
            "backends": [{"serviceName": "claims", "servicePort": 8443}], "plugins": [
                {"name": "openid-connect", "enable": True, "secretRef": "claims-oidc", "config": {
                    "discovery": f"{LOGIN}/.well-known/openid-configuration", "bearer_only": True, "use_jwks": True,
                    "ssl_verify": True, "realm": "staff"}},
                {"name": "limit-count", "enable": True, "config": {
                    "count": 100, "time_window": 60, "key": "http_x_userinfo", "rejected_code": 429}}]}]}, "claims")),
        "apisix.apache.org/docs/ingress-controller/reference/api-reference", ours("apisix.apache.org")),
    Idiom("a mesh of Kuma encrypts all, and lets one service call one other", (
        top(f"{KUMA}:Mesh", "default", {
            "mtls": {"enabledBackend": "ca-1", "backends": [{
                "name": "ca-1", "type": "builtin", "mode": "STRICT", "dpCert": {"rotation": {"expiration": "1d"}},
                "conf": {"caCert": {"RSAbits": 4096, "expiration": "10y"}}}]},
            "networking": {"outbound": {"passthrough": False}}, "routing": {"zoneEgress": True},
            "meshServices": {"mode": "Exclusive"}}),
        inside(f"{KUMA}:MeshTrafficPermission", "claims-to-rates", {
            "targetRef": {"kind": "Dataplane", "labels": {"app": "rates"}}, "from": [
                {"targetRef": {"kind": "MeshSubset", "tags": {"kuma.io/service": "claims_claims_svc_8443"}},
                 "default": {"action": "Allow"}}]}, "kuma-system"),
        inside(f"{KUMA}:MeshTimeout", "rates", {
            "targetRef": {"kind": "Dataplane", "labels": {"app": "rates"}}, "to": [
                {"targetRef": {"kind": "Mesh"}, "default": {"connectionTimeout": "2s", "http": {
                    "requestTimeout": "15s"}}}]}, "kuma-system")),
        "kuma.io/docs/latest/policies/mutual-tls; policies/meshtrafficpermission", ours("kuma.io")),
    Idiom("services of Consul's mesh call each other by names that are written down, over TLS 1.2 or newer", (
        inside(f"{CONSUL}:Mesh", "mesh", {
            "transparentProxy": {"meshDestinationsOnly": True}, "allowEnablingPermissiveMutualTLS": False, "tls": {
                part: {"tlsMinVersion": "TLSv1_2"} for part in ("incoming", "outgoing")}}, "consul"),
        inside(f"{CONSUL}:ServiceDefaults", "ledger", {
            "protocol": "http", "mutualTLSMode": "strict", "maxInboundConnections": 500}, "ledger"),
        inside(f"{CONSUL}:ServiceIntentions", "ledger", {
            "destination": {"name": "ledger"}, "sources": [
                {"name": "payments", "permissions": [{"action": "allow", "http": {
                    "pathPrefix": "/v1/entries", "methods": ["GET", "POST"]}}]},
                {"name": "*", "action": "deny"}]}, "ledger")),
        "developer.hashicorp.com/consul/docs/reference/config-entry/service-intentions", ours("consul.hashicorp.com")),
    Idiom("every image in a namespace of payments has the bank's signature and a record of its scan", (
        k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": {
            **TAGS, "policy.sigstore.dev/include": "true", "pod-security.kubernetes.io/enforce": "restricted"}}},
            "payments"),
        top(f"{SIGSTORE}:ClusterImagePolicy", "bank", {
            "mode": "enforce", "images": [{"glob": "**"}], "authorities": [{
                "name": "release", "key": {"data": PUBLIC, "hashAlgorithm": "sha256"}, "attestations": [{
                    "name": "scan", "predicateType": "https://cosign.sigstore.dev/attestation/vuln/v1"}]}]})),
        "docs.sigstore.dev/policy-controller/overview", ours("policy.sigstore.dev")),
    Idiom("Kubewarden's policies come from the mirror, signed, and refuse privileged pods", (
        top(f"{KUBEWARDEN}:PolicyServer", "platform", {
            "image": image("kubewarden/policy-server"), "replicas": 2, "minAvailable": 1, "serviceAccountName":
            "policy-server", "requests": SMALL["requests"], "limits": SMALL["limits"], "verificationConfig":
            "verification", "sourceAuthorities": {MIRROR: [PUBLIC]}, "securityContexts": {
                "pod": POD, "container": CLOSED}}),
        top(f"{KUBEWARDEN}:ClusterAdmissionPolicy", "privileged", {
            "policyServer": "platform", "module": f"registry://{MIRROR}/kubewarden/policies/pod-privileged:v1.0.2",
            "mode": "protect", "mutating": False, "backgroundAudit": True, "failurePolicy": "Fail", "timeoutSeconds":
            5, "settings": {"skip_init_containers": False, "skip_ephemeral_containers": False}, "rules": [{
                "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE", "UPDATE"]}],
            "namespaceSelector": {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn",
                                                        "values": ["kube-system", "kubewarden"]}]}})),
        "docs.kubewarden.io/reference/CRDs", ours("policies.kubewarden.io", prices=(
            f"{KUBEWARDEN}:PolicyServer::platform",))),
    Idiom("people sign in to clusters by the bank's issuer through Pinniped, for hours and by groups", (
        inside(f"{SUPERVISOR}:FederationDomain", "clusters", {
            "issuer": "https://sso.bank.ae/clusters", "tls": {"secretName": "clusters-tls"}, "identityProviders": [{
                "displayName": "Staff", "objectRef": {"apiGroup": "idp.supervisor.pinniped.dev", "kind":
                                                      "OIDCIdentityProvider", "name": "staff"}}]}, "pinniped"),
        inside("idp.supervisor.pinniped.dev/v1alpha1:OIDCIdentityProvider", "staff", {
            "issuer": LOGIN, "authorizationConfig": {"additionalScopes": ["offline_access", "groups"],
                                                     "allowPasswordGrant": False},
            "claims": {"username": "email", "groups": "groups"}, "client": {"secretName": "staff-client"}, "tls": {
                "certificateAuthorityDataSource": {"kind": "ConfigMap", "name": "bank-authority", "key": "ca.crt"}}},
            "pinniped"),
        top(f"{CONCIERGE}:JWTAuthenticator", "clusters", {
            "issuer": "https://sso.bank.ae/clusters", "audience": "cluster-dc1-4b1f2a", "claims": {
                "username": "username", "groups": "groups"}})),
        "pinniped.dev/docs/howto/configure-concierge-supervisor-jwt", ours(
            "config.supervisor.pinniped.dev", "idp.supervisor.pinniped.dev", "authentication.concierge.pinniped.dev")),
    Idiom("certificates of a service come from the bank's step authority, for a day", (
        top(f"{STEP}:StepClusterIssuer", "bank", {
            "url": "https://ca.bank.ae", "caBundle": "LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0t", "provisioner": {
                "name": "cert-manager", "kid": "p2m9cTjz7Rk2vWl0bZq1Zw", "passwordRef": {
                    "name": "step-provisioner", "namespace": "cert-manager", "key": "password"}}}),
        inside("cert-manager.io/v1:Certificate", "ledger", {
            "secretName": "ledger-tls", "duration": "24h", "renewBefore": "8h", "dnsNames": [
                "ledger.ledger.svc.cluster.local"], "usages": ["server auth", "client auth"], "privateKey": {
                    "algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "issuerRef": {"group": "certmanager.step.sm", "kind": "StepClusterIssuer", "name": "bank"}}, "ledger")),
        "github.com/smallstep/step-issuer, README.md", ours("certmanager.step.sm")),
    Idiom("KubeArmor blocks shells and writes to keys in pods of the ledger", (
        inside(f"{ARMOR}:KubeArmorPolicy", "no-shells", {
            "severity": 8, "message": "a shell in the ledger", "selector": {"matchLabels": {"app": "ledger"}},
            "process": {"matchPaths": [{"path": path} for path in ("/bin/sh", "/bin/bash", "/usr/bin/apt")]},
            "file": {"matchDirectories": [{"dir": "/etc/ssl/", "recursive": True, "readOnly": True}]}, "action":
            "Block"}, "ledger"),
        k8s("core/v1:Namespace", {"metadata": {"name": "ledger", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted"}, "annotations": {
                "kubearmor-file-posture": "block", "kubearmor-network-posture": "block"}}}, "ledger"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("nothing", "ledger"), "spec": {
            "podSelector": {}, "policyTypes": ["Ingress", "Egress"]}}, "nothing")),
        "docs.kubearmor.io/kubearmor/documentation/security_policy_specification", ours("security.kubearmor.com")),
)  # fmt: skip
