"""Arguments of AWS components that may be outputs of other resources: outputs pass, invalid known values are
rejected.
"""

from typing import Any

import pulumi
import pytest

from falaj.components import aws
from falaj.components.core.validation.args import BadArguments
from tests.unit.components import aws_samples as samples
from tests.unit.components.mocks import Recording, build

RESOLVED_BY_RESOURCES: list[tuple[type[pulumi.ComponentResource], dict[str, Any]]] = [
    (aws.Network, {"trusted_accounts": ["210987654321"], "log_retention_days": 365}),
    (aws.Cluster, {"kubernetes_version": "1.35", "log_retention_days": 365, "public_access_cidrs": ["203.0.113.0/24"]}),
    (aws.Addons, {"kubernetes_version": "1.35", "addon_versions": {"coredns": "v1.12.1-eksbuild.2"}}),
    (aws.ClusterAutoscaler, {"prefer": ["eks-train-asg"], "image_repository": "registry.example/autoscaler"}),
    (aws.Sleep, {"groups": {"train": {"scaling_group_name": "eks-train-asg", "min": 0, "max": 8}}}),
    (aws.Vault, {"only_through": "vpce-1", "readers": ["arn:aws:iam::1:role/r"], "reader_addresses": ["20.1.2.3"]}),
    (aws.Scratch, {"capacity_gib": 2400, "throughput": 250, "vaults": {"datasets": "s3://d"}, "exported": []}),
    (aws.SharedFiles, {"node_subnet_ids": ["subnet-a", "subnet-b", "subnet-c"], "client_role_arns": ["arn:r"]}),
    (aws.StorageClasses, {"shared_file_system_id": "fs-2", "backed_up_by": "uae-backup-dev"}),
    (aws.Registry, {"puller_role_names": {"nodes": "node"}}),
    (aws.Backup, {"unchangeable_after_days": 7}),
    (aws.BudgetAlarm, {"notify": ["finops@example.ae"], "start": "2027-01-01", "topic_arn": "arn:topic"}),
    (aws.BudgetStop, {"percent": 90, "role_arns": {"karpenter": "arn:aws:iam::123456789012:role/karpenter"}}),
    (aws.BurnRate, {"topic_arn": "arn:topic", "image": "registry.example/aws-cli:2.1.0"}),
    (aws.FinOps, {"monitor_arn": "arn:aws:ce::123456789012:anomalymonitor/0a1b", "create_monitor": False}),
    (aws.ReplicaAccess, {"oidc_issuer_url": "https://issuer.example/aks/"}),
    (aws.VaultAccess, {"namespace": "tenant-treasury", "service_account": "forecast"}),
]
"""Component -> new values of arguments that may be outputs. The stack decides the length of lists and mappings, so
only their items are outputs.
"""

DECIDED_BY_THE_STACK = {
    "public_access_cidrs", "addon_versions", "groups", "vaults", "exported", "puller_role_names", "min", "max",
    "create_monitor",
}  # fmt: skip


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
            "uae",
            {**samples.COMPONENTS[component], **{key: later(key, value) for key, value in changed.items()}},
        )
    )
    assert {resource.urn: resource.inputs for resource in resolved.resources} == {
        item.urn: item.inputs for item in recording.resources
    }


@pytest.mark.parametrize(
    ("component", "changed", "message"),
    [
        (aws.Network, {"trusted_accounts": ["12"]}, r"^uae: trusted_accounts\.0: \"12\" is not allowed"),
        (aws.Network, {"log_retention_days": 91}, r"^uae: log_retention_days: 91 is not allowed; allowed: 30, 60, 90"),
        (aws.Cluster, {"kubernetes_version": "latest"}, r"^uae: kubernetes_version: \"latest\" is not allowed"),
        (aws.Cluster, {"public_access_cidrs": ["0.0.0.0/0"]}, r"^uae: public_access_cidrs\.0: \"0\.0\.0\.0/0\""),
        (aws.Addons, {"addon_versions": {"coredns": "1.12"}}, r"^uae: addon_versions\.coredns: \"1\.12\""),
        (
            aws.Addons,
            {"addon_versions": {"dns": "v1.1.1-eksbuild.1"}},
            r"^uae: addon_versions\.dns: .*eks-pod-identity",
        ),
        (aws.Scratch, {"capacity_gib": 1300}, r"^uae: capacity_gib: 1300 is not allowed; allowed: 1200 or a multiple"),
        (aws.SharedFiles, {"client_role_arns": []}, r"^uae: client_role_arns: \[\] is not allowed"),
        (aws.Backup, {"unchangeable_after_days": 2}, r"^uae: unchangeable_after_days: 2 is not allowed"),
        (aws.BudgetAlarm, {"notify": ["nobody"]}, r"^uae: notify\.0: \"nobody\" is not allowed"),
        (aws.BudgetAlarm, {"start": "2026-12-02"}, r"^uae: start: \"2026-12-02\" is not allowed"),
        (aws.BudgetStop, {"percent": 0}, r"^uae: percent: 0 is not allowed"),
        (aws.BurnRate, {"image": "aws-cli:latest"}, r"^uae: image: \"aws-cli:latest\" is not allowed"),
        (aws.FinOps, {"monitor_arn": "arn"}, r"^uae: monitor_arn: \"arn\" is not allowed"),
        (aws.VaultAccess, {"namespace": "Treasury"}, r"^uae: namespace: \"Treasury\" is not allowed"),
        (aws.Vault, {"readers": "arn"}, r"^uae: readers: \"arn\" is not allowed"),
    ],
)
def test_an_invalid_known_value_is_rejected(component: Any, changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        made(component, changed)


def test_all_problems_are_reported_at_once() -> None:
    with pytest.raises(BadArguments) as refused:
        made(aws.FinOps, {"business_units": {"x": [], "other": ["retail"]}, "anomaly_percent": 0})
    assert [problem.path for problem in refused.value.problems] == [
        "anomaly_percent", "business_units.x", "business_units.x", "business_units.other"
    ]  # fmt: skip


def test_arguments_are_keywords_and_enum_strings() -> None:
    args = aws.VaultArgs(region="me-central-1", purpose="checkpoints", tags=samples.TAGS)
    assert args == aws.VaultArgs.of("uae", samples.VAULT)
    assert args.purpose is aws.Purpose.CHECKPOINTS
