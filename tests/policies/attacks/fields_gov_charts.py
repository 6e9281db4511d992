"""Attacks by values of the charts and maps of governing programs, found by reading every key (2026-11-29).

Keys and defaults by kyverno/kyverno 111e07bbec, open-policy-agent/gatekeeper dd8507eb97, argoproj/argo-cd 37ee0097cf
(docs/operator-manual) and argo-helm af0a9310, bitnami-labs/sealed-secrets 86671a88, hashicorp/vault-helm aa1c92e,
loft-sh/vcluster 487667546, fluxcd-community/helm-charts 82a385b, projectcapsule/capsule 65a4e19e,
kubernetes-sigs/secrets-store-csi-driver 0aad886f, spiffe/helm-charts-hardened 8a28a1b9, external-secrets cc5bfbc22,
dexidp/helm-charts c82afcc and oauth2-proxy/manifests fe328b0; read 2026-11-29. Each passed the pack before.
"""

from ..blind import KUBE, k8s, meta
from ..harness import Given
from . import Attack

ANY = ("FJ-IDN-", "FJ-ESC-", "FJ-ENC-", "FJ-EXP-")
HERE = "https://kubernetes.default.svc"
LOGIN = "https://login.example.ae/realms/bank"
RAFT = """listener "tcp" {
  address = "[::]:8200"
  tls_cert_file = "/vault/tls/tls.crt"
  tls_key_file = "/vault/tls/tls.key"
%s}
storage "%s" {}
%s
"""


def _release(chart: str, namespace: str, **values: object) -> tuple[Given, ...]:
    address = f"oci://registry.dc1.example.ae/charts/{chart}"
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": address, "version": "1.2.3", "namespace": namespace, "values": values}, chart, provider=KUBE),
        )  # fmt: skip


def _kyverno(**values: object) -> tuple[Given, ...]:
    return _release("kyverno", "kyverno", admissionController={"replicas": 3}, **values)


def _gatekeeper(**values: object) -> tuple[Given, ...]:
    return _release("gatekeeper", "gatekeeper-system", **{"validatingWebhookFailurePolicy": "Fail", **values})


def _vault(listener: str = "", store: str = "raft", other: str = "", **server: object) -> tuple[Given, ...]:
    config = RAFT % (listener, store, other)
    return _release("vault", "vault", **{"global": {"tlsDisable": False}}, server={
        "standalone": {"enabled": True, "config": config}, **server})  # fmt: skip


def _virtual(**values: object) -> tuple[Given, ...]:
    return _release("vcluster", "team-a", telemetry={"enabled": False}, **values)


def _capsule(**manager: object) -> tuple[Given, ...]:
    return _release("capsule", "capsule-system", manager=manager)


def _dex(**config: object) -> tuple[Given, ...]:
    own = {"type": "oidc", "id": "bank", "config": {
        "issuer": LOGIN, "clientID": "dex", "clientSecret": "$OIDC_SECRET"}}  # fmt: skip
    return _release("dex", "auth", config={"issuer": "https://login.example.ae/dex", "connectors": [own], **config})


def _argo(**values: object) -> tuple[Given, ...]:
    return _release("argo-cd", "argocd", **values)


def _map(name: str, **data: str) -> tuple[Given, ...]:
    return (k8s("core/v1:ConfigMap", {"metadata": meta(name, "argocd"), "data": data}, name),)


def _params(**data: str) -> tuple[Given, ...]:
    return _map("argocd-cmd-params-cm", **data)


ATTACKS: tuple[Attack, ...] = (
    Attack("policies of Kyverno leave everybody out by its chart", ANY, _kyverno(config={
        "excludeGroups": ["system:authenticated"]}),
        "critical", "no policy is evaluated (Kyverno chart, config.excludeGroups)"),
    Attack("policies of Kyverno leave out who may edit a namespace", ANY, _kyverno(config={
        "excludeClusterRoles": ["edit"]}),
        "critical", "each team has the role edit (Kyverno chart, config.excludeClusterRoles)"),
    Attack("policies of Kyverno leave out every pod by its chart", ANY, _kyverno(config={
        "resourceFiltersInclude": ["[Pod,*,*]"]}),
        "critical", "no pod is evaluated (Kyverno chart, config.resourceFiltersInclude)"),
    Attack("policies of Kyverno leave out namespaces of teams by a wildcard", ANY, _kyverno(config={
        "resourceFiltersIncludeNamespaces": ["team-*"]}),
        "critical", "no object of them is evaluated (Kyverno chart, config.resourceFiltersIncludeNamespaces)"),
    Attack("Kyverno is asked about what opts in only", ANY, _kyverno(config={
        "webhooks": {"namespaceSelector": {"matchLabels": {"policies": "enabled"}}}}),
        "critical", "no other object is evaluated (Kyverno chart, config.webhooks)"),
    Attack("Kyverno is asked about nothing", ANY, _kyverno(config={
        "matchConditions": [{"name": "later", "expression": "false"}]}),
        "critical", "no object is evaluated (Kyverno chart, config.matchConditions)"),
    Attack("teams write exceptions of policies in their namespace", ANY, _kyverno(features={
        "policyExceptions": {"enabled": True, "namespace": "team-a"}}),
        "critical", "the team leaves itself out (Kyverno chart, features.policyExceptions.namespace)"),
    Attack("Kyverno asks registries in plain text", ANY, _kyverno(features={
        "registryClient": {"allowInsecure": True}}),
        "critical", "whoever is in between says who signed (Kyverno chart, features.registryClient.allowInsecure)"),
    Attack("Kyverno writes what it is asked about into its log", ANY, _kyverno(features={
        "dumpPayload": {"enabled": True}}),
        "critical", "each secret that is written stands in logs (Kyverno chart, features.dumpPayload)"),
    Attack("violations of policies are recorded nowhere", ANY, _kyverno(features={
        "policyReports": {"enabled": False}, "omitEvents": {"eventTypes": ["PolicyViolation"]}}),
        "major", "nobody sees what an audit finds (Kyverno chart, features.policyReports and omitEvents)"),
    Attack("services that policies call get a token for the cluster", ANY, _kyverno(
        apiCallToken={"audience": HERE}),
        "critical", "the service acts as Kyverno (Kyverno chart, apiCallToken.audience)"),
    Attack("Gatekeeper lets pass what it cannot evaluate", ANY, _gatekeeper(validatingWebhookFailurePolicy="Ignore"),
        "critical", "whoever stops it creates what he likes (Gatekeeper chart, validatingWebhookFailurePolicy)"),
    Attack("Gatekeeper lets pass what it cannot evaluate by default", ANY, _release(
        "gatekeeper", "gatekeeper-system", replicas=3),
        "critical", "the chart's default is Ignore (Gatekeeper chart, validatingWebhookFailurePolicy)"),
    Attack("objects leave themselves out of Gatekeeper by a label", ANY, _gatekeeper(validatingWebhookObjectSelector={
        "matchExpressions": [{"key": "skip", "operator": "DoesNotExist"}]}),
        "critical", "whoever writes a pod sets the label (Gatekeeper chart, validatingWebhookObjectSelector)"),
    Attack("Gatekeeper is asked about nothing", ANY, _gatekeeper(
        validatingWebhookMatchConditions=[{"name": "later", "expression": "false"}]),
        "critical", "no object is evaluated (Gatekeeper chart, validatingWebhookMatchConditions)"),
    Attack("Gatekeeper is asked about kinds of nobody", ANY, _gatekeeper(validatingWebhookCustomRules={"rules": [{
        "apiGroups": ["example.ae"], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["nothing"]}]}),
        "critical", "no pod is evaluated (Gatekeeper chart, validatingWebhookCustomRules)"),
    Attack("Gatekeeper evaluates objects of the cluster only", ANY, _gatekeeper(validatingWebhookScope="Cluster"),
        "critical", "no pod is evaluated (Gatekeeper chart, validatingWebhookScope)"),
    Attack("programs of Gatekeeper send requests", ANY, _gatekeeper(disabledBuiltins=["{}"]),
        "major", "a template sends each object to a stranger (Gatekeeper chart, disabledBuiltins)"),
    Attack("the namespace of Gatekeeper lets privileged pods start", ANY, _gatekeeper(postInstall={"labelNamespace": {
        "enabled": True, "podSecurity": ["pod-security.kubernetes.io/enforce=privileged"]}}),
        "major", "whoever may write there reaches the node (Gatekeeper chart, postInstall.labelNamespace)"),
    Attack("a controller of secrets writes every kind", ANY, _release("external-secrets", "external-secrets",
        genericTargets={"enabled": True, "resources": [
            {"apiGroup": "*", "resources": ["*"], "verbs": ["create", "update"]}]}),
        "critical", "a team writes roles by it (External Secrets chart, genericTargets.resources)"),
    Attack("the server of Argo CD runs commands in every pod", ANY, _argo(server={"clusterRoleRules": {
        "enabled": True, "rules": [{"apiGroups": [""], "resources": ["pods/exec"], "verbs": ["create"]}]}}),
        "critical", "whoever finds a flaw in it is in each pod (Argo CD chart, server.clusterRoleRules)"),
    Attack("the vault's chart leaves its listener in plain text", ANY, _release("vault", "vault", server={
        "ha": {"enabled": True, "replicas": 3}}),
        "critical", "tokens and secrets cross the network (Vault chart, global.tlsDisable is true by default)"),
    Attack("an operator of the vault reads its storage", ANY, _vault(other="raw_storage_endpoint = true"),
        "critical", "policies of the vault have no effect (Vault, raw_storage_endpoint)"),
    Attack("the memory of the vault is served to everybody", ANY, _vault(
        "  profiling {\n    unauthenticated_pprof_access = true\n  }\n"),
        "critical", "keys are in its memory (Vault, unauthenticated_pprof_access)"),
    Attack("the vault accepts outdated TLS", ANY, _vault('  tls_min_version = "tls10"\n'),
        "major", "tokens are read by whoever breaks it (Vault, tls_min_version)"),
    Attack("callers tell the vault from where they come", ANY, _vault(
        '  x_forwarded_for_authorized_addrs = "0.0.0.0/0"\n'),
        "major", "tokens bound to addresses are used from everywhere (Vault, x_forwarded_for_authorized_addrs)"),
    Attack("the vault keeps its secrets in memory", ANY, _vault(store="inmem"),
        "major", "they are lost with the pod (Vault, storage inmem)"),
    Attack("the vault's account has a token for ever", ANY, _vault(serviceAccount={"createSecret": True}),
        "major", "who copied it reviews tokens as the vault (Vault chart, server.serviceAccount.createSecret)"),
    Attack("a key that opens all sealed secrets is kept for ever", ANY, _release(
        "sealed-secrets", "sealed-secrets", keyrenewperiod="0"),
        "major", "who copied it once opens all to come (Sealed Secrets chart, keyrenewperiod)"),
    Attack("everybody calls the controller of sealed secrets", ANY, _release("sealed-secrets", "sealed-secrets", rbac={
        "serviceProxier": {"create": True, "bind": True, "subjects":
                           "- apiGroup: rbac.authorization.k8s.io\n  kind: Group\n  name: system:unauthenticated\n"}}),
        "major", "strangers reach a program by the API server (Sealed Secrets chart, rbac.serviceProxier.subjects)"),
    Attack("a virtual cluster changes the nodes of all", ANY, _virtual(sync={"fromHost": {
        "nodes": {"enabled": True, "syncBackChanges": True}}}),
        "critical", "pods of others move to nodes of the tenant (vCluster, sync.fromHost.nodes.syncBackChanges)"),
    Attack("a virtual cluster makes volumes on nodes", ANY, _virtual(sync={"toHost": {
        "persistentVolumes": {"enabled": True}}}),
        "critical", "a volume on a directory of the node reads it (vCluster, sync.toHost.persistentVolumes)"),
    Attack("a virtual cluster reads the secrets of payments", ANY, _virtual(sync={"fromHost": {"secrets": {
        "enabled": True, "mappings": {"byName": {"payments/*": "default/*"}}}}}),
        "critical", "the tenant has all of them (vCluster, sync.fromHost.secrets.mappings)"),
    Attack("a virtual cluster writes its administrator's secret elsewhere", ANY, _virtual(
        exportKubeConfig={"secret": {"name": "kubeconfig", "namespace": "team-b"}}),
        "major", "the other team is its administrator (vCluster, exportKubeConfig.secret)"),
    Attack("a virtual cluster installs a chart of a stranger", ANY, _virtual(experimental={"deploy": {"vcluster": {
        "helm": [{"chart": {"name": "agent", "repo": "https://charts.example.com", "version": "1.0.0"}}]}}}),
        "critical", "no guardrail sees what it starts (vCluster, experimental.deploy.vcluster.helm)"),
    Attack("Flux runs programs that a kubeconfig names", ANY, _release("flux2", "flux-system", kustomizeController={
        "container": {"additionalArgs": ["--insecure-kubeconfig-exec=true"]}}),
        "critical", "a team's secret runs a program in the controller (Flux, --insecure-kubeconfig-exec)"),
    Attack("objects of teams are applied by the account of Flux", ANY, _release("flux2", "flux-system", multitenancy={
        "enabled": True, "defaultServiceAccount": "kustomize-controller"}),
        "critical", "a team deploys anything (Flux chart, multitenancy.defaultServiceAccount)"),
    Attack("applications of Argo CD come by a chart", ANY, _release("argocd-apps", "argocd", applications={"all": {
        "project": "default", "source": {"repoURL": "https://git.dc1.example.ae/apps.git", "path": "."},
        "destination": {"server": HERE, "namespace": "kube-system"}}}),
        "critical", "no guardrail sees what the repository deploys (argo-helm, argocd-apps)"),
    Attack("everybody is a user of Capsule", ANY, _capsule(options={
        "users": [{"kind": "Group", "name": "system:serviceaccounts"}]}),
        "critical", "each account makes namespaces (Capsule chart, manager.options.users)"),
    Attack("tenants' objects pass while Capsule is down", ANY, _release("capsule", "capsule-system", webhooks={
        "hooks": {"namespaces": {"failurePolicy": "Ignore"}}}),
        "critical", "who stops it takes namespaces of others (Capsule chart, webhooks.hooks)"),
    Attack("a driver of secrets gets tokens for the cluster", ANY, _release(
        "secrets-store-csi-driver", "kube-system", tokenRequests=[{"audience": HERE}]),
        "critical", "a provider acts as each pod's account (Secrets Store CSI chart, tokenRequests)"),
    Attack("an agent of SPIRE does not verify the kubelet", ANY, _release("spire", "spire-system", **{"spire-agent": {
        "workloadAttestors": {"k8s": {"verification": {"type": "skip"}}}}}),
        "critical", "whoever answers says which pod asks (SPIRE chart, workloadAttestors.k8s.verification)"),
    Attack("pods administer all identities of SPIRE", ANY, _release("spire", "spire-server", **{"spire-server": {
        "controllerManager": {"identities": {"clusterSPIFFEIDs": {"default": {"admin": True}}}}}}),
        "critical", "each pod makes itself any identity (SPIRE chart, identities.clusterSPIFFEIDs.default.admin)"),
    Attack("identities of SPIRE are valid for ten years", ANY, _release("spire", "spire-server", **{"spire-server": {
        "defaultX509SvidTTL": "87600h"}}),
        "major", "who copied one is the pod (SPIRE chart, defaultX509SvidTTL)"),
    Attack("who writes an address into his account is another one", ANY, _release("oauth2-proxy", "auth", config={
        "existingSecret": "oauth", "emailDomains": ["example.ae"]}, extraArgs={
            "provider": "oidc", "oidc-issuer-url": LOGIN, "insecure-oidc-allow-unverified-email": True}),
        "critical", "the address is not verified (oauth2-proxy, insecure-oidc-allow-unverified-email)"),
    Attack("the secret of cookies stands in the program", ANY, _release("oauth2-proxy", "auth", config={
        "existingSecret": "", "cookieSecret": "uLJ3fYk0m2Qe8dXc"}, extraArgs={
            "provider": "oidc", "oidc-issuer-url": LOGIN}),
        "critical", "whoever reads it makes sessions (oauth2-proxy chart, config.cookieSecret)"),
    Attack("Dex takes a header for the user", ANY, _dex(connectors=[{"type": "authproxy", "id": "proxy"}]),
        "critical", "whoever reaches it is anybody (Dex, Authproxy)"),
    Attack("Dex hands out tokens in addresses", ANY, _dex(oauth2={"responseTypes": ["token", "id_token"]}),
        "major", "they stand in logs and histories (Dex, oauth2.responseTypes)"),
    Attack("the secret of a client of Dex stands in the program", ANY, _dex(staticClients=[
        {"id": "notebooks", "name": "notebooks", "secret": "Tr0ub4dor3horse",
         "redirectURIs": ["https://notebooks.example.ae/hub/oauth_callback"]}]),
        "major", "whoever reads it gets tokens as the client (Dex, staticClients.secret)"),
    Attack("Dex keeps its tokens by a connection in plain text", ANY, _dex(storage={
        "type": "postgres", "config": {"host": "db.auth.svc", "ssl": {"mode": "disable"}}}),
        "critical", "passwords and tokens cross the network (Dex, storage.config.ssl)"),
    Attack("everybody in the network administers Dex", ANY, _dex(grpc={"addr": "0.0.0.0:5557"}),
        "critical", "a client of one's own gets tokens of each user (Dex, grpc)"),
    Attack("the dashboard of rollouts is open at a host", ANY, _release("argo-rollouts", "argo-rollouts", dashboard={
        "enabled": True, "ingress": {"enabled": True, "hosts": ["rollouts.example.ae"]}}),
        "critical", "whoever calls it promotes versions (Argo Rollouts chart, dashboard.ingress)"),
    Attack("health checks of Argo CD run programs", ANY, _map("argocd-cm", **{
        "resource.customizations.useOpenLibs.apps_Deployment": "true"}),
        "critical", "a script in the map runs with its rights (Argo CD, useOpenLibs)"),
    Attack("applications without an account have the rights of Argo CD", ANY, _map("argocd-cm", **{
        "application.sync.impersonation.enabled": "true", "application.sync.impersonation.enforced": "false"}),
        "critical", "a team that names none deploys anything (Argo CD, application.sync.impersonation.enforced)"),
    Attack("visits of users of Argo CD go to Google", ANY, _map("argocd-cm", **{"ga.trackingid": "G-XXXXXXXXXX"}),
        "major", "names of applications leave the country (Argo CD, ga.trackingid)"),
    Attack("tokens without an audience sign in to Argo CD", ANY, _map("argocd-cm", **{"oidc.config":
        "name: Bank\nissuer: https://login.example.ae/realms/bank\nclientID: argocd\n"
        "skipAudienceCheckWhenTokenHasNoAudience: true\n"}),
        "major", "a token of another program is enough (Argo CD, skipAudienceCheckWhenTokenHasNoAudience)"),
    Attack("everybody who signs in to Argo CD may do everything", ANY, _map("argocd-rbac-cm", **{
        "policy.default": "role:staff", "policy.csv": "p, role:staff, *, *, *, allow\n"}),
        "critical", "each employee deploys anything (Argo CD, policy.default and policy.csv)"),
    Attack("everybody who signs in to Argo CD is its administrator by its chart", ANY, _argo(configs={"rbac": {
        "policy.default": "role:staff", "policy.csv": "g, role:staff, role:admin\n"}}),
        "critical", "each employee deploys anything (Argo CD chart, configs.rbac)"),
    Attack("pages of others show Argo CD in a frame", ANY, _params(**{"server.x.frame.options": ""}),
        "major", "users click what they do not see (Argo CD, server.x.frame.options)"),
    Attack("pages of others send requests to Argo CD", ANY, _params(**{"server.api.content.types": ""}),
        "major", "they deploy in the name of the user (Argo CD, server.api.content.types)"),
    Attack("manifests of Argo CD cross the network in plain text", ANY, _params(**{
        "controller.repo.server.plaintext": "true"}),
        "major", "whoever is in between deploys (Argo CD, controller.repo.server.plaintext)"),
    Attack("Argo CD accepts outdated TLS", ANY, _params(**{"server.tls.minversion": "1.0"}),
        "major", "tokens are read by whoever breaks it (Argo CD, server.tls.minversion)"),
    Attack("repositories read files of each other in Argo CD", ANY, _params(**{
        "reposerver.allow.oob.symlinks": "true"}),
        "critical", "a link leads to the keys of another one (Argo CD, reposerver.allow.oob.symlinks)"),
    Attack("the host of a repository is not verified", ANY, _argo(configs={"repositories": {"apps": {
        "url": "git@git.dc1.example.ae:apps.git", "insecureIgnoreHostKey": "true"}}}),
        "critical", "whoever is in between deploys (Argo CD, argocd-repositories.yaml)"),
    Attack("the name of a repository leads to a stranger", ANY, _argo(**{"global": {"hostAliases": [
        {"ip": "203.0.113.7", "hostnames": ["git.dc1.example.ae"]}]}}),
        "major", "what the stranger has is deployed (Argo CD chart, global.hostAliases)"),
)  # fmt: skip
