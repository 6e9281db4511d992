"""Attacks on stores of secrets, roles, rollouts and the API server, found by reading every field (2026-11-29).

Fields and defaults by external-secrets/external-secrets cc5bfbc22 (config/crds, providers), argoproj/argo-rollouts
9f8d111d8 (manifests/crds) and the API reference of Kubernetes 1.36; read 2026-11-29. Each passed the pack before.
"""

from ..blind import TAGS, THEIR_TENANT, cluster_role, k8s, meta, pod
from ..harness import Given
from . import Attack

ANY = ("FJ-IDN-", "FJ-ESC-", "FJ-ENC-", "FJ-EXP-")
STORES = "external-secrets.io/v1:"
MADE = "generators.external-secrets.io/v1alpha1:"
READER = {"name": "reader", "namespace": "external-secrets"}
HERE = "https://kubernetes.default.svc"
VAULT = {
    "server": "https://vault.vault.svc.cluster.local:8200", "path": "kv", "version": "v2",
    "auth": {"kubernetes": {"mountPath": "kubernetes", "role": "team-a", "serviceAccountRef": {"name": "app"}}},
}  # fmt: skip
PROMETHEUS = {"address": "https://prometheus.monitoring.svc:9090", "query": "sum(rate(errors[5m]))"}


def _top(kind: str, name: str, spec: object) -> tuple[Given, ...]:
    return (k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name),)


def _inside(kind: str, **spec: object) -> tuple[Given, ...]:
    return (k8s(kind, {"metadata": meta("x", "team-a"), "spec": spec}),)


def _store(**provider: object) -> tuple[Given, ...]:
    return _inside(f"{STORES}SecretStore", provider=provider)


def _shared(**provider: object) -> tuple[Given, ...]:
    return _top(f"{STORES}ClusterSecretStore", "shared", {"provider": provider})


def _pushed(metadata: object = None, **more: object) -> tuple[Given, ...]:
    data = {"match": {"secretKey": "key", "remoteRef": {"remoteKey": "ledger"}}}
    if metadata:
        data["metadata"] = {"apiVersion": "kubernetes.external-secrets.io/v1alpha1", "kind": "PushSecretMetadata",
                            "spec": metadata}  # fmt: skip
    return _inside("external-secrets.io/v1alpha1:PushSecret", **{
        "secretStoreRefs": [{"name": "shared", "kind": "ClusterSecretStore"}], "data": [data],
        "selector": {"secret": {"name": "ledger"}}, **more})  # fmt: skip


def _metric(**metric: object) -> tuple[Given, ...]:
    return _inside("argoproj.io/v1alpha1:AnalysisTemplate", metrics=[{
        "name": "errors", "interval": "1m", "failureLimit": 1, "successCondition": "result[0] < 0.01",
        "provider": {"prometheus": PROMETHEUS}, **metric}])  # fmt: skip


def _rollout(**canary: object) -> tuple[Given, ...]:
    labels = {**TAGS, "app": "x"}
    return _inside("argoproj.io/v1alpha1:Rollout", replicas=2, selector={"matchLabels": {"app": "x"}}, strategy={
        "canary": {"steps": [{"setWeight": 20}, {"pause": {"duration": "10m"}}], **canary}},
        template={"metadata": {"labels": labels}, "spec": pod({})})  # fmt: skip


def _role(group: str, kind: str, *verbs: str, **more: object) -> tuple[Given, ...]:
    return (cluster_role({"apiGroups": [group], "resources": [kind], "verbs": list(verbs), **more}),)


def _schema(**more: object) -> tuple[Given, ...]:
    return _top("flowcontrol.apiserver.k8s.io/v1:FlowSchema", "ci", {
        "priorityLevelConfiguration": {"name": "workload-low"}, "matchingPrecedence": 1000, "rules": [{
            "subjects": [{"kind": "ServiceAccount", "serviceAccount": {"name": "ci", "namespace": "team-a"}}],
            "resourceRules": [{"verbs": ["get"], "apiGroups": [""], "resources": ["pods"], "namespaces": ["team-a"]}],
        }], **more})  # fmt: skip


ATTACKS: tuple[Attack, ...] = (
    Attack("a store hands out any object of any namespace", ANY, _shared(crd={
        "resource": {"group": "", "version": "v1", "kind": "Secret"}, "auth": {"serviceAccount": READER},
        "server": {"url": HERE}}),
        "critical", "each namespace reads secrets of all others (External Secrets, ClusterSecretStore provider.crd)"),
    Attack("a store without a namespace hands out secrets of the default one", ANY, _shared(kubernetes={
        "server": {"url": HERE}, "auth": {"serviceAccount": READER}}),
        "critical", "remoteNamespace is default unless it is set (External Secrets, provider.kubernetes)"),
    Attack("tokens for the vault are valid for ten years", ANY, _store(vault={**VAULT, "auth": {"jwt": {
        "path": "jwt", "role": "team-a", "kubernetesServiceAccountToken": {
            "serviceAccountRef": {"name": "app"}, "audiences": ["vault"], "expirationSeconds": 315360000}}}}),
        "major", "who copied one signs in as the app (External Secrets, auth.jwt.kubernetesServiceAccountToken)"),
    Attack("the token of the vault stands in a header of its store", ANY, _store(
        vault={**VAULT, "headers": {"X-Vault-Token": "hvs." + "CAESIJzK3sLk0z9pWcQ8rT1yUuVx"}}),
        "critical", "whoever reads the program reads the vault (External Secrets, provider.vault.headers)"),
    Attack("a store reads the vault in plain text", ANY, _store(
        vault={**VAULT, "server": "http://vault.vault.svc:8200"}),
        "critical", "tokens and secrets cross the network (External Secrets, provider.vault.server)"),
    Attack("a store asks a program for secrets in plain text", ANY, _store(webhook={
        "url": "http://keys.platform.svc/{{ .remoteRef.key }}", "result": {"jsonPath": "$"},
        "headers": {"Authorization": "Bearer {{ .auth.token }}"}, "secrets": [
            {"name": "auth", "secretRef": {"name": "keys"}}]}),
        "critical", "tokens and secrets cross the network (External Secrets, provider.webhook.url)"),
    Attack("a generator asks a program for passwords in plain text", ANY, _inside(
        f"{MADE}Webhook", url="http://keys.platform.svc/new", result={"jsonPath": "$"}),
        "major", "passwords cross the network (External Secrets, Webhook.url)"),
    Attack("secrets come from the key vault of a stranger's tenant", ANY, _store(azurekv={
        "authType": "WorkloadIdentity", "vaultUrl": "https://bank.vault.azure.net", "tenantId": THEIR_TENANT,
        "serviceAccountRef": {"name": "app"}}),
        "critical", "a stranger says which passwords programs use (External Secrets, provider.azurekv.tenantId)"),
    Attack("secrets of a store are deleted without a way back", ANY, _store(aws={
        "service": "SecretsManager", "region": "me-central-1", "auth": {"jwt": {"serviceAccountRef": {"name": "app"}}},
        "secretsManager": {"forceDeleteWithoutRecovery": True}}),
        "major", "what was deleted in error is lost (External Secrets, secretsManager.forceDeleteWithoutRecovery)"),
    Attack("a secret of a store stands in the program", ANY, _store(fake={"data": [
        {"key": "ledger", "value": "Tr0ub4dor&3horse", "version": "v1"}]}),
        "major", "whoever reads the program has it (External Secrets, provider.fake)"),
    Attack("a secret is pushed to each store that somebody adds", ANY, _pushed(
        secretStoreRefs=[{"kind": "ClusterSecretStore", "labelSelector": {}}]),
        "critical", "the store of a stranger gets it (External Secrets, PushSecret.secretStoreRefs.labelSelector)"),
    Attack("each secret of a namespace is pushed to a store", ANY, _pushed(selector={"secret": {"selector": {}}}),
        "critical", "tokens of accounts leave the cluster (External Secrets, PushSecret.selector.secret.selector)"),
    Attack("a pushed secret may be given to everybody", ANY, _pushed({"resourcePolicy": {
        "blockPublicPolicy": False, "policySourceRef": {"kind": "ConfigMap", "name": "policy", "key": "policy"}}}),
        "major", "the map says who reads it (External Secrets, metadata.resourcePolicy of AWS)"),
    Attack("a pushed secret is a parameter in plain text", ANY, _pushed({"secretType": "String"}),
        "major", "it is stored without a key (External Secrets, metadata.secretType of Parameter Store)"),
    Attack("a key for SSH is short enough to break", ANY, _inside(f"{MADE}SSHKey", keyType="rsa", keySize=1024),
        "major", "who breaks it signs in (External Secrets, SSHKey.keySize)"),
    Attack("everybody's rollouts are measured by whoever is in between", ANY, _metric(
        provider={"prometheus": {**PROMETHEUS, "insecure": True}}),
        "major", "a broken version is promoted (Argo Rollouts, provider.prometheus.insecure)"),
    Attack("a password of Prometheus stands in a measurement", ANY, _metric(provider={"prometheus": {
        **PROMETHEUS, "authentication": {"basicAuth": {"username": "ci", "password": "Tr0ub4dor3horse"}}}}),
        "major", "whoever reads the template reads all metrics (Argo Rollouts, authentication.basicAuth)"),
    Attack("a measurement is always good", ANY, _metric(successCondition="true"),
        "major", "a broken version is promoted (Argo Rollouts, metrics.successCondition)"),
    Attack("measurements of a rollout stop nothing", ANY, _rollout(
        analysis={"templates": [{"templateName": "errors"}], "dryRun": [{"metricName": ".*"}]}),
        "major", "a broken version is promoted (Argo Rollouts, analysis.dryRun)"),
    Attack("a rollout shifts requests by the route of payments", ANY, _rollout(trafficRouting={"plugins": {
        "argoproj-labs/gatewayAPI": {"httpRoute": "api", "namespace": "payments"}}}),
        "critical", "requests to payments reach the team's pods (Argo Rollouts, trafficRouting.plugins)"),
    Attack("a role writes the stores of all secrets", ANY, _role(
        "external-secrets.io", "clustersecretstores", "create", "update"),
        "critical", "secrets of all are read with the controller's rights, or come from a stranger (External Secrets)"),
    Attack("a role gives out identities of the mesh", ANY, _role("spire.spiffe.io", "clusterspiffeids", "create"),
        "critical", "the team's pods are whoever they like (spiffe/helm-charts-hardened 8a28a1b9, ClusterSPIFFEID)"),
    Attack("a role installs operators", ANY, _role("operators.coreos.com", "clusterserviceversions", "create"),
        "critical", "an operator has the rights that its object states (OLM, ClusterServiceVersion, as known)"),
    Attack("a role writes tenants of Capsule", ANY, _role("capsule.clastix.io", "tenants", "update"),
        "critical", "it owns the namespaces of others (projectcapsule/capsule 65a4e19e, Tenant.spec.owners)"),
    Attack("a role propagates objects of all into clusters", ANY, _role(
        "policy.karmada.io", "clusterpropagationpolicies", "create"),
        "critical", "it sends others' objects elsewhere (karmada-io/karmada f8fdd02df, ClusterPropagationPolicy)"),
    Attack("a role assigns roles of Azure by objects", ANY, _role(
        "authorization.azure.com", "roleassignments", "create"),
        "critical", "it owns the subscription with the operator's rights (Azure Service Operator, as known)"),
    Attack("a role says which authorities pods trust", ANY, _role(
        "certificates.k8s.io", "clustertrustbundles", "create", "update"),
        "critical", "it stands in between all of them (Kubernetes, ClusterTrustBundle)"),
    Attack("a role attests for the signers of the cluster", ANY, _role(
        "certificates.k8s.io", "signers", "attest", resourceNames=["kubernetes.io/*"]),
        "critical", "its bundle stands for the API server's authority (Kubernetes, ClusterTrustBundle, attest)"),
    Attack("a role says whose requests wait", ANY, _role(
        "flowcontrol.apiserver.k8s.io", "flowschemas", "create", "update"),
        "major", "the API server answers nobody else (Kubernetes, FlowSchema)"),
    Attack("a role removes the policy on signatures", ANY, _role(
        "kyverno.io", "clusterpolicies", "delete", resourceNames=["signed"]),
        "critical", "each image starts (Kyverno, ClusterPolicy)"),
    Attack("a role sets the password of Argo CD", ANY, _role("", "secrets", "update", resourceNames=["argocd-secret"]),
        "critical", "it signs in as the administrator (Argo CD, argocd-secret admin.password)"),
    Attack("a role reads the keys that open the vault", ANY, _role(
        "", "secrets", "get", resourceNames=["vault-unseal-keys"]),
        "critical", "it reads every secret of the bank (Vault, 'Seal/Unseal')"),
    Attack("requests of an account pass as those of nodes", ANY, _schema(
        priorityLevelConfiguration={"name": "system"}),
        "major", "nodes are lost when it asks too much (Kubernetes, FlowSchema.priorityLevelConfiguration)"),
    Attack("requests of an account are sorted before those of nodes", ANY, _schema(matchingPrecedence=1),
        "major", "its schema takes requests of others in (Kubernetes, FlowSchema.matchingPrecedence)"),
    Attack("a level of requests has no limit", ANY, _top(
        "flowcontrol.apiserver.k8s.io/v1:PriorityLevelConfiguration", "ci", {"type": "Exempt"}),
        "major", "the API server answers nobody else (Kubernetes, PriorityLevelConfiguration.type)"),
    Attack("a program answers for the workloads of the cluster", ANY, _top(
        "apiregistration.k8s.io/v1:APIService", "v1.apps", {
            "group": "apps", "version": "v1", "service": {"name": "x", "namespace": "kube-system"}, "caBundle": "eA==",
            "groupPriorityMinimum": 20000, "versionPriority": 1000}),
        "critical", "it reads and rewrites each deployment (Kubernetes, APIServiceSpec.group)"),
    Attack("tokens of a driver are valid for ten years", ANY, _top("storage.k8s.io/v1:CSIDriver", "keys.example.ae", {
        "tokenRequests": [{"audience": "vault", "expirationSeconds": 315360000}], "requiresRepublish": True}),
        "major", "who copied one signs in as the app (Kubernetes, CSIDriverSpec.tokenRequests)"),
    Attack("a token is requested for ten years", ANY, _inside(
        "authentication.k8s.io/v1:TokenRequest", audiences=["vault"], expirationSeconds=315360000),
        "major", "who copied it signs in as the account (Kubernetes, TokenRequestSpec.expirationSeconds)"),
)  # fmt: skip
