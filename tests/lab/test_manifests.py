"""Every Kubernetes object that stacks and examples plan is accepted by the real API server, and so are its pods."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from falaj.sandbox.lab.api import Api, ApiError, wait_for
from tests.engine.conftest import engine  # noqa: F401 (fixture)
from tests.engine.lives import EXAMPLES, STACKS
from tests.lab.objects import LabNamespace
from tests.scan.conftest import plans  # noqa: F401 (fixture)
from tests.scan.manifests import manifests
from tests.scan.plan import Planned

Manifest = dict[str, Any]

PREREQUISITES = ("Namespace", "PriorityClass", "ServiceAccount", "LimitRange")
"""Kinds that are created before the dry runs, in this order, because the admission of pods depends on them."""

UNDEFINED = {
    "AKSNodeClass": "Azure's Karpenter is not available as a Go module",
    "ClusterPolicy": "installed by the GPU Operator's chart",
    "VolumeSnapshotClass": "installed by the cloud's add-on",
}
"""Kinds without a CRD in the laboratory, and the reason."""


INITIAL_FIELDS: Mapping[str, Manifest] = {"StorageClass": {"provisioner": "disk.csi.azure.com"}}
"""Kind -> required fields of an object that new clusters contain, to create it before it is patched."""


class Objects(NamedTuple):
    """The Kubernetes objects of one stack by label, and the objects of a new cluster that the stack patches."""

    planned: Mapping[str, Manifest]
    initial: Sequence[Manifest]


@pytest.fixture(params=(*STACKS, *EXAMPLES.values()))
def objects(request: pytest.FixtureRequest, plans: list[Planned]) -> Objects:  # noqa: F811
    """The objects of one stack."""
    stack_items = [item for item in plans if item.stack == request.param]
    planned = {
        label: _without_secrets(manifest)
        for label, manifest in manifests(stack_items).items()
        if manifest["kind"] not in UNDEFINED
    }
    patches = manifests(item for item in stack_items if item.type.endswith("Patch")).values()
    return Objects(planned, [_initial_object(manifest) for manifest in patches])


def test_every_planned_object_is_accepted(api: Api, objects: Objects) -> None:
    planned = objects.planned
    with _prerequisites(api, objects):
        refused = {label: reason for label, manifest in planned.items() if (reason := _refusal(api, "PATCH", manifest))}
        pods = {label: pod for label, manifest in planned.items() if (pod := _pod(manifest))}
        not_admitted = {label: reason for label, pod in pods.items() if (reason := _refusal(api, "POST", pod))}
    assert refused == {}
    assert not_admitted == {}


def _initial_object(patch: Manifest) -> Manifest:
    metadata = {key: value for key, value in patch["metadata"].items() if key in ("name", "namespace")}
    return {
        "apiVersion": patch["apiVersion"],
        "kind": patch["kind"],
        "metadata": metadata,
        **INITIAL_FIELDS.get(patch["kind"], {}),
    }


def test_an_object_with_a_mistake_and_a_pod_that_is_open_are_refused(api: Api, namespace: LabNamespace) -> None:
    meta = {"name": "one", "namespace": namespace.name}
    invalid = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "daata": {}}
    assert ".daata: field not declared in schema" in (_refusal(api, "PATCH", invalid) or "")
    template = {"spec": {"containers": [{"name": "main", "image": "example.com/program:1.0.0"}]}}
    unrestricted = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": {"template": template}}
    assert "violates PodSecurity" in (_refusal(api, "POST", _pod(unrestricted) or {}) or "")


def _without_secrets(manifest: Manifest) -> Manifest:
    """Removes secret data, which the plan replaces with a text that is not base64."""
    return {key: value for key, value in manifest.items() if key not in ("data", "stringData") or value != "secret"}


def _refusal(api: Api, method: str, manifest: Manifest) -> str | None:
    """Returns the API server's error for an object in a dry run; None if it accepts the object."""
    options = "dryRun=All&fieldValidation=Strict"
    try:
        if method == "PATCH":
            # Use another field manager than the creator's: fields that a manager omits in an apply are removed.
            path = f"{api.path(manifest)}?{options}&fieldManager=plan&force=true"
            api.request("PATCH", path, manifest, "application/apply-patch+yaml")
        else:
            api.request("POST", f"{api.path(manifest, named=False)}?{options}", manifest)
    except ApiError as refused:
        return str(refused)
    return None


@contextmanager
def _prerequisites(api: Api, objects: Objects) -> Iterator[None]:
    """Creates the namespaces of the objects, and the prerequisites of their pods; deletes them afterwards."""
    created: list[Manifest] = []
    planned = list(objects.planned.values())
    planned_namespaces = {manifest["metadata"]["name"] for manifest in planned if manifest["kind"] == "Namespace"}
    absent = {manifest["metadata"].get("namespace", "default") for manifest in planned} - planned_namespaces
    required: list[Manifest] = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in sorted(absent)
    ]
    required += [manifest for kind in PREREQUISITES for manifest in planned if manifest["kind"] == kind]
    required += objects.initial
    try:
        for manifest in required:
            if api.get(manifest) is None:
                api.apply(manifest)
                created.append(manifest)
        yield
    finally:
        for manifest in reversed(created):
            api.delete(manifest)
        wait_for(lambda: not any(api.get(manifest) for manifest in created), 60, "the created objects to be deleted")


def _pod(manifest: Manifest) -> Manifest | None:
    """Returns the pod that a workload creates; None for other objects."""
    template = _template(manifest.get("spec") or {})
    if template is None:
        return None
    namespace = manifest["metadata"].get("namespace", "default")
    metadata = {**template.get("metadata", {}), "name": "judged", "namespace": namespace}
    spec = {"restartPolicy": "Always", **template["spec"]}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def _template(spec: Mapping[str, Any]) -> Mapping[str, Any] | None:
    if "jobTemplate" in spec:
        return _template(spec["jobTemplate"]["spec"])
    if "replicatedJobs" in spec:
        return _template(spec["replicatedJobs"][0]["template"]["spec"])
    template = spec.get("template", {})
    return template if "containers" in template.get("spec", {}) else None
