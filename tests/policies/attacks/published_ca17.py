"""Attacks beside the good idioms of `idioms/published_ca17.py`: keys of the same controllers that steer."""

from ..blind import k8s, meta
from . import Attack
from .after_sixteenth_objects import annotated_pods

ATTACKS = (
    Attack("a runtime of the trainer keeps itself from being checked", ("FJ-ESC-125",), (
        k8s("trainer.kubeflow.org/v1alpha1:TrainingRuntime", {
            "metadata": {**meta("torch"), "labels": {"trainer.kubeflow.org/webhook-validation": "disabled"}},
            "spec": {"mlPolicy": {"numNodes": 1}}}, "torch"),)),
    Attack("a training that failed keeps its machines for a month", ("FJ-ESC-125",), (
        k8s("workload.codeflare.dev/v1beta2:AppWrapper", {
            "metadata": meta("tune", annotations={
                "workload.codeflare.dev.appwrapper/deletionOnFailureGracePeriodDuration": "720h"}),
            "spec": {"components": []}}, "tune"),)),
    Attack("a pod takes its answer from what another one computed", ("FJ-ESC-125",), annotated_pods(
        {"pipelines.kubeflow.org/max_cache_staleness": "P365D"},
        **{"pipelines.kubeflow.org/cache_enabled": "true"})),
    Attack("a namespace keeps the policies of its parent away", ("FJ-ESC-125",), (
        k8s("core/v1:Namespace", {"metadata": {
            "name": "team-b", "labels": {"hnc.x-k8s.io/included-namespace": "false"}}}, "team-b"),)),
    Attack("a namespace lets the copying of its volumes run as root", ("FJ-ESC-115",), (
        k8s("core/v1:Namespace", {"metadata": {
            "name": "team-c", "annotations": {"volsync.backube/privileged-movers": "true"}}}, "team-c"),)),
)  # fmt: skip
