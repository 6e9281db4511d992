"""Attacks on clusters by delivery, builds, federation, values of charts and programs (2026-11-30, seventeenth set,
blind).

Fields as in the sources named; 'read' is the day on which they were looked up.
"""

from typing import cast

from ..blind import ME, TAGS, k8s, meta, release, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
READ = "read 2026-11-30"
HOOK = "init.hook.restore.velero.io"


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace), "spec": spec}, name)


def _text(name: str, namespace: str, data: dict[str, str], **labels: str) -> tuple[Given, ...]:
    return (
        k8s(
            "core/v1:ConfigMap",
            {"metadata": {"name": name, "namespace": namespace, "labels": {**TAGS, **labels}}, "data": data},
            name,
        ),
    )


def _image(name: str) -> str:
    """Returns the image of a program in the bank's registry, by its digest."""
    return f"{ME}.dkr.ecr.me-central-1.amazonaws.com/{name}@sha256:" + "f" * 64


def _secret(variable: str, name: str, key: str = "value") -> dict[str, object]:
    return {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": key}}}


def _budget() -> Given:
    return k8s("policy/v1:PodDisruptionBudget", {
        "metadata": meta(), "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "x"}}}})  # fmt: skip


def _program(name: str, secrets: dict[str, str], variables: dict[str, str], **container: object) -> tuple[Given, ...]:
    """Returns a Deployment of a program of the bank's registry with variables and secrets, and its budget."""
    env = [*(_secret(key, name, item) for key, item in secrets.items()),
           *({"name": key, "value": item} for key, item in variables.items())]  # fmt: skip
    return (workload("apps/v1:Deployment", {"image": _image(name), "env": env, **container}), _budget())


def _restored(annotations: dict[str, str]) -> tuple[Given, ...]:
    """Returns a StatefulSet whose pods carry annotations, and its budget."""
    given = workload("apps/v1:StatefulSet", {})
    spec = cast("dict[str, dict[str, dict[str, object]]]", given.props["spec"])
    metadata = {**spec["template"]["metadata"], "annotations": annotations}
    return (
        k8s(
            "apps/v1:StatefulSet",
            {**given.props, "spec": {**spec, "template": {**spec["template"], "metadata": metadata}}},
        ),
        _budget(),
    )


MEASURES = """- name: "bank/figures"
  location: "https://plugins.team-b.svc.cluster.local:8443/metric-plugin-linux-amd64"
"""
SIDECAR = """name: notes-executor-plugin
image: ghcr.io/published-by-somebody/notes-plugin:1.4
ports:
- containerPort: 4355
securityContext:
  runAsNonRoot: true
  runAsUser: 65534
resources:
  requests: {cpu: 100m, memory: 64Mi}
  limits: {cpu: 200m, memory: 64Mi}
"""
FILTERS = """[FILTER]
    Name grep
    Match *
    Exclude log .
"""
OUTPUT = """[OUTPUT]
    Name cloudwatch_logs
    Match *
    region me-central-1
    log_group_name /platform/fargate
    log_stream_prefix pods-
    auto_create_group false
"""
TEMPLATE = (
    '{"method": "{{.Request.Method}}", "url": "{{js .Request.RequestURI}}", '
    '"authorization": "{{js (.Request.Header.Get \\"Authorization\\")}}", "status": {{.Response.Code}}}'
)
EVERYTHING = {
    "goTemplate": True, "goTemplateOptions": ["missingkey=error"], "generators": [{"scmProvider": {
        "gitlab": {"api": "https://git.git.svc", "group": "42", "includeSubgroups": True, "allBranches": True,
                   "tokenRef": {"secretName": "gitlab", "key": "token"}}}}],
    "template": {
        "metadata": {"name": "{{ .repository }}-{{ .branchNormalized }}"}, "spec": {
            "project": "payments",
            "source": {"repoURL": "{{ .url }}", "targetRevision": "{{ .sha }}", "path": "deploy"},
            "destination": {"server": "https://kubernetes.default.svc", "namespace": "payments"},
            "syncPolicy": {"automated": {"prune": False, "selfHeal": True}}}}}  # fmt: skip
LIMITED = {
    "securityContext": {
        "runAsNonRoot": True, "runAsUser": 10001, "allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]}, "seccompProfile": {"type": "RuntimeDefault"}},
    "computeResources": {
        "requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"cpu": "1", "memory": "128Mi"}}}  # fmt: skip
STEPS = {
    "params": [{"name": "image", "type": "string"}], "steps": [
        {"name": "verify", "image": _image("cosign"), "onError": "continue", **LIMITED,
         "command": ["cosign", "verify", "--key", "/keys/cosign.pub", "$(params.image)"]},
        {"name": "promote", "image": _image("crane"), **LIMITED,
         "command": ["crane", "tag", "$(params.image)", "released"]}]}  # fmt: skip
VAULT = """ui = false
listener "tcp" {
  address = "[::]:8200"
  cluster_address = "[::]:8201"
  tls_cert_file = "/vault/tls/tls.crt"
  tls_key_file = "/vault/tls/tls.key"
  telemetry {
    unauthenticated_metrics_access = true
  }
}
storage "raft" {
  path = "/vault/data"
}
seal "awskms" {
  region = "me-central-1"
  kms_key_id = "alias/vault"
}
"""
MODELS = {
    "masterkeySecretName": "litellm", "db": {"useExisting": True, "deployStandalone": False, "endpoint": "pg.data.svc"},
    "proxy_config": {
        "model_list": [{"model_name": "f", "litellm_params": {
            "model": "hosted_vllm/f", "api_base": "http://vllm.models.svc:8000/v1"}}],
        "general_settings": {"store_prompts_in_spend_logs": True}}}  # fmt: skip
BOARDS = {
    "runAsUser": 1000, "init": {"createAdmin": False}, "postgresql": {"enabled": False}, "redis": {"enabled": False},
    "secretEnv": {"create": False}, "configOverrides": {"own": "WTF_CSRF_ENABLED = False\n"}}  # fmt: skip

ATTACKS = (
    Attack("the controller of releases runs a program that a team serves", OPEN, _text(
        "argo-rollouts-config", "argo-rollouts", {"metricProviderPlugins": MEASURES}),
        "critical", "without a checksum the team's program runs with the controller's rights over each Deployment "
        f"(argo-rollouts 9f8d111d8, docs/analysis/plugins.md, metricProviderPlugins.location, {READ})"),
    Attack("each branch that somebody pushes is deployed into payments", OPEN, (
        _in("argocd", "argoproj.io/v1alpha1:ApplicationSet", "everything", EVERYTHING),),
        "critical", "whoever makes a repository or a branch in the group runs what he likes there, and nobody looks at "
        f"it before (argo-cd 37ee0097c, Generators-SCM-Provider.md, allBranches, {READ})"),
    Attack("machines without nodes lose each line of their programs", OPEN, _text(
        "aws-logging", "aws-observability", {"filters.conf": FILTERS, "output.conf": OUTPUT, "flb_log_cw": "false"}),
        "major", "no pod of Fargate leaves a line for who asks later (amazon-eks-user-guide 4d52b4d0, latest/ug/nodes/"
        f"fargate-logging.adoc, filters.conf, {READ})"),
    Attack("what is restored starts a container of a stranger first", OPEN, _restored({
        f"{HOOK}/container-image": "ghcr.io/published-by-somebody/restore-tool:2.0",
        f"{HOOK}/container-name": "prepare", f"{HOOK}/command": '["/prepare"]'}),
        "critical", "on the day of a loss his program has the disks and keys of the pod (velero d2241adba, site/"
        f"content/docs/main/restore-hooks.md, container-image, {READ})"),
    Attack("the password of charts goes to each host that an index names", OPEN, (
        _in("flux-system", "source.toolkit.fluxcd.io/v1:HelmRepository", "charts", {
            "url": "https://charts.platform.svc/stable", "interval": "1h", "secretRef": {"name": "charts"},
            "passCredentials": True}),),
        "minor", "who writes one line into the index has the password (CRD of HelmRepository, passCredentials, "
        f"datreeio/CRDs-catalog 7b1e26ef, {READ})"),
    Attack("a function of a stranger makes up the infrastructure of teams", OPEN, (
        _top("pkg.crossplane.io/v1:Function", "compose", {
            "package": "xpkg.upbound.io/published-by-somebody/function-compose:v0.9.0",
            "packagePullPolicy": "IfNotPresent"}),),
        "critical", "his program says which roles, networks and databases exist (CRD of Function, package, "
        f"datreeio/CRDs-catalog 7b1e26ef, {READ})"),
    Attack("a program of a stranger stands beside each agent of workflows", OPEN, _text(
        "notes-executor-plugin", "argo", {
            "sidecar.automountServiceAccountToken": "true", "sidecar.container": SIDECAR},
        **{"workflows.argoproj.io/configmap-type": "ExecutorPlugin"}),
        "critical", "it reads each template with its parameters and has a token of the cluster (argo-workflows "
        f"f016ad89eb, docs/executor_plugins.md; workflow/util/plugin/configmap.go, {READ})"),
    Attack("tokens of each request stand in the log of functions", OPEN, _text(
        "config-observability", "knative-serving", {
            "logging.enable-request-log": "true", "logging.request-log-template": TEMPLATE}),
        "major", "whoever reads logs calls each service as its users (knative/serving 98e5ef90aa, config/core/"
        f"configmaps/observability.yaml, logging.request-log-template, {READ})"),
    Attack("an image whose signature is wrong is released all the same", OPEN, (
        _in("builds", "tekton.dev/v1:Task", "release", STEPS),),
        "major", "the step that verifies may fail, and the next one runs (tektoncd/pipeline 3ee1745ae, docs/tasks.md, "
        f"steps.onError continue, {READ})"),
    Attack("identities of a stranger's domain are believed in the cluster", OPEN, (
        _top("spire.spiffe.io/v1alpha1:ClusterFederatedTrustDomain", "partner", {
            "trustDomain": "published-by-somebody.io", "className": "spire-server",
            "bundleEndpointURL": "https://spire.published-by-somebody.io/bundle",
            "bundleEndpointProfile": {"type": "https_web"}}),),
        "critical", "workloads that federate take his certificates for good ones (spire-controller-manager 430567c, "
        f"docs/clusterfederatedtrustdomain-crd.md, bundleEndpointURL, {READ})"),
    Attack("the server of the mesh asks no proxy who it is", OPEN, release("istiod", "1.28.0", {
        "pilot": {"env": {"XDS_AUTH": "false"}}, "meshConfig": {"accessLogFile": "/dev/stdout"}}, "istio-system"),
        "critical", "any pod gets the routes, endpoints and secrets of gateways (istio 86c9f01fd73, pilot/pkg/features/"
        f"security.go, XDS_AUTH, {READ})"),
    Attack("names of hosts for certificates are asked of a server abroad", OPEN, release("cert-manager", "v1.19.1", {
        "crds": {"enabled": True}, "global": {"leaderElection": {"namespace": "cert-manager"}},
        "extraArgs": ["--dns01-recursive-nameservers-only=true", "--dns01-recursive-nameservers=8.8.8.8:53"]}),
        "minor", "who runs the server learns each inner host before it exists, and answers for it (cert-manager "
        f"2d0d7f7f7, cmd/controller/app/options/options.go, dns01-recursive-nameservers, {READ})"),
    Attack("figures of the vault are anybody's", OPEN, release("vault", "0.31.0", {
        "global": {"tlsDisable": False}, "injector": {"enabled": False},
        "server": {"standalone": {"enabled": True, "config": VAULT}, "auditStorage": {"enabled": True}}}),
        "minor", "without a token each pod reads which mounts there are and how often each is used (Vault, 'tcp "
        f"listener', unauthenticated_metrics_access, {READ})"),
    Attack("what people ask of models is kept beside the bills", OPEN, release("litellm-helm", "0.1.800", MODELS),
        "major", "each administrator of budgets reads questions and answers of customers (docs.litellm.ai, proxy/"
        f"ui_logs, store_prompts_in_spend_logs, {READ})"),
    Attack("a page of anybody acts with the session of who reads boards", OPEN, release("superset", "0.15.1", BOARDS),
        "major", "a link runs a query or gives a right in the reader's name (Apache Superset, 'Security "
        f"configurations', WTF_CSRF_ENABLED, {READ})"),
    Attack("whoever asks a model loads weights into its server", OPEN, _program(
        "vllm-cpu", {"VLLM_API_KEY": "key"}, {"VLLM_ALLOW_RUNTIME_LORA_UPDATING": "True", "HF_HUB_OFFLINE": "1"},
        args=["--model", "/models/falcon", "--enable-lora", "--ssl-keyfile", "/tls/tls.key", "--ssl-certfile",
              "/tls/tls.crt"]),
        "major", "he replaces an adapter that answers customers by his own files (docs.vllm.ai, features/lora, "
        f"VLLM_ALLOW_RUNTIME_LORA_UPDATING: risky in production, {READ})"),
    Attack("a page that administers databases has no sign-in", OPEN, _program(
        "pgadmin", {"PGADMIN_DEFAULT_PASSWORD": "password"}, {
            "PGADMIN_DEFAULT_EMAIL": "dba@example.ae", "PGADMIN_ENABLE_TLS": "True",
            "PGADMIN_CONFIG_SERVER_MODE": "False"}),
        "critical", "in the mode of a desk whoever opens the page has each saved connection (pgadmin.org, 'Container "
        f"deployment', PGADMIN_CONFIG_, SERVER_MODE, {READ})"),
    Attack("a page for documents asks for no password", OPEN, _program(
        "mongo-express", {"ME_CONFIG_MONGODB_URL": "url"}, {
            "ME_CONFIG_BASICAUTH": "false", "ME_CONFIG_SITE_SSL_ENABLED": "true",
            "ME_CONFIG_SITE_SSL_CRT_PATH": "/tls/tls.crt", "ME_CONFIG_SITE_SSL_KEY_PATH": "/tls/tls.key"}),
        "critical", "each pod reads and deletes each document as the page's own user (mongo-express, README, "
        f"ME_CONFIG_BASICAUTH, {READ})"),
    Attack("a broker of messages takes whoever gives no name", OPEN, _program(
        "artemis", {"ARTEMIS_USER": "user", "ARTEMIS_PASSWORD": "password"}, {"ANONYMOUS_LOGIN": "true"}),
        "critical", "each pod reads and sends messages of payments (apache/activemq-artemis, artemis-docker, "
        f"ANONYMOUS_LOGIN, {READ})"),
    Attack("a store of measurements asks nobody who he is", OPEN, _program(
        "influxdb", {"INFLUXDB_ADMIN_PASSWORD": "password"}, {
            "INFLUXDB_ADMIN_USER": "admin", "INFLUXDB_HTTP_AUTH_ENABLED": "false",
            "INFLUXDB_HTTP_HTTPS_ENABLED": "true", "INFLUXDB_HTTP_HTTPS_CERTIFICATE": "/tls/tls.crt",
            "INFLUXDB_HTTP_HTTPS_PRIVATE_KEY": "/tls/tls.key", "INFLUXDB_REPORTING_DISABLED": "true"}),
        "critical", "each pod reads, writes and drops each database (InfluxDB 1.x, 'Configure InfluxDB OSS', "
        f"auth-enabled, INFLUXDB_HTTP_AUTH_ENABLED, {READ})"),
)  # fmt: skip
