"""InferencePools and endpoint pickers: routes that Istio would answer with errors, and pickers that never get ready.

Sources, read 2026-11-27: istio/istio 86c9f01f (1.31), pilot/pkg/config/kube/gateway (conversion.go,
`buildDestination`; inferencepool_collection.go, `calculateResolvedRefsStatus`), which accepts such a route and reports
the problem in its status; kubernetes v1.36.3, plugin/pkg/admission/serviceaccount/admission.go.
"""

from __future__ import annotations

from collections.abc import Iterator

from falaj.sandbox.clouds.kubernetes.connection import cluster_key
from falaj.sandbox.clouds.kubernetes.installed_kinds import RELEASE
from falaj.sandbox.clouds.kubernetes.kinds import group_and_kind
from falaj.sandbox.clouds.kubernetes.messages import invalid
from falaj.sandbox.clouds.kubernetes.model_copies import is_awaited
from falaj.sandbox.clouds.spec import Operation
from falaj.sandbox.clouds.values import UNKNOWN, Json, get_all, get_path, get_str

GROUP, KIND = "inference.networking.k8s.io", "InferencePool"
POOL = f"kubernetes:{GROUP}/v1:{KIND}"
SERVICE, ACCOUNT = "kubernetes:core/v1:Service", "kubernetes:core/v1:ServiceAccount"
FLAG = "ENABLE_GATEWAY_API_INFERENCE_EXTENSION"


def route_resolved(op: Operation) -> str | None:
    """Rejects a route to an InferencePool that Istio does not serve, or that has no picker. Clusters whose controller
    is not a release of Istio are not judged."""
    if group_and_kind(op.token) != ("gateway.networking.k8s.io", "HTTPRoute"):
        return None
    for backend in get_all(op.inputs, "spec.rules[*].backendRefs[*]"):
        if (get_path(backend, "group"), get_path(backend, "kind")) != (GROUP, KIND):
            continue
        for problem in (*_not_enabled(op), *_unresolved(op, get_str(backend, "name"))):
            return invalid(op, "spec.rules.backendRefs", get_str(backend, "name"), problem)
    return None


def _not_enabled(op: Operation) -> Iterator[str]:
    for release in op.state.find(RELEASE):
        is_here = release.scope.split("/namespace/")[0] == cluster_key(op.config)
        if is_here and get_str(release.inputs, "chart").rpartition("/")[2] == "istiod":
            environment = get_path(release.inputs, "values.env")
            enabled = environment.get(FLAG) if isinstance(environment, dict) else None
            if str(enabled).lower() != "true":
                yield f"InferencePool is not enabled. To enable, set {FLAG} to true in istiod"


def _unresolved(op: Operation, name: str) -> Iterator[str]:
    pools = op.state.find(POOL, scope=op.scope, name=name)
    if not pools:
        yield f"backend({name}) not found"
    for pool in pools:
        picker: Json = get_path(pool.inputs, "spec.endpointPickerRef.name")
        if picker is not UNKNOWN and not op.state.find(SERVICE, scope=op.scope, name=str(picker)):
            yield f"Referenced ExtensionRef not found {picker}"


def accounts_exist(op: Operation) -> str | None:
    """Rejects the create of an awaited workload whose pods have a service account that is not there: no pod of it is
    created. A chart of the namespace may have brought the account."""
    name = get_path(op.inputs, "spec.template.spec.serviceAccountName")
    if not is_awaited(op) or not isinstance(name, str) or name in ("", "default"):
        return None
    if op.state.find(ACCOUNT, scope=op.scope, name=name) or op.state.find(RELEASE, scope=op.scope):
        return None
    namespace = op.variables["namespace"]
    return (
        f"'{op.name}' timed out waiting to be Ready: Minimum number of live Pods was not attained: pods "
        f'"{op.name}-" is forbidden: error looking up service account {namespace}/{name}: serviceaccount "{name}" '
        "not found"
    )
