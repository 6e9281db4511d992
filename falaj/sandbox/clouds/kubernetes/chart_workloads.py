"""Workloads of Helm charts, and the places in a chart's values where their node selector and tolerations are set.

Deployments, stateful sets, jobs and hooks; daemon sets run everywhere. The rows of gpu-operator, istio and a job of
kube-prometheus-stack were read in the charts' templates on 2026-11-26; the others are from knowledge of the charts. A
row without `when` is always created.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from falaj.sandbox.clouds.values import UNKNOWN, Json, Props, get_all, get_path


@dataclass(frozen=True)
class Workload:
    """A workload of a chart.

    at: paths in the values where the node selector and the tolerations can be set, the first that is set counts; ""
    is the top. when: path -> its default, of the values that must be true for it to be created.
    """

    name: str
    at: tuple[str, ...] = ("",)
    when: tuple[tuple[str, bool], ...] = ()


_NFD = "node-feature-discovery"
_OPERATOR = "prometheusOperator"
_WEBHOOKS = f"{_OPERATOR}.admissionWebhooks"

WORKLOADS: Mapping[str, tuple[Workload, ...]] = {
    # aws/eks-charts, stable/aws-load-balancer-controller/templates/deployment.yaml
    "aws-load-balancer-controller": (Workload("Deployment aws-load-balancer-controller"),),
    # istio/istio, manifests/charts/base: definitions and a webhook configuration
    "base": (),
    # cert-manager/cert-manager, deploy/charts/cert-manager/templates
    "cert-manager": (
        Workload("Deployment cert-manager"),
        Workload("Deployment cert-manager-webhook", ("webhook",)),
        Workload("Deployment cert-manager-cainjector", ("cainjector",), (("cainjector.enabled", True),)),
        Workload("Job cert-manager-startupapicheck", ("startupapicheck",), (("startupapicheck.enabled", True),)),
    ),
    # kubernetes/autoscaler, charts/cluster-autoscaler/templates/deployment.yaml
    "cluster-autoscaler": (Workload("Deployment cluster-autoscaler"),),
    # christianhuth/helm-charts, charts/gateway-api-crds: definitions only
    "gateway-api-crds": (),
    # NVIDIA/gpu-operator v26.7.0 and v25.10.1, deployments/gpu-operator/templates; its subchart
    # node-feature-discovery 0.18 and 0.19, templates master.yaml, nfd-gc.yaml and post-delete-job.yaml
    "gpu-operator": (
        Workload("Deployment gpu-operator", ("operator",)),
        Workload("Job gpu-operator-upgrade-crd", ("operator",), (("operator.upgradeCRD", True),)),
        Workload("Job gpu-operator-cleanup-crd", ("operator",), (("operator.cleanupCRD", False),)),
        Workload(
            "Deployment node-feature-discovery-master",
            (f"{_NFD}.master",),
            (("nfd.enabled", True), (f"{_NFD}.master.enable", True)),
        ),
        Workload(
            "Deployment node-feature-discovery-gc",
            (f"{_NFD}.gc",),
            (("nfd.enabled", True), (f"{_NFD}.gc.enable", True)),
        ),
        Workload("Job node-feature-discovery-prune", (f"{_NFD}.master",), (("nfd.enabled", True),)),
    ),
    # istio/istio, manifests/charts/istio-control/istio-discovery/templates/deployment.yaml
    "istiod": (Workload("Deployment istiod"),),
    # kubernetes-sigs/jobset, charts/jobset/templates/controller/deployment.yaml
    "jobset": (Workload("Deployment jobset-controller", ("controller",)),),
    # aws/karpenter-provider-aws, charts/karpenter/templates/deployment.yaml
    "karpenter": (Workload("Deployment karpenter"),),
    "karpenter-crd": (),
    # kedacore/charts, keda/templates: manager, metrics-server, webhooks
    "keda": (
        Workload("Deployment keda-operator"),
        Workload("Deployment keda-operator-metrics-apiserver"),
        Workload("Deployment keda-admission-webhooks", when=(("webhooks.enabled", True),)),
    ),
    # kedacore/charts, http-add-on/templates: interceptor, operator and scaler deployment.yaml
    "keda-add-ons-http": (
        Workload("Deployment keda-add-ons-http-interceptor", ("interceptor",)),
        Workload("Deployment keda-add-ons-http-controller-manager", ("operator",)),
        Workload("Deployment keda-add-ons-http-external-scaler", ("scaler",)),
    ),
    # prometheus-community/helm-charts, charts/kube-prometheus-stack/templates and its subcharts
    "kube-prometheus-stack": (
        Workload("Deployment operator", (_OPERATOR,), ((f"{_OPERATOR}.enabled", True),)),
        Workload("Job admission-create", (f"{_WEBHOOKS}.patch",), ((f"{_WEBHOOKS}.enabled", True),)),
        Workload("Job admission-patch", (f"{_WEBHOOKS}.patch",), ((f"{_WEBHOOKS}.enabled", True),)),
        Workload(
            "Deployment operator-webhook",
            (f"{_WEBHOOKS}.deployment",),
            ((f"{_WEBHOOKS}.enabled", True), (f"{_WEBHOOKS}.deployment.enabled", False)),
        ),
        Workload("StatefulSet prometheus", ("prometheus.prometheusSpec",), (("prometheus.enabled", True),)),
        Workload("StatefulSet alertmanager", ("alertmanager.alertmanagerSpec",), (("alertmanager.enabled", True),)),
        Workload("StatefulSet thanos-ruler", ("thanosRuler.thanosRulerSpec",), (("thanosRuler.enabled", False),)),
        Workload("Deployment grafana", ("grafana",), (("grafana.enabled", True),)),
        Workload("Deployment kube-state-metrics", ("kube-state-metrics",), (("kubeStateMetrics.enabled", True),)),
        Workload("Job upgrade-crds", ("crds.upgradeJob",), (("crds.upgradeJob.enabled", False),)),
    ),
    # kubeflow/trainer v2.2.0, charts/kubeflow-trainer/templates/manager/deployment.yaml
    "kubeflow-trainer": (Workload("Deployment kubeflow-trainer-controller-manager", ("manager",)),),
    # ray-project/kuberay ray-operator v1.6.0, helm-chart/kuberay-operator/templates/deployment.yaml
    "kuberay-operator": (Workload("Deployment kuberay-operator"),),
    # kubernetes-sigs/kueue, charts/kueue/templates: manager, and kueueviz
    "kueue": (
        Workload("Deployment kueue-controller-manager", ("controllerManager",)),
        Workload("Deployment kueue-kueueviz-backend", ("kueueViz.backend",), (("enableKueueViz", False),)),
        Workload("Deployment kueue-kueueviz-frontend", ("kueueViz.frontend",), (("enableKueueViz", False),)),
    ),
    # kubernetes-sigs/lws v0.9.0, charts/lws/templates/manager/manager.yaml
    "lws": (Workload("Deployment lws-controller-manager"),),
    # opencost/opencost-helm-chart, charts/opencost/templates/deployment.yaml
    "opencost": (Workload("Deployment opencost", ("opencost",)),),
}
"""Chart -> its workloads."""


Taint = tuple[str, str, str]
"""Key, value and effect."""


@dataclass(frozen=True)
class Placement:
    """Where the pods of a workload may run: the labels that a node must have, and what they tolerate."""

    workload: str
    selector: Mapping[str, str]
    tolerations: tuple[Mapping[str, Json], ...]

    def fits(self, labels: Mapping[str, str], taints: Iterable[Taint]) -> bool:
        """Returns whether a node with these labels and taints takes the pods; every node has labels of Kubernetes."""
        selected = all(
            labels.get(key) == value for key, value in self.selector.items() if not key.startswith("kubernetes.io/")
        )
        return selected and all(self._tolerates(*taint) for taint in taints)

    def _tolerates(self, key: str, value: str, effect: str) -> bool:
        return effect == "PreferNoSchedule" or any(
            toleration.get("key") in (key, None)
            and (toleration.get("operator") == "Exists" or toleration.get("value", "") == value)
            and toleration.get("effect") in (effect, None, "")
            for toleration in self.tolerations
        )


def placements(chart: str, values: Props) -> Iterator[Placement]:
    """Yields where the workloads that a release creates may run; none of those whose placement is not known yet."""
    for workload in WORKLOADS.get(chart, ()):
        if all(_value(values, path, default) for path, default in workload.when):
            selector, tolerations = (_first(values, workload.at, key) for key in ("nodeSelector", "tolerations"))
            if selector is not UNKNOWN and tolerations is not UNKNOWN:
                yield Placement(
                    workload.name,
                    {key: str(value) for key, value in selector.items()} if isinstance(selector, Mapping) else {},
                    tuple(item for item in get_all(tolerations, "[*]") if isinstance(item, Mapping)),
                )


def _value(values: Props, path: str, default: bool) -> bool:
    given = get_path(values, path)
    return default if given is None else given is True


def _first(values: Props, paths: tuple[str, ...], key: str) -> Json:
    found = (get_path(values, f"{path}.{key}".lstrip(".")) for path in paths)
    return next((value for value in found if value is not None), None)
