"""Drift in the output of a read-only refresh: what is reported, what clouds change themselves, and incomplete reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import EXIT_UNAVAILABLE, CommandError
from falaj.drift import NoRefresh, drift

CLUSTER = "azure-native:containerservice:ManagedCluster"
POOL = "azure-native:containerservice:AgentPool"
LOGS = "aws:cloudwatch/logGroup:LogGroup"


def refresh(type_: str, *paths: str, op: str = "update", **states: Any) -> str:
    """Returns the output of a refresh with one changed resource."""
    step = {
        "op": op,
        "urn": f"urn:pulumi:prod::falaj::falaj:azure:Site${type_}::resource",
        "detailedDiff": {path: {"kind": "update", "inputDiff": True} for path in paths},
        **{f"{which}State": {"inputs": inputs, "outputs": {}} for which, inputs in states.items()},
    }
    return json.dumps({"steps": [step], "diagnostics": []})


def test_a_changed_property_is_reported_with_both_values() -> None:
    (change,) = drift(refresh(LOGS, "retentionInDays", old={"retentionInDays": 365}, new={"retentionInDays": 1}))
    assert str(change) == f"resource ({LOGS}), retentionInDays: 365 in the state, 1 now"


def test_a_changed_label_is_reported_with_both_values() -> None:
    before, after = ({"metadata": {"labels": {"falaj.ae/cost-centre": value}}} for value in ("1", "2"))
    (change,) = drift(refresh(LOGS, 'metadata.labels["falaj.ae/cost-centre"]', old=before, new=after))
    assert (change.state, change.cloud) == ("1", "2")


def test_a_deleted_resource_is_reported() -> None:
    (change,) = drift(refresh(LOGS, op="delete"))
    assert str(change) == f"resource ({LOGS}) no longer exists"


def test_an_element_of_a_list_is_shown() -> None:
    old, new = ({"rules": [{"port": port}]} for port in (443, 22))
    (change,) = drift(refresh(LOGS, "rules[0].port", old=old, new=new))
    assert (change.state, change.cloud) == (443, 22)


def test_a_change_without_paths_is_reported() -> None:
    assert [change.path for change in drift(refresh(LOGS))] == ["(properties not stated)"]


def test_an_unchanged_resource_is_no_drift() -> None:
    assert drift(refresh(LOGS, op="same")) == []


@pytest.mark.parametrize("path", ["agentPoolProfiles[1]", "agentPoolProfiles[12].count"])
def test_separate_pools_in_the_cluster_are_no_drift(path: str) -> None:
    assert drift(refresh(CLUSTER, path)) == []
    assert len(drift(refresh(POOL, path))) == 1


@pytest.mark.parametrize("path", ["agentPoolProfiles[0].count", "agentPoolProfiles", "tags.owner"])
def test_other_properties_of_a_cluster_are_drift(path: str) -> None:
    assert len(drift(refresh(CLUSTER, path))) == 1


@pytest.mark.parametrize(("now", "count"), [("1.36.4", 0), ("1.37.0", 1), ("1.37", 1), ("1.3", 1)])
def test_only_a_patch_of_the_same_minor_is_no_drift(now: str, count: int) -> None:
    for type_, path in ((CLUSTER, "kubernetesVersion"), (POOL, "orchestratorVersion")):
        assert len(drift(refresh(type_, path, old={path: "1.36"}, new={path: now}))) == count


def test_a_cluster_that_was_not_read_is_no_result() -> None:
    errors = [
        {"severity": "error", "message": f"error: Preview failed: reading {kind}: cluster is unreachable"}
        for kind in ("Job", "Service")
    ]
    document = {
        "steps": [],
        "diagnostics": [
            {"severity": "warning", "message": "old"},
            *errors,
            {"severity": "error", "message": "error: preview failed"},
        ],
    }
    with pytest.raises(NoRefresh) as refused:
        drift(json.dumps(document))
    assert str(refused.value) == "the refresh did not read everything:\n  cluster is unreachable"


@pytest.mark.parametrize("text", ["", "error: no stack", "[]", "{}"])
def test_other_texts_are_no_result(text: str) -> None:
    with pytest.raises(NoRefresh, match="not the output of"):
        drift(text)


@pytest.mark.parametrize("op", ["create", "replace", "create-replacement", "import"])
def test_a_preview_is_no_refresh(op: str) -> None:
    with pytest.raises(NoRefresh, match=f"has the step `{op}`, which a refresh never has: it is a preview"):
        drift(refresh(LOGS, op=op))


@pytest.mark.parametrize(("text", "status"), [(refresh(LOGS, op="same"), 0), (refresh(LOGS, "tags"), 1)])
def test_the_exit_status(text: str, status: int) -> None:
    assert CliRunner().invoke(app, ["drift", "-"], input=text).exit_code == status


def test_the_exit_status_without_a_result() -> None:
    refused = CliRunner().invoke(app, ["drift", "-"], input="nothing").exception
    assert isinstance(refused, CommandError)
    assert refused.status == EXIT_UNAVAILABLE


def test_json_is_printed() -> None:
    done = CliRunner().invoke(app, ["drift", "-", "--json"], input=refresh(LOGS, "tags"))
    assert [change["name"] for change in json.loads(done.output)] == ["resource"]
