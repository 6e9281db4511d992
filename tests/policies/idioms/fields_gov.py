"""Good neighbours of the attacks by fields of governing programs: the same objects, hardened (2026-11-29)."""

from ..blind import KUBE, TAGS, cluster_role, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced

GITHUB = "https://token.actions.githubusercontent.com"
BUILD = "https://github.com/bank/images/.github/workflows/build.yml@refs/heads/main"
ASKED = {"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["pods"]}
HERE = "https://kubernetes.default.svc"
SYSTEM = {"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["kube-system"]}]}
CONFIG = """listener "tcp" {
  address = "[::]:8200"
  tls_cert_file = "/vault/tls/tls.crt"
  tls_key_file = "/vault/tls/tls.key"
  tls_min_version = "tls12"
  x_forwarded_for_authorized_addrs = "10.30.0.0/24"
}
storage "raft" {
  path = "/vault/data"
}
max_lease_ttl = "768h"
"""
OURS = {"identity": {"trusted": {"22222222-3333-4444-5555-666666666666": "the bank's own tenant"}}}


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _inside(kind: str, name: str, spec: object, namespace: str = "team-a") -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def _release(chart: str, namespace: str, **values: object) -> Given:
    address = f"oci://registry.dc1.example.ae/charts/{chart}"
    return Given("kubernetes:helm.sh/v3:Release", {
        "chart": address, "version": "1.2.3", "namespace": namespace, "values": values}, chart, provider=KUBE,
        )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("images are signed by the pipeline of the bank, two images of the system aside", (
        _top("kyverno.io/v1:ClusterPolicy", "signed", {"rules": [{
            "name": "signed", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "verifyImages": [{
                "imageReferences": ["registry.dc1.example.ae/*"], "failureAction": "Enforce",
                "skipImageReferences": ["registry.dc1.example.ae/pause:*"],
                "attestors": [{"entries": [{"keyless": {"issuer": GITHUB, "subject": BUILD}}]}]}]}]}),
        _top("policies.kyverno.io/v1beta1:ImageValidatingPolicy", "signed-too", {
            "validationActions": ["Deny"], "matchConstraints": {"resourceRules": [ASKED]},
            "matchImageReferences": [{"glob": "registry.dc1.example.ae/*"}],
            "attestors": [{"name": "bank", "cosign": {"keyless": {"identities": [
                {"issuer": GITHUB, "subjectRegExp": "^https://github\\.com/bank/images/.+@refs/heads/main$"}]}}}],
            "validations": [{"message": "not signed", "expression":
                "images.containers.map(image, verifyImageSignatures(image, [attestors.bank])).all(e, e > 0)"}]})),
        "kyverno.io/docs/policy-types/cluster-policy/verify-images/sigstore"),
    Idiom("pods are restricted, and one image of the network may have its capability", (
        _top("kyverno.io/v1:ClusterPolicy", "restricted", {"rules": [{
            "name": "restricted", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]},
            "preconditions": {"all": [
                {"key": "{{ request.object.metadata.labels.tier || '' }}", "operator": "Equals", "value": "apps"}]},
            "exclude": {"any": [{"clusterRoles": ["cluster-admin"]}]},
            "validate": {"failureAction": "Enforce", "message": "restricted", "podSecurity": {
                "level": "restricted", "version": "latest", "exclude": [
                    {"controlName": "Capabilities", "images": ["registry.dc1.example.ae/cni:*"]},
                    {"controlName": "Privilege Escalation", "images": ["registry.dc1.example.ae/cni:*"]}]}}}]}),
        _inside("kyverno.io/v2:PolicyException", "cni", {
            "exceptions": [{"policyName": "restricted", "ruleNames": ["restricted"]}],
            "match": {"any": [{"resources": {"kinds": ["Pod", "DaemonSet"], "namespaces": ["network"],
                                             "names": ["cni*"]}}]}}, "kyverno")),
        "kyverno.io/docs/policy-types/cluster-policy/validate, podSecurity"),
    Idiom("a policy in CEL takes its limits from the platform's map", (
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "limits", {
            "failurePolicy": "Fail", "paramKind": {"apiVersion": "v1", "kind": "ConfigMap"},
            "matchConstraints": {"resourceRules": [ASKED]}, "validations": [
                {"expression": "size(object.spec.containers) <= int(params.data.containers)"}]}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "limits-binding", {
            "policyName": "limits", "validationActions": ["Deny"], "matchResources": {
                "resourceRules": [ASKED], "namespaceSelector": SYSTEM,
                "excludeResourceRules": [{**ASKED, "resources": ["pods/ephemeralcontainers"]}]},
            "paramRef": {"name": "limits", "namespace": "platform", "parameterNotFoundAction": "Deny"}}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicy", "keep", {
            "failurePolicy": "Fail", "validations": [
                {"expression": "!has(oldObject.metadata.labels) || !('keep' in oldObject.metadata.labels)"}],
            "matchConstraints": {"resourceRules": [
                {**ASKED, "operations": ["DELETE"], "resources": ["persistentvolumeclaims"]}]}}),
        _top("admissionregistration.k8s.io/v1:ValidatingAdmissionPolicyBinding", "keep-binding", {
            "policyName": "keep", "validationActions": ["Deny"]})),
        "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy"),
    Idiom("Gatekeeper knows namespaces, leaves the system out, and denies at admission", (
        _inside("config.gatekeeper.sh/v1alpha1:Config", "config", {
            "match": [{"excludedNamespaces": ["kube-*", "*-system"], "processes": ["*"]}],
            "sync": {"syncOnly": [{"group": "", "version": "v1", "kind": "Namespace"}]}}, "gatekeeper-system"),
        _top("constraints.gatekeeper.sh/v1beta1:K8sPSPPrivilegedContainer", "privileged", {
            "enforcementAction": "scoped", "scopedEnforcementActions": [
                {"action": "deny", "enforcementPoints": [{"name": "validation.gatekeeper.sh"}]},
                {"action": "warn", "enforcementPoints": [{"name": "audit.gatekeeper.sh"}]}],
            "match": {"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]},
            "parameters": {"exemptImages": ["registry.dc1.example.ae/system/*"]}}),
        _release("gatekeeper", "gatekeeper-system", replicas=3, validatingWebhookFailurePolicy="Fail",
                 disabledBuiltins=["{http.send}"], controllerManager={"exemptNamespaces": ["gatekeeper-system"]})),
        "open-policy-agent.github.io/gatekeeper/website/docs/enforcement-points"),
    Idiom("Kyverno's chart is asked about all but the system, with exceptions of the platform", (
        _release("kyverno", "kyverno", admissionController={"replicas": 3}, config={
            "excludeGroups": ["system:nodes"], "resourceFilters": ["[Event,*,*]", "[*/*,kube-system,*]", "[Node,*,*]"],
            "webhooks": {"namespaceSelector": SYSTEM}},
            features={"policyExceptions": {"enabled": True, "namespace": "kyverno"},
                      "omitEvents": {"eventTypes": ["PolicyApplied", "PolicySkipped"]}},
            apiCallToken={"audience": "kyverno-svc.kyverno.io"}),),
        "github.com/kyverno/kyverno, charts/kyverno/values.yaml"),
    Idiom("a team's project names its kinds, and its tokens end", (_inside(
        "argoproj.io/v1alpha1:AppProject", "team-a", {
        "sourceRepos": ["https://git.dc1.example.ae/team-a/apps.git"],
        "destinations": [{"server": HERE, "namespace": "team-a"}, {"server": HERE, "namespace": "team-a-test"}],
        "clusterResourceWhitelist": [{"group": "", "kind": "Namespace", "name": "team-a*"}],
        "destinationServiceAccounts": [
            {"server": HERE, "namespace": "team-a", "defaultServiceAccount": "team-a:deployer"}],
        "roles": [{"name": "ci", "policies": ["p, proj:team-a:ci, applications, sync, team-a/*, allow"],
                   "jwtTokens": [{"iat": 1795420800, "exp": 1803196800, "id": "ci"}]}]}, "argocd"),
        k8s("core/v1:ConfigMap", {"metadata": meta("argocd-rbac-cm", "argocd"), "data": {
            "policy.default": "role:reader", "scopes": "[groups]", "policy.csv":
                "p, role:reader, applications, get, */*, allow\ng, bank:platform, role:admin\n"}}, "argocd-rbac-cm"),
        k8s("core/v1:ConfigMap", {"metadata": meta("argocd-cmd-params-cm", "argocd"), "data": {
            "server.x.frame.options": "sameorigin", "server.api.content.types": "application/json",
            "server.tls.minversion": "1.2", "reposerver.allow.oob.symlinks": "false",
            "server.repo.server.plaintext": "false"}}, "argocd-cmd-params-cm")),
        "argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup"),
    Idiom("secrets of a namespace come from the vault by TLS, and go to one store", (
        _inside("external-secrets.io/v1:SecretStore", "vault", {"provider": {"vault": {
            "server": "https://vault.vault.svc.cluster.local:8200", "path": "kv", "version": "v2",
            "headers": {"X-Team": "team-a"}, "auth": {"jwt": {"path": "jwt", "role": "team-a",
                "kubernetesServiceAccountToken": {"serviceAccountRef": {"name": "app"}, "audiences": ["vault"],
                                                  "expirationSeconds": 600}}}}}}),
        _inside("external-secrets.io/v1:SecretStore", "keys", {"provider": {"azurekv": {
            "authType": "WorkloadIdentity", "vaultUrl": "https://bank.vault.azure.net",
            "tenantId": "22222222-3333-4444-5555-666666666666", "serviceAccountRef": {"name": "app"}}}}),
        _top("external-secrets.io/v1:ClusterSecretStore", "shared", {
            "conditions": [{"namespaces": ["team-a", "team-b"]}], "provider": {"kubernetes": {
                "remoteNamespace": "shared-secrets", "server": {"url": HERE, "caProvider": {
                    "type": "ConfigMap", "name": "kube-root-ca.crt", "key": "ca.crt", "namespace": "shared-secrets"}},
                "auth": {"serviceAccount": {"name": "reader", "namespace": "shared-secrets"}}}}}),
        _inside("external-secrets.io/v1alpha1:PushSecret", "ledger", {
            "secretStoreRefs": [{"name": "vault", "kind": "SecretStore"}], "selector": {"secret": {"name": "ledger"}},
            "data": [{"match": {"secretKey": "key", "remoteRef": {"remoteKey": "ledger"}}, "metadata": {
                "apiVersion": "kubernetes.external-secrets.io/v1alpha1", "kind": "PushSecretMetadata",
                "spec": {"secretType": "SecureString"}}}]}),
        _inside("generators.external-secrets.io/v1alpha1:SSHKey", "deploy", {"keyType": "rsa", "keySize": 4096})),
        "external-secrets.io/latest/provider/hashicorp-vault",
        {**OURS, **unpriced("kubernetes:external-secrets.io/v1alpha1:PushSecret::ledger")}),
    Idiom("the vault's chart serves TLS, for callers behind the bank's balancers", (_release(
        "vault", "vault", **{"global": {"tlsDisable": False}}, injector={"enabled": False}, server={
            "ha": {"enabled": True, "replicas": 3, "raft": {"enabled": True, "config": CONFIG}},
            "auditStorage": {"enabled": True, "size": "10Gi"}, "hostAliases": [
                {"ip": "10.30.0.9", "hostnames": ["login.dc1.example.ae"]}]}),),
        "developer.hashicorp.com/vault/docs/platform/k8s/helm"),
    Idiom("Dex and oauth2-proxy sign people of the bank in, with secrets of their own", (
        _release("dex", "auth", config={
            "issuer": "https://login.example.ae/dex", "oauth2": {"responseTypes": ["code"]},
            "grpc": {"addr": "0.0.0.0:5557", "tlsCert": "/tls/tls.crt", "tlsKey": "/tls/tls.key",
                     "tlsClientCA": "/tls/ca.crt"},
            "storage": {"type": "postgres", "config": {"host": "db.auth.svc", "ssl": {"mode": "verify-full"}}},
            "connectors": [{"type": "oidc", "id": "bank", "config": {
                "issuer": "https://login.example.ae/realms/bank", "clientID": "dex", "clientSecret": "$OIDC_SECRET"}}],
            "staticClients": [{"id": "notebooks", "name": "notebooks", "secretEnv": "NOTEBOOKS_SECRET",
                               "redirectURIs": ["https://notebooks.example.ae/hub/oauth_callback"]}]}),
        _release("oauth2-proxy", "auth", config={"existingSecret": "oauth", "emailDomains": ["example.ae"]},
                 extraArgs={"provider": "oidc", "oidc-issuer-url": "https://login.example.ae/realms/bank",
                            "upstream": "http://notebooks.team-a.svc", "code-challenge-method": "S256"})),
        "dexidp.io/docs/configuration"),
    Idiom("a virtual cluster of a team has the secrets of its namespace and a quota", (_release(
        "vcluster", "team-a", telemetry={"enabled": False}, policies={"resourceQuota": {"enabled": True}},
        sync={"fromHost": {"nodes": {"enabled": True}, "secrets": {
            "enabled": True, "mappings": {"byName": {"team-a/db": "default/db", "": "default"}}}}}),),
        "vcluster.com/docs/vcluster/configure/vcluster-yaml/sync/from-host/secrets"),
    Idiom("a rollout of a team stops by its errors", (
        _inside("argoproj.io/v1alpha1:AnalysisTemplate", "errors", {"args": [{"name": "password", "valueFrom": {
            "secretKeyRef": {"name": "prometheus", "key": "password"}}}], "metrics": [{
                "name": "errors", "interval": "1m", "count": 5, "failureLimit": 1,
                "successCondition": "result[0] < 0.01", "provider": {"prometheus": {
                    "address": "https://prometheus.monitoring.svc:9090", "query": "sum(rate(errors[5m]))",
                    "authentication": {"basicAuth": {"username": "ci", "password": "{{args.password}}"}}}}}]}),
        _inside("argoproj.io/v1alpha1:Rollout", "api", {
            "replicas": 2, "selector": {"matchLabels": {"app": "api"}}, "strategy": {"canary": {
                "steps": [{"setWeight": 20}, {"pause": {"duration": "10m"}}],
                "analysis": {"templates": [{"templateName": "errors"}], "dryRun": [{"metricName": "latency-new"}]},
                "trafficRouting": {"plugins": {"argoproj-labs/gatewayAPI": {"httpRoute": "api",
                                                                            "namespace": "team-a"}}}}},
            "template": {"metadata": {"labels": {**TAGS, "app": "api"}}, "spec": pod({})}})),
        "argo-rollouts.readthedocs.io/en/stable/analysis/prometheus"),
    Idiom("requests of pipelines have a level of their own behind the system", (
        _top("flowcontrol.apiserver.k8s.io/v1:PriorityLevelConfiguration", "pipelines", {"type": "Limited", "limited": {
            "nominalConcurrencyShares": 20, "limitResponse": {"type": "Queue", "queuing": {
                "queues": 64, "handSize": 6, "queueLengthLimit": 50}}}}),
        _top("flowcontrol.apiserver.k8s.io/v1:FlowSchema", "pipelines", {
            "priorityLevelConfiguration": {"name": "pipelines"}, "matchingPrecedence": 1000, "rules": [{
                "subjects": [{"kind": "ServiceAccount", "serviceAccount": {"name": "ci", "namespace": "pipelines"}}],
                "resourceRules": [{"verbs": ["get", "list"], "apiGroups": ["apps"], "resources": ["deployments"],
                                   "namespaces": ["*"]}]}]}),
        cluster_role({"apiGroups": ["external-secrets.io"], "resources": ["clustersecretstores"],
                      "verbs": ["get", "list", "watch"]})),
        "kubernetes.io/docs/concepts/cluster-administration/flow-control"),
)  # fmt: skip
