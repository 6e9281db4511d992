"""Annotations that controllers hand on to pods, and that harm nothing (2026-12-03)."""

from dataclasses import replace

from ..attacks.critical_engines_annotations import HANDED_ON, chart, nested, rollout, spark, spark_settings
from ..blind import k8s
from ..harness import Given
from . import Idiom, unpriced

QUIET = {
    "container.apparmor.security.beta.kubernetes.io/main": "runtime/default",
    "traffic.sidecar.istio.io/excludeOutboundPorts": "8443",
    "k8s.v1.cni.cncf.io/networks": "team-a/storage",
    "config.linkerd.io/proxy-uid": "2102",
}
PRICED = unpriced("kubernetes:gateway.envoyproxy.io/v1:EnvoyProxy::letters")
OF_NAMESPACE = {"k8s.v1.cni.cncf.io/networks": "storage"}


def database() -> Given:
    """Returns a cluster of CloudNativePG whose pods get annotations."""
    given = nested("postgresql.cnpg.io/v1:Cluster", "inheritedMetadata", "annotations")(QUIET)
    spec = given.props["spec"]
    assert isinstance(spec, dict)
    return replace(given, props={**given.props, "spec": {**spec, "instances": 3}})


def plans() -> tuple[tuple[str, Given], ...]:
    """Returns custom resources and a chart by the names of what has the annotations."""
    return (
        ("the driver of Spark", spark({"annotations": QUIET})),
        ("executors of Spark, by settings", spark_settings(QUIET)),
        ("a database", database()),
        ("Prometheus", nested("monitoring.coreos.com/v1:Prometheus", "podMetadata", "annotations")(QUIET)),
        ("a proxy of a gateway", nested("gateway.envoyproxy.io/v1alpha1:EnvoyProxy", "provider", "kubernetes",
                                        "envoyDeployment", "pod", "annotations")(QUIET)),
        ("a rollout that is tried", rollout({**OF_NAMESPACE, "linkerd.io/inject": "enabled"})),
        ("a chart", chart(OF_NAMESPACE)),
        ("settings of a program of its own", k8s("core/v1:ConfigMap", {
            "metadata": {"name": "notes", "namespace": "team-a"},
            "data": {"notes": "annotations:\n  traffic.sidecar.istio.io/excludeOutboundPorts: '8443'\n"}}, "notes")),
    )  # fmt: skip


IDIOMS: tuple[Idiom, ...] = tuple(
    Idiom(f"annotations of {name} leave pods as closed as they are", (given,), HANDED_ON, PRICED)
    for name, given in plans()
)
