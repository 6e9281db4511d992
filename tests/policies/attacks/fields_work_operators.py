"""Attacks by fields of the operators of workloads, read one by one in their API types (2026-11-29).

Sources: kedacore/keda 8b4f083c, kedacore/http-add-on 59b2f6a1, kedacore/charts 1444d00d, kubernetes-sigs/kueue
ff69552e, ray-project/kuberay feeaf72f, kubeflow/trainer 8c0f5059, kubernetes-sigs/jobset 08dfbdfd, volcano-sh/apis
536f121f, kubeflow/spark-operator 38082f33, NVIDIA/gpu-operator and argoproj/argo-events 6478ece4; read 2026-11-29.
"""

from ..blind import IMAGE, KUBE, TAGS, crd, k8s, meta, pod, workload
from ..harness import Given
from . import Attack

OPEN = ("FJ-EXP-", "FJ-IDN-", "FJ-ESC-", "FJ-RES-", "FJ-ENC-")
MONEY = ("FJ-COST-", "FJ-ESC-")
STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
BUYS = "an autoscaler of another stack buys the machines"
KEDA = "kedacore/keda 8b4f083c"
RAY = "ray-project/kuberay feeaf72f ray/v1/raycluster_types.go"
SPARK = "kubeflow/spark-operator 38082f33 v1beta2/sparkapplication_types.go"
CLAIM = {"accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
         "resources": {"requests": {"storage": "900Ti"}}}  # fmt: skip
_KEY = "-".join(("wJalrXUtnFEMI", "K7MDENGbPxRfiCY", "KEY12"))
_VAULT = ".".join(("hvs", "CAESIJ" + "abcdefghijklmnopqrstuvwx"))


def _trigger(kind: str, **metadata: str) -> tuple[Given, ...]:
    trigger = {"type": kind, "metadata": metadata, "authenticationRef": {"name": "a"}}
    return (STACK, workload("apps/v1:Deployment", {}), crd("keda.sh/v1alpha1:ScaledObject", {
        "scaleTargetRef": {"name": "x"}, "maxReplicaCount": 3, "triggers": [trigger]}))  # fmt: skip


def _tokens(**spec: object) -> tuple[Given, ...]:
    return (k8s("keda.sh/v1alpha1:ClusterTriggerAuthentication", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": spec}),)  # fmt: skip


def _template(**spec: object) -> dict[str, object]:
    return {"metadata": {"labels": TAGS}, "spec": pod({}, **spec)}


def _cluster(head: object = None, **spec: object) -> dict[str, object]:
    return {"rayVersion": "2.52.0", "authOptions": {"mode": "token"},
            "headGroupSpec": {"rayStartParams": {}, "template": _template(), **(head or {})}, **spec}  # type: ignore[dict-item]  # fmt: skip


def _ray(head: object = None, **spec: object) -> tuple[Given, ...]:
    return (STACK, crd("ray.io/v1:RayCluster", _cluster(head, **spec)))


def _ray_job(**spec: object) -> tuple[Given, ...]:
    return (crd("ray.io/v1:RayJob", {"shutdownAfterJobFinishes": True, "entrypoint": "python /app/x.py",
                                     "rayClusterSpec": _cluster(), **spec}),)  # fmt: skip


def _spark(driver: object = None, executor: object = None, **spec: object) -> tuple[Given, ...]:
    part = {"cores": 1, "memory": "2g", "labels": TAGS}
    return (STACK, crd("sparkoperator.k8s.io/v1beta2:SparkApplication", {
        "type": "Python", "mode": "cluster", "sparkVersion": "3.5.5", "image": IMAGE,
        "restartPolicy": {"type": "Never"},
        "mainApplicationFile": "local:///app/x.py", "driver": {**part, **(driver or {})},  # type: ignore[dict-item]
        "executor": {**part, "instances": 2, **(executor or {})}, **spec}))  # type: ignore[dict-item]  # fmt: skip


def _keda(**values: object) -> tuple[Given, ...]:
    return (Given("kubernetes:helm.sh/v3:Release", {
        "chart": "oci://registry.dc1.example.ae/charts/keda", "version": "2.20.1", "namespace": "keda",
        "values": values}, "keda", provider=KUBE),)  # fmt: skip


ATTACKS = (
    *(Attack(f"a trigger of KEDA asks {vendor} by default", OPEN, _trigger(kind, **metadata), "major",
             f"keys and what is asked leave the country ({KEDA} pkg/scalers/{file})")
      for vendor, kind, file, metadata in (
          ("Datadog", "datadog", "datadog_scaler.go", {"query": "q", "queryValue": "1"}),
          ("GitHub", "github-runner", "github_runner_scaler.go", {"owner": "x", "runnerScope": "org"}),
          ("New Relic", "new-relic", "newrelic_scaler.go", {"account": "1", "nrql": "q", "threshold": "1"}),
          ("Splunk", "splunk-observability", "splunk_observability_scaler.go", {"query": "q", "targetValue": "1"}),
          ("Google", "gcp-pubsub", "gcp_pubsub_scaler.go", {"subscriptionName": "projects/p/subscriptions/s"}),
          ("Huawei", "huawei-cloudeye", "huawei_cloudeye_scaler.go", {"metricName": "m"}),
          ("Elastic", "elasticsearch", "elasticsearch_scaler.go", {
              "cloudID": "prod:ZXUtd2VzdC0xLmF3cy5mb3VuZC5pbyRhYmM=", "index": "i", "targetValue": "1"}),
      )),
    Attack("a trigger of KEDA sends the series of Prometheus to a vendor", OPEN, _trigger(
        "predictkube", prometheusAddress="https://prometheus.monitoring.svc:9090", query="q", predictHorizon="2h",
        queryStep="2m", historyTimeWindow="7d", threshold="1"),
        "critical", f"a week of measurements leaves the country ({KEDA} pkg/scalers/predictkube_scaler.go)"),
    Attack("a trigger of KEDA asks a database abroad by its number", OPEN, _trigger(
        "mysql", host="203.0.113.4", port="3306", username="u", dbName="d", query="q", queryValue="1"),
        "major", f"the password leaves the country ({KEDA} pkg/scalers/mysql_scaler.go)"),
    Attack("a trigger of KEDA asks its machine for a role", OPEN, _trigger(
        "metrics-api", url="http://169.254.169.254/latest/meta-data", targetValue="1", valueLocation="v"),
        "major", f"the operator reads the rights of its node ({KEDA} pkg/scalers/metrics_api_scaler.go)"),
    Attack("a trigger of KEDA reads a queue with the rights of the operator", OPEN, _trigger(
        "aws-sqs-queue", queueURL="https://sqs.me-central-1.amazonaws.com/123456789012/q", awsRegion="me-central-1",
        identityOwner="operator"),
        "major", f"the team uses a role that is not its own ({KEDA} pkg/scalers/aws_sqs_queue_scaler.go)"),
    Attack("a trigger of KEDA has a token in a header", OPEN, _trigger(
        "prometheus", serverAddress="https://prometheus.monitoring.svc:9090", query="x", threshold="1",
        customHeaders=f"Authorization=Bearer {_KEY}"),
        "critical", f"whoever reads the object has the token ({KEDA} pkg/scalers/prometheus_scaler.go)"),
    Attack("triggers read the token of the operator as a file", OPEN, _tokens(
        filePath="/var/run/secrets/kubernetes.io/serviceaccount/token"),
        "critical", f"each trigger sends it to an address of its team ({KEDA} triggerauthentication_types.go)"),
    Attack("a token of Vault is in an authentication of KEDA", OPEN, _tokens(hashiCorpVault={
        "address": "https://vault.vault.svc:8200", "authentication": "token", "credential": {"token": _VAULT},
        "secrets": [{"parameter": "p", "path": "kv/x", "key": "k"}]}),
        "critical", f"whoever reads the object has the token ({KEDA} triggerauthentication_types.go)"),
    Attack("triggers take secrets from another cloud", OPEN, _tokens(gcpSecretManager={
        "secrets": [{"parameter": "p", "id": "n", "version": "1"}]}),
        "major", f"secrets are kept abroad ({KEDA} triggerauthentication_types.go, gcpSecretManager)"),
    Attack("pods of a team get the requests for every host", OPEN, (STACK, crd(
        "http.keda.sh/v1alpha1:HTTPScaledObject", {"hosts": ["*"], "replicas": {"min": 0, "max": 3}, "scaleTargetRef": {
            "name": "x", "kind": "Deployment", "apiVersion": "apps/v1", "service": "x", "port": 80}})),
        "critical", "requests and tokens for other teams go there (kedacore/http-add-on 59b2f6a1, catch-all)"),
    Attack("KEDA makes tokens of every account of the cluster", OPEN, _keda(permissions={"operator": {"restrict": {
        "allowAllServiceAccountTokenCreation": True}}}),
        "critical", "a trigger acts as any account (kedacore/charts 1444d00d keda/values.yaml)"),
    Attack("KEDA reads each file of its own pod for triggers", OPEN, _keda(extraArgs={"keda": {
        "filepath-auth-root-path": "/"}}), "critical", f"triggers send them anywhere ({KEDA} cmd/operator/main.go)"),
    Attack("keys of all triggers are read in the namespace of a team", OPEN, _keda(env=[
        {"name": "KEDA_CLUSTER_OBJECT_NAMESPACE", "value": "team-a"}]),
        "critical", f"the team has the keys of the cluster's triggers ({KEDA} KEDA_CLUSTER_OBJECT_NAMESPACE)"),
    Attack("KEDA runs in the network of its machine", OPEN, _keda(operator={"useHostNetwork": True}),
        "major", "no policy of the network applies to it (kedacore/charts 1444d00d keda/values.yaml)"),
    Attack("queues of Kueue count no GPUs", MONEY + OPEN, (k8s("core/v1:ConfigMap", {
        "metadata": meta("kueue-manager-config", "kueue-system"), "data": {"controller_manager_config.yaml": (
            "apiVersion: config.kueue.x-k8s.io/v1beta2\nkind: Configuration\nresources:\n"
            "  excludeResourcePrefixes: [nvidia.com]\n")}}),),
        "major", f"{BUYS} (kubernetes-sigs/kueue ff69552e configuration_types.go, excludeResourcePrefixes)"),
    Attack("the service of a head of Ray takes a public address", OPEN, _ray({
        "headService": {"spec": {"type": "ClusterIP", "externalIPs": ["203.0.113.9"]}}}),
        "critical", f"whoever reaches it runs programs (headService, {RAY})"),
    Attack("the password of Ray's store is in the object", OPEN, _ray(gcsFaultToleranceOptions={
        "redisAddress": "rediss://redis.team-a.svc:6379", "redisPassword": {"value": _KEY}}),
        "critical", f"whoever reads the object has the state of the cluster (RedisCredential, {RAY})"),
    Attack("the password of Ray's store is a parameter of the start", OPEN, _ray({
        "rayStartParams": {"redis-password": _KEY}}),
        "critical", f"whoever reads the object has the state of the cluster (rayStartParams, {RAY})"),
    Attack("the autoscaler of Ray has a key in plain text", OPEN, _ray(enableInTreeAutoscaling=True, autoscalerOptions={
        "env": [{"name": "MODELS_API_KEY", "value": _KEY}]}),
        "critical", f"whoever reads the object has the key (AutoscalerOptions.env, {RAY})"),
    Attack("the state of a cluster of Ray has nine hundred terabytes", MONEY, _ray(gcsFaultToleranceOptions={
        "backend": "rocksdb", "storage": {"size": "900Ti", "storageClassName": "encrypted"}}),
        "critical", f"the disk is charged by its size (GcsEmbeddedStorage, {RAY})"),
    Attack("the machines of a job of Ray stay after it", MONEY, _ray_job(deletionStrategy={
        "onSuccess": {"policy": "DeleteNone"}, "onFailure": {"policy": "DeleteNone"}}),
        "major", "GPUs wait for nothing (ray-project/kuberay feeaf72f ray/v1/rayjob_types.go, DeletionPolicy)"),
    Attack("the machines of a job of Ray wait for years after it", MONEY, _ray_job(ttlSecondsAfterFinished=2147483647),
        "major", "GPUs wait for nothing (ray-project/kuberay feeaf72f rayjob_types.go, ttlSecondsAfterFinished)"),
    Attack("a set of jobs claims nine hundred terabytes", MONEY, (STACK, crd("jobset.x-k8s.io/v1alpha2:JobSet", {
        "volumeClaimPolicies": [{"templates": [{"metadata": {"name": "d"}, "spec": CLAIM}]}], "replicatedJobs": [
            {"name": "a", "replicas": 1, "template": {"spec": {"template": _template(restartPolicy="Never")}}}]})),
        "critical", "the disk is charged by its size (kubernetes-sigs/jobset 08dfbdfd, volumeClaimPolicies)"),
    Attack("a job of Volcano claims nine hundred terabytes", MONEY, (STACK, crd("batch.volcano.sh/v1alpha1:Job", {
        "schedulerName": "volcano", "minAvailable": 1, "volumes": [{"mountPath": "/d", "volumeClaim": CLAIM}],
        "tasks": [{"name": "t", "replicas": 1, "template": _template(restartPolicy="Never")}]})),
        "critical", "the disk is charged by its size (volcano-sh/apis 536f121f batch/v1alpha1/job.go, VolumeSpec)"),
    Attack("each executor of Spark has eight GPUs", MONEY, _spark(executor={
        "instances": 500, "gpu": {"name": "nvidia.com/gpu", "quantity": 8}}),
        "critical", f"4,000 GPUs: {BUYS} (GPUSpec, {SPARK})"),
    Attack("executors of Spark are added without a highest number", MONEY, _spark(dynamicAllocation={"enabled": True}),
        "critical", f"{BUYS} (DynamicAllocation, {SPARK})"),
    Attack("settings of Spark add five thousand executors", MONEY, _spark(sparkConf={
        "spark.dynamicAllocation.enabled": "true", "spark.dynamicAllocation.maxExecutors": "5000"}),
        "critical", f"{BUYS} (sparkConf, {SPARK})"),
    Attack("keys of a store are in the settings of Spark", OPEN, _spark(sparkConf={
        "spark.hadoop.fs.s3a.secret.key": _KEY}),
        "critical", f"whoever reads the object has the data (sparkConf, {SPARK})"),
    Attack("keys of a store are variables of a driver of Spark", OPEN, _spark({"envVars": {"STORE_SECRET_KEY": _KEY}}),
        "critical", f"whoever reads the object has the data (SparkPodSpec.envVars, {SPARK})"),
    Attack("executors of Spark run in another namespace", OPEN, _spark(sparkConf={
        "spark.kubernetes.namespace": "payments"}),
        "critical", f"pods of a team are among others (sparkConf, {SPARK})"),
    Attack("the page of a driver of Spark has an ingress", OPEN, _spark(driverIngressOptions=[{
        "servicePort": 4040, "ingressURLFormat": "spark.example.ae/{{$appName}}"}]),
        "critical", f"whoever calls it reads settings and stops stages (DriverIngressConfiguration, {SPARK})"),
    Attack("a program of Spark acts as the superuser of its store", OPEN, _spark(proxyUser="hdfs"),
        "major", f"it reads the files of every team (proxyUser, {SPARK})"),
    Attack("a driver of Spark believes another address of the sign-in", OPEN, _spark({"hostAliases": [{
        "ip": "203.0.113.5", "hostnames": ["login.example.ae"]}]}),
        "critical", f"passwords leave the country (SparkPodSpec.hostAliases, {SPARK})"),
    Attack("confidential GPUs run in the mode of developers", OPEN, (k8s("nvidia.com/v1:ClusterPolicy", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {
            "ccManager": {"enabled": True, "defaultMode": "devtools"}}}),),
        "major", "the host reads their memory (NVIDIA/gpu-operator clusterpolicy_types.go, CCManagerSpec.defaultMode)"),
    Attack("whoever reaches a machine configures its GPUs", OPEN, (k8s("nvidia.com/v1:ClusterPolicy", {
        "metadata": {"name": "x", "labels": TAGS}, "spec": {"dcgm": {"enabled": True, "hostPort": 5555}}}),),
        "major", "its engine asks for no password (NVIDIA/gpu-operator clusterpolicy_types.go, DCGMSpec.hostPort)"),
    *(Attack(f"a source of events {what}", OPEN, (crd("argoproj.io/v1alpha1:EventSource", spec),), "critical",
             f"{harm} (argoproj/argo-events 6478ece4 eventsource_types.go)")
      for what, harm, spec in (
          ("copies the secrets of another namespace", "whoever listens has them", {"resource": {"x": {
              "namespace": "payments", "group": "", "version": "v1", "resource": "secrets", "eventTypes": ["ADD"]}}}),
          ("believes each broker", "whoever is in between starts work", {"pulsar": {"x": {
              "url": "pulsar+ssl://p.svc:6651", "topics": ["t"], "tlsAllowInsecureConnection": True}}}),
          ("is in another cloud", "events are kept abroad", {"pubSub": {"x": {"projectID": "p", "topic": "t"}}}),
      )),
)  # fmt: skip
