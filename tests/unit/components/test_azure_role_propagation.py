"""What uses a role assignment on Azure is created after it has taken effect."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, patch

import pulumi
import pytest

from falaj.components import azure
from falaj.components.core.site.waiting import RECORD
from tests.unit.components import azure_samples as samples
from tests.unit.components.computed import _AZURE_COMPUTED
from tests.unit.components.mocks import Recording, build
from tests.unit.components.samples import program

ROLE = "azure-native:authorization:RoleAssignment"
KEY_USER = "e147488a-f6f5-4113-8e2d-b22465e65bf6"


@pytest.fixture
def waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which waits are recorded."""
    monkeypatch.setenv(RECORD, str(tmp_path / "waits"))
    return tmp_path / "waits"


def waited(waits: Path) -> dict[str, int]:
    """Returns the seconds of the longest wait for each resource, by its name."""
    result: dict[str, int] = {}
    for line in waits.read_text().splitlines():
        seconds, _, subject = line.partition(" ")
        name = subject.rpartition("/")[2]
        result[name] = max(int(seconds), result.get(name, 0))
    return result


def built(component: Any, inputs: dict[str, Any]) -> Recording:
    """Returns what a component registers. Recorded anew, because a test reads the waits too."""
    return build(program(component, inputs))


STORE = "azure-native:storage:StorageAccount"


@pytest.mark.parametrize(
    ("component", "inputs", "consumer", "role", "seconds"),
    [
        (azure.Vault, samples.VAULT, STORE, "uae-uses-key", 300),
        (azure.SharedFiles, samples.SHARED_FILES, STORE, "uae-uses-key", 300),
        (azure.Registry, samples.REGISTRY, "azure-native:containerregistry:Registry", "uae-uses-key", 300),
        (azure.FlowLogs, samples.FLOWS, STORE, "uae-uses-key", 300),
        (azure.FlowLogs, samples.FLOWS, "azure-native:network:FlowLog", "uae-writes", 300),
        (azure.Cluster, samples.CLUSTER, "azure-native:compute:DiskEncryptionSet", "uae-disks-use-key", 300),
        (azure.Cluster, samples.CLUSTER, "azure-native:containerservice:ManagedCluster", "uae-uses-etcd-key", 300),
        (azure.Cluster, samples.CLUSTER, "azure-native:containerservice:ManagedCluster", "uae-joins-nodes", 60),
    ],
)
def test_a_consumer_waits_for_its_role(
    component: Any, inputs: dict[str, Any], consumer: str, role: str, seconds: int, waits: Path
) -> None:
    recording: Recording = built(component, inputs)
    assert recording.one(ROLE, role).urn in recording.one(consumer).depends_on
    assert waited(waits)[role] == seconds


def test_every_role_for_a_key_is_waited_for(waits: Path) -> None:
    recording = built(azure.Site, samples.SITE)
    roles = [role for role in recording.of(ROLE) if role.inputs["roleDefinitionId"].endswith(KEY_USER)]
    assert len(roles) == 4
    assert {role.name for role in roles} <= {name for name, seconds in waited(waits).items() if seconds == 300}


def test_custom_roles_are_waited_for(waits: Path) -> None:
    built(azure.Sleep, samples.SLEEP)
    assert waited(waits) == {"uae-role": 60}


def test_a_preview_waits_for_nothing(waits: Path) -> None:
    with patch.object(pulumi.runtime, "is_dry_run", lambda: True):
        built(azure.Site, samples.SITE)
    assert not waits.exists()


def test_a_wait_is_announced_and_outside_the_sandbox_it_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(RECORD, raising=False)
    new = {"createdOn": datetime.now(UTC).isoformat()}
    with (
        patch.dict(_AZURE_COMPUTED, {ROLE: lambda name: new}),
        patch.object(asyncio, "sleep", AsyncMock()) as sleep,
        patch.object(pulumi.log, "info") as info,
    ):
        built(azure.Vault, samples.VAULT)
    assert [call.args[0] for call in sleep.await_args_list if call.args[0] > 200] == [pytest.approx(300, abs=60)]
    assert "seconds until it has taken effect" in info.call_args.args[0]
