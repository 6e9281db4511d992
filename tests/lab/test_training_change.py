"""A changed training run is started again; one that is not changed is left alone, running or not."""

from pathlib import Path

from falaj.sandbox.lab.api import Api
from falaj.sandbox.lab.cluster import Lab
from tests.lab.engine import lab_project
from tests.lab.objects import Place

KINDS = (("batch/v1", "Job"), ("jobset.x-k8s.io/v1alpha2", "JobSet"), ("v1", "ConfigMap"))
OURS = {("Job", "one"), ("JobSet", "several"), ("ConfigMap", "one"), ("ConfigMap", "several")}


def _made(api: Api, place: Place) -> dict[tuple[str, str], str]:
    """What the program has made there, and which one it is."""
    found = {
        (kind, one["metadata"]["name"]): one["metadata"]["uid"]
        for version, kind in KINDS
        for one in api.list(version, kind, place.name)
    }
    return {key: uid for key, uid in found.items() if key in OURS}


def test_a_change_replaces_both_kinds_of_run(lab: Lab, api: Api, place: Place, tmp_path: Path) -> None:
    project = lab_project(lab, "training_program.py", tmp_path)
    states = []
    try:
        for steps in (1, 1, 2):
            (tmp_path / "settings").write_text(f"{place.name} {steps}")
            up = project.run("up", "dev")
            assert up.status == 0, up.output
            states.append(_made(api, place))
    finally:
        down = project.run("destroy", "dev")
    first, same, changed = states
    assert set(first) == OURS
    assert same == first
    assert set(changed) == OURS
    assert not set(changed.values()) & set(first.values())
    assert down.status == 0, down.output
    assert not _made(api, place)
