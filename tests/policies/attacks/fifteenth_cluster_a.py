"""Attacks on clusters by rights, admission, secrets, GitOps, certificates and entries (2026-11-29, fifteenth set,
blind).

Objects by the documentation of their projects; what is not marked as read is as known.
"""

from typing import cast

from ..blind import ME, TAGS, cluster_role, crd, k8s, meta, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


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


AMBIENT = "--issuer-ambient-credentials=true"
SCRIPT = """function envoy_on_request(handle)
  handle:headers():replace("x-user-role", "administrator")
end
"""
PUSHED = {
    "refreshInterval": "1h", "deletionPolicy": "None", "updatePolicy": "Replace",
    "selector": {"secret": {"name": "database"}},
    "secretStoreRefs": [{"kind": "ClusterSecretStore", "name": "team-a"}],
    "data": [{"match": {"secretKey": "password", "remoteRef": {"remoteKey": "collected", "property": "password"}}}],
}  # fmt: skip
RULES = [{"apiGroups": ["networking.k8s.io"], "apiVersions": ["v1"], "operations": ["*"],
          "resources": ["networkpolicies"]}]  # fmt: skip
WRITTEN = ["create", "update", "patch"]
KNOWN = k8s("core/v1:ConfigMap", {"metadata": meta("hours", "payments"), "data": {"open": "8"}}, "hours")
"""What shows that there is a namespace of payments: a role may have any name where there is none."""

ATTACKS = (
    Attack("no call that comes in at the pods passes the proxy of the mesh", OPEN, _annotated(
        {"traffic.sidecar.istio.io/includeInboundPorts": ""}),
        "critical", "each pod calls the program in plaintext, past mutual TLS and each policy of authorization (Istio, "
        "'Resource Annotations', traffic.sidecar.istio.io/includeInboundPorts: empty redirects no port)"),
    Attack("what a program records is left out of the logs", OPEN, _annotated({"fluentbit.io/exclude": "true"}),
        "minor", "nobody sees afterwards what the program did (fluent/fluent-bit-docs, filters/kubernetes, annotation "
        "fluentbit.io/exclude; K8S-Logging.Exclude is On in the chart of upstream)"),
    Attack("a secret of the vault is copied into each namespace", OPEN, (
        crd("external-secrets.io/v1:ExternalSecret", {
            "refreshInterval": "1h", "secretStoreRef": {"kind": "SecretStore", "name": "vault"},
            "target": {"name": "database", "template": {
                "metadata": {"annotations": {"replicator.v1.mittwald.de/replicate-to": ".*"}}}},
            "data": [{"secretKey": "password", "remoteRef": {"key": "team-a/database", "property": "password"}}]}),),
        "critical", "each team reads the password of the database in its own namespace "
        "(mittwald/kubernetes-replicator, README, replicate-to with a regular expression)"),
    Attack("requests to the ledger are not written down by the entry", OPEN, (
        k8s("networking.k8s.io/v1:Ingress", {
            "metadata": meta("ledger", annotations={"zalando.org/skipper-filter": "disableAccessLog()"}), "spec": {
                "ingressClassName": "skipper", "tls": [{"hosts": ["ledger.example.ae"], "secretName": "ledger"}],
                "rules": [{"host": "ledger.example.ae", "http": {"paths": [{
                    "path": "/", "pathType": "Prefix",
                    "backend": {"service": {"name": "ledger", "port": {"number": 8443}}}}]}}]}}),),
        "minor", "who read the ledger is in no record, whatever the entry's own setting is (zalando/skipper, "
        "filters/accesslog, disableAccessLog, read 2026-11-29)"),
    Attack("the namespace that Argo CD makes for a team admits privileged pods", OPEN, (
        k8s("argoproj.io/v1alpha1:Application", {"metadata": meta("team-a", "argocd"), "spec": {
            "project": "team-a", "destination": {"server": "https://kubernetes.default.svc", "namespace": "team-a"},
            "source": {"repoURL": "https://github.com/bank/team-a.git", "path": "apps", "targetRevision": "a" * 40},
            "syncPolicy": {"syncOptions": ["CreateNamespace=true"], "managedNamespaceMetadata": {"labels": {
                **TAGS, "pod-security.kubernetes.io/enforce": "privileged"}}}}}),),
        "critical", "pods of the team take over their machine (argo-cd 37ee0097c, user-guide/sync-options, "
        "managedNamespaceMetadata, read 2026-11-29; Kubernetes, 'Pod Security Standards')"),
    Attack("a workflow applies whatever object lies in a bucket", OPEN, (
        crd("argoproj.io/v1alpha1:WorkflowTemplate", {
            "entrypoint": "main", "serviceAccountName": "deployer", "podMetadata": {"labels": TAGS},
            "templates": [{"name": "main", "metadata": {"labels": TAGS}, "resource": {
                "action": "apply", "manifestFrom": {"artifact": {"name": "manifest", "s3": {
                    "key": "manifests/next.yaml"}}}}}]}),),
        "critical", "whoever writes the file deploys as the deployer, and nobody evaluates it (argo-workflows "
        "f016ad89e, docs/fields.md, ManifestFrom, read 2026-11-29)"),
    Attack("a team's token for the registry pushes to each repository", OPEN, (
        crd("generators.external-secrets.io/v1alpha1:ACRAccessToken", {
            "registry": "bank.azurecr.io", "environmentType": "PublicCloud",
            "auth": {"workloadIdentity": {"serviceAccountRef": {"name": "app"}}}}),),
        "major", "without a scope the token is a refresh token for all that the identity may do, instead of one "
        "repository (External Secrets cc5bfbc22, types_acr.go, scope, read 2026-11-29)"),
    Attack("a team's namespace gets the registry's password of the role of payments", OPEN, (
        KNOWN, crd("generators.external-secrets.io/v1alpha1:ECRAuthorizationToken", {
            "region": "me-central-1", "role": f"arn:aws:iam::{ME}:role/payments-ledger",
            "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}}})),
        "major", "a Secret of the team holds what pulls, and maybe pushes, the images of payments (External Secrets "
        "cc5bfbc22, types_ecr.go, role, and generators/v1/ecr/ecr.go; sts.go refuses jwt; read 2026-11-29)"),
    Attack("passwords of each namespace are collected in the store of a team", OPEN, (
        _top("external-secrets.io/v1alpha1:ClusterPushSecret", "collected", {
            "pushSecretName": "collected", "refreshTime": "1h", "namespaceSelectors": [{"matchLabels": {}}],
            "pushSecretSpec": PUSHED}),),
        "critical", "an empty selector is every namespace: the team reads the password of each database (External "
        "Secrets cc5bfbc22, ClusterPushSecretSpec, read 2026-11-29)"),
    Attack("issuers of teams write names with the rights of the controller", OPEN, release(
        "cert-manager", "v1.19.1", {
            "crds": {"enabled": True}, "global": {"leaderElection": {"namespace": "cert-manager"}},
            "extraArgs": [AMBIENT]}),
        "critical", "an Issuer that names no key uses the controller's role: each team changes the bank's zones and "
        "gets certificates of its hosts (cert-manager 2d0d7f7f7, options.go, read 2026-11-29)"),
    Attack("policies of each team may read what all secrets of payments hold", OPEN, (
        _top("kyverno.io/v2:GlobalContextEntry", "payments-secrets", {
            "kubernetesResource": {"group": "", "version": "v1", "resource": "secrets", "namespace": "payments"}}),),
        "major", "the entry is global: where Kyverno may read secrets, a Policy of a team takes it as context and "
        "puts a secret into its message or object (kyverno 111e07bbe, CRD of GlobalContextEntry, read 2026-11-29)"),
    Attack("each night the policies of the network are deleted", OPEN, (
        _top("policies.kyverno.io/v1:DeletingPolicy", "tidy", {
            "schedule": "0 2 * * *", "deletionPropagationPolicy": "Background",
            "matchConstraints": {"resourceRules": RULES},
            "conditions": [{"name": "payments", "expression": "object.metadata.namespace == 'payments'"}]}),),
        "critical", "pods of every team reach those of payments from two o'clock on (kyverno 111e07bbe, CRD of "
        "DeletingPolicy, read 2026-11-29)"),
    Attack("an extension of the entry makes each caller an administrator", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:EnvoyExtensionPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "ledger"}],
            "lua": [{"type": "Inline", "inline": SCRIPT}]}),),
        "critical", "the program trusts the header that the entry sets, and so every caller (Envoy Gateway d32f28294, "
        "EnvoyExtensionPolicy, lua, read 2026-11-29)"),
    Attack("the listener writes into each request that an administrator sent it", OPEN, (
        crd("gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": "inner"}],
            "tls": {"minVersion": "1.3"},
            "headers": {"earlyRequestHeaders": {"set": [
                {"name": "x-auth-request-email", "value": "administrator@bank.example.ae"}]}}}),),
        "critical", "programs behind the listener sign each caller in as the administrator (Envoy Gateway d32f28294, "
        "clienttrafficpolicy_types.go, earlyRequestHeaders, read 2026-11-29)"),
    Attack("a server of a team rewrites what the entries of the cluster do", OPEN, release(
        "gateway-helm", "1.6.0", {"config": {"envoyGateway": {
            "gateway": {"controllerName": "gateway.envoyproxy.io/gatewayclass-controller"},
            "provider": {"type": "Kubernetes"}, "extensionManager": {
                "hooks": {"xdsTranslator": {"post": ["HTTPListener", "Translation"]}},
                "service": {"fqdn": {"hostname": "extension.team-a.svc.cluster.local", "port": 5005}, "tls": {
                    "certificateRef": {"name": "extension", "namespace": "envoy-gateway-system"}}}}}}},
        "envoy-gateway-system"),
        "critical", "the team gets each listener, route and private key and sends requests of payments to itself "
        "(Envoy Gateway d32f28294, extensionManager, xdsTranslator, read 2026-11-29)"),
    Attack("a role changes which image is put into each traced pod", OPEN, (cluster_role(
        {"apiGroups": ["opentelemetry.io"], "resources": ["instrumentations"], "verbs": WRITTEN}),),
        "critical", "the holder's image starts in each annotated pod and loads a library into its program "
        "(OpenTelemetry, 'Injecting Auto-instrumentation', Instrumentation, image)"),
)  # fmt: skip
