"""Enabling and disabling optional parts of a deployed stack: no other resource is replaced or deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.engine.conftest import MakeProject
from tests.engine.harness import Project
from tests.engine.test_upgrade import IN_PLACE, planned_steps

pytestmark = pytest.mark.engine

STACK = "prod-uae"

NOTHING = "(?!)"
"""Pattern that matches no name."""


@dataclass(frozen=True)
class Toggle:
    """A change of one setting, where the value `...` removes it.

    `changes` is a pattern of resource names of which at least one must change, which proves that the setting has an
    effect. `goes` is a pattern of the resources that may be replaced or deleted.
    """

    setting: str
    value: Any
    changes: str
    goes: str = NOTHING


SPOT = {"profile": "batch", "machines": ["m7g.large", "m6g.large", "r7g.large"], "capacity": "spot", "max": 2}
TRACKING = "azuae-retail-banking-tracking.*"
OPTED_IN = {"EBS": True, "EFS": True, "S3": True, "RDS": False}
FEWER = ["datasets", "checkpoints", "models"]

ROUNDS = {
    "in place": [
        Toggle("sites.awsuae.log_retention_days", 90, "awsuae-network-flows"),
        Toggle("sites.awsuae.public_access_cidrs", ["203.0.113.0/24"], "awsuae-cluster-eks"),
        Toggle("sites.awsuae.budget.aed_per_month", 1000, "awsuae-budget-monthly"),
        Toggle("sites.awsuae.network.egress", "nat-single", "awsuae-network-nat-2", "awsuae-network-(nat|public).*"),
        Toggle("sites.awsuae.protect", True, "awsuae-datasets-bucket"),
        Toggle("sites.azuae.protect", True, "azuae-datasets-account"),
        Toggle("sites.azuae.log_retention_days", 90, "azuae-log-workspace"),
        Toggle("sites.azuae.public_access_cidrs", ["203.0.113.0/24"], "azuae-cluster-aks"),
        Toggle("sites.azuae.budget.aed_per_month", 1000, "azuae-budget-.*"),
        # Azure refuses another start date of a budget.
        Toggle("sites.azuae.budget.start", "2027-01-01", "azuae-budget-budget", "azuae-budget-budget"),
        Toggle("sites.azuae.azure.control_plane_logs", ["kube-audit"], "azuae-cluster-audit"),
        Toggle("sites.azuae.azure.logged_reads", ["models"], "azuae-datasets-audit"),
        Toggle("sites.azuae.budget.notify", ["somebody@example.ae"], "azuae-budget-.*"),
        Toggle("sites.azuae.administrators", ["7d1f3c52-6b0e-4c5e-9a57-2f0f6f1f9a11"], "azuae-cluster-aks"),
        Toggle("sites.azuae.azure.geo_redundant", False, "azuae-datasets-account", "azuae-registry-replica"),
        Toggle("sites.azuae.azure.defender", True, "azuae-cluster-aks"),
        Toggle("sites.azuae.azure.azure_policy", True, "azuae-cluster-aks"),
    ],
    "parts removed": [
        Toggle("replication", ..., "copies", "copies.*"),
        # Workloads that use the pools and vaults removed below are removed too.
        Toggle(
            "tenants.retail-banking.runs",
            {},
            "fraud-tuning-job",
            "(awsuae-)?fraud-tuning.*|awsuae-retail-banking-shared.*",
        ),
        Toggle("tenants.retail-banking.tracking", ..., TRACKING, TRACKING),
        Toggle(
            "tenants.retail-banking.experiments.intents.models",
            ...,
            "azuae-intents-promotion",
            "azuae-intents-promotion",
        ),
        Toggle("finops", ..., "finops", "finops.*|awsuae-burn-rate.*"),
        Toggle("sites.awsuae.administrators", [], "awsuae-cluster-.*", "awsuae-cluster-admin.*"),
        Toggle("sites.awsuae.vaults", FEWER, "awsuae-artifacts.*", "awsuae-artifacts.*"),
        # The queues' quotas in money are counted by pool.
        Toggle(
            "sites.awsuae.pools.gpuspot",
            ...,
            "awsuae-.*gpuspot.*",
            "awsuae-.*gpuspot.*|awsuae-queueing-budgets-files",
        ),
        Toggle("sites.awsuae.storage", {"shared_files": True}, "awsuae-registry", "awsuae-registry.*"),
        Toggle(
            "sites.awsuae.aws",
            ...,
            "awsuae-backup",
            "awsuae-(backup|brake|scratch|volumes|addons-aws-fsx|cluster-viewer|(retail-banking|insurance)-datasets).*",
        ),
        Toggle("sites.azuae.vaults", FEWER, "azuae-artifacts.*", "azuae-artifacts.*"),
        # Its machines are in no zone, so the volumes of its profile were of another disk type.
        Toggle("sites.azuae.pools.gpuspot", ..., "azuae-pool-gpuspot.*", "azuae-(pool-gpuspot|volumes-training).*"),
        Toggle("sites.azuae.storage", {}, "azuae-registry", "azuae-registry.*"),
    ],
    "parts added": [
        Toggle("finops.azure.cost_export", True, "azuae-bill-export"),
        Toggle("sites.awsuae.pools.more", SPOT, "awsuae-.*more.*", "awsuae-(burn-rate|queueing-budgets)-files"),
        Toggle("sites.awsuae.aws.flow_log_destination", "s3", "awsuae-network-flows-bucket", "awsuae-network-flow.*"),
        Toggle("sites.awsuae.aws.addons", {"kube-state-metrics": {}}, "awsuae-addons-kube-state-metrics"),
        Toggle("sites.awsuae.aws.backup_opt_in", OPTED_IN, "awsuae-backup-opt-in"),
        Toggle("sites.azuae.pools.more", {**SPOT, "machines": ["Standard_D8as_v5"]}, "azuae-pool-more.*"),
    ],
}
"""Settings that are changed together in one preview; every replaced or deleted resource must match one of them.

The egress of an Azure site is not included: azure-native replaces the cluster for another
`networkProfile.outboundType`.
"""


@pytest.fixture(scope="module")
def deployed(make_project: MakeProject) -> Project:
    """The deployed production stack, without protection, which would prevent deletions. Tests only preview it."""
    project = make_project(name="toggles")
    for site in ("awsuae", "azuae"):
        project.edit(STACK, f"sites.{site}.protect", False)
    up = project.run("up", STACK)
    assert up.status == 0, up.output
    return project


@pytest.fixture
def project(deployed: Project) -> Iterator[Project]:
    """The project; its settings are restored afterwards."""
    file = deployed.session.paths.stack_file(STACK)
    before = file.read_text()
    yield deployed
    file.write_text(before)


@pytest.mark.parametrize("name", ROUNDS)
def test_only_disabled_parts_are_deleted(name: str, project: Project) -> None:
    toggles = ROUNDS[name]
    for toggle in toggles:
        project.edit(STACK, toggle.setting, toggle.value)
    steps = {step["urn"].rsplit("::", 1)[-1]: step["op"] for step in planned_steps(project, STACK)}
    for toggle in toggles:
        assert [step for step in steps if re.fullmatch(toggle.changes, step)], f"{toggle} changes nothing"
    may_go = "|".join(toggle.goes for toggle in toggles)
    lost = sorted(f"{op} {step}" for step, op in steps.items() if op not in IN_PLACE and not re.fullmatch(may_go, step))
    assert lost == [], "\n".join(lost)
