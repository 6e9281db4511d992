"""Good programs on clusters next to what sources of programs say of statements in the pack (2026-12-02)."""

from dataclasses import replace

from ..attacks.after_twenty_seventh_kube import OPENSEARCH, served
from ..attacks.sourced_kube import BEHIND, LABEL, NAMESPACE, allowed, waypoint
from ..blind import TAGS, k8s
from ..harness import Given
from . import Idiom, unpriced
from .eleventh_charts import inside

ISTIO = "istio.io/latest/docs/ambient/usage/waypoint"


def application(*finalizers: str) -> Given:
    """Returns an application of Argo CD of the bank's own charts."""
    return inside("argoproj.io/v1alpha1:AppProject", "payments", {
        "description": "Payments", "sourceRepos": ["https://git.dc1.example.ae/payments.git"],
        "destinations": [{"server": "https://kubernetes.default.svc", "namespace": "payments"}]},
        "argocd", finalizers=list(finalizers))  # fmt: skip


def kept(given: Given, finalizer: str) -> Given:
    """Returns an object with a finalizer that its controller removes."""
    metadata = given.props["metadata"]
    assert isinstance(metadata, dict)
    return replace(given, props={**given.props, "metadata": {**metadata, "finalizers": [finalizer]}})


IDIOMS: tuple[Idiom, ...] = (
    Idiom("services of a namespace stand behind its waypoint", (
        BEHIND, served(), waypoint("service"), allowed("Service", "")), ISTIO),
    Idiom("a service of a namespace without a waypoint stands behind its own, which takes all calls", (
        NAMESPACE, served(**{LABEL: "payments"}), waypoint("all"), allowed("Service", "")), ISTIO),
    Idiom("what a project of Argo CD deployed is removed with it", (
        application("resources-finalizer.argocd.argoproj.io"),),
        "argo-cd.readthedocs.io/en/stable/operator-manual/project.yaml"),
    Idiom("a claim is kept while a pod has it", (kept(k8s("core/v1:PersistentVolumeClaim", {
        "metadata": {"name": "ledger", "namespace": "payments", "labels": TAGS}, "spec": {
            "accessModes": ["ReadWriteOnce"], "storageClassName": "encrypted",
            "resources": {"requests": {"storage": "10Gi"}}}}, "ledger"), "kubernetes.io/pvc-protection"),),
        "kubernetes.io/docs/concepts/overview/working-with-objects/finalizers",
        unpriced("kubernetes:core/v1:PersistentVolumeClaim::ledger")),
    Idiom("records are tried again for three days from a buffer of gigabytes", (inside(
        "logging.banzaicloud.io/v1beta1:Output", "audit", {"opensearch": {**OPENSEARCH, "buffer": {
            "type": "file", "retry_timeout": "72h", "retry_max_interval": "30s", "chunk_limit_size": "8m",
            "total_limit_size": "4g", "queue_limit_length": 4}}}, "payments"),),
        "docs.fluentd.org/configuration/buffer-section"),
)  # fmt: skip
