"""Annotations of pods in the fields, settings and texts that controllers of custom resources and charts hand on to pods
(2026-12-03).
"""

from collections.abc import Callable

from ..blind import IMAGE, Props, pod, release
from ..harness import Given
from ..idioms.eleventh_charts import inside
from . import Attack

HANDED_ON = "kubeflow/spark-operator, driver.annotations; the other controllers in readers/pod_annotations.py"
SPARK = "sparkoperator.k8s.io/v1beta2:SparkApplication"
APPARMOR = {"container.apparmor.security.beta.kubernetes.io/main": "unconfined"}
KATA = {"io.katacontainers.config.hypervisor.kernel": "/opt/kernel"}
PORTS = {"traffic.sidecar.istio.io/excludeOutboundPorts": "5432"}
NETWORK = {"k8s.v1.cni.cncf.io/networks": "kube-system/host"}
ROOT = {"config.linkerd.io/proxy-uid": "0"}
BOOTSTRAP = {"sidecar.istio.io/bootstrapOverride": "own-bootstrap"}
OUTSIDE = {"linkerd.io/inject": "disabled"}


def spark(driver: Props, **spec: object) -> Given:
    """Returns a program of Spark."""
    return inside(SPARK, "letters", {
        "type": "Java", "mode": "cluster", "image": IMAGE, "sparkVersion": "3.5.0", "executor": {"instances": 1},
        "mainApplicationFile": "local:///letters.jar", "driver": {"cores": 1, **driver}, **spec}, "team-a")  # fmt: skip


def spark_settings(annotations: Props) -> Given:
    """Returns a program of Spark whose executors have annotations by its settings."""
    return spark({}, sparkConf={f"spark.kubernetes.executor.annotation.{key}": value
                                for key, value in annotations.items()})  # fmt: skip


def flink(annotations: Props) -> Given:
    """Returns a program of Flink whose pods have annotations by one of its settings."""
    return inside("flink.apache.org/v1beta1:FlinkDeployment", "letters", {
        "image": IMAGE, "flinkVersion": "v1_20", "serviceAccount": "flink", "flinkConfiguration": {
            "kubernetes.taskmanager.annotations": ",".join(f"{key}:{value}" for key, value in annotations.items())}},
        "team-a")  # fmt: skip


def of_kind(kind: str, spec: Props) -> Given:
    """Returns a custom resource of a team."""
    return inside(kind, "letters", spec, "team-a")


def workflow(annotations: Props) -> Given:
    """Returns a workflow of Argo whose pods all have annotations."""
    containers = pod({})["containers"]
    assert isinstance(containers, list)
    container = containers[0]
    return of_kind("argoproj.io/v1alpha1:Workflow", {
        "entrypoint": "main", "podMetadata": {"annotations": annotations}, "serviceAccountName": "letters",
        "automountServiceAccountToken": False, "securityContext": {
            "runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
        "templates": [{"name": "main", "container": container}]})  # fmt: skip


def rollout(annotations: Props) -> Given:
    """Returns a rollout whose new pods have annotations while they are tried."""
    return of_kind(
        "argoproj.io/v1alpha1:Rollout",
        {
            "replicas": 3,
            "strategy": {"canary": {"canaryMetadata": {"annotations": annotations}}},
            "selector": {"matchLabels": {"app": "x"}},
            "template": {"metadata": {"labels": {"app": "x"}}, "spec": pod({})},
        },
    )


def chart(annotations: Props) -> Given:
    """Returns a release of a chart whose pods have annotations."""
    return release("keda", "2.16.0", {"podAnnotations": annotations})[0]


def application(annotations: Props) -> Given:
    """Returns an application of Argo CD that states annotations of pods in a text of values."""
    lines = "".join(f"  {key}: '{value}'\n" for key, value in annotations.items())
    return inside("argoproj.io/v1alpha1:Application", "keda", {
        "project": "platform", "destination": {"server": "https://kubernetes.default.svc", "namespace": "keda"},
        "source": {"repoURL": "registry.dc1.example.ae/charts", "chart": "keda", "targetRevision": "2.16.0",
                   "helm": {"values": f"podAnnotations:\n{lines}"}}}, "argocd")  # fmt: skip


def nested(kind: str, *path: str) -> Callable[[Props], Given]:
    """Returns the function that makes a custom resource with annotations at a path."""

    def make(annotations: Props) -> Given:
        spec = annotations
        for key in reversed(path):
            spec = {key: spec}
        return of_kind(kind, spec)

    return make


CARRIERS: tuple[tuple[str, Callable[[Props], Given]], ...] = (
    ("the driver of Spark", lambda given: spark({"annotations": given})),
    ("executors of Spark, by settings", spark_settings),
    ("task managers of Flink, by a setting", flink),
    ("Flink, by a template", nested("flink.apache.org/v1beta1:FlinkDeployment", "podTemplate", "metadata",
                                    "annotations")),
    ("a workflow", workflow),
    ("a rollout that is tried", rollout),
    ("brokers of Kafka", nested("kafka.strimzi.io/v1beta2:Kafka", "kafka", "template", "pod", "metadata",
                                "annotations")),
    ("a database", nested("postgresql.cnpg.io/v1:Cluster", "inheritedMetadata", "annotations")),
    ("Prometheus", nested("monitoring.coreos.com/v1:Prometheus", "podMetadata", "annotations")),
    ("a collector of traces", nested("opentelemetry.io/v1beta1:OpenTelemetryCollector", "podAnnotations")),
    ("a proxy of a gateway", nested("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", "provider", "kubernetes",
                                    "envoyDeployment", "pod", "annotations")),
    ("a store, each part by itself", nested("ceph.rook.io/v1:CephCluster", "annotations", "osd")),
    ("a chart", chart),
    ("an application of Argo CD, by a text", application),
)  # fmt: skip
HARMS = (
    ("have no profile of the kernel", "FJ-EXP-311", APPARMOR),
    ("run on a kernel of their own", "FJ-EXP-311", KATA),
    ("call the database past the mesh", "FJ-ENC-422", PORTS),
    ("join a network of the system", "FJ-EXP-302", NETWORK),
)
ROWS = ("executors of Spark, by settings", "task managers of Flink, by a setting", "a collector of traces", "a chart",
        "an application of Argo CD, by a text")  # fmt: skip
FIELDS = ("executors of Spark, by settings", "a collector of traces", "a chart")

ATTACKS: tuple[Attack, ...] = (
    *(Attack(f"pods of {name} {harm}", (rule,), (make(given),), "critical", HANDED_ON)
      for name, make in CARRIERS for harm, rule, given in HARMS),
    *(Attack(f"pods of {name} have a proxy that is root", ("FJ-ESC-115",), (make(ROOT),), "critical", HANDED_ON)
      for name, make in CARRIERS if name in ROWS),
    *(Attack(f"pods of {name} have another configuration of their proxy", ("FJ-ESC-111",), (make(BOOTSTRAP),),
             "critical", HANDED_ON)
      for name, make in CARRIERS if name in FIELDS),
    Attack("pods of a rollout that is tried are outside of the mesh", ("FJ-ESC-115",), (rollout(OUTSIDE),), "critical",
           "argoproj/argo-rollouts 010ad554, canaryMetadata; linkerd/linkerd2 b24cd405"),
    *(Attack(f"pods of a {kind} of Knative are outside of the mesh: {name}", ("FJ-ESC-115",), (of_kind(
        f"serving.knative.dev/v1:{kind}", {"template": {"metadata": metadata, "spec": pod({})}}),), "critical",
        "hashicorp/consul-k8s a507b1d1; kumahq/kuma 348b6528; linkerd/linkerd2 b24cd405")
      for kind in ("Configuration", "Service")
      for name, metadata in (
          ("Linkerd", {"annotations": OUTSIDE}), ("Kuma", {"annotations": {"kuma.io/sidecar-injection": "disabled"}}),
          ("Kuma, by a label", {"labels": {"kuma.io/sidecar-injection": "disabled"}}),
          ("Consul", {"annotations": {"consul.hashicorp.com/connect-inject": "false"}}))),
)  # fmt: skip
