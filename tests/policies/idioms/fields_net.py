"""Good neighbours of the attacks by fields of meshes, gateways, ingresses and network plug-ins (2026-11-29).

The same objects as in `attacks/fields_net_*.py`, hardened, and samples of upstream that were refused.
"""

from ..attacks.fields_net_entries import INTERNAL, INTERNAL_ENTRY, LB
from ..attacks.fields_net_mesh import EG, GATEWAY, ISTIO, ROUTE, TOKENS
from ..blind import TAGS, crd, k8s, meta
from ..harness import Given
from . import Idiom, unpriced
from .eleventh_charts import SIGN_IN
from .sixth_kubernetes import MODELS

MIRROR = "oci://registry.dc1.example.ae/charts"
NGINX, ALB = "nginx.ingress.kubernetes.io/", "alb.ingress.kubernetes.io/"
IDENTITY = "cluster.local/ns/team-a/sa/web"


def _chart(chart: str, **values: object) -> Given:
    return k8s("helm.sh/v3:Release", {"chart": f"{MIRROR}/{chart}", "version": "1.0.0", "namespace": "platform-system",
                                      "values": values}, chart)  # fmt: skip


def _istiod(**values: object) -> Given:
    return k8s("helm.sh/v3:Release", {"chart": "istiod", "version": "1.28.0", "namespace": "istio-system",
                                      "repositoryOpts": {"repo": ISTIO}, "values": values}, "istiod")  # fmt: skip


def _ingress(class_name: str, **annotations: str) -> Given:
    return k8s("networking.k8s.io/v1:Ingress", {"metadata": meta(annotations=annotations), "spec": {
        "ingressClassName": class_name, "tls": [{"hosts": ["a.example.ae"], "secretName": "a"}], "rules": [{
            "host": "a.example.ae", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {
                "service": {"name": "app", "port": {"number": 443}}}}]}}]}})  # fmt: skip


def _allowed(*rules: object) -> Given:
    return crd("security.istio.io/v1:AuthorizationPolicy", {
        "action": "ALLOW", "selector": {"matchLabels": {"app": "x"}}, "rules": list(rules)})  # fmt: skip


def _top(kind: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": "x", "labels": TAGS}, "spec": spec})


RIGHTS = {"defaultAction": "Deny", "rules": [
    {"action": "Allow", "principal": {"jwt": {"provider": "p", "claims": [{"name": "role", "values": ["reader"]}]}}},
    {"action": "Allow", "operation": {"path": {"type": "Exact", "value": "/healthz"}}}]}  # fmt: skip
JWKS = {"remoteJWKS": {"uri": "https://login.example.ae/keys"}}
IDIOMS = (
    Idiom("a mesh that closes what is not registered", (_istiod(
        meshConfig={
            "outboundTrafficPolicy": {"mode": "REGISTRY_ONLY"}, "accessLogFile": "/dev/stdout",
            "pathNormalization": {"normalization": "DECODE_AND_MERGE_SLASHES"}, "rootNamespace": "istio-system",
            "tlsDefaults": {"cipherSuites": ["ECDHE-RSA-AES256-GCM-SHA384"]},
            "defaultConfig": {"gatewayTopology": {"forwardClientCertDetails": "SANITIZE_SET"}},
            "extensionProviders": [{"name": "authz", "envoyExtAuthzHttp": {
                "service": "authz.auth.svc.cluster.local", "port": 8000, "statusOnError": "503"}}]},
        pilot={"trustedZtunnelNamespace": "istio-system", "env": {
            "ENABLE_DEBUG_ENDPOINT_AUTH": "true", "CA_TRUSTED_NODE_ACCOUNTS": "istio-system/ztunnel",
            "DEBUG_ENDPOINT_AUTH_ALLOWED_NAMESPACES": "istio-system,monitoring"}},
        **{"global": {"configValidation": True, "proxy": {"excludeOutboundPorts": "443"}}}),),
        "istio.io/latest/docs/ops/best-practices/security"),
    Idiom("a template of the injector mounts the socket of Spire", (_istiod(sidecarInjectorWebhook={"templates": {
        "spire": "spec:\n  containers:\n  - name: istio-proxy\n    volumeMounts:\n    - name: workload-socket\n"
                 "      mountPath: /run/secrets/workload-spiffe-uds\n      readOnly: true\n"}}),),
        "istio/istio samples/security/spire/istio-spire-config.yaml"),
    Idiom("pods let in identities, and everybody to the probe", (_allowed(
        {"from": [{"source": {"principals": [IDENTITY]}}], "to": [{"operation": {"methods": ["GET"]}}]},
        {"from": [{"source": {"namespaces": ["team-a"], "principals": ["*"]}}]},
        {"from": [{"source": {"ipBlocks": ["10.20.0.0/16"]}}]},
        {"to": [{"operation": {"paths": ["/healthz"], "methods": ["GET"]}}]}),),
        "istio.io/latest/docs/tasks/security/authorization/authz-http"),
    Idiom("a gateway of Envoy checks tokens, rights and callers' certificates", (
        k8s(f"{EG}SecurityPolicy", {"metadata": meta("rights"), "spec": {
            **ROUTE, "jwt": {"providers": [{**TOKENS, **JWKS}]}, "authorization": RIGHTS,
            "cors": {"allowOrigins": ["https://portal.example.ae"], "allowCredentials": True}}}, "rights"),
        k8s(f"{EG}ClientTrafficPolicy", {"metadata": meta("callers"), "spec": {**GATEWAY, "tls": {
            "minVersion": "1.2", "ciphers": ["ECDHE-RSA-AES256-GCM-SHA384"], "clientValidation": {
                "caCertificateRefs": [{"name": "ca"}], "subjectAltNames": {"uris": [
                    {"type": "Prefix", "value": "spiffe://bank/ns/partners/"}]}}}}}, "callers")),
        "gateway.envoyproxy.io/docs/tasks/security", {**MODELS, "identity": SIGN_IN}),
    Idiom("rates of Envoy Gateway are by a header of the user", (crd(f"{EG}BackendTrafficPolicy", {
        **ROUTE, "rateLimit": {"type": "Global", "global": {"rules": [{
            "clientSelectors": [{"headers": [{"name": "x-user-id", "value": "one"}]}],
            "limit": {"requests": 3, "unit": "Hour"}}]}}}),),
        "envoyproxy/gateway site/content/en/latest/tasks/traffic/global-rate-limit.md"),
    Idiom("filters of Envoy Gateway run after tokens are checked", (crd(f"{EG}EnvoyProxy", {"filterOrder": [
        {"name": "envoy.filters.http.ext_authz", "after": "envoy.filters.http.jwt_authn"}]}),),
        "envoyproxy/gateway site/content/en/latest/tasks/extensibility/opa-sidecar-unix-domain-socket.md",
        unpriced(f"kubernetes:{EG}EnvoyProxy::it")),
    Idiom("a class of gateways has its parameters with its controller", (_top(
        "gateway.networking.k8s.io/v1:GatewayClass", {
            "controllerName": "projectcontour.io/gateway-controller", "parametersRef": {
                "group": "projectcontour.io", "kind": "ContourDeployment", "name": "x",
                "namespace": "projectcontour"}}),),
        "projectcontour/contour site/content/docs/main/config/gateway-api.md"),
    Idiom("an ingress asks for sign-in and a certificate", (_ingress("nginx", **{
        f"{NGINX}auth-type": "basic", f"{NGINX}auth-secret": "users", f"{NGINX}auth-realm": "Sign in",
        f"{NGINX}auth-tls-secret": "team-a/ca", f"{NGINX}auth-tls-verify-client": "on",
        f"{NGINX}permanent-redirect": "https://$host/new", f"{NGINX}session-cookie-domain": "bank.example.ae",
        f"{NGINX}enable-cors": "true", f"{NGINX}cors-allow-origin": "https://portal.example.ae",
        "cert-manager.io/cluster-issuer": "ca", "cert-manager.io/duration": "2160h"}),),
        "kubernetes/ingress-nginx docs/user-guide/nginx-configuration/annotations.md"),
    Idiom("an internal ingress of a balancer has two internal doors", (_ingress("alb", **{
        f"{ALB}scheme": "internal", f"{ALB}enable-frontend-nlb": "true", f"{ALB}frontend-nlb-scheme": "internal",
        f"{ALB}listen-ports": '[{"HTTPS":443}]', f"{ALB}certificate-arn":
            "arn:aws:acm:me-central-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
        f"{ALB}load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true"}),),
        "kubernetes-sigs/aws-load-balancer-controller docs/guide/ingress/annotations.md",
        unpriced("kubernetes:networking.k8s.io/v1:Ingress::it")),
    Idiom("a balancer records to the bank's bucket", (k8s("core/v1:Service", {"metadata": meta(annotations={
        **INTERNAL, f"{LB}attributes": "access_logs.s3.enabled=true,access_logs.s3.bucket=bank-logs"}), "spec": {
            "type": "LoadBalancer", "loadBalancerClass": "service.k8s.aws/nlb", "selector": {"app": "x"},
            "ports": [{"name": "https", "port": 443}]}}),),
        "kubernetes-sigs/aws-load-balancer-controller docs/guide/service/annotations.md",
        {**unpriced("kubernetes:core/v1:Service::it"),
         "residency": {"known": {"bank-logs": "our own bucket of records"}}}),
    Idiom("Traefik behind a service of the cluster", (_chart(
        "traefik", service={"spec": {"type": "ClusterIP"}}, accessLog={"enabled": True},
        ports={"websecure": {"forwardedHeaders": {"trustedIPs": ["10.20.0.0/24"]}}},
        ingressRoute={"dashboard": {"enabled": True}}),),
        "traefik/traefik-helm-chart traefik/values.yaml (service.spec.type)"),
    Idiom("Traefik behind a balancer of the site", (_chart("traefik", **INTERNAL_ENTRY),),
          "traefik/traefik-helm-chart traefik/values.yaml"),
    Idiom("routes of Traefik use a middleware of the platform", (crd("traefik.io/v1alpha1:IngressRoute", {
        "entryPoints": ["websecure"], "tls": {"secretName": "a"}, "routes": [{
            "match": "Host(`a.example.ae`)", "kind": "Rule", "services": [{"name": "app", "port": 8443}],
            "middlewares": [{"name": "sign-in", "namespace": "traefik"}]}]}),),
        "doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/http/ingressroute"),
    Idiom("Cilium enforces, encrypts and shows flows behind a sign-in", (_chart(
        "cilium", policyEnforcementMode="default", k8sNetworkPolicy={"enabled": True},
        daemon={"enableSourceIPVerification": True}, encryption={"enabled": True, "type": "wireguard"},
        envoyConfig={"secretsNamespace": {"name": "cilium-secrets"}}, pprof={"enabled": False, "address": "localhost"},
        hubble={"ui": {"enabled": True, "ingress": {
            "enabled": True, "hosts": ["hubble.example.ae"], "tls": [
                {"hosts": ["hubble.example.ae"], "secretName": "h"}], "annotations": {
                f"{NGINX}auth-url": "https://login.example.ae/oauth2/auth"}}}}),),
        "cilium/charts cilium-1.20.0 values.yaml", {"identity": SIGN_IN}),
    Idiom("an issuer signs with a role of Vault", (_top("cert-manager.io/v1:ClusterIssuer", {"vault": {
        "server": "https://vault.vault.svc:8200", "path": "pki_int/sign/bank",
        "auth": {"kubernetes": {"role": "cert-manager", "serviceAccountRef": {"name": "cert-manager"}}}}}),),
        "cert-manager.io/docs/configuration/vault"),
    Idiom("a proxy of Contour verifies the server of keys", (crd("projectcontour.io/v1:HTTPProxy", {
        "virtualhost": {"fqdn": "a.example.ae", "tls": {"secretName": "a"}, "jwtProviders": [{
            "name": "p", "issuer": "https://login.example.ae", "audiences": ["a"], "default": True,
            "remoteJWKS": {"uri": "https://login.example.ae/keys", "validation": {
                "caSecret": "login-ca", "subjectName": "login.example.ae"}}}]},
        "routes": [{"conditions": [{"prefix": "/"}], "services": [{"name": "app", "port": 443}]}]}),),
        "projectcontour/contour site/content/docs/main/config/jwt-verification.md", {"identity": SIGN_IN}),
)  # fmt: skip
