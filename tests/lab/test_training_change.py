"""A changed training run is started again; an unchanged one is left alone, running or not."""

from pathlib import Path

from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.cluster import Lab
from tests.lab.engine import lab_project
from tests.lab.objects import LabNamespace

KINDS = (("batch/v1", "Job"), ("jobset.x-k8s.io/v1alpha2", "JobSet"), ("v1", "ConfigMap"))
CREATED = {("Job", "one"), ("JobSet", "several"), ("ConfigMap", "one"), ("ConfigMap", "several")}


def _uids(api: Api, namespace: LabNamespace) -> dict[tuple[str, str], str]:
    """Returns the UIDs of the objects that the program created, by kind and name."""
    uids = {
        (kind, item["metadata"]["name"]): item["metadata"]["uid"]
        for version, kind in KINDS
        for item in api.list(version, kind, namespace.name)
    }
    return {key: uid for key, uid in uids.items() if key in CREATED}


def test_a_change_replaces_both_kinds_of_run(lab: Lab, api: Api, namespace: LabNamespace, tmp_path: Path) -> None:
    project = lab_project(lab, "training_program.py", tmp_path)
    states = []
    try:
        for steps in (1, 1, 2):
            (tmp_path / "settings").write_text(f"{namespace.name} {steps}")
            up = project.run("up", "dev")
            assert up.status == 0, up.output
            states.append(_uids(api, namespace))
    finally:
        down = project.run("destroy", "dev")
    first, same, changed = states
    assert set(first) == CREATED
    assert same == first
    assert set(changed) == CREATED
    assert not set(changed.values()) & set(first.values())
    assert down.status == 0, down.output
    assert not _uids(api, namespace)
