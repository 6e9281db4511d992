"""Pools with shared GPUs: node labels, hints for autoscalers, and rejected combinations."""

from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.kubernetes.cluster.gpu_operator import GpuOperator
from tests.unit.components import aws_samples, azure_samples
from tests.unit.components.kubernetes_samples import GPU_OPERATOR
from tests.unit.components.samples import changed_args, program, recorded

SERVING = {"profile": Profile.INFERENCE_GPU, "capacity": Capacity.ON_DEMAND}
ON_AWS = changed_args(aws.NodePoolArgs, aws_samples.POOL, {**SERVING, "machines": ["p5en.48xlarge"]})
ON_AZURE = changed_args(azure.NodePoolArgs, azure_samples.POOL, {**SERVING, "machines": ["Standard_NC40ads_H100_v5"]})
KARPENTERS: dict[str, Any] = {**SERVING, "min": 0, "max": 4}
SLICED, TURNS = {"mig_profile": "1g.18gb"}, {"time_slices": 4}
HINT = "k8s.io/cluster-autoscaler/node-template/"


def labels_on_aws(**changed: Any) -> dict[str, str]:
    return (
        recorded(aws.NodePool, changed_args(aws.NodePoolArgs, ON_AWS, changed))
        .one("aws:eks/nodeGroup:NodeGroup")
        .inputs["labels"]
    )


def labels_on_azure(**changed: Any) -> dict[str, str]:
    recording = recorded(azure.NodePool, changed_args(azure.NodePoolArgs, ON_AZURE, changed))
    return recording.one("azure-native:containerservice:AgentPool").inputs["nodeLabels"]


def promised(**changed: Any) -> dict[str, str]:
    """Returns the resources that the cluster autoscaler expects of nodes that do not exist yet."""
    tags = [
        tag.inputs["tag"]
        for tag in recorded(aws.NodePool, changed_args(aws.NodePoolArgs, ON_AWS, changed)).of("aws:autoscaling/tag:Tag")
    ]
    return {tag["key"].removeprefix(HINT): tag["value"] for tag in tags if not tag["key"].startswith(f"{HINT}taint")}


@pytest.mark.parametrize(("labels", "profile"), [(labels_on_aws, "1g.18gb"), (labels_on_azure, "1g.12gb")])
def test_nodes_have_the_label_for_their_gpu_sharing(labels: Any, profile: str) -> None:
    assert not {key for key in labels() if key.startswith("nvidia.com/")}
    assert labels(sharing={"mig_profile": profile}).items() - labels().items() == {
        ("nvidia.com/mig.config", f"all-{profile}")
    }
    turns = labels(sharing=TURNS, tenant="retail").items() - labels(tenant="retail").items()
    assert turns == {("nvidia.com/device-plugin.config", "turns-4")}


def test_these_labels_are_those_that_the_operator_asks_for() -> None:
    requested = {**GPU_OPERATOR, "shared": {"train": {**TURNS, "tenant": "retail"}}}
    recording = recorded(GpuOperator, requested)
    expected = recording.outputs[recording.one("falaj:kubernetes:GpuOperator").urn]["node_labels"]["train"]
    assert expected.items() <= labels_on_aws(sharing=TURNS, tenant="retail").items()


def test_the_autoscaler_knows_slices_and_turns_instead_of_gpus() -> None:
    full, sliced = promised(), promised(sharing=SLICED)
    assert full["resources/nvidia.com/gpu"] == "8"
    assert sliced["resources/nvidia.com/mig-1g.18gb"] == "56"
    assert sliced["label/nvidia.com/mig.config"] == "all-1g.18gb"
    assert "resources/nvidia.com/gpu" not in sliced
    turns = promised(sharing=TURNS, tenant="retail")
    assert turns["resources/nvidia.com/gpu.shared"] == "32"
    assert "resources/nvidia.com/gpu" not in turns


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"sharing": TURNS}, r"sharing\.time_slices: .*share memory and faults"),
        ({"sharing": {**TURNS, "tenant": "cards"}, "tenant": "retail"}, r"pool\.sharing\.tenant: unknown field"),
        ({"sharing": SLICED, "machines": ["g6.12xlarge"]}, r"sharing.mig_profile: .*only for A100, H100 or H200"),
        ({"sharing": SLICED, "profile": "batch", "machines": ["m7g.large"]}, r"sharing: .*machines with whole GPUs"),
        ({"sharing": {"mig_profile": "1g.5gb"}}, r"sharing.mig_profile: \"1g\.5gb\""),
    ],
)
def test_what_cannot_be_shared_is_refused(changed: dict[str, Any], message: str) -> None:
    with pytest.raises(BadArguments, match=message):
        program(aws.NodePool, changed_args(aws.NodePoolArgs, ON_AWS, changed))()


def test_azure_splits_gpus_or_the_operator_does() -> None:
    with pytest.raises(BadArguments, match=r"sharing.mig_profile: .*only without `azure.gpu_partition`"):
        program(
            azure.NodePool, changed_args(azure.NodePoolArgs, ON_AZURE, {"sharing": SLICED, "gpu_partition": "MIG1g"})
        )()


def test_karpenter_makes_no_nodes_for_shares() -> None:
    pools = {"serve": {**KARPENTERS, "machines": ["p5en.48xlarge"], "sharing": SLICED}}
    with pytest.raises(BadArguments, match=r"sharing: .*no value where Karpenter creates the nodes"):
        program(aws.Karpenter, {**aws_samples.KARPENTER, "pools": pools})()
    there = {"serve": {**KARPENTERS, "machines": ["Standard_NC40ads_H100_v5"], "sharing": SLICED}}
    with pytest.raises(BadArguments, match=r"sharing: .*no value where Karpenter creates the nodes"):
        program(azure.NodeProvisioning, {**azure_samples.PROVISIONING, "pools": there})()
