"""Attacks by fields of custom kinds of workloads, read from upstream's schemas one by one (2026-11-29).

Each passed the pack before it was mended. Schemas: datreeio/CRDs-catalog 7b1e26ef (versions of the kinds as their
types say), kubernetes-sigs/jobset, ray-project/kuberay, volcano-sh/volcano and kubeflow/training-operator as fetched
on that day.
"""

from collections.abc import Iterator, Mapping

from ..blind import TAGS, crd, pod
from . import Attack
from .fields_core_pods import MONEY, OPEN, thing

Body = Mapping[str, object]
_STEPS = {"canary": {"steps": [{"setWeight": 20}, {"pause": {}}]}}
_SCHEDULED = "taints, spreading and the isolation of tenants do not apply (core/v1 PodSpec.schedulerName)"
_DRAINED = "the machine is paid for until somebody ends it (core/v1 PodSpec.terminationGracePeriodSeconds)"
_ARGO = "argoproj/argo-rollouts, Rollout and AnalysisTemplate of CRDs-catalog 7b1e26ef"


def _template(labels: Body | None = None, annotations: Body | None = None, **spec: object) -> Body:
    return {"metadata": {"labels": {**TAGS, "app": "x", **(labels or {})}, "annotations": annotations or {}},
            "spec": pod({}, **spec)}  # fmt: skip


def _rollout(template: Body, **strategy: object) -> Body:
    return {"replicas": 2, "selector": {"matchLabels": {"app": "x"}}, "template": template,
            "strategy": strategy or _STEPS}  # fmt: skip


def _kinds(template: Body) -> Iterator[tuple[str, Body]]:
    """Yields the kinds of other projects that make pods, each with a spec that is compliant if the template is."""
    yield "argoproj.io/v1alpha1:Rollout", _rollout(template)
    yield "jobset.x-k8s.io/v1alpha2:JobSet", {
        "replicatedJobs": [{"name": "a", "replicas": 1, "template": {"spec": {"template": template}}}]}  # fmt: skip
    yield "kubeflow.org/v1:PyTorchJob", {"pytorchReplicaSpecs": {"Master": {"replicas": 1, "template": template}}}
    yield "ray.io/v1:RayCluster", {"authOptions": {"mode": "token"},
                                   "headGroupSpec": {"rayStartParams": {}, "template": template}}  # fmt: skip
    yield "leaderworkerset.x-k8s.io/v1:LeaderWorkerSet", {
        "replicas": 1, "leaderWorkerTemplate": {"size": 1, "workerTemplate": template}}  # fmt: skip
    yield "batch.volcano.sh/v1alpha1:Job", {"tasks": [{"replicas": 1, "name": "a", "template": template}]}
    yield "serving.kserve.io/v1beta1:InferenceService", {"predictor": template["spec"]}


def _each(name: str, severity: str, harm: str, labels: Body | None = None, annotations: Body | None = None,
          **spec: object) -> tuple[Attack, ...]:  # fmt: skip
    template = _template(labels, annotations, **spec)
    return tuple(
        Attack(f"{name}, of a {kind.rpartition(':')[2]}", OPEN, (crd(kind, body),), severity, harm)
        for kind, body in _kinds(template)
        if spec or "predictor" not in body  # the pod of an InferenceService has no metadata of its own
    )


def _measured(name: str, severity: str, **metric: object) -> Attack:
    prometheus = {"address": "http://prometheus.monitoring.svc:9090", "query": "q"}
    spec = {"metrics": [{"name": "m", "provider": {"prometheus": prometheus}, **metric}]}
    harm = f"a version that fails reaches every caller ({_ARGO})"
    return Attack(name, OPEN, (crd("argoproj.io/v1alpha1:AnalysisTemplate", spec),), severity, harm)


def _costs(name: str, harm: str, **strategy: object) -> Attack:
    return Attack(name, MONEY, (crd("argoproj.io/v1alpha1:Rollout", _rollout(_template(), **strategy)),), "major",
                  f"{harm} ({_ARGO})")  # fmt: skip


def _meshless(name: str, kind: str, body: Body) -> Attack:
    return Attack(name, OPEN, (crd(kind, body),), "critical", "no policy of the mesh applies, and calls are in plain "
                  "text (istio/api annotation/annotations.yaml and label/labels.yaml)")  # fmt: skip


def _ray(name: str, kind: str, spec: Body) -> Attack:
    return Attack(name, MONEY, (crd(f"ray.io/v1:{kind}", spec),), "major", "machines that nobody needs are paid for "
                  "(ray-project/kuberay, helm-chart/kuberay-operator/crds)")  # fmt: skip


_CLUSTER: Body = {"authOptions": {"mode": "token"}, "headGroupSpec": {"rayStartParams": {}, "template": _template()}}
_JOB: Body = {"shutdownAfterJobFinishes": True, "entrypoint": "python /x.py"}
_OUT = {"sidecar.istio.io/inject": "false"}
_KNATIVE = "serving.knative.dev/v1:Service"
_SCALED = {"scaleTargetRef": {"name": "x"}, "maxReplicaCount": 5}
_VPA = {"targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"},
        "updatePolicy": {"updateMode": "Auto"}}  # fmt: skip
_WORKFLOW = {"entrypoint": "a", "serviceAccountName": "app", "activeDeadlineSeconds": 3600, "templates": [{
    "name": "a", "container": pod({})["containers"][0], "automountServiceAccountToken": False,  # type: ignore[index]
    "securityContext": pod({})["securityContext"]}]}  # fmt: skip
_RESERVED = {"nodeClassRef": {"group": "karpenter.k8s.aws", "kind": "EC2NodeClass", "name": "d"},
             "requirements": [{"key": "node.kubernetes.io/instance-type", "operator": "In",
                               "values": ["m7i.large"]}]}  # fmt: skip

ATTACKS = (
    *_each("a scheduler of a stranger says where pods run", "major", _SCHEDULED, schedulerName="stranger-scheduler"),
    *_each("pods take a year to end", "major", _DRAINED, terminationGracePeriodSeconds=31_536_000),
    *_each("pods name a role of their machine", "critical", "the pod has each role that its machine may take (kiam and "
           "kube2iam, annotations, as known)", annotations={"iam.amazonaws.com/role": "admin"}),
    *_each("pods take the identity of another namespace", "critical", "the pod has the rights of others (AAD Pod "
           "Identity, 'Features', as known)", labels={"aadpodidbinding": "payments"}),
    Attack("pods of a workflow name a role of their machine", OPEN, (crd("argoproj.io/v1alpha1:Workflow", {
        **_WORKFLOW, "podMetadata": {"annotations": {"iam.amazonaws.com/role": "admin"}}}),), "critical",
        "the pod has each role that its machine may take (argoproj/argo-workflows, Workflow of CRDs-catalog 7b1e26ef)"),
    Attack("a scheduler of a stranger says where jobs of a queue run", OPEN, (crd("keda.sh/v1alpha1:ScaledJob", {
        "maxReplicaCount": 5, "jobTargetRef": {"template": _template(schedulerName="stranger-scheduler")},
        "triggers": [{"type": "cpu", "metricType": "Utilization", "metadata": {"value": "60"}}]}),), "major",
        f"{_SCHEDULED} (kedacore/keda, ScaledJob of CRDs-catalog 7b1e26ef)"),
    _meshless("a Rollout leaves the mesh by an annotation", "argoproj.io/v1alpha1:Rollout",
              _rollout(_template(annotations=_OUT))),
    _meshless("a Rollout leaves the mesh by a label", "argoproj.io/v1alpha1:Rollout", _rollout(_template(labels=_OUT))),
    _meshless("a Rollout leaves the ambient mesh", "argoproj.io/v1alpha1:Rollout",
              _rollout(_template(labels={"istio.io/dataplane-mode": "none"}))),
    _meshless("a Rollout leaves the mesh of Linkerd", "argoproj.io/v1alpha1:Rollout",
              _rollout(_template(annotations={"linkerd.io/inject": "disabled"}))),
    _meshless("a service of Knative leaves the mesh", _KNATIVE, {"template": _template(annotations=_OUT)}),
    _costs("a preview has a hundred thousand pods", "machines are bought for pods that nobody calls",
           blueGreen={"activeService": "a", "previewService": "p", "previewReplicaCount": 100_000}),
    _costs("a change starts ten times the pods", "machines are bought at each change",
           canary={"maxSurge": "1000%", "steps": [{"setWeight": 20}]}),
    _costs("each set of a Rollout has a hundred thousand pods", "machines are bought for pods that nobody calls",
           canary={"minPodsPerReplicaSet": 100_000, "steps": [{"setWeight": 20}]}),
    _costs("the old pods stay for a year after a change", "two versions are paid for",
           blueGreen={"activeService": "a", "scaleDownDelaySeconds": 31_536_000}),
    _measured("a million failures stop no rollout", "major", successCondition="result[0] >= 0.95",
              failureLimit=1_000_000),
    _measured("no number of failures stops a rollout", "major", successCondition="result[0] >= 0.95", failureLimit=-1),
    _measured("a million errors stop no rollout", "major", successCondition="result[0] >= 0.95",
              consecutiveErrorLimit=1_000_000),
    _measured("no result is a failure", "major", failureCondition="false"),
    Attack("a canary is not measured at all", OPEN, (crd("flagger.app/v1beta1:Canary", {
        "targetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "x"}, "service": {"port": 80},
        "skipAnalysis": True}),), "major", "a version that fails reaches every caller (fluxcd/flagger, Canary of "
        "CRDs-catalog 7b1e26ef)"),
    Attack("work of a queue stands beside the API server", OPEN, thing("kueue.x-k8s.io/v1beta1:ResourceFlavor", {
        "spec": {"nodeLabels": {"node-role.kubernetes.io/control-plane": ""}}}, ""), "critical",
        "pods of teams share a machine with the API server (kubernetes-sigs/kueue, ResourceFlavor of CRDs-catalog)"),
    Attack("work of a queue tolerates every taint", OPEN, thing("kueue.x-k8s.io/v1beta1:ResourceFlavor", {
        "spec": {"tolerations": [{"operator": "Exists"}]}}, ""), "critical",
        "pods of teams start beside the API server (kubernetes-sigs/kueue, ResourceFlavor of CRDs-catalog)"),
    Attack("a controller of a stranger says which work starts", OPEN, thing("kueue.x-k8s.io/v1beta1:AdmissionCheck", {
        "spec": {"controllerName": "stranger.example.com/check"}}, ""), "major",
        "work starts, waits and is placed as it likes (kubernetes-sigs/kueue, AdmissionCheck of CRDs-catalog)"),
    Attack("one pod may grow to ten thousand cores", MONEY, (crd("autoscaling.k8s.io/v1:VerticalPodAutoscaler", {
        **_VPA, "resourcePolicy": {"containerPolicies": [{"containerName": "*", "maxAllowed": {"cpu": "10000"}}]}}),),
        "major", "machines are bought for it (kubernetes/autoscaler, VerticalPodAutoscaler of CRDs-catalog)"),
    Attack("one pod may grow to a hundred tebibytes", MONEY, (crd("autoscaling.k8s.io/v1:VerticalPodAutoscaler", {
        **_VPA, "resourcePolicy": {"containerPolicies": [{"containerName": "*",
                                                          "maxAllowed": {"memory": "100Ti"}}]}}),),
        "major", "machines are bought for it (kubernetes/autoscaler, VerticalPodAutoscaler of CRDs-catalog)"),
    Attack("pods of a queue stay for a year after the last message", MONEY, (crd("keda.sh/v1alpha1:ScaledObject", {
        **_SCALED, "cooldownPeriod": 31_536_000, "triggers": [{"type": "cpu", "metricType": "Utilization",
                                                               "metadata": {"value": "60"}}]}),),
        "major", "pods that nobody needs are paid for (kedacore/keda, ScaledObject of CRDs-catalog 7b1e26ef)"),
    Attack("a thousand machines are bought whether pods need them or not", MONEY, thing("karpenter.sh/v1:NodePool", {
        "spec": {"replicas": 1000, "template": {"spec": _RESERVED}, "limits": {"cpu": "100", "nodes": "1000"}}}, ""),
        "critical", "a thousand machines a month (kubernetes-sigs/karpenter, NodePool of CRDs-catalog 7b1e26ef)"),
    _ray("machines of a cluster wait for a year", "RayCluster", {
        **_CLUSTER, "enableInTreeAutoscaling": True, "autoscalerOptions": {"idleTimeoutSeconds": 31_536_000}}),
    _ray("a job that fails starts a hundred thousand times", "RayJob", {
        **_JOB, "backoffLimit": 100_000, "rayClusterSpec": _CLUSTER}),
    _ray("the old cluster of a service stays for a year", "RayService", {
        "serveConfigV2": "applications: []", "rayClusterDeletionDelaySeconds": 31_536_000,
        "rayClusterConfig": _CLUSTER}),
    Attack("disks of machines of an older template are not encrypted", ("FJ-ENC-", "FJ-ESC-"), thing(
        "karpenter.k8s.aws/v1alpha1:AWSNodeTemplate", {"spec": {"blockDeviceMappings": [
            {"deviceName": "/dev/xvda", "ebs": {"encrypted": False, "volumeSize": "50Gi"}}]}}, ""),
        "major", "whoever has the disk reads it (aws/karpenter-provider-aws, AWSNodeTemplate of CRDs-catalog)"),
)  # fmt: skip
