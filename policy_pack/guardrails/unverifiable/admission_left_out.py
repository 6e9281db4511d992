"""Namespaces that leave themselves out of admission by a label, and controllers of policies that a plan stops or
replaces.

Labels by "Exempting Namespaces" (open-policy-agent/gatekeeper dd8507eb), "Namespaced Validation"
(sse-secure-systems/connaisseur 0c40cab1), read 2026-11-28; open-policy-agent/kube-mgmt 9257c9fa
(charts/opa-kube-mgmt/values.yaml) and datreeio/admission-webhook-datree 4c43a3e (README.md), read 2026-11-29; without
pods Kyverno removes its webhooks (kyverno/kyverno 111e07bb, pkg/webhooks/server.go, read 2026-11-29).
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed, passed
from ..readers.kubernetes_objects import ObjectPart, is_patch, objects

_LEAVING_OUT: Mapping[str, re.Pattern[str]] = {
    "admission.gatekeeper.sh/ignore": lazy_regex(r".*"),
    "admission.datree/validate": lazy_regex(r"skip"),
    "openpolicyagent.org/webhook": lazy_regex(r"ignore"),
    "securesystemsengineering.connaisseur/webhook": lazy_regex(r"ignore"),
}
"""Label of a namespace -> its values by which no policy is evaluated there."""
ENGINES = lazy_regex(r"(?:kyverno|gatekeeper|opa|connaisseur|datree|kubewarden|cosign|policy-controller)(?:-[\w-]+)?")
"""Names of namespaces and controllers of policy engines."""
_WORKLOADS = ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
_PROGRAM = ("image", "command", "args", "env", "envFrom")
"""Fields of a container that decide what its program does."""


def check_left_out(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for each namespace, and each workload of a policy engine, that a resource creates or
    changes."""
    for namespace in objects(resource, "Namespace"):
        yield from _check_labels(namespace.child("metadata"))
    for workload in objects(resource, *_WORKLOADS):
        if _is_of_an_engine(workload.child("metadata")):
            yield from _check_workload(workload.child("spec"), is_patched=is_patch(resource))


def _is_of_an_engine(metadata: ObjectPart) -> bool:
    return any(ENGINES.fullmatch(str(metadata.get(key))) for key in ("namespace", "name"))


def _check_labels(metadata: ObjectPart) -> Iterator[Outcome]:
    if ENGINES.fullmatch(str(metadata.get("name"))):
        return
    for key, values in _LEAVING_OUT.items():
        path, value = metadata.child("labels").path_to(key), metadata.child("labels").get(key)
        is_out = value is not MISSING and values.fullmatch(str(value)) is not None
        yield failed(f"{path} leaves the namespace out of every policy", path) if is_out else passed()


def _check_workload(spec: ObjectPart, *, is_patched: bool) -> Iterator[Outcome]:
    path = spec.path_to("replicas")
    is_stopped = spec.get("replicas") is not MISSING and number_of(spec.get("replicas")) == 0
    yield failed(f"{path} is 0: without pods the engine evaluates nothing", path) if is_stopped else passed()
    pod = spec.child("template").child("spec")
    for container in pod.children("containers") if is_patched else ():
        changed = next((key for key in _PROGRAM if container.get(key) is not MISSING), "")
        text = f"{container.path_to(changed)} changes the program of a policy engine that another stack or chart has"
        yield failed(text, container.path_to(changed)) if changed else passed()
