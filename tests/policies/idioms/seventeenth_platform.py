"""Good idioms of clusters: boards, nodes, builds, sites and serving that no other idiom has (set 17, blind)."""

from ..blind import TAGS, k8s, meta
from . import Idiom
from .eleventh_charts import SMALL, inside
from .eleventh_cluster import DNS, top
from .fifteenth_work import GIT, SCRATCH, SCRATCH_MOUNTS, delivered, pod
from .sixteenth_models import CACHED, ONE_GPU, QUIET
from .sixteenth_stores import owned, reached
from .thirteenth_cluster_access import account
from .twelfth_charts import LOGIN, MIRROR, POD, image, ours
from .twelfth_cluster import CLAIMED, TOLERATED

REMEDIES, SKUPPER, KRUISE = "self-node-remediation.medik8s.io", "skupper.io/v2alpha1", "apps.kruise.io/v1alpha1"
VLLM = ["--model=/models/arabic-chat", "--port=8000", "--enable-lora", "--max-loras=4", "--served-model-name=chat"]
PERSES = {
    "database": {"sql": {"user": "perses", "password_file": "/secrets/password", "addr": "perses-rw.perses.svc:5432",
                         "db_name": "perses", "net": "tcp", "case_sensitive": True}},
    "security": {"readonly": False, "enable_auth": True, "encryption_key_file": "/secrets/encryption-key", "cookie": {
        "same_site": "strict", "secure": True}, "authentication": {
            "access_token_ttl": "15m", "refresh_token_ttl": "8h", "disable_sign_up": True, "providers": {
                "enable_native": False, "oidc": [{"slug_id": "bank", "name": "Staff", "issuer": LOGIN, "client_id":
                                                  "perses", "scopes": ["openid", "email"]}]}}}}  # fmt: skip
NETWORK_POLICY = """apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: closed
  namespace: apps
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
"""


IDIOMS: tuple[Idiom, ...] = (
    owned("boards are shown by Perses after the bank's sign-in, and ask Prometheus over TLS on behalf of staff", (
        inside("perses.dev/v1alpha2:Perses", "boards", {
            "image": image("perses/perses"), "replicas": 2, "metadata": {"labels": TAGS}, "config": PERSES,
            "containerPort": 8080, "serviceAccountName": "perses", "resources": SMALL, "podSecurityContext": POD,
            "tls": {"enable": True, "caCert": {"type": "secret", "name": "perses-tls", "certPath": "ca.crt"},
                    "userCert": {"type": "secret", "name": "perses-tls", "certPath": "tls.crt", "privateKeyPath":
                                 "tls.key"}, "insecureSkipVerify": False},
            "volumes": [{"name": "secrets", "secret": {"secretName": "perses"}}], "volumeMounts": [
                {"name": "secrets", "mountPath": "/secrets", "readOnly": True}]}, "perses"),
        inside("perses.dev/v1alpha2:PersesDatasource", "metrics", {
            "client": {"tls": {"enable": True, "insecureSkipVerify": False, "caCert": {
                "type": "secret", "name": "bank-authority", "certPath": "ca.crt"}}},
            "config": {"default": True, "display": {"name": "Metrics"}, "plugin": {
                "kind": "PrometheusDatasource", "spec": {"proxy": {"kind": "HTTPProxy", "spec": {
                    "url": "https://prometheus.monitoring.svc.cluster.local:9090", "secret": "metrics-secret",
                    "allowedEndpoints": [{"endpointPattern": "/api/v1/query_range", "method": "POST"},
                                         {"endpointPattern": "/api/v1/labels", "method": "GET"}]}}}}}}, "perses"),
        reached("boards", "perses", {"app.kubernetes.io/instance": "boards"}, 8080, "gateway")),
        "perses/perses-operator, docs/api.md; perses.dev/perses/docs/configuration", "perses.dev"),
    owned("programs of the tests sleep from eight in the evening and on weekends, but for the gateway", (
        inside("kube-green.com/v1alpha1:SleepInfo", "nights", {
            "weekdays": "1-5", "sleepAt": "20:00", "wakeUpAt": "07:30", "timeZone": "Asia/Dubai",
            "suspendCronJobs": True, "suspendDeployments": True, "suspendStatefulSets": True, "excludeRef": [
                {"apiVersion": "apps/v1", "kind": "Deployment", "name": "gateway"}]}, "test"),
        k8s("core/v1:ResourceQuota", {"metadata": meta("test", "test"), "spec": {"hard": {
            "requests.cpu": "20", "requests.memory": "80Gi", "requests.nvidia.com/gpu": "1", "pods": "60",
            "services.loadbalancers": "0", "services.nodeports": "0"}}}, "quota"),
        k8s("core/v1:LimitRange", {"metadata": meta("test", "test"), "spec": {"limits": [{
            "type": "Container", "default": {"cpu": "500m", "memory": "512Mi"}, "defaultRequest": {
                "cpu": "100m", "memory": "256Mi"}, "max": {"cpu": "4", "memory": "16Gi"}}]}}, "limits")),
        "kube-green.dev/docs/configuration", "kube-green.com"),
    owned("a node that does not answer for five minutes restarts itself, if half of the workers are well", (
        inside(f"{REMEDIES}/v1alpha1:SelfNodeRemediationTemplate", "restart", {"template": {"spec": {
            "remediationStrategy": "Automatic"}}}, "medik8s"),
        top("remediation.medik8s.io/v1alpha1:NodeHealthCheck", "workers", {
            "minHealthy": "51%", "selector": {"matchExpressions": [
                {"key": "node-role.kubernetes.io/control-plane", "operator": "DoesNotExist"}]},
            "unhealthyConditions": [{"type": "Ready", "status": status, "duration": "300s"} for status in (
                "False", "Unknown")],
            "remediationTemplate": {
                "apiVersion": f"{REMEDIES}/v1alpha1", "kind": "SelfNodeRemediationTemplate", "namespace": "medik8s",
                "name": "restart"}})),
        "medik8s/node-healthcheck-operator, config/samples; medik8s.io/remediation", REMEDIES,
        "remediation.medik8s.io"),
    owned("an image is on the nodes of models before the release, and pods change in place by one at a time", (
        inside(f"{KRUISE}:ImagePullJob", "quotes", {
            "image": image("apps/quotes"), "parallelism": 5, "pullSecrets": ["mirror-reader"], "selector": {
                "matchLabels": {"pool": "apps"}}, "pullPolicy": {"timeoutSeconds": 300, "backoffLimit": 3},
            "completionPolicy": {"type": "Always", "activeDeadlineSeconds": 1200, "ttlSecondsAfterFinished": 600},
            "imagePullPolicy": "IfNotPresent"}, "quotes"),
        account("quotes", "quotes"),
        inside(f"{KRUISE}:CloneSet", "quotes", {
            "replicas": 4, "revisionHistoryLimit": 5, "selector": {"matchLabels": {"app": "quotes"}},
            "updateStrategy": {"type": "InPlaceIfPossible", "maxUnavailable": 1, "inPlaceUpdateStrategy": {
                "gracePeriodSeconds": 10}},
            "template": {"metadata": {"labels": {**TAGS, "app": "quotes"}}, "spec": pod(
                "quotes", SMALL, ports=[{"containerPort": 8443}], volumeMounts=SCRATCH_MOUNTS, pod={
                    "volumes": SCRATCH})}}, "quotes"),
        inside("policy.kruise.io/v1alpha1:PodUnavailableBudget", "quotes", {
            "maxUnavailable": 1, "selector": {"matchLabels": {"app": "quotes"}}}, "quotes"),
        reached("quotes", "quotes", {"app": "quotes"}, 8443, "gateway")),
        "openkruise.io/docs/user-manuals/cloneset; openkruise.io/docs/user-manuals/imagepulljob", "apps.kruise.io",
        "policy.kruise.io"),
    owned("a partner's app gets tokens of one scope, and the proxy asks for that scope before it lets through", (
        inside("hydra.ory.sh/v1alpha1:OAuth2Client", "partner", {
            "clientName": "partner", "grantTypes": ["client_credentials"], "scope": "quotes.read", "audience": [
                "https://api.bank.ae"], "tokenEndpointAuthMethod": "client_secret_basic", "secretName":
            "partner-client", "deletionPolicy": "delete", "tokenLifespans": {
                "client_credentials_grant_access_token_lifespan": "15m"}}, "sign-in"),
        inside("oathkeeper.ory.sh/v1alpha1:Rule", "quotes", {
            "upstream": {"url": "https://quotes.quotes.svc.cluster.local:8443", "preserveHost": True}, "match": {
                "url": "https://api.bank.ae/quotes/<.*>", "methods": ["GET"]},
            "authenticators": [{"handler": "oauth2_introspection", "config": {
                "introspection_url": "https://hydra-admin.sign-in.svc.cluster.local:4445/admin/oauth2/introspect",
                "required_scope": ["quotes.read"], "target_audience": ["https://api.bank.ae"]}}],
            "authorizer": {"handler": "allow"}, "mutators": [{"handler": "id_token", "config": {"ttl": "60s"}}]},
            "sign-in")),
        "ory/hydra-maester, config/samples; ory/oathkeeper-maester, config/samples; ory.sh/docs/oathkeeper",
        "hydra.ory.sh", "oathkeeper.ory.sh",
        identity={"trusted": {"login.bank.ae": "our own sign-in", "sso.bank.ae": "our own sign-in"}}),
    owned("a model has an adapter of the bank's bucket and as many copies as its cache of keys needs", (
        account("chat", "chat"),
        k8s("apps/v1:Deployment", {"metadata": meta("chat", "chat"), "spec": {
            "replicas": 1, "selector": {"matchLabels": {"model.aibrix.ai/name": "chat"}}, "template": {
                "metadata": {"labels": {**TAGS, "model.aibrix.ai/name": "chat", "model.aibrix.ai/port": "8000",
                                        "adapter.model.aibrix.ai/enabled": "true"}},
                "spec": pod("chat", ONE_GPU, args=VLLM, env=QUIET, volumeMounts=CACHED, ports=[
                    {"containerPort": 8000}], readinessProbe={"httpGet": {"path": "/health", "port": 8000}}, pod={
                        "tolerations": TOLERATED, "volumes": [*CLAIMED, *SCRATCH]})}}}, "chat"),
        inside("model.aibrix.ai/v1alpha1:ModelAdapter", "complaints", {
            "baseModel": "chat", "podSelector": {"matchLabels": {"model.aibrix.ai/name": "chat"}}, "artifactURL":
            "s3://bank-models/adapters/complaints-4", "schedulerName": "least-adapters", "replicas": 1}, "chat"),
        inside("autoscaling.aibrix.ai/v1alpha1:PodAutoscaler", "chat", {
            "scalingStrategy": "APA", "minReplicas": 1, "maxReplicas": 3, "scaleTargetRef": {
                "apiVersion": "apps/v1", "kind": "Deployment", "name": "chat"}, "metricsSources": [{
                    "metricSourceType": "pod", "protocolType": "http", "port": "8000", "path": "metrics",
                    "targetMetric": "gpu_cache_usage_perc", "targetValue": "0.5"}]}, "chat"),
        k8s("networking.k8s.io/v1:NetworkPolicy", {"metadata": meta("chat", "chat"), "spec": {
            "podSelector": {"matchLabels": {"model.aibrix.ai/name": "chat"}}, "policyTypes": ["Ingress", "Egress"],
            "egress": DNS, "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {
                "kubernetes.io/metadata.name": "aibrix-system"}}}], "ports": [{"port": 8000, "protocol": "TCP"}]}]}},
            "chat")),
        "aibrix.readthedocs.io, features/lora-dynamic-loading; vllm-project/aibrix, samples/autoscaling/apa.yaml",
        "model.aibrix.ai", "autoscaling.aibrix.ai"),
    owned("one queue of the data centre is reached from the other site by certificates of the bank, and no more", (
        inside(f"{SKUPPER}:Site", "abu-dhabi", {"ha": True, "linkAccess": "none"}, "branches"),
        inside(f"{SKUPPER}:Link", "dubai", {
            "cost": 1, "tlsCredentials": "dubai-link", "endpoints": [
                {"name": "inter-router", "host": "link.dxb.bank.ae", "port": "55671"},
                {"name": "edge", "host": "link.dxb.bank.ae", "port": "45671"}]}, "branches"),
        inside(f"{SKUPPER}:Listener", "orders", {
            "routingKey": "orders", "host": "orders-dubai", "port": 5671, "type": "tcp", "tlsCredentials":
            "orders-listener-tls"}, "branches"),
        reached("router", "branches", {"application": "skupper-router"}, 5671, "apps")),
        "skupperproject/refdog, input/resources; skupper.io/docs, linking sites with YAML", "skupper.io"),
    Idiom("images are built by Shipwright from the bank's own forge to its own registry, and fail if they are weak", (
        account("builder", "builds"),
        inside("shipwright.io/v1beta1:Build", "payments", {
            "source": {"type": "Git", "git": {"url": GIT, "revision": "main", "cloneSecret": "git-reader"},
                       "contextDir": "app"},
            "strategy": {"name": "buildpacks-v3", "kind": "ClusterBuildStrategy"}, "timeout": "20m", "output": {
                "image": f"{MIRROR}/apps/payments:main", "pushSecret": "mirror-writer", "insecure": False, "timestamp":
                "SourceTimestamp", "labels": TAGS, "vulnerabilityScan": {
                    "enabled": True, "failOnFinding": True, "ignore": {"unfixed": True, "severity": "low"}}},
            "retention": {"ttlAfterFailed": "24h", "ttlAfterSucceeded": "24h", "failedLimit": 5, "succeededLimit": 5}},
            "builds"),
        inside("shipwright.io/v1beta1:BuildRun", "payments-1", {
            "build": {"name": "payments"}, "serviceAccount": "builder", "timeout": "20m"}, "builds")),
        "shipwright-io/build, docs/build.md; shipwright-io/build, docs/buildrun.md", delivered(
            "shipwright.io", prices=("shipwright.io/v1beta1:Build::payments",
                                     "shipwright.io/v1beta1:BuildRun::payments-1"))),
    Idiom("every cluster of production gets the bank's cert-manager and a closed network, and drift is put back", (
        k8s("core/v1:ConfigMap", {"metadata": meta("closed", "projectsveltos"), "data": {
            "policy.yaml": NETWORK_POLICY}}, "closed"),
        top("config.projectsveltos.io/v1beta1:ClusterProfile", "base", {
            "clusterSelector": {"matchLabels": {"env": "prod"}}, "syncMode": "ContinuousWithDriftDetection", "tier": 50,
            "stopMatchingBehavior": "LeavePolicies", "maxUpdate": "30%", "continueOnConflict": False, "policyRefs": [
                {"kind": "ConfigMap", "name": "closed", "namespace": "projectsveltos"}],
            "helmCharts": [{
                "repositoryURL": f"oci://{MIRROR}/charts", "repositoryName": "bank", "chartName": "cert-manager",
                "chartVersion": "v1.19.1", "releaseName": "cert-manager", "releaseNamespace": "cert-manager",
                "helmChartAction": "Install", "registryCredentialsConfig": {
                    "credentials": {"name": "mirror-reader", "namespace": "projectsveltos"},
                    "plainHTTP": False, "insecureSkipTLSVerify": False}}]})),
        "projectsveltos.github.io/sveltos/main/addons/clusterprofile", {**ours(
            prices=("config.projectsveltos.io/v1beta1:ClusterProfile::base",)), "escape": {
                "image_publishers": {MIRROR: "the company's mirror of reviewed images"},
                "helm_sources": {f"oci://{MIRROR}": "the company's mirror of reviewed charts"},
                "allowed_types": {"kubernetes:config.projectsveltos.io/v1beta1:ClusterProfile":
                                  "the platform's base of clusters, reviewed by its leads"}}}),
)  # fmt: skip
