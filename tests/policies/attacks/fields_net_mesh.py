"""Attacks by fields of meshes and gateways, read from upstream's schemas (2026-11-29).

Each passed the pack before it was mended. Schemas: istio/api b8f8791d, istio/istio 86c9f01f and envoyproxy/gateway
d32f2829.
"""

from collections.abc import Mapping

from ..blind import TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Attack

Texts = Mapping[str, str]
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
ISTIO = "https://istio-release.storage.googleapis.com/charts"
ANNOTATIONS, LABELS = "istio/api annotation/annotations.yaml", "istio/api label/labels.yaml"
MESH, FEATURES = "istio/api mesh/v1alpha1/config.proto", "istio/istio pilot/pkg/features"
EG = "gateway.envoyproxy.io/v1alpha1:"
ROUTE = {"targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "x"}]}
GATEWAY = {"targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "x"}]}
TOKENS = {"name": "p", "issuer": "https://login.example.ae/", "audiences": ["x"]}


def _pods(name: str, severity: str, harm: str, annotations: Texts, labels: Texts) -> Attack:
    template = {
        "metadata": {"labels": {**TAGS, "app": "x", **labels}, "annotations": dict(annotations)},
        "spec": pod({}, topologySpreadConstraints=[{
            "maxSkew": 1, "topologyKey": "topology.kubernetes.io/zone", "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": {"matchLabels": {"app": "x"}}}]),
    }  # fmt: skip
    spec = {"replicas": 2, "selector": {"matchLabels": {"app": "x"}}, "template": template}
    return Attack(name, OPEN, (k8s("apps/v1:Deployment", {"metadata": meta(), "spec": spec}),), severity, harm)


def _values(name: str, severity: str, harm: str, **values: object) -> Attack:
    release = {"chart": "istiod", "version": "1.28.0", "namespace": "istio-system",
               "repositoryOpts": {"repo": ISTIO}, "values": values}  # fmt: skip
    return Attack(name, OPEN, (k8s("helm.sh/v3:Release", release),), severity, f"{harm} ({MESH}; chart istiod)")


def _mesh(name: str, severity: str, harm: str, **settings: object) -> Attack:
    return _values(name, severity, harm, meshConfig=settings)


def _pilot(name: str, severity: str, harm: str, **variables: str) -> Attack:
    return _values(name, severity, f"{harm}; {FEATURES}", pilot={"env": variables})


def _one(
    name: str,
    severity: str,
    harm: str,
    kind: str,
    spec: object,
    namespace: str = "team-a",
    annotations: Texts | None = None,
) -> Attack:
    given: Given = k8s(kind, {"metadata": meta(namespace=namespace, annotations=annotations or {}), "spec": spec})
    return Attack(name, OPEN, (given,), severity, harm)


def _allowed(name: str, severity: str, harm: str, **rule: object) -> Attack:
    spec = {"action": "ALLOW", "selector": {"matchLabels": {"app": "x"}}, "rules": [rule]}
    text = f"{harm} (istio/api security/v1/authorization_policy.proto)"
    return Attack(name, OPEN, (crd("security.istio.io/v1:AuthorizationPolicy", spec),), severity, text)


ATTACKS = (
    _pods("pods are not captured at an interface", "critical", f"calls pass by the policies ({ANNOTATIONS})",
          {"traffic.sidecar.istio.io/excludeInterfaces": "eth0"}, {}),
    _pods("pods are not captured at all", "critical", f"calls pass by the policies ({ANNOTATIONS})",
          {"sidecar.istio.io/interceptionMode": "NONE"}, {}),
    _pods("callers of ambient pods pass by ztunnel", "critical", f"callers need no identity ({ANNOTATIONS})",
          {"ambient.istio.io/bypass-inbound-capture": "true"}, {}),
    _pods("pods leave the ambient mesh by an annotation", "critical", f"no policy applies ({ANNOTATIONS})",
          {"ambient.istio.io/redirection": "disabled"}, {}),
    _pods("pods have no proxy by the older annotation", "critical", f"no policy applies ({ANNOTATIONS})",
          {"sidecar.istio.io/inject": "false"}, {}),
    _pods("callers send plain text by a label of the pods", "major", f"calls are read on the way ({LABELS})",
          {}, {"security.istio.io/tlsMode": "disabled"}),
    _pods("pods leave their waypoint by a label", "major", f"policies on requests do not apply ({LABELS})",
          {}, {"istio.io/use-waypoint": "none"}),
    _pods("a proxy believes the certificate that callers write", "critical",
          "callers name who they are (istio/api mesh/v1alpha1/proxy.proto, ForwardClientCertDetails)",
          {"proxy.istio.io/config": '{"gatewayTopology":{"forwardClientCertDetails":"ALWAYS_FORWARD_ONLY"}}'}, {}),
    _one("a service names the identity of another by an annotation", "major",
         f"callers take the pods for the ledger ({ANNOTATIONS})", "core/v1:Service",
         {"type": "ClusterIP", "selector": {"app": "x"}, "ports": [{"name": "https", "port": 443}]},
         annotations={"alpha.istio.io/kubernetes-serviceaccounts": "ledger"}),
    _mesh("the mesh lets pods call every address", "major", "data leave by any address",
          outboundTrafficPolicy={"mode": "ALLOW_ANY_DYNAMIC_DNS"}),
    _mesh("the mesh takes paths as they are spelt", "critical", "%2e and // pass by the rules on paths",
          pathNormalization={"normalization": "NONE"}),
    _mesh("the mesh offers 3DES", "major", "ciphers that are broken",
          tlsDefaults={"cipherSuites": ["ECDHE-RSA-AES256-GCM-SHA384", "DES-CBC3-SHA"]}),
    _mesh("a namespace of a team is the root of the mesh", "critical", "its policies apply to every namespace",
          rootNamespace="team-a"),
    _mesh("the mesh asks its authority in plain text", "critical", "tokens of pods are read on the way",
          ca={"address": "ca.vault.svc:443", "tlsSettings": {"mode": "DISABLE"}}),
    _mesh("an error of the server of rights is a yes", "critical", "a request passes when it does not answer",
          extensionProviders=[{"name": "x", "envoyExtAuthzHttp": {
              "service": "authz.auth.svc.cluster.local", "port": 8000, "statusOnError": "200"}}]),
    _mesh("records of the mesh are thrown away", "critical", "calls are recorded by nobody",
          extensionProviders=[{"name": "x", "envoyFileAccessLog": {"path": "/dev/null"}}]),
    _mesh("records of the mesh have the tokens of callers", "critical", "who reads records acts as each caller",
          extensionProviders=[{"name": "x", "envoyHttpAls": {
              "service": "als.monitoring.svc.cluster.local", "port": 9000,
              "additionalRequestHeadersToLog": ["authorization", "cookie"]}}]),
    _values("each pod of the mesh gets containers of a template", "critical", "they read what the pod reads",
            sidecarInjectorWebhook={"templates": {
                "own": "spec:\n  containers:\n  - name: istio-proxy\n    image: {{ .Values.image }}\n"}}),
    _values("a pod of a team says which containers pods get", "critical", "it runs in every pod",
            istiodRemote={"enabled": True, "injectionURL": "https://istiod.team-b.svc/inject"}),
    _values("a node agent of a team gets certificates of pods", "critical", "it acts as each pod",
            pilot={"trustedZtunnelNamespace": "team-a", "trustedZtunnelName": "x"}),
    _values("proxies leave a port of a database out", "major", "rows cross the network in plain text",
            **{"global": {"proxy": {"excludeOutboundPorts": "5432"}}}),
    _values("a service of a gateway takes addresses of others", "major", "it gets what is sent to them",
            service={"type": "ClusterIP", "externalIPs": ["10.0.0.1"]}),
    _pilot("debugging of the control plane asks nobody", "critical", "callers read every proxy's settings",
           ENABLE_DEBUG_ENDPOINT_AUTH="false"),
    _pilot("machines join the mesh as any account", "critical", "a machine acts as each account",
           ISTIO_WORKLOAD_ENTRY_VALIDATE_IDENTITY="false"),
    _pilot("identities of other meshes count", "critical", "a stranger's mesh calls everything",
           PILOT_SKIP_VALIDATE_TRUST_DOMAIN="true"),
    _pilot("a kubeconfig runs programs in the control plane", "critical", "who writes a secret runs them",
           PILOT_INSECURE_MULTICLUSTER_KUBECONFIG_OPTIONS="exec"),
    _pilot("every address may bring a certificate in a header", "critical", "callers name who they are",
           TRUSTED_GATEWAY_CIDR="0.0.0.0/0"),
    _pilot("an account of a team signs for pods of its node", "critical", "it acts as each pod of the node",
           CA_TRUSTED_NODE_ACCOUNTS="team-a/agent"),
    _pilot("the mesh leaves out its policies", "critical", "no policy has an effect",
           PILOT_IGNORE_RESOURCES="*.security.istio.io"),
    _allowed("every identity of the mesh is let in", "critical", "each namespace calls it",
             **{"from": [{"source": {"principals": ["*"]}}]}),
    _allowed("every account of every namespace is let in", "critical", "each namespace calls it",
             **{"from": [{"source": {"serviceAccounts": ["*"]}}]}),
    _allowed("every address is let in to some pods", "critical", "who reaches the pods calls them",
             **{"from": [{"source": {"ipBlocks": ["0.0.0.0/1", "128.0.0.0/1"]}}]}),
    _allowed("everybody may call each path", "critical", "no caller is named",
             to=[{"operation": {"paths": ["/*"], "methods": ["GET", "POST"]}}]),
    _allowed("every namespace is let in by a condition", "critical", "each namespace calls it",
             when=[{"key": "source.namespace", "values": ["*"]}]),
    _one("a gateway asks for a certificate if there is one", "critical",
         "callers without one pass (istio/api networking/v1/gateway.proto, OPTIONAL_MUTUAL)",
         "networking.istio.io/v1:Gateway", {"selector": {"istio": "internal"}, "servers": [{
             "port": {"number": 443, "name": "https", "protocol": "HTTPS"}, "hosts": ["a.example.ae"], "tls": {
                 "mode": "OPTIONAL_MUTUAL", "credentialName": "a", "minProtocolVersion": "TLSV1_2"}}]},
         namespace="istio-ingress"),
    _one("a team calls with the certificate of another", "critical",
         "it acts as payments (istio/istio pkg/model/credentials)", "networking.istio.io/v1:DestinationRule", {
             "host": "files.example.ae", "exportTo": ["."], "trafficPolicy": {"tls": {
                 "mode": "MUTUAL", "credentialName": "kubernetes://payments/ledger"}}}),
    _one("traces have a password of the proxy's pod", "major",
         "who reads traces signs in (istio/api telemetry/v1/telemetry.proto)", "telemetry.istio.io/v1:Telemetry",
         {"tracing": [{"customTags": {"a": {"environment": {"name": "DB_PASSWORD"}}}}]}, namespace="istio-system"),
    _one("a backend is the socket of the machine's containers", "critical",
         "callers control the machine (envoyproxy/gateway api/v1alpha1/backend_types.go)", f"{EG}Backend",
         {"endpoints": [{"unix": {"path": "/var/run/docker.sock"}}]}),
    _one("a backend is the API server", "critical",
         "callers of the route reach it (envoyproxy/gateway api/v1alpha1/backend_types.go)", f"{EG}Backend",
         {"endpoints": [{"fqdn": {"hostname": "kubernetes.default.svc.cluster.local", "port": 443}}]}),
    _one("a header says to which address a request goes", "critical",
         "callers reach each pod (envoyproxy/gateway api/v1alpha1/loadbalancer_types.go)", f"{EG}BackendTrafficPolicy",
         {**ROUTE, "loadBalancer": {"type": "RoundRobin", "endpointOverride": {
             "extractFrom": [{"header": "x-host"}]}}}),
    _one("patches open the console of the proxies", "critical",
         "callers change the proxy (envoyproxy/gateway api/v1alpha1/envoyproxy_types.go)", f"{EG}EnvoyProxy",
         {"bootstrap": {"type": "JSONPatch", "jsonPatches": [{
             "op": "replace", "path": "/admin/address/socket_address/address", "value": "::"}]}}),
    _one("tokens are checked after a program has read the request", "major",
         "it acts for callers that nobody asked (envoyproxy/gateway api/v1alpha1/envoyproxy_types.go, filterOrder)",
         f"{EG}EnvoyProxy",
         {"filterOrder": [{"name": "envoy.filters.http.jwt_authn", "after": "envoy.filters.http.ext_proc"}]}),
    _one("a gateway records no call", "critical",
         "nobody sees it (envoyproxy/gateway api/v1alpha1/accesslogging_types.go)", f"{EG}EnvoyProxy",
         {"telemetry": {"accessLog": {"disable": True}}}),
    _one("a rule of rights is true for everybody", "critical",
         "whoever calls is let in (envoyproxy/gateway api/v1alpha1/authorization_types.go)", f"{EG}SecurityPolicy",
         {**ROUTE, "authorization": {"defaultAction": "Deny", "rules": [{"action": "Allow", "cel": "true"}]}}),
    _one("a rule of rights lets in by a header", "critical",
         "callers write it (envoyproxy/gateway api/v1alpha1/authorization_types.go)", f"{EG}SecurityPolicy",
         {**ROUTE, "authorization": {"defaultAction": "Deny", "rules": [{
             "action": "Allow", "principal": {"headers": [{"name": "x-internal", "values": ["true"]}]}}]}}),
    _one("keys of tokens stand in the policy", "major",
         "its writer signs as anybody (envoyproxy/gateway api/v1alpha1/jwt_types.go)", f"{EG}SecurityPolicy",
         {**ROUTE, "jwt": {"providers": [{**TOKENS, "localJWKS": {"type": "Inline", "inline": '{"keys":[]}'}}]}}),
    _one("pages of a shared domain read answers", "major",
         "strangers have pages there (envoyproxy/gateway api/v1alpha1/cors_types.go)", f"{EG}SecurityPolicy",
         {**ROUTE, "cors": {"allowOrigins": ["https://*.github.io"], "allowCredentials": True}}),
    _one("each certificate of an authority is a caller", "major",
         "any name counts (envoyproxy/gateway api/v1alpha1/tls_types.go)", f"{EG}ClientTrafficPolicy",
         {**GATEWAY, "tls": {"clientValidation": {
             "caCertificateRefs": [{"name": "ca"}],
             "subjectAltNames": {"uris": [{"type": "RegularExpression", "value": ".*"}]}}}}),
    _one("each namespace opens ports of a gateway", "critical",
         "it takes hosts of others (kubernetes-sigs/gateway-api 4564255a, Gateway allowedListeners)",
         "gateway.networking.k8s.io/v1:Gateway", {
             "gatewayClassName": "istio-waypoint", "allowedListeners": {"namespaces": {"from": "All"}},
             "listeners": [{"name": "mesh", "port": 15008, "protocol": "HBONE"}]}),
)  # fmt: skip
