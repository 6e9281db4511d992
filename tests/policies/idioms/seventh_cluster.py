"""Good idioms of clusters and their operators, as platform teams run them for tenants (2026-11-28)."""

from ..blind import IMAGE, KEY, TAGS, crd, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .fourth_kubernetes import release
from .sixth_kubernetes import MODELS, claim, service

R = "me-central-1"
K8S = "kubernetes.io/docs"
LOGIN = {"identity": {"trusted": {"login.example.ae": "our own sign-in"}}}
TEMPO = {
    "tempo": {"storage": {"trace": {"backend": "s3", "s3": {
        "bucket": "bank-models", "endpoint": f"s3.{R}.amazonaws.com", "region": R}}}, "retention": "168h",
        "reportingEnabled": False, "multitenancyEnabled": True},
    "persistence": {"enabled": True, "size": "10Gi", "storageClassName": "encrypted"},
}  # fmt: skip
TIME_SLICES = "version: v1\nsharing:\n  timeSlicing:\n    resources:\n    - name: nvidia.com/gpu\n      replicas: 4\n"
ARGOCD = {
    "global": {"domain": "deploy.example.ae"}, "dex": {"enabled": False}, "notifications": {"enabled": False},
    "configs": {
        "cm": {"admin.enabled": False, "exec.enabled": False, "oidc.config":
               "name: Bank\nissuer: https://login.example.ae\nclientID: argocd\nclientSecret: $oidc:secret\n"},
        "rbac": {"policy.default": "", "policy.csv": "g, platform, role:admin\n"},
        "params": {"server.insecure": False}},
    "server": {"replicas": 2, "service": {"type": "ClusterIP"}}, "repoServer": {"replicas": 2},
}  # fmt: skip
DASHBOARD = '{"title": "GPUs", "panels": [{"type": "timeseries", "targets": [{"expr": "DCGM_FI_DEV_GPU_UTIL"}]}]}'


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


def _listed(*sources: str, **more: object) -> dict[str, object]:
    return {**MODELS, "escape": {"helm_sources": dict.fromkeys(sources, "its project; reviewed by us")}, **more}


def _to(namespace: str, *ports: int) -> dict[str, object]:
    return {"to": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": namespace}}}],
            "ports": [{"protocol": "TCP", "port": port} for port in ports]}  # fmt: skip


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a queue of the cluster lends unused GPUs within a cohort", (
        _top("kueue.x-k8s.io/v1beta1:ResourceFlavor", "spot-g6", {
            "nodeLabels": {"karpenter.sh/capacity-type": "spot"}, "tolerations": [
                {"key": "nvidia.com/gpu", "operator": "Exists", "effect": "NoSchedule"}]}),
        _top("kueue.x-k8s.io/v1beta1:ClusterQueue", "team-a", {
            "cohort": "bank", "namespaceSelector": {"matchLabels": {"tenant": "team-a"}},
            "preemption": {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"},
            "resourceGroups": [{"coveredResources": ["cpu", "memory", "nvidia.com/gpu"], "flavors": [{
                "name": "spot-g6", "resources": [
                    {"name": "cpu", "nominalQuota": 64}, {"name": "memory", "nominalQuota": "256Gi"},
                    {"name": "nvidia.com/gpu", "nominalQuota": 4, "borrowingLimit": 4}]}]}]}),
        _in("team-a", "kueue.x-k8s.io/v1beta1:LocalQueue", "team-a", {"clusterQueue": "team-a"}),
        k8s("kueue.x-k8s.io/v1beta1:WorkloadPriorityClass", {
            "metadata": {"name": "nightly", "labels": TAGS}, "value": 100, "description": "Nightly training"}, "wpc")),
        "kueue.sigs.k8s.io/docs/concepts/cluster_queue",
        unpriced("kubernetes:kueue.x-k8s.io/v1beta1:ResourceFlavor::spot-g6")),
    Idiom("a GPU is shared by time for notebooks", (k8s("core/v1:ConfigMap", {
        "metadata": meta("time-slicing", "gpu-operator"), "data": {"notebooks": TIME_SLICES}}, "slices"),),
        "docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-sharing.html"),
    Idiom("a pool of arm machines for services, which consolidates", (
        _top("karpenter.sh/v1:NodePool", "services", {
            "limits": {"cpu": "128", "memory": "512Gi"}, "disruption": {
                "consolidationPolicy": "WhenEmptyOrUnderutilized", "consolidateAfter": "2m", "budgets": [
                    {"nodes": "10%"}, {"nodes": "0", "schedule": "0 5 * * mon-fri", "duration": "10h",
                                       "reasons": ["Drifted"]}]},
            "template": {"metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "system"}}, "spec": {
                "expireAfter": "480h", "terminationGracePeriod": "1h", "nodeClassRef": {
                    "group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "services"},
                "requirements": [
                    {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]},
                    {"key": "kubernetes.io/arch", "operator": "In", "values": ["arm64"]},
                    {"key": "node.kubernetes.io/instance-type", "operator": "In",
                     "values": ["m7g.large", "m7g.xlarge", "r7g.large"]}]}}}),
        _top("karpenter.k8s.aws/v1:EC2NodeClass", "services", {
            "role": "karpenter-node", "amiSelectorTerms": [{"alias": "bottlerocket@v1.47.0"}], "tags": TAGS,
            "subnetSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "securityGroupSelectorTerms": [{"tags": {"karpenter.sh/discovery": "bank"}}],
            "kubelet": {"maxPods": 58, "systemReserved": {"cpu": "100m", "memory": "200Mi"}},
            "metadataOptions": {"httpTokens": "required", "httpPutResponseHopLimit": 1, "httpEndpoint": "enabled"},
            "blockDeviceMappings": [{"deviceName": device, "ebs": {
                "encrypted": True, "kmsKeyID": KEY, "volumeSize": size, "volumeType": "gp3"}}
                for device, size in (("/dev/xvda", "8Gi"), ("/dev/xvdb", "60Gi"))]})),
        "karpenter.sh/docs/concepts/disruption", unpriced("kubernetes:karpenter.sh/v1:NodePool::services")),
    Idiom("a policy of the network lets an app reach its database, its models and names", (
        _in("team-a", "networking.k8s.io/v1:NetworkPolicy", "chat", {
            "podSelector": {"matchLabels": {"app": "chat"}}, "policyTypes": ["Ingress", "Egress"],
            "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "edge"}},
                                   "podSelector": {"matchLabels": {"app": "gateway"}}}],
                         "ports": [{"protocol": "TCP", "port": 8443}]}],
            "egress": [_to("models", 8000), _to("databases", 5432),
                       {**_to("kube-system", 53), "ports": [{"protocol": kind, "port": 53} for kind in ("UDP", "TCP")]},
                       {"to": [{"ipBlock": {"cidr": "10.20.0.0/24"}}], "ports": [
                           {"protocol": "TCP", "port": 443}]}]}),),
        f"{K8S}/concepts/services-networking/network-policies"),
    Idiom("names in the country are reached by policy, and nothing else", (
        _in("team-a", "cilium.io/v2:CiliumNetworkPolicy", "models", {
            "endpointSelector": {"matchLabels": {"app": "loader"}}, "egress": [
                {"toEndpoints": [{"matchLabels": {"k8s:io.kubernetes.pod.namespace": "kube-system",
                                                  "k8s-app": "kube-dns"}}],
                 "toPorts": [{"ports": [{"port": "53", "protocol": "ANY"}], "rules": {
                     "dns": [{"matchPattern": f"*.{R}.amazonaws.com"}]}}]},
                {"toFQDNs": [{"matchName": f"s3.{R}.amazonaws.com"}],
                 "toPorts": [{"ports": [{"port": "443", "protocol": "TCP"}]}]}]}),),
        "docs.cilium.io/en/stable/security/policy/language"),
    Idiom("a canary of a service by its weights, and its breaker", (
        _in("team-a", "networking.istio.io/v1:VirtualService", "orders", {
            "hosts": ["orders"], "http": [{"timeout": "10s", "retries": {"attempts": 2, "perTryTimeout": "3s"},
                                           "route": [
                {"destination": {"host": "orders", "subset": "v1"}, "weight": 90},
                {"destination": {"host": "orders", "subset": "v2"}, "weight": 10}]}]}),
        _in("team-a", "networking.istio.io/v1:DestinationRule", "orders", {
            "host": "orders", "subsets": [{"name": name, "labels": {"version": name}} for name in ("v1", "v2")],
            "trafficPolicy": {"tls": {"mode": "ISTIO_MUTUAL"}, "outlierDetection": {
                "consecutive5xxErrors": 5, "interval": "30s", "baseEjectionTime": "60s"},
                "connectionPool": {"http": {"http2MaxRequests": 500}}}})),
        "istio.io/latest/docs/tasks/traffic-management/traffic-shifting"),
    Idiom("a service may be called by one service account for one path", (
        _in("team-a", "security.istio.io/v1:AuthorizationPolicy", "scoring", {
            "selector": {"matchLabels": {"app": "scoring"}}, "action": "ALLOW", "rules": [{
                "from": [{"source": {"principals": ["cluster.local/ns/team-a/sa/orders"]}}],
                "to": [{"operation": {"methods": ["POST"], "paths": ["/v1/models/scoring:predict"]}}]}]}),
        _in("team-a", "security.istio.io/v1:PeerAuthentication", "default", {"mtls": {"mode": "STRICT"}})),
        "istio.io/latest/docs/tasks/security/authorization/authz-http"),
    Idiom("the sign-in of the bank before an app, by a policy of Envoy Gateway", (
        _in("edge", "gateway.envoyproxy.io/v1alpha1:SecurityPolicy", "portal", {
            "targetRefs": [{"group": "gateway.networking.k8s.io", "kind": "HTTPRoute", "name": "portal"}],
            "oidc": {"provider": {"issuer": "https://login.example.ae"}, "clientID": "portal",
                     "clientSecret": {"name": "portal-oidc"}, "redirectURL": "https://portal.example.ae/oauth2/callback",
                     "logoutPath": "/logout", "scopes": ["openid", "email"]}}),),
        "gateway.envoyproxy.io/docs/tasks/security/oidc", {**MODELS, **LOGIN}),
    Idiom("a database of PostgreSQL with a pooler and a monitor", (
        _in("databases", "postgresql.cnpg.io/v1:Cluster", "pg", {
            "instances": 3, "imageName": "ghcr.io/cloudnative-pg/postgresql:17.6", "primaryUpdateStrategy":
                "unsupervised", "storage": {"size": "50Gi", "storageClass": "encrypted"},
            "walStorage": {"size": "20Gi", "storageClass": "encrypted"}, "inheritedMetadata": {"labels": TAGS},
            "postgresql": {"parameters": {"max_connections": "200", "pgaudit.log": "ddl, role"}, "pg_hba": [
                "hostssl app app 10.0.0.0/8 scram-sha-256"]},
            "bootstrap": {"initdb": {"database": "app", "owner": "app", "dataChecksums": True}},
            "enableSuperuserAccess": False, "affinity": {"topologyKey": "topology.kubernetes.io/zone"},
            "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"memory": "4Gi"}}}),
        _in("databases", "postgresql.cnpg.io/v1:Pooler", "pg-rw", {
            "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "1000"}}})),
        "cloudnative-pg.io/documentation/current/connection_pooling", {
            **unpriced("kubernetes:postgresql.cnpg.io/v1:Cluster::pg",
                       "kubernetes:postgresql.cnpg.io/v1:Pooler::pg-rw"),
            "resilience": {"kept_elsewhere": {"pg": "copied every night to the site in Dubai"}}}),
    Idiom("topics of a team in the platform's Kafka", (
        _in("kafka", "kafka.strimzi.io/v1beta2:KafkaTopic", "orders", {
            "partitions": 12, "replicas": 3, "config": {"retention.ms": 604800000, "min.insync.replicas": 2,
                                                        "compression.type": "zstd"}}),
        _in("kafka", "kafka.strimzi.io/v1beta2:KafkaTopic", "orders-dead", {
            "partitions": 3, "replicas": 3, "config": {"retention.ms": 2592000000}})),
        "strimzi.io/docs/operators/latest/deploying#using-the-topic-operator-str"),
    Idiom("an app watches its certificates and its disks are resized by their class", (
        k8s("storage.k8s.io/v1:StorageClass", {
            "metadata": {"name": "encrypted", "labels": TAGS}, "provisioner": "ebs.csi.aws.com",
            "allowVolumeExpansion": True, "reclaimPolicy": "Retain", "volumeBindingMode": "WaitForFirstConsumer",
            "parameters": {"type": "gp3", "encrypted": "true", "kmsKeyId": KEY, "csi.storage.k8s.io/fstype": "xfs",
                           **{f"tagSpecification_{number}": f"{key}={value}"
                              for number, (key, value) in enumerate(TAGS.items(), 1)}}}, "class"),
        claim("files", "40Gi")), "github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md",
        unpriced("kubernetes:core/v1:PersistentVolumeClaim::files")),
    Idiom("a reader of a namespace for the team's people", (
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("viewer"), "rules": [
            {"apiGroups": [""], "resources": ["pods", "pods/log", "services", "events"],
             "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["apps", "batch"], "resources": ["deployments", "jobs", "cronjobs"],
             "verbs": ["get", "list", "watch"]},
            {"apiGroups": ["serving.kserve.io"], "resources": ["inferenceservices"],
             "verbs": ["get", "list", "watch"]}]}, "role"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("viewers"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "viewer"},
            "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "team-a-analysts"}]},
            "binding")), f"{K8S}/reference/access-authn-authz/rbac"),
    Idiom("an operator of one's own leads by a lease and reads its own kind", (
        k8s("rbac.authorization.k8s.io/v1:Role", {"metadata": meta("operator", "models"), "rules": [
            {"apiGroups": ["coordination.k8s.io"], "resources": ["leases"],
             "verbs": ["get", "list", "watch", "create", "update", "patch"]},
            {"apiGroups": [""], "resources": ["events"], "verbs": ["create", "patch"]},
            {"apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["models"],
             "verbs": ["get", "watch", "update"]}]}, "role"),
        k8s("rbac.authorization.k8s.io/v1:RoleBinding", {
            "metadata": meta("operator", "models"), "roleRef": {
                "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "operator"},
            "subjects": [{"kind": "ServiceAccount", "name": "operator", "namespace": "models"}]}, "binding")),
        "book.kubebuilder.io"),
    Idiom("secrets of a team come from its store, and change every hour", (
        _in("team-a", "external-secrets.io/v1:SecretStore", "team-a", {"provider": {"aws": {
            "service": "SecretsManager", "region": R, "role": "arn:aws:iam::123456789012:role/team-a-secrets",
            "auth": {"jwt": {"serviceAccountRef": {"name": "secrets"}}}}}}),
        _in("team-a", "external-secrets.io/v1:ExternalSecret", "vllm", {
            "refreshInterval": "1h", "secretStoreRef": {"name": "team-a", "kind": "SecretStore"},
            "target": {"name": "vllm", "creationPolicy": "Owner", "deletionPolicy": "Retain", "template": {
                "type": "Opaque", "engineVersion": "v2", "data": {"key": "{{ .key }}"}}},
            "dataFrom": [{"extract": {"key": "team-a/vllm"}}]})), "external-secrets.io/latest/guides/templating"),
    Idiom("the bank's authorities in every namespace, by trust-manager", (
        _top("trust.cert-manager.io/v1alpha1:Bundle", "bank-ca", {
            "sources": [{"useDefaultCAs": True}, {"secret": {"name": "bank-root", "key": "tls.crt"}}],
            "target": {"configMap": {"key": "ca-bundle.crt"}}}),), "cert-manager.io/docs/trust/trust-manager"),
    Idiom("copies of a team's objects every night by Velero, for a month", (
        _in("velero", "velero.io/v1:Schedule", "team-a", {
            "schedule": "0 22 * * *", "useOwnerReferencesInBackup": False, "template": {
                "includedNamespaces": ["team-a"], "ttl": "720h0m0s", "storageLocation": "default",
                "snapshotMoveData": False, "csiSnapshotTimeout": "10m"}}),),
        "velero.io/docs/main/api-types/schedule"),
    Idiom("Kyverno asks for limits, probes and the restricted profile", (
        _top("kyverno.io/v1:ClusterPolicy", "good-pods", {
            "validationFailureAction": "Enforce", "background": True, "rules": [
                {"name": "limits", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
                    "message": "Memory limits are required", "pattern": {"spec": {"containers": [
                        {"resources": {"limits": {"memory": "?*"}}}]}}}},
                {"name": "restricted", "match": {"any": [{"resources": {"kinds": ["Pod"]}}]}, "validate": {
                    "podSecurity": {"level": "restricted", "version": "latest"}}}]}),),
        "kyverno.io/policies/pod-security"),
    Idiom("Tempo by its chart, in the bank's bucket", (
        release("tempo", "https://grafana.github.io/helm-charts", "1.23.3", TEMPO),), "grafana.com/docs/tempo",
        _listed("https://grafana.github.io/helm-charts"), charts=("tempo",)),
    Idiom("Argo CD by its chart, with the bank's sign-in only", (
        release("argo-cd", "https://argoproj.github.io/argo-helm", "8.6.0", ARGOCD),),
        "argo-cd.readthedocs.io/en/stable/operator-manual/user-management",
        _listed("https://argoproj.github.io/argo-helm", **LOGIN)),
    Idiom("KEDA scales a consumer of a queue of Service Bus by workload identity", (
        _in("team-a", "keda.sh/v1alpha1:TriggerAuthentication", "bus", {
            "podIdentity": {"provider": "azure-workload", "identityId": "11111111-2222-3333-4444-555555555555"}}),
        _in("team-a", "keda.sh/v1alpha1:ScaledObject", "consumer", {
            "scaleTargetRef": {"name": "consumer"}, "minReplicaCount": 0, "maxReplicaCount": 10, "triggers": [{
                "type": "azure-servicebus", "metadata": {"queueName": "orders", "namespace": "sb-bank",
                                                         "messageCount": "20"},
                "authenticationRef": {"name": "bus"}}]})),
        "keda.sh/docs/latest/scalers/azure-service-bus", MODELS),
    Idiom("a dashboard of GPUs for Grafana, in a labelled map", (k8s("core/v1:ConfigMap", {
        "metadata": {"name": "gpus", "namespace": "monitoring", "labels": {**TAGS, "grafana_dashboard": "1"}},
        "data": {"gpus.json": DASHBOARD}}, "dashboard"),),
        "github.com/grafana/helm-charts/tree/main/charts/grafana"),
    Idiom("a recommendation of sizes, which changes nothing", (
        _in("team-a", "autoscaling.k8s.io/v1:VerticalPodAutoscaler", "orders", {
            "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "orders"},
            "updatePolicy": {"updateMode": "Off"}, "resourcePolicy": {"containerPolicies": [{
                "containerName": "*", "minAllowed": {"cpu": "50m", "memory": "64Mi"},
                "maxAllowed": {"cpu": "2", "memory": "4Gi"}}]}}),),
        "github.com/kubernetes/autoscaler/tree/master/vertical-pod-autoscaler"),
    Idiom("a service keeps one copy in each zone while nodes change", service(
        "portal", IMAGE, 8443, "/healthz", replicas=3, resources={
            "requests": {"cpu": "250m", "memory": "256Mi"}, "limits": {"memory": "256Mi"}},
        lifecycle={"preStop": {"sleep": {"seconds": 10}}},
        startupProbe={"httpGet": {"path": "/healthz", "port": 8443, "scheme": "HTTPS"}, "failureThreshold": 30}),
        f"{K8S}/concepts/scheduling-eviction/topology-spread-constraints"),
    Idiom("an agent on each node collects logs in the namespace of the platform", (
        release("fluent-bit", "https://fluent.github.io/helm-charts", "0.54.0", {
            "image": {"repository": "cr.fluentbit.io/fluent/fluent-bit", "tag": "4.1.0"}, "podLabels": TAGS,
            "config": {"outputs": f"[OUTPUT]\n    Name cloudwatch_logs\n    Match kube.*\n    region {R}\n"
                                  "    log_group_name /eks/bank\n    log_stream_prefix node-\n"},
            "serviceMonitor": {"enabled": True}}),), "docs.fluentbit.io/manual/installation/kubernetes",
        _listed("https://fluent.github.io/helm-charts")),
    Idiom("a runner of pipelines of Argo keeps logs and ends its steps", (
        crd("argoproj.io/v1alpha1:WorkflowTemplate", {
            "entrypoint": "main", "serviceAccountName": "pipeline", "activeDeadlineSeconds": 14400, "parallelism": 4,
            "podMetadata": {"labels": TAGS}, "ttlStrategy": {"secondsAfterCompletion": 86400},
            "podGC": {"strategy": "OnPodCompletion"}, "automountServiceAccountToken": False,
            "securityContext": {"runAsNonRoot": True, "runAsUser": 10001, "seccompProfile": {"type": "RuntimeDefault"}},
            "templates": [
                {"name": "main", "dag": {"tasks": [
                    {"name": "prepare", "template": "step", "arguments": {"parameters": [
                        {"name": "module", "value": "prepare"}]}},
                    {"name": "train", "template": "step", "dependencies": ["prepare"], "arguments": {"parameters": [
                        {"name": "module", "value": "train"}]}}]}},
                {"name": "step", "inputs": {"parameters": [{"name": "module", "enum": ["prepare", "train"]}]},
                 "container": {**pod({})["containers"][0],  # type: ignore[index]
                               "command": ["python", "-m", "{{inputs.parameters.module}}"]}}]}, "pipeline"),),
        "argo-workflows.readthedocs.io/en/latest/workflow-templates",
        unpriced("kubernetes:argoproj.io/v1:WorkflowTemplate::it")),
)  # fmt: skip
