"""On-premises nodes on a real API server: labelled and tainted by the site, and restored when it is deleted."""

import json
from pathlib import Path

import pytest
import yaml

from falaj.sandbox.lab.api import Api, wait_for
from falaj.sandbox.lab.cluster import Lab
from tests.engine.harness import Project
from tests.lab.engine import lab_project
from tests.lab.objects import LabNamespace, Object

FAKE = {"kwok.x-k8s.io/node": "fake"}


def _node(name: str, taints: list[dict] | None = None) -> Object:
    """Returns a node with a label set by its owner."""
    node: Object = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {"name": name, "annotations": FAKE, "labels": {"rack": "r7"}},
    }
    return node | ({"spec": {"taints": taints}} if taints else {})


def _labels_and_taints(api: Api, name: str) -> tuple[dict, list]:
    node = api.get(_node(name))
    assert node is not None, name
    labels = {key: value for key, value in node["metadata"]["labels"].items() if key.startswith(("falaj/", "rack"))}
    taints = [
        (taint["key"], taint["value"])
        for taint in node["spec"].get("taints", [])
        if "node.kubernetes.io" not in taint["key"]
    ]
    return labels, taints


@pytest.fixture
def project(lab: Lab, tmp_path: Path) -> Project:
    """A project with the site."""
    return lab_project(lab, "onprem_program.py", tmp_path)


def _write_nodes(project: Project, **nodes: list[str]) -> None:
    (project.folder / "nodes.json").write_text(json.dumps(nodes))


def test_nodes_are_labelled_and_tainted_and_restored_on_destroy(
    project: Project, lab: Lab, api: Api, namespace: LabNamespace
) -> None:
    system, batch, gpu, later = (f"{namespace.name}-{kind}" for kind in ("system", "batch", "gpu", "later"))
    namespace.apply(*(_node(name) for name in (system, batch, gpu, later)))
    wait_for(lambda: all(_ready(api, name) for name in (system, batch, gpu, later)), 60, "the machines")
    before = {name: _labels_and_taints(api, name) for name in (system, batch, gpu, later)}
    try:
        _write_nodes(project, system=[system], batch=[batch], gpu=[gpu])
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        assert _labels_and_taints(api, system) == (
            {"rack": "r7", "falaj/profile": "system", "falaj/pool": "system", "falaj/capacity": "on-demand"},
            [("CriticalAddonsOnly", "true")],
        )
        assert _labels_and_taints(api, batch)[1] == [("falaj/profile", "batch")]
        labels, taints = _labels_and_taints(api, gpu)
        assert (labels["falaj/tenant"], labels["falaj/profile"]) == ("retail", "training")
        assert taints == [("falaj/profile", "training"), ("nvidia.com/gpu", "true"), ("falaj/tenant", "retail")]
        again = project.run("up", "dev")
        assert again.status == 0, again.output
        assert set(again.changes) == {"unchanged"}, again.output
        key = yaml.safe_load(lab.kubeconfig.read_text())["users"][0]["user"]["client-key-data"]
        assert key not in json.dumps(project.state("dev"))
        assert key not in up.output + again.output
        _write_nodes(project, system=[system], batch=[later], gpu=[gpu])
        moved = project.run("up", "dev")
        assert moved.status == 0, moved.output
        assert _labels_and_taints(api, batch) == before[batch]
        assert _labels_and_taints(api, later)[0]["falaj/pool"] == "batch"
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output
    assert {name: _labels_and_taints(api, name) for name in before} == before


def _ready(api: Api, name: str) -> bool:
    node = api.get(_node(name)) or {}
    conditions = node.get("status", {}).get("conditions", [])
    ready = any(condition["type"] == "Ready" and condition["status"] == "True" for condition in conditions)
    return ready and not node.get("spec", {}).get("taints")


def test_an_unknown_node_name_creates_no_node(project: Project, api: Api, namespace: LabNamespace) -> None:
    name = f"{namespace.name}-system"
    namespace.apply(_node(name))
    _write_nodes(project, system=[name], batch=["nobody-1"], gpu=["nobody-2"])
    try:
        planned, up = project.run("preview", "dev"), project.run("up", "dev")
        assert (planned.status, up.status) != (0, 0)
        assert "nobody-1" in planned.output
        assert api.get(_node("nobody-1")) is None
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output


def test_a_taint_of_another_owner_is_not_overwritten(project: Project, api: Api, namespace: LabNamespace) -> None:
    names = [f"{namespace.name}-{kind}" for kind in ("system", "batch", "gpu")]
    broken = {"key": "broken", "value": "fan", "effect": "NoExecute"}
    namespace.apply(*(_node(name) for name in names[:2]), _node(names[2], [broken]))
    _write_nodes(project, system=names[:1], batch=names[1:2], gpu=names[2:])
    try:
        up = project.run("up", "dev")
        assert up.status != 0
        assert "conflict" in up.output
        assert ("broken", "fan") in _labels_and_taints(api, names[2])[1]
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output


def test_a_node_that_was_cordoned_is_left_alone_and_keeps_its_taints(
    project: Project, api: Api, namespace: LabNamespace
) -> None:
    """A list of taints belongs to its last writer: the control plane writes it at each cordon and each restart."""
    names = [f"{namespace.name}-{kind}" for kind in ("system", "batch", "gpu")]
    namespace.apply(*(_node(name) for name in names))
    wait_for(lambda: all(_ready(api, name) for name in names), 60, "the machines")
    _write_nodes(project, system=names[:1], batch=names[1:2], gpu=names[2:])
    try:
        up = project.run("up", "dev")
        assert up.status == 0, up.output
        for cordoned in (True, None):
            api.merge(_node(names[2]), {"spec": {"unschedulable": cordoned}})
            wait_for(lambda wanted=bool(cordoned): _is_cordoned(api, names[2]) is wanted, 30, "its taint")
            for name in ("refresh", "up"):
                again = project.run(name, "dev")
                assert again.status == 0, again.output
            assert set(again.changes) == {"unchanged"}, again.output
    finally:
        down = project.run("destroy", "dev")
    assert down.status == 0, down.output
    labels, taints = _labels_and_taints(api, names[2])
    assert labels == {"rack": "r7"}
    assert taints == [("falaj/profile", "training"), ("nvidia.com/gpu", "true"), ("falaj/tenant", "retail")]
    assert _labels_and_taints(api, names[0]) == ({"rack": "r7"}, [])


def _is_cordoned(api: Api, name: str) -> bool:
    taints = (api.get(_node(name)) or {})["spec"].get("taints", [])
    return any(taint["key"] == "node.kubernetes.io/unschedulable" for taint in taints)
