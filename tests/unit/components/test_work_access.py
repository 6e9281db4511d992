"""Access of workloads to folders of vaults: what a site's identities are granted, and who is granted nothing."""

from __future__ import annotations

from falaj.components.settings.workloads import Use
from tests.unit.components.test_work_on_clusters import DEPLOYMENT, on


def test_work_is_let_into_the_folders_that_it_uses_and_no_others() -> None:
    assert on("awsuae")[1].seen == {
        "awsuae-fraud-tuning": (
            "tenant-retail-banking",
            "fraud-tuning",
            {
                "datasets": Use("fraud/2026-11", False),
                "models": Use("fraud", True),
                "checkpoints": Use("runs/fraud-tuning", True),
            },
        ),
        "awsuae-sentiment": ("tenant-small-business", "sentiment", {"models": Use("sentiment/v3", False)}),
    }
    assert {name: used for name, (_, _, used) in on("azuae")[1].seen.items()} == {
        "azuae-assistant": {"models": Use("assistant/v3", False)},
        "azuae-intents-a": {"models": Use("intents/fp16", False)},
        "azuae-intents-b": {"models": Use("intents/int8", False)},
        "azuae-retail-banking-tracking": {"artifacts": Use("mlflow", True)},
    }


def test_a_service_that_uses_no_vault_is_granted_nothing() -> None:
    recording, doors = on("awsuae", claim="models")
    assert "awsuae-sentiment" not in doors.seen
    pod = recording.one(DEPLOYMENT, "awsuae-sentiment-server").inputs["spec"]["template"]["spec"]
    assert {"claimName": "models", "readOnly": True} in [
        volume.get("persistentVolumeClaim") for volume in pod["volumes"]
    ]


def test_each_service_on_azure_is_who_it_was_let_in_as() -> None:
    accounts = {
        resource.inputs["metadata"]["name"]: resource.inputs["metadata"]
        .get("annotations", {})
        .get("azure.workload.identity/client-id")
        for resource in on("azuae")[0].of("kubernetes:core/v1:ServiceAccount")
    }
    mine = {name: client for name, client in accounts.items() if client}
    assert mine == {
        "assistant": "azuae-assistant",
        "intents-a": "azuae-intents-a",
        "intents-b": "azuae-intents-b",
        "tracking": "azuae-retail-banking-tracking",
    }
