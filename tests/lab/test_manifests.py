"""Every Kubernetes object that stacks and examples plan is accepted by the real API server, and so are its pods."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pytest

from falaj.sandbox.lab.api import Api, ApiError, wait_for
from tests.engine.conftest import engine  # noqa: F401 (fixture)
from tests.engine.lives import EXAMPLES, STACKS
from tests.lab.objects import Place
from tests.scan.conftest import plans  # noqa: F401 (fixture)
from tests.scan.manifests import manifests
from tests.scan.plan import Planned

Manifest = dict[str, Any]

GROUND = ("Namespace", "PriorityClass", "ServiceAccount", "LimitRange")
"""Kinds that are really made, in this order: pods are judged by what they find there."""

NO_DEFINITION = {
    "AKSNodeClass": "Azure's Karpenter is not to be had as a module",
    "ClusterPolicy": "the GPU Operator's chart brings it",
    "VolumeSnapshotClass": "the cloud's add-on brings it",
}
"""Kinds that the laboratory does not know, and why."""


BORN: Mapping[str, Manifest] = {"StorageClass": {"provisioner": "disk.csi.azure.com"}}
"""What must be said of an object that a cluster is born with, for it to be there and patched."""


class Objects(NamedTuple):
    """The Kubernetes objects of one stack, by label, and those that clusters have before: the stack patches them."""

    planned: Mapping[str, Manifest]
    born: Sequence[Manifest]


@pytest.fixture(params=(*STACKS, *EXAMPLES.values()))
def objects(request: pytest.FixtureRequest, plans: list[Planned]) -> Objects:  # noqa: F811
    """Of one stack."""
    own = [item for item in plans if item.stack == request.param]
    planned = {label: _sendable(one) for label, one in manifests(own).items() if one["kind"] not in NO_DEFINITION}
    patches = manifests(item for item in own if item.type.endswith("Patch")).values()
    return Objects(planned, [_born(one) for one in patches])


def test_every_planned_object_is_accepted(api: Api, objects: Objects) -> None:
    planned = objects.planned
    with _standing(api, objects):
        refused = {label: why for label, one in planned.items() if (why := _refusal(api, "PATCH", one))}
        pods = {label: pod for label, one in planned.items() if (pod := _pod(one))}
        not_admitted = {label: why for label, pod in pods.items() if (why := _refusal(api, "POST", pod))}
    assert refused == {}
    assert not_admitted == {}


def _born(patch: Manifest) -> Manifest:
    metadata = {key: value for key, value in patch["metadata"].items() if key in ("name", "namespace")}
    return {
        "apiVersion": patch["apiVersion"],
        "kind": patch["kind"],
        "metadata": metadata,
        **BORN.get(patch["kind"], {}),
    }


def test_an_object_with_a_mistake_and_a_pod_that_is_open_are_refused(api: Api, place: Place) -> None:
    meta = {"name": "one", "namespace": place.name}
    wrong = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": meta, "daata": {}}
    assert ".daata: field not declared in schema" in (_refusal(api, "PATCH", wrong) or "")
    template = {"spec": {"containers": [{"name": "main", "image": "example.com/program:1.0.0"}]}}
    open_ = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": meta, "spec": {"template": template}}
    assert "violates PodSecurity" in (_refusal(api, "POST", _pod(open_) or {}) or "")


def _sendable(manifest: Manifest) -> Manifest:
    """What the engine keeps secret is left out, for the plan says a word in its place that is no base64."""
    return {key: value for key, value in manifest.items() if key not in ("data", "stringData") or value != "secret"}


def _refusal(api: Api, method: str, manifest: Manifest) -> str | None:
    """What the API server says against an object in a dry run, None where it accepts it."""
    checked = "dryRun=All&fieldValidation=Strict"
    try:
        if method == "PATCH":
            # Not who made what is there: what an owner leaves out of its next word is taken away.
            path = f"{api.path(manifest)}?{checked}&fieldManager=plan&force=true"
            api.request("PATCH", path, manifest, "application/apply-patch+yaml")
        else:
            api.request("POST", f"{api.path(manifest, named=False)}?{checked}", manifest)
    except ApiError as refused:
        return str(refused)
    return None


@contextmanager
def _standing(api: Api, objects: Objects) -> Iterator[None]:
    """With the namespaces of these objects, and what pods need in them; all gone afterwards."""
    made: list[Manifest] = []
    planned = list(objects.planned.values())
    own = {one["metadata"]["name"] for one in planned if one["kind"] == "Namespace"}
    absent = {one["metadata"].get("namespace", "default") for one in planned} - own
    wanted: list[Manifest] = [
        {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name}} for name in sorted(absent)
    ]
    wanted += [one for kind in GROUND for one in planned if one["kind"] == kind]
    wanted += objects.born
    try:
        for one in wanted:
            if api.get(one) is None:
                api.apply(one)
                made.append(one)
        yield
    finally:
        for one in reversed(made):
            api.delete(one)
        wait_for(lambda: not any(api.get(one) for one in made), 60, "what stood there to go")


def _pod(manifest: Manifest) -> Manifest | None:
    """The pod that a workload makes, None of what makes none."""
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
