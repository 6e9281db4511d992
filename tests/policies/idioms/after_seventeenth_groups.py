"""Good idioms that come closest to what the rows after the seventeenth set refuse, with sources read on 2026-11-30."""

from ..blind import k8s, meta
from ..harness import Given
from . import Idiom
from .eleventh_charts import CLOSED, SMALL, inside
from .eleventh_cluster import top
from .sixteenth_stores import owned
from .twelfth_charts import MIRROR, image, ours

CATALOG = "CRD in datreeio/CRDs-catalog 7b1e26ef"
CONSUL, KUMA, CEPH = "consul.hashicorp.com/v1alpha1", "kuma.io/v1alpha1", "ceph.rook.io/v1"
KUBEWARDEN, FLUX, OPENSHIFT = "policies.kubewarden.io/v1", "source.toolkit.fluxcd.io/v1", "config.openshift.io/v1"
STEP = {"securityContext": {**CLOSED, "runAsUser": 65532}, "computeResources": SMALL}
ROUTE = {"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "offers"}


def _generated(generator: dict[str, object], namespace: str) -> dict[str, object]:
    return {
        "goTemplate": True, "generators": [generator], "template": {
            "metadata": {"name": "offers-{{ .branchSlug }}"}, "spec": {
                "project": "offers", "source": {
                    "repoURL": "https://git.git.svc/offers", "targetRevision": "{{ .sha }}", "path": "deploy"},
                "destination": {"server": "https://kubernetes.default.svc", "namespace": namespace}}}}  # fmt: skip


def _argo(*generated: tuple[str, dict[str, object], str]) -> tuple[Given, ...]:
    return tuple(inside("argoproj.io/v1alpha1:ApplicationSet", name, _generated(generator, namespace), "argocd")
                 for name, generator, namespace in generated)  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    owned("services of Consul may call the names of all, and nobody else anything", (
        inside(f"{CONSUL}:ServiceIntentions", "rest", {
            "destination": {"name": "*"}, "sources": [
                {"name": "gateway", "action": "allow"}, {"name": "*", "action": "deny"}]}, "consul"),
        inside(f"{CONSUL}:ServiceIntentions", "rates", {
            "destination": {"name": "rates"}, "sources": [{"name": "*", "action": "allow"}]}, "rates"),
        inside(f"{CONSUL}:ServiceIntentions", "login", {
            "destination": {"name": "*"}, "sources": [{"name": "*", "permissions": [
                {"action": "allow", "http": {"pathExact": "/healthz"}}]}]}, "consul"),
        inside(f"{CONSUL}:ExportedServices", "default", {
            "services": [{"name": "rates", "consumers": [{"peer": "cards"}]}]}, "consul")),
        "consul-k8s a507b1d1e, serviceintentions_types.go", "consul.hashicorp.com"),
    owned("a mesh of Kuma refuses all, and two services are let in by name", (
        inside(f"{KUMA}:MeshTrafficPermission", "none", {
            "targetRef": {"kind": "Mesh"}, "from": [{
                "targetRef": {"kind": "Mesh"}, "default": {"action": "Deny"}}]}, "kuma-system"),
        inside(f"{KUMA}:MeshTrafficPermission", "rates", {
            "targetRef": {"kind": "MeshService", "name": "rates"}, "from": [{
                "targetRef": {"kind": "Mesh"}, "default": {"action": "Allow"}}]}, "kuma-system"),
        inside(f"{KUMA}:MeshTLS", "strict", {
            "targetRef": {"kind": "Mesh"}, "from": [{
                "targetRef": {"kind": "Mesh"}, "default": {"mode": "Strict"}}]}, "kuma-system")),
        "kuma 348b6528b, meshtrafficpermission and meshtls", "kuma.io"),
    owned("a program has its buckets, an exporter counts those of all, and a client has one pool", (
        inside(f"{CEPH}:CephObjectStoreUser", "claims", {
            "store": "objects", "displayName": "Claims", "quotas": {"maxBuckets": 5}}, "rook-ceph"),
        inside(f"{CEPH}:CephObjectStoreUser", "exporter", {
            "store": "objects", "displayName": "Exporter", "capabilities": {
                "bucket": "read", "usage": "read", "user": "read"}}, "rook-ceph"),
        inside(f"{CEPH}:CephClient", "volumes", {
            "caps": {"mon": "profile rbd", "osd": "profile rbd pool=volumes", "mgr": "allow rw"}}, "rook-ceph")),
        f"rook d0c3b9ce6, ceph-object-store-user-crd.md; {CATALOG}", "ceph.rook.io"),
    owned("policies of Kubewarden protect, and record what was there before", (
        top(f"{KUBEWARDEN}:AdmissionPolicyGroup", "hosts", {
            "mode": "protect", "failurePolicy": "Fail", "backgroundAudit": True, "expression": "a() || b()",
            "message": "refused", "policies": {"a": {
                "module": f"registry://{MIRROR}/kubewarden/policies/hostpaths:v1.0.1", "settings": {}}}, "rules": [{
                    "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"], "operations": ["CREATE"]}]}),),
        "kubewarden-controller 3460bb719, policy_types.go", "policies.kubewarden.io"),
    owned("rules of NeuVector protect the ledger", (
        inside("neuvector.com/v1:NvSecurityRule", "nv.ledger.payments", {
            "target": {"policymode": "Protect", "selector": {"name": "nv.ledger.payments", "criteria": [
                {"key": "service", "op": "=", "value": "ledger.payments"}]}},
            "process_profile": {"baseline": "zero-drift"}, "ingress": [], "egress": [], "process": [
                {"name": "ledger", "path": "/app/ledger", "action": "allow"}]}, "payments"),),
        "neuvector-helm 900de6f4a, charts/crd", "neuvector.com"),
    owned("a firewall of F5 blocks, and leaves out the origins of one page", (
        inside("appprotect.f5.com/v1beta1:APPolicy", "offers", {"policy": {
            "name": "offers", "enforcementMode": "blocking", "template": {"name": "POLICY_TEMPLATE_NGINX_BASE"},
            "urls": [{"name": "/offers", "protocol": "https", "html5CrossOriginRequestsEnforcement": {
                "enforcementMode": "disabled"}}]}}, "offers"),
        inside("k8s.nginx.org/v1:Policy", "waf", {"waf": {
            "enable": True, "apPolicy": "offers", "securityLogs": [{
                "enable": True, "apLogConf": "all", "logDest": "syslog:server=collector.logging.svc:514"}]}},
            "offers")), f"{CATALOG}; nginx/documentation 76d290602", "appprotect.f5.com"),
    owned("Flux runs what the bank's builds signed, with a key and by name", (
        inside(f"{FLUX}:OCIRepository", "apps", {
            "url": f"oci://{MIRROR}/apps", "interval": "5m", "ref": {"tag": "1.4.2"}, "verify": {
                "provider": "cosign", "secretRef": {"name": "cosign"}}}, "flux-system"),
        inside(f"{FLUX}:OCIRepository", "platform", {
            "url": f"oci://{MIRROR}/platform", "interval": "5m", "ref": {"tag": "2.0.0"}, "verify": {
                "provider": "cosign", "matchOIDCIdentity": [{
                    "issuer": "^https://git\\.git\\.svc$",
                    "subject": "^https://git\\.git\\.svc/platform/.+$"}]}}, "flux-system"),
        inside(f"{FLUX}:HelmRepository", "charts", {
            "url": "https://charts.platform.svc/stable", "interval": "1h", "secretRef": {"name": "charts"},
            "passCredentials": False}, "flux-system")),
        "fluxcd/source-controller 39b711b11, docs/spec/v1", "source.toolkit.fluxcd.io"),
    owned("Fleet uses a login for the bank's charts only", (
        inside("fleet.cattle.io/v1alpha1:GitRepo", "apps", {
            "repo": "https://git.git.svc/apps", "branch": "main", "helmSecretName": "charts",
            "helmRepoURLRegex": "^https://charts\\.platform\\.svc/", "paths": ["prod"]}, "fleet-local"),),
        "rancher/fleet, GitRepoSpec", "fleet.cattle.io"),
    Idiom("branches are previewed each in a namespace of its own, and releases go to production", _argo(
        ("previews", {"scmProvider": {"gitea": {
            "owner": "offers", "api": "https://git.git.svc", "allBranches": True}}}, "offers-{{ .branchSlug }}"),
        ("trials", {"pullRequest": {"gitea": {
            "owner": "offers", "repo": "offers", "api": "https://git.git.svc"}}}, "offers-preview"),
        ("labelled", {"pullRequest": {"github": {
            "owner": "offers", "repo": "offers", "api": "https://git.git.svc", "labels": ["canary"]}}}, "offers"),
        ("releases", {"scmProvider": {
            "gitea": {"owner": "offers", "api": "https://git.git.svc", "allBranches": True},
            "filters": [{"branchMatch": "^release/.+$"}]}}, "offers")),
        "argo-cd 37ee0097c, Generators-SCM-Provider.md", {"escape": {"allowed_types": {
            "kubernetes:argoproj.io/v1:ApplicationSet": "the platform's team reviews what it deploys"}}}),
    Idiom("a scan may find something, a wrong signature ends the release, and its exit code may be read", (
        inside("tekton.dev/v1:Task", "release", {"steps": [
            {"name": "scan", "image": image("trivy"), "onError": "continue", **STEP,
             "command": ["trivy", "image", "--exit-code", "1", "$(params.image)"]},
            {"name": "verify", "image": image("cosign"), "onError": "continue", **STEP,
             "command": ["cosign", "verify", "--key", "/keys/cosign.pub", "$(params.image)"]},
            {"name": "decide", "image": image("tools"), **STEP, "script":
             "#!/bin/sh\nexit $(cat $(steps.step-verify.exitCode.path))\n"},
            {"name": "sums", "image": image("tools"), **STEP, "script": "#!/bin/sh\nsha256sum -c /sums\n"}]},
            "builds"),), "tektoncd/pipeline 3ee1745ae, docs/tasks.md", ours()),
    owned("a policy of Kuadrant lets in guests to what a rule of rights leaves to them", (
        inside("kuadrant.io/v1:AuthPolicy", "offers", {"targetRef": ROUTE, "rules": {
            "authentication": {"staff": {"jwt": {"issuerUrl": "https://login.sign-in.svc/realms/staff"}},
                               "guests": {"anonymous": {}, "priority": 1}},
            "authorization": {"read": {"patternMatching": {"patterns": [
                {"predicate": "request.method == 'GET'"}]}}}}}, "offers"),),
        "docs.kuadrant.io, AuthPolicy", "kuadrant.io"),
    owned("an API of Kong takes two kinds of sign-in, and counts calls; a plug-in that counts is off", (
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta("key", "offers"), "plugin": "key-auth", "config": {
                "key_names": ["apikey"], "anonymous": "visitors"}}, "key"),
        k8s("configuration.konghq.com/v1:KongPlugin", {
            "metadata": meta("count", "offers"), "plugin": "prometheus", "disabled": True}, "count")),
        f"docs.konghq.com, multiple authentication; {CATALOG}", "configuration.konghq.com"),
    owned("databases of operators have users with the rights of their tables", (
        inside("postgres-operator.crunchydata.com/v1beta1:PostgresCluster", "claims", {
            "postgresVersion": 17, "users": [
                {"name": "claims", "databases": ["claims"], "options": "NOSUPERUSER CREATEDB"}]}, "claims"),
        inside("k8s.mariadb.com/v1alpha1:Grant", "claims", {
            "mariaDbRef": {"name": "ledger"}, "privileges": ["ALL PRIVILEGES"], "database": "claims", "table": "*",
            "username": "claims"}, "claims"),
        inside("k8s.mariadb.com/v1alpha1:Grant", "reader", {
            "mariaDbRef": {"name": "ledger"}, "privileges": ["SELECT", "SHOW VIEW"], "username": "reader"}, "claims"),
        inside("rabbitmq.com/v1beta1:User", "claims", {
            "tags": ["monitoring"], "rabbitmqClusterReference": {"name": "events"}}, "claims")),
        CATALOG, "postgres-operator.crunchydata.com", "k8s.mariadb.com", "rabbitmq.com"),
    owned("proxies of VictoriaMetrics show callers without a name their health only", (
        inside("operator.victoriametrics.com/v1beta1:VMAuth", "figures", {
            "unauthorizedUserAccessSpec": {"url_map": [{
                "src_paths": ["/health", "/-/healthy"], "url_prefix": ["http://localhost:8427"]}]}}, "monitoring"),),
        f"{CATALOG}, VMAuth", "operator.victoriametrics.com"),
    owned("an OpenShift records all writes, encrypts its store, and lets builds start closed pods", (
        k8s(f"{OPENSHIFT}:APIServer", {"metadata": {"name": "cluster"}, "spec": {
            "audit": {"profile": "WriteRequestBodies"}, "encryption": {"type": "aesgcm"},
            "additionalCORSAllowedOrigins": ["(?i)//console\\.bank\\.ae(:|\\z)"],
            "tlsSecurityProfile": {"type": "Intermediate", "intermediate": {}}}}, "cluster"),
        k8s(f"{OPENSHIFT}:OAuth", {"metadata": {"name": "cluster"}, "spec": {
            "tokenConfig": {"accessTokenMaxAgeSeconds": 28800}}}, "oauth")),
        "openshift/api 2a3d73913, types_apiserver.go", "config.openshift.io"),
    owned("partners are federated by a bundle of their own host, and by one that SPIRE serves", (
        top("spire.spiffe.io/v1alpha1:ClusterFederatedTrustDomain", "cards", {
            "trustDomain": "cards.bank.ae", "className": "bank", "bundleEndpointURL":
            "https://bundle.spire-system.svc:8443", "bundleEndpointProfile": {
                "type": "https_spiffe", "endpointSPIFFEID": "spiffe://cards.bank.ae/spire/server"}}),
        top("spire.spiffe.io/v1alpha1:ClusterSPIFFEID", "admin", {
            "spiffeIDTemplate": "spiffe://bank/ns/{{ .PodMeta.Namespace }}/admin", "admin": True,
            "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "spire-admin"}},
            "podSelector": {"matchLabels": {"app": "registrar"}}})),
        "spire-controller-manager 430567cc0, docs", "spire.spiffe.io"),
    Idiom("machines are not disturbed while the bank is open, and never for a better price", (
        k8s("karpenter.sh/v1:NodePoolPatch", {"metadata": {"name": "services"}, "spec": {"disruption": {
            "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "5m", "budgets": [
                {"nodes": "0", "schedule": "0 8 * * mon-fri", "duration": "9h"},
                {"nodes": "0", "reasons": ["Underutilized"]}, {"nodes": "10%"}]}}}, "services"),),
        "kubernetes-sigs/karpenter 226646810, CRD of NodePool", ours(prices=("karpenter.sh/v1:NodePool::services",))),
)  # fmt: skip
