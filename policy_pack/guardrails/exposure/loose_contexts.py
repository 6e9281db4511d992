"""Security contexts that a custom resource gives the pods of its operator, beside the shape of a pod, and those of
templates of pods in the settings of a program.

Operators take `securityContext` and `podSecurityContext` in the spec of their own objects: CloudNativePG a95a534d
(api/v1/cluster_types.go), Strimzi 8541da1e (PodTemplate), Prometheus Operator 6adcebc5 (CommonPrometheusFields),
Logging operator 51679aa5 (pkg/sdk/logging/api/v1beta1) and OpenTelemetry Operator be8944414 (apis/v1beta1/common.go),
read 2026-11-29. Tekton gives each pod the template in its settings (tektoncd/pipeline, docs/additional-configs.md,
default-pod-template, found as a string; read 2026-12-02), and runners, Spark and Airflow have files of that kind.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, Resource, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.custom_resources import is_custom
from ..readers.kubernetes_objects import pods
from ..readers.texts import read_texts

_USER = lazy_regex(r"(?:^|\.)(?:pod)?securityContext\.(?:runAsUser|runAsGroup)$", re.IGNORECASE)
_ADDED = lazy_regex(r"(?:^|\.)(?:pod|container)?securityContext\.capabilities\.add(?:\[\d+\])?$", re.IGNORECASE)
_HARMLESS = ("NET_BIND_SERVICE",)
_ROOT = ("0", "0.0")
_SETTINGS = "kubernetes:core/v1:ConfigMap"


def _settings(resource: Resource) -> Iterator[tuple[str, Plain]]:
    """Yields the scalars of a custom resource that stand in no pod, and those in texts of settings, with their
    paths."""
    if resource.type == _SETTINGS:
        yield from ((leaf.path, leaf.value) for leaf in read_texts(resource).leaves if leaf.is_in_text)
    if not is_custom(resource):
        return
    stated = tuple(f"{pod.spec.path}." for pod in pods(resource))
    for path, _, value in leaves(resource.props.get("spec"), "spec"):
        if not path.startswith(stated):
            yield path, value


def check_users(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each context whose pods run as root or with its group."""
    for path, value in _settings(resource):
        if _USER.search(path[-200:]) and not isinstance(value, bool) and str(value) in _ROOT:
            yield failed(f"{path} is 0, which is root", path)


def check_capabilities(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each capability that a context adds."""
    for path, value in _settings(resource):
        if _ADDED.search(path[-200:]) and str(value).upper().removeprefix("CAP_") not in _HARMLESS:
            yield failed(f"{path} adds capabilities", path)
