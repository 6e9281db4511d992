"""Attacks on clusters by networks, meshes, entries, admission and certificates (2026-11-30, seventeenth set, blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from typing import cast

from ..blind import ME, TAGS, crd, k8s, meta, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
READ = "read 2026-11-30"
NGINX = "nginx.ingress.kubernetes.io"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def _annotated(annotations: dict[str, str]) -> tuple[Given, ...]:
    """Returns a Deployment whose pods carry annotations, and its budget."""
    given = workload("apps/v1:Deployment", {})
    spec = cast("dict[str, dict[str, dict[str, object]]]", given.props["spec"])
    metadata = {**spec["template"]["metadata"], "annotations": annotations}
    return (
        k8s("apps/v1:Deployment", {
            **given.props, "spec": {**spec, "template": {**spec["template"], "metadata": metadata}}}),
        k8s("policy/v1:PodDisruptionBudget", {
            "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}}))  # fmt: skip


def _entry(annotations: dict[str, str]) -> tuple[Given, ...]:
    """Returns an Ingress of the inner controller with annotations."""
    return (k8s("networking.k8s.io/v1:Ingress", {
        "metadata": meta("orders", annotations={
            f"{NGINX}/ssl-redirect": "true", f"{NGINX}/backend-protocol": "HTTPS", f"{NGINX}/proxy-ssl-verify": "on",
            f"{NGINX}/proxy-ssl-secret": "team-a/internal-ca", **annotations}),
        "spec": {
            "ingressClassName": "nginx-internal", "tls": [{"hosts": ["orders.example.ae"], "secretName": "orders"}],
            "rules": [{"host": "orders.example.ae", "http": {"paths": [{
                "path": "/", "pathType": "Prefix",
                "backend": {"service": {"name": "orders", "port": {"number": 8443}}}}]}}]}}, "orders"),)  # fmt: skip


CERTIFIED = {
    "virtualhost": {
        "fqdn": "ledger.example.ae", "tls": {
            "secretName": "ledger", "minimumProtocolVersion": "1.3",
            "clientValidation": {"caSecret": "partners", "skipClientCertValidation": True}}},
    "ingressClassName": "contour-internal", "routes": [{
        "conditions": [{"prefix": "/"}], "services": [{
            "name": "ledger", "port": 8443, "protocol": "h2",
            "validation": {"caSecret": "internal", "subjectName": "ledger"}}]}]}  # fmt: skip
PATHS = {
    "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner"}],
    "tls": {"minVersion": "1.3"},
    "path": {"escapedSlashesAction": "KeepUnchanged", "disableMergeSlashes": True},
}
UPSTREAM = {"egressMTLS": {
    "tlsSecret": "gateway-client", "trustedCertSecret": "internal-ca", "verifyServer": False, "serverName": True,
    "sslName": "ledger.payments.svc", "protocols": "TLSv1.3"}}  # fmt: skip
FIREWALL = {
    "waf": {
        "enable": True,
        "apPolicy": "team-a/strict",
        "securityLogs": [
            {"enable": True, "apLogConf": "team-a/all", "logDest": "syslog:server=logs.published-by-somebody.io:514"}
        ],
    }
}
REWRITTEN = {
    "poolRef": {"group": "inference.networking.k8s.io", "kind": "InferencePool", "name": "chat"},
    "rules": [{"matches": [{"model": {"type": "Exact", "value": "fraud"}}],
               "targets": [{"modelRewrite": "team-b-tone", "weight": 100}]}]}  # fmt: skip
WATCHED = {
    "module": f"registry://{ME}.dkr.ecr.me-central-1.amazonaws.com/pod-privileged@sha256:" + "d" * 64,
    "mode": "monitor",
    "mutating": False,
    "settings": {},
    "rules": [{"apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE", "UPDATE"]}],
}
KEY = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8nXRh950IZbRj8Ra\n-----END PUBLIC KEY-----\n"
SIGNED = {
    "validationFailureAction": "Enforce", "background": False, "webhookTimeoutSeconds": 30, "rules": [{
        "name": "signed", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "verifyImages": [{
            "imageReferences": ["registry.dc1.example.ae/*"], "mutateDigest": True, "required": True,
            "imageRegistryCredentials": {"allowInsecureRegistry": True, "secrets": ["registry"]},
            "attestors": [{"entries": [{"keys": {
                "publicKeys": KEY, "rekor": {"ignoreTlog": True}, "ctlog": {"ignoreSCT": True}}}]}]}]}]}  # fmt: skip
CERTIFICATES = {
    "allowed": {
        "isCA": True, "dnsNames": {"values": ["*"]}, "commonName": {"value": "*"}, "uris": {"values": ["*"]},
        "usages": ["cert sign", "digital signature", "server auth", "client auth"]},
    "selector": {"issuerRef": {"name": "bank", "kind": "ClusterIssuer", "group": "cert-manager.io"}}}  # fmt: skip

ATTACKS = (
    Attack("headers of each call stand in the log of the mesh", OPEN, _annotated({
        "linkerd.io/inject": "enabled", "config.linkerd.io/proxy-log-level": "linkerd=debug,info",
        "config.linkerd.io/proxy-log-http-headers": "insecure"}),
        "major", "whoever reads logs has the tokens and cookies of callers (linkerd2 b24cd4059, pkg/k8s/labels.go, "
        f"ProxyLogHTTPHeaders; charts/partials/templates/_proxy.tpl, {READ})"),
    Attack("a tool of listeners stands in each pod of a program", OPEN, _annotated({
        "linkerd.io/inject": "enabled", "config.linkerd.io/enable-debug-sidecar": "true"}),
        "major", "a container with tshark, from a public registry, reads what the program says in plaintext (linkerd2 "
        f"b24cd4059, pkg/k8s/labels.go, ProxyEnableDebugAnnotation; values.yaml, debugContainer.image, {READ})"),
    Attack("pods say themselves from which address they call", OPEN, (
        _top("projectcalico.org/v3:FelixConfiguration", "default", {"workloadSourceSpoofing": "Any"}),
        *_annotated({"cni.projectcalico.org/allowedSourcePrefixes": '["10.96.0.0/12"]'})),
        "critical", "a pod calls the ledger as whichever pod policies of the network let in (calico 87c15906f2, "
        f"api/pkg/apis/projectcalico/v3/felixconfig.go, WorkloadSourceSpoofing, {READ})"),
    Attack("pods send packets that hold packets of others", OPEN, (
        _top("projectcalico.org/v3:FelixConfiguration", "default", {"allowVXLANPacketsFromWorkloads": True}),),
        "major", "what is inside the outer packet passes each policy of the network (calico 87c15906f2, "
        f"api/pkg/apis/projectcalico/v3/felixconfig.go, AllowVXLANPacketsFromWorkloads, {READ})"),
    Attack("a pod of a team has the address that partners know", OPEN, (
        _top("projectcalico.org/v3:FelixConfiguration", "default", {"floatingIPs": "Enabled"}),
        *_annotated({"cni.projectcalico.org/floatingIPs": '["10.20.30.40"]'})),
        "major", "calls to the ledger's own address end at the pod that names it too (calico 87c15906f2, "
        f"cni-plugin/pkg/k8s/k8s.go, annotation floatingIPs, {READ})"),
    Attack("what a namespace sends leaves by a machine of a team", OPEN, (k8s("core/v1:Namespace", {
        "metadata": {"name": "payments", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted",
            "pod-security.kubernetes.io/enforce-version": "latest"},
            "annotations": {"k8s.ovn.org/routing-external-gws": "10.20.0.9"}}}, "payments"),),
        "major", "the machine reads and changes what leaves the cluster, past each firewall of the nodes "
        f"(ovn-kubernetes 6c366bb49, pkg/util/namespace_annotation.go, RoutingExternalGWsAnnotation, {READ})"),
    Attack("an entry holds its pages for a trial at a desk", OPEN, (
        crd("traefik.io/v1alpha1:Middleware", {"headers": {
            "stsSeconds": 31536000, "forceSTSHeader": True, "allowedHosts": ["chat.example.ae"],
            "isDevelopment": True}}),),
        "minor", "allowed hosts and HSTS have no effect: a link over http:// is answered, for any host (traefik "
        f"fd5a576df2, CRD of Middleware, headers.isDevelopment, {READ})"),
    Attack("a partner's certificate is asked for and never checked", OPEN, (
        crd("projectcontour.io/v1:HTTPProxy", CERTIFIED),),
        "critical", "any certificate, made by anybody, opens the ledger (contour 31c4bb38e, apis/projectcontour/v1/"
        f"httpproxy.go, DownstreamValidation.skipClientCertValidation, {READ})"),
    Attack("rules for paths are passed by a slash in another spelling", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", PATHS),),
        "major", "'%2F' and '//' reach what a route or a rule of rights forbids (envoyproxy/gateway d32f282942, CRD of "
        f"ClientTrafficPolicy, path.escapedSlashesAction, disableMergeSlashes, {READ})"),
    Attack("a proxy shows its certificate to whichever server answers", OPEN, (
        crd("k8s.nginx.org/v1:Policy", UPSTREAM),),
        "major", "whoever takes the name of the server reads transfers (nginx/documentation 76d290602, content/nic/"
        f"configuration/policy-resource.md, egressMTLS.verifyServer, {READ})"),
    Attack("a firewall of the web tells a stranger of each request", OPEN, (
        crd("k8s.nginx.org/v1:Policy", FIREWALL),),
        "critical", "addresses, paths and bodies of customers leave in plaintext (nginx/documentation 76d290602, "
        f"content/nic/configuration/policy-resource.md, waf.securityLogs.logDest, {READ})"),
    Attack("the first caller who signs in signs in everybody", OPEN, _entry({
        f"{NGINX}/auth-url": "https://sign-in.identity.svc.cluster.local:8443/oauth2/auth",
        f"{NGINX}/auth-cache-key": "$host", f"{NGINX}/auth-cache-duration": "200 202 60m"}),
        "critical", "the answer for one caller is kept for each other, since its key names no token (ingress-nginx "
        f"dbb11b92d, docs/user-guide/nginx-configuration/annotations.md, auth-cache-key, {READ})"),
    Attack("each request of customers goes to a service of a team too", OPEN, _entry({
        f"{NGINX}/mirror-target": "https://tap.team-b.svc.cluster.local:8443$request_uri",
        f"{NGINX}/mirror-request-body": "on"}),
        "critical", "the team has passwords, tokens and orders of customers (ingress-nginx dbb11b92d, docs/user-guide/"
        f"nginx-configuration/annotations.md, mirror-target, {READ})"),
    Attack("questions for the model of fraud are answered by another", OPEN, (
        _in("models", "inference.networking.x-k8s.io/v1alpha2:InferenceModelRewrite", "fraud", REWRITTEN),),
        "major", "an adapter of a team says which payment is good (llm-d-inference-scheduler 520af478, apix/v1alpha2/"
        f"inferencemodelrewrite_types.go, targets.modelRewrite, {READ})"),
    Attack("a port of a program is outside the mesh of Consul", OPEN, _annotated({
        "consul.hashicorp.com/connect-inject": "true",
        "consul.hashicorp.com/transparent-proxy-exclude-inbound-ports": "8443,9000"}),
        "major", "whoever reaches the pod calls it without TLS of the mesh and past intentions (consul-k8s a507b1d1e, "
        f"control-plane/connect-inject/constants, AnnotationTProxyExcludeInboundPorts, {READ})"),
    Attack("each service of Consul may call each other", OPEN, (
        crd("consul.hashicorp.com/v1alpha1:ServiceIntentions", {
            "destination": {"name": "*"}, "sources": [{"name": "*", "action": "allow"}]}),),
        "critical", "no right of the mesh is left (consul-k8s a507b1d1e, CRD of ServiceIntentions, sources.action, "
        f"{READ})"),
    Attack("a policy of Kubewarden only watches", OPEN, (
        _top("policies.kubewarden.io/v1:ClusterAdmissionPolicy", "privileged", WATCHED),),
        "major", "privileged pods start and a line is written (kubewarden-controller 3460bb71, CRD of "
        f"ClusterAdmissionPolicy, mode monitor, {READ})"),
    Attack("signatures of images are fetched without TLS", OPEN, (
        _top("kyverno.io/v1:ClusterPolicy", "signed", SIGNED),),
        "major", "who stands between reads the password of the registry and answers for it (CRD of ClusterPolicy, "
        f"verifyImages.imageRegistryCredentials.allowInsecureRegistry, datreeio/CRDs-catalog 7b1e26ef, {READ})"),
    Attack("each request for a certificate is approved, for authorities too", OPEN, (
        _top("policy.cert-manager.io/v1alpha1:CertificateRequestPolicy", "all", CERTIFICATES),),
        "critical", "a team signs certificates in the name of any host of the bank (CRD of CertificateRequestPolicy, "
        f"allowed.isCA, allowed.dnsNames, datreeio/CRDs-catalog 7b1e26ef, {READ})"),
)  # fmt: skip
