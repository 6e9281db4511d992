"""Schedules of an Azure site: times, and permissions of the workflows that stop it."""

from typing import Any
from uuid import UUID

import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from tests.samples import COST_TAGS as TAGS
from tests.unit.components.azure_samples import GROUP_ID, SLEEP, id_of, last
from tests.unit.components.mocks import Recording
from tests.unit.components.samples import program, recorded

FLOW = "azure-native:logic:Workflow"
CLUSTER = id_of("Microsoft.ContainerService/managedClusters/uae")


def sleep(**changed: Any) -> Recording:
    return recorded(azure.Sleep, {**SLEEP, **changed})


def flow(kind: str, **changed: Any) -> dict[str, Any]:
    return sleep(**changed).one(FLOW, f"uae-{kind}").inputs


def test_it_has_exactly_these_children() -> None:
    assert {name for _, name in sleep().names()} == {
        "uae-identity", "uae-role", "uae-starts-and-stops", "uae-wake", "uae-sleep", "uae-wake-audit",
        "uae-sleep-audit",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "hour", "minute"), [("wake", 7, 0), ("sleep", 19, 0)])
def test_it_happens_on_working_days_in_the_time_of_the_place(kind: str, hour: int, minute: int) -> None:
    assert flow(kind)["definition"]["triggers"] == {
        "working-days": {
            "type": "Recurrence",
            "recurrence": {
                "frequency": "Week",
                "interval": 1,
                "timeZone": "Arabian Standard Time",
                "schedule": {
                    "weekDays": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
                    "hours": [hour],
                    "minutes": [minute],
                },
            },
        }
    }


def test_hours_are_those_asked_for() -> None:
    result = [
        flow(kind, opens="08:30", closes="17:45")["definition"]["triggers"]["working-days"]["recurrence"]["schedule"]
        for kind in ("wake", "sleep")
    ]
    assert [(item["hours"], item["minutes"]) for item in result] == [([8], [30]), ([17], [45])]


@pytest.mark.parametrize(("kind", "action"), [("wake", "start"), ("sleep", "stop")])
def test_a_workflow_calls_the_one_cluster_with_its_identity(kind: str, action: str) -> None:
    result = flow(kind)
    ((name, step),) = result["definition"]["actions"].items()
    assert (name, step["type"], step["inputs"]["method"]) == (action, "Http", "POST")
    assert step["inputs"]["uri"] == f"https://management.azure.com{CLUSTER}/{action}?api-version=2025-09-01"
    signed_in = step["inputs"]["authentication"]
    assert (signed_in["type"], last(signed_in["identity"])) == ("ManagedServiceIdentity", "uae-identity")
    assert result["identity"] == {"type": "UserAssigned", "userAssignedIdentities": [signed_in["identity"]]}
    assert result["accessControl"]["contents"]["allowedCallerIpAddresses"] == [{"addressRange": "0.0.0.0-0.0.0.0"}]


def test_its_only_right_is_to_start_and_stop_that_cluster() -> None:
    recording = sleep()
    role = recording.one("azure-native:authorization:RoleDefinition").inputs
    assert role["permissions"] == [
        {
            "actions": [
                "Microsoft.ContainerService/managedClusters/read",
                "Microsoft.ContainerService/managedClusters/start/action",
                "Microsoft.ContainerService/managedClusters/stop/action",
            ]
        }
    ]
    assert (role["scope"], role["assignableScopes"], role["roleType"]) == (GROUP_ID, [GROUP_ID], "CustomRole")
    assert UUID(role["roleDefinitionId"]).version == 5
    granted = recording.one("azure-native:authorization:RoleAssignment").inputs
    assert (granted["scope"], granted["principalId"]) == (CLUSTER, "uae-identity-principal")
    assert granted["roleDefinitionId"].endswith(f"/roleDefinitions/{role['roleDefinitionId']}")
    assert granted["principalType"] == "ServicePrincipal"


def test_each_run_is_recorded() -> None:
    for setting in sleep().of("azure-native:monitor:DiagnosticSetting"):
        assert {log["category"] for log in setting.inputs["logs"]} == {"WorkflowRuntime"}
        assert setting.inputs["workspaceId"] == id_of("workspace/log")


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"tags": TAGS}, r"tags\.environment: \"prod\" is not allowed; allowed: dev, test or staging"),
        ({"opens": "19:00", "closes": "07:00"}, r"closes: \"07:00\" is not allowed; allowed: later than opens"),
        ({"opens": "7:00"}, r"opens: \"7:00\""),
    ],
)
def test_invalid_arguments_are_rejected(changed: Any, message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(azure.Sleep, {**SLEEP, **changed})()
