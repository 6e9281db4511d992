"""Good idioms of what runs on clusters: databases, brokers, secrets, scaling, machines and models (tenth set)."""

from ..blind import KEY, TAGS, k8s, meta, pod
from ..harness import Given
from . import Idiom, unpriced
from .sixth_kubernetes import MODELS

CERTIFICATE = {"authentication": {"type": "tls"}}
FREEZE = [{"exec": {"container": "app", "command": ["/sbin/fsfreeze", "--freeze", "/data"], "onError": "Fail",
                    "timeout": "30s"}}]  # fmt: skip
THAW = [{"exec": {"container": "app", "command": ["/sbin/fsfreeze", "--unfreeze", "/data"]}}]
ON_DEMAND = {"key": "karpenter.sh/capacity-type", "operator": "In", "values": ["on-demand"]}


def _top(kind: str, name: str, spec: object) -> Given:
    return k8s(kind, {"metadata": {"name": name, "labels": TAGS}, "spec": spec}, name)


def _in(namespace: str, kind: str, name: str, spec: object, **metadata: object) -> Given:
    return k8s(kind, {"metadata": meta(name, namespace, **metadata), "spec": spec}, name)


def _acl(kind: str, name: str, *operations: str) -> dict[str, object]:
    return {"resource": {"type": kind, "name": name, "patternType": "prefix"}, "operations": list(operations)}


def _tags(**tags: str) -> dict[str, str]:
    return {f"tagSpecification_{number}": f"{key}={value}" for number, (key, value) in enumerate(tags.items(), 1)}


IDIOMS: tuple[Idiom, ...] = (
    Idiom("a pooler asks each client for its password, over TLS", (_in(
        "team-a", "postgresql.cnpg.io/v1:Pooler", "pg-rw", {
            "cluster": {"name": "pg"}, "instances": 2, "type": "rw", "pgbouncer": {
                "poolMode": "transaction", "parameters": {"max_client_conn": "500", "default_pool_size": "20"},
                "pg_hba": ["hostssl all all 10.0.0.0/8 scram-sha-256"]},
            "template": {"metadata": {"labels": TAGS}, "spec": pod({"name": "pgbouncer"})}}),),
        "cloudnative-pg.io/documentation/current/connection_pooling",
        unpriced("kubernetes:postgresql.cnpg.io/v1:Pooler::pg-rw")),
    Idiom("brokers of Kafka are measured, and managed with a password only", (_in(
        "team-a", "kafka.strimzi.io/v1beta2:Kafka", "events", {
            "kafka": {"version": "4.1.0", "authorization": {"type": "simple"}, "listeners": [
                {"name": "tls", "port": 9093, "type": "internal", "tls": True, **CERTIFICATE}],
                "jmxOptions": {"authentication": {"type": "password"}},
                "metricsConfig": {"type": "jmxPrometheusExporter", "valueFrom": {
                    "configMapKeyRef": {"name": "kafka-metrics", "key": "rules.yml"}}},
                "config": {"min.insync.replicas": 2, "default.replication.factor": 3,
                           "ssl.enabled.protocols": "TLSv1.3,TLSv1.2"},
                "template": {"pod": {"metadata": {"labels": TAGS}}}},
            "entityOperator": {"topicOperator": {}, "userOperator": {}}}),
        _in("team-a", "kafka.strimzi.io/v1beta2:KafkaNodePool", "brokers", {
            "replicas": 3, "roles": ["controller", "broker"], "storage": {"type": "jbod", "volumes": [
                {"id": 0, "type": "persistent-claim", "size": "50Gi", "class": "encrypted", "deleteClaim": False}]},
            "resources": {"requests": {"cpu": "1", "memory": "4Gi"}, "limits": {"cpu": "2", "memory": "4Gi"}},
            "template": {"pod": {"metadata": {"labels": TAGS}}}})), "strimzi.io/docs/operators/latest/deploying",
        unpriced("kubernetes:kafka.strimzi.io/v1beta2:Kafka::events",
                 "kubernetes:kafka.strimzi.io/v1beta2:KafkaNodePool::brokers")),
    Idiom("a user of Kafka writes exactly once, within bounds", (_in(
        "team-a", "kafka.strimzi.io/v1beta2:KafkaUser", "orders", {
            **CERTIFICATE, "authorization": {"type": "simple", "acls": [
                _acl("topic", "orders.", "Write", "Describe"), _acl("transactionalId", "orders-", "Write", "Describe"),
                _acl("group", "orders-", "Read")]},
            "quotas": {"producerByteRate": 10485760, "consumerByteRate": 10485760, "requestPercentage": 20}}),),
        "strimzi.io/docs/operators/latest/configuring, KafkaUser"),
    Idiom("a team's secret is filled with all that is under its path", (_in(
        "team-a", "external-secrets.io/v1:ExternalSecret", "all", {
            "secretStoreRef": {"name": "vault", "kind": "SecretStore"}, "refreshInterval": "1h",
            "target": {"name": "all", "creationPolicy": "Owner"},
            "dataFrom": [{"find": {"path": "team-a/orders", "name": {"regexp": "^[a-z-]+$"}}}]}),),
        "external-secrets.io/latest/guides/getallsecrets"),
    Idiom("events of workflows lie in streams with three copies", (_in(
        "team-a", "argoproj.io/v1alpha1:EventBus", "default", {"jetstream": {
            "version": "2.10.10", "replicas": 3, "persistence": {
                "storageClassName": "encrypted", "accessMode": "ReadWriteOnce", "volumeSize": "10Gi"}}}),),
        "argoproj.github.io/argo-events/eventbus/jetstream",
        unpriced("kubernetes:argoproj.io/v1alpha1:EventBus::default")),
    Idiom("a service rests when nobody asks, and has eight pods at most", (_in(
        "team-a", "http.keda.sh/v1alpha1:HTTPScaledObject", "chat", {
            "hosts": ["chat.example.ae"], "scaleTargetRef": {
                "name": "chat", "kind": "Deployment", "apiVersion": "apps/v1", "service": "chat", "port": 8080},
            "replicas": {"min": 0, "max": 8}, "scaledownPeriod": 300,
            "scalingMetric": {"requestRate": {"targetValue": 50}}}),), "github.com/kedacore/http-add-on, docs"),
    Idiom("two machines of Karpenter are always there", (_top("karpenter.sh/v1:NodePool", "base", {
        "replicas": 2, "limits": {"nodes": "3", "cpu": "24"}, "template": {
            "metadata": {"labels": {**TAGS, "falaj.io/workload-profile": "general"}}, "spec": {
                "expireAfter": "720h", "requirements": [
                    {"key": "node.kubernetes.io/instance-type", "operator": "In", "values": ["m7g.2xlarge"]},
                    {"key": "kubernetes.io/arch", "operator": "In", "values": ["arm64"]}, ON_DEMAND],
                "nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "general"}}}}),),
        "karpenter.sh/docs/concepts/nodepools", unpriced("kubernetes:karpenter.sh/v1:NodePool::base")),
    Idiom("a class of attributes for volumes of databases", (k8s("storage.k8s.io/v1:VolumeAttributesClass", {
        "metadata": {"name": "database", "labels": TAGS}, "driverName": "ebs.csi.aws.com",
        "parameters": {"type": "gp3", "iops": "4000", "throughput": "250"}}),),
        "kubernetes.io/docs/concepts/storage/volume-attributes-classes"),
    Idiom("machines of an automatic cluster lie in private networks, with the bank's key", (_top(
        "eks.amazonaws.com/v1:NodeClass", "private", {
            "role": "bank-node", "tags": TAGS, "subnetSelectorTerms": [{"tags": {"zone": "private"}}],
            "securityGroupSelectorTerms": [{"tags": {"zone": "private"}}], "networkPolicy": "DefaultDeny",
            "snatPolicy": "Random", "ephemeralStorage": {"size": "80Gi", "iops": 3000, "throughput": 125,
                                                         "kmsKeyID": KEY}}),),
        "docs.aws.amazon.com/eks/latest/userguide/create-node-class"),
    Idiom("files stand still while a backup is made", (_in("velero", "velero.io/v1:Schedule", "orders", {
        "schedule": "0 2 * * *", "template": {
            "includedNamespaces": ["team-a"], "ttl": "720h0m0s", "hooks": {"resources": [{
                "name": "orders", "includedNamespaces": ["team-a"], "labelSelector": {"matchLabels": {"app": "orders"}},
                "pre": FREEZE, "post": THAW}]}}}),), "velero.io/docs/main/backup-hooks"),
    Idiom("Grafana takes roles from the bank's sign-in", (_in(
        "monitoring", "grafana.integreatly.org/v1beta1:Grafana", "g", {
        "config": {
            "auth": {"disable_login_form": "true"}, "auth.anonymous": {"enabled": "false"},
            "auth.generic_oauth": {
                "enabled": "true", "name": "Bank", "client_id": "grafana", "use_pkce": "true",
                "scopes": "openid profile email groups", "auth_url": "https://login.example.ae/authorize",
                "token_url": "https://login.example.ae/token", "api_url": "https://login.example.ae/userinfo",
                "role_attribute_path": "contains(groups[*], 'platform') && 'Admin' || 'Viewer'"},
            "analytics": {"reporting_enabled": "false", "check_for_updates": "false"}}}),),
        "grafana.github.io/grafana-operator/docs/grafana", {
            "identity": {"trusted": {"login.example.ae": "our own sign-in"}}, "residency": {"known": {
                "login.example.ae": "our own sign-in, in the data centre"}},
            **unpriced("kubernetes:grafana.integreatly.org/v1beta1:Grafana::g")}),
    Idiom("volumes of a class carry the tags of the platform", (k8s("storage.k8s.io/v1:StorageClass", {
        "metadata": {"name": "encrypted", "labels": TAGS}, "provisioner": "ebs.csi.aws.com",
        "volumeBindingMode": "WaitForFirstConsumer", "allowVolumeExpansion": True,
        "parameters": {"type": "gp3", "encrypted": "true", "kmsKeyId": KEY, **_tags(**TAGS)}}),),
        "github.com/kubernetes-sigs/aws-ebs-csi-driver, docs/tagging"),
    Idiom("a job waits in its queue until there is capacity", (
        k8s("kueue.x-k8s.io/v1beta2:ProvisioningRequestConfig", {
            "metadata": {"name": "capacity", "labels": TAGS}, "spec": {
                "provisioningClassName": "check-capacity.autoscaling.x-k8s.io",
                "managedResources": ["nvidia.com/gpu"],
                "retryStrategy": {"backoffLimitCount": 3, "backoffBaseSeconds": 60}}}, "capacity"),
        k8s("kueue.x-k8s.io/v1beta2:AdmissionCheck", {"metadata": {"name": "capacity", "labels": TAGS}, "spec": {
            "controllerName": "kueue.x-k8s.io/provisioning-request", "parameters": {
                "apiGroup": "kueue.x-k8s.io", "kind": "ProvisioningRequestConfig", "name": "capacity"}}}, "check")),
        "kueue.sigs.k8s.io/docs/admission-check-controllers/provisioning"),
    Idiom("a model lies on the machines before a server starts", (_top(
        "serving.kserve.io/v1alpha1:LocalModelCache", "llama", {
            "sourceModelUri": "s3://bank-models/llama-3.1-8b", "modelSize": "20Gi", "nodeGroups": ["gpu"]}),),
        "kserve.github.io/website/docs/model-serving/generative-inference/modelcache/localmodel", MODELS),
    Idiom("a database of the data centre is measured with a password", (_in(
        "monitoring", "monitoring.coreos.com/v1alpha1:ScrapeConfig", "core", {
            "scheme": "HTTPS", "metricsPath": "/metrics", "scrapeInterval": "60s",
            "staticConfigs": [{"targets": ["core.example.ae:9187"], "labels": {"system": "core"}}],
            "basicAuth": {"username": {"name": "core", "key": "user"}, "password": {"name": "core", "key": "password"}},
            "tlsConfig": {"ca": {"configMap": {"name": "bank-authority", "key": "ca.crt"}}}}),),
        "prometheus-operator.dev/docs/developer/scrapeconfig",
        {"residency": {"known": {"core.example.ae": "the bank's core system in its data centre"}}}),
    Idiom("a team's controllers share a bounded part of the API server", (k8s(
        "flowcontrol.apiserver.k8s.io/v1:PriorityLevelConfiguration", {
            "metadata": {"name": "teams", "labels": TAGS}, "spec": {"type": "Limited", "limited": {
                "nominalConcurrencyShares": 10, "lendablePercent": 50, "limitResponse": {
                    "type": "Queue", "queuing": {"queues": 64, "handSize": 6, "queueLengthLimit": 50}}}}}),),
        "kubernetes.io/docs/concepts/cluster-administration/flow-control"),
    Idiom("a class of ingresses is internal by its parameters", (
        _top("elbv2.k8s.aws/v1beta1:IngressClassParams", "internal", {
            "scheme": "internal", "sslPolicy": "ELBSecurityPolicy-TLS13-1-2-2021-06", "tags": [
                {"key": key, "value": value} for key, value in TAGS.items()]}),
        _top("networking.k8s.io/v1:IngressClass", "internal", {
            "controller": "ingress.k8s.aws/alb", "parameters": {
                "apiGroup": "elbv2.k8s.aws", "kind": "IngressClassParams", "name": "internal"}})),
        "kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class"),
    Idiom("an index of a job may fail, and others go on", (_in("team-a", "batch/v1:Job", "shards", {
        "completions": 8, "parallelism": 4, "completionMode": "Indexed", "backoffLimitPerIndex": 1,
        "maxFailedIndexes": 2, "activeDeadlineSeconds": 7200, "ttlSecondsAfterFinished": 3600, "podFailurePolicy": {
            "rules": [{"action": "Ignore", "onPodConditions": [{"type": "DisruptionTarget", "status": "True"}]},
                      {"action": "FailIndex", "onExitCodes": {"containerName": "app", "operator": "In",
                                                              "values": [42]}}]},
        "template": {"metadata": {"labels": TAGS}, "spec": pod({"command": ["python", "shard.py"]},
                                                               restartPolicy="Never")}}),),
        "kubernetes.io/docs/concepts/workloads/controllers/job"),
)  # fmt: skip
