"""Arguments of Azure components that may be outputs of other resources: outputs pass, invalid known values are
rejected.
"""

from typing import Any

import pulumi
import pytest

from falaj.components import azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Egress
from tests.unit.components import azure_samples as samples
from tests.unit.components.azure_samples import id_of
from tests.unit.components.mocks import Recording, build

GROUP = {"resource_group_name": samples.GROUP, "resource_group_id": samples.GROUP_ID}
STORED = {
    **GROUP,
    "endpoint_subnet_id": id_of("subnet/other"),
    "dns_zone_id": id_of("zone/other"),
    "key_vault_name": "others",
    "key_vault_uri": "https://others.vault.azure.net/",
    "workspace_id": id_of("workspace/other"),
}
FOLDER = {"container_id": samples.container_id("data", "datasets"), "folder": "tenants/treasury"}
ADMINISTRATOR = "0f0e0d0c-1111-2222-3333-444455556666"

RESOLVED_BY_RESOURCES: list[tuple[type[pulumi.ComponentResource], dict[str, Any]]] = [
    (azure.Network, {"resource_group_name": samples.GROUP}),
    (azure.AuditLog, {"resource_group_name": samples.GROUP}),
    (azure.KeyStore, {key: STORED[key] for key in STORED if not key.startswith("key_vault")}),
    (
        azure.Cluster,
        {
            "node_subnet_id": id_of("subnet/a"),
            "control_plane_subnet_id": id_of("subnet/b"),
            "key_vault_id": id_of("vault/others"),
            "key_vault_name": "others",
            "administrators": [ADMINISTRATOR],
            "public_access_cidrs": ["203.0.113.0/24"],
        },
    ),
    (azure.Sleep, {**GROUP, "cluster_id": id_of("cluster/other"), "workspace_id": id_of("workspace/other")}),
    (azure.Vault, STORED),
    (azure.SharedFiles, {**STORED, "quota_gib": 2048, "manager_principal_ids": {"cluster": "principal"}}),
    (azure.Registry, {**STORED, "untagged_days": 7, "puller_principal_ids": {"nodes": "principal"}}),
    (
        azure.FlowLogs,
        {**STORED, "network_id": id_of("network/a"), "flow_log_days": 30, "network_watcher": "ours"},
    ),
    (azure.CostExport, STORED),
    (
        azure.StorageClasses,
        {
            "disk_key": id_of("des/other"),
            "shared_files": {"resource_group_name": "files", "account_name": "uaefiles", "share_name": "models"},
        },
    ),
    (
        azure.BudgetAlarm,
        {
            **GROUP,
            "cost_groups": ["other"],
            "notify": ["finops@example.ae"],
            "start": "2027-01-01",
            "topic": id_of("topic/all"),
        },
    ),
    (azure.FinOps, {**GROUP, "notify": ["finops@example.ae"]}),
    (azure.ReplicaAccess, {**GROUP, "oidc_issuer_url": "https://issuer.example/other/"}),
    (azure.VaultAccess, {**GROUP, "namespace": "other", "service_account": "other", "vaults": {"checkpoints": FOLDER}}),
]
"""Component -> new values of arguments that may be outputs."""

DECIDED_BY_THE_STACK = {"notify", "public_access_cidrs", "folder"}
"""Arguments that are known before any resource is created. The items of lists may still be outputs."""


def later(key: str, value: Any) -> Any:
    """Returns the value as an output of a resource; for lists and mappings, their items as outputs."""
    if isinstance(value, dict):
        return {inside: later(inside, item) for inside, item in value.items()}
    if key not in DECIDED_BY_THE_STACK:
        return pulumi.Output.from_input(value)
    return [pulumi.Output.from_input(item) for item in value] if isinstance(value, list) else value


def made(component: Any, changed: dict[str, Any]) -> Recording:
    return build(lambda: component("uae", {**samples.COMPONENTS[component], **changed}))


@pytest.mark.parametrize(("component", "changed"), RESOLVED_BY_RESOURCES)
def test_an_output_gives_the_same_resources_as_its_value(component: Any, changed: dict[str, Any]) -> None:
    recording = made(component, changed)
    resolved = build(
        lambda: component(
            "uae", {**samples.COMPONENTS[component], **{key: later(key, value) for key, value in changed.items()}}
        )
    )
    assert {resource.urn: resource.inputs for resource in resolved.resources} == {
        item.urn: item.inputs for item in recording.resources
    }


@pytest.mark.parametrize(
    ("component", "changed", "message"),
    [
        (azure.Vault, {"workspace_id": 5}, r"^uae: workspace_id: 5 is not allowed"),
        (azure.Network, {"zones": 4}, r"^uae: zones: 4 is not allowed"),
        (azure.Cluster, {"administrators": ["team"]}, r"^uae: administrators\.0: \"team\" is not allowed"),
        (azure.Cluster, {"public_access_cidrs": ["0.0.0.0/0"]}, r"^uae: public_access_cidrs\.0: \"0\.0\.0\.0/0\""),
        (azure.FlowLogs, {"flow_log_days": 366}, r"^uae: flow_log_days: 366 is not allowed"),
        (azure.SharedFiles, {"quota_gib": 99}, r"^uae: quota_gib: 99 is not allowed"),
        (azure.SharedFiles, {"manager_principal_ids": {"a": 1}}, r"^uae: manager_principal_ids\.a: 1 is not allowed"),
        (azure.Registry, {"untagged_days": 0}, r"^uae: untagged_days: 0 is not allowed"),
        (azure.BudgetAlarm, {"cost_groups": []}, r"^uae: cost_groups: \[\] is not allowed"),
        (azure.BudgetAlarm, {"notify": ["nobody"]}, r"^uae: notify\.0: \"nobody\" is not allowed"),
        (azure.BudgetAlarm, {"start": "2026-12-02"}, r"^uae: start: \"2026-12-02\" is not allowed"),
        (azure.FinOps, {"notify": ["nobody"]}, r"^uae: notify\.0: \"nobody\" is not allowed"),
        (azure.StorageClasses, {"shared_files": {"share_name": 1}}, r"shared_files\.share_name: 1 is not allowed"),
        (azure.VaultAccess, {"namespace": "Treasury"}, r"^uae: namespace: \"Treasury\" is not allowed"),
        (
            azure.ReplicaAccess,
            {"flows": {"models": {"direction": "sideways"}}},
            r"^uae: flows\.models\.direction: \"sideways\" is not allowed; allowed: to-azure, to-aws",
        ),
    ],
)
def test_an_invalid_known_value_is_rejected(component: Any, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        made(component, changed)


@pytest.mark.parametrize(
    ("component", "changed", "paths"),
    [
        (azure.Network, {"cidr": "100.64.0.0/16", "firewall_address": "8.8.8.8"}, ["cidr", "firewall_address"]),
        (
            azure.BudgetAlarm,
            {"aed_per_month": 0.01, "actual_percent": [10, 20, 30, 40, 50]},
            ["forecast_percent", "aed_per_month"],
        ),
        (
            azure.Cluster,
            {"sleeps": True, "node_autoscaler": "karpenter", "opens": "09:00", "closes": "12:00"},
            ["sleeps", "closes"],
        ),
        (azure.VaultAccess, {"writes": ["models", "artifacts"]}, ["writes", "writes"]),
    ],
)
def test_all_problems_are_reported_at_once(component: Any, changed: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(BadArguments) as refused:
        made(component, changed)
    assert [problem.path for problem in refused.value.problems] == paths


def test_arguments_are_keywords_and_enum_strings() -> None:
    args = azure.VaultArgs(
        region="uaenorth",
        resource_group_name=samples.GROUP,
        resource_group_id=samples.GROUP_ID,
        purpose="checkpoints",
        endpoint_subnet_id=id_of("subnet/endpoints"),
        dns_zone_id=id_of("zone/blob"),
        key_vault_name="keys",
        key_vault_uri="https://keys.vault.azure.net/",
        workspace_id=id_of("workspace/log"),
        tags=samples.TAGS,
    )
    assert args == azure.VaultArgs.of("uae", samples.VAULT)
    assert args.purpose is azure.Purpose.CHECKPOINTS
    network = azure.NetworkArgs(
        region="uaenorth", resource_group_name="uae", cidr="10.20.0.0/16", zones=3, egress="none", tags=samples.TAGS
    )
    assert network.egress is Egress.NONE
