"""Types that are read from the SDKs' source text agree with the imported SDKs."""

import inspect

import pytest
from pulumi._types import input_type_py_to_pulumi_names
from pulumi_aws.sqs import QueueArgs
from pulumi_azure_native.containerservice import AgentPoolArgs
from pulumi_kubernetes.apps.v1 import DeploymentInitArgs

from falaj.sandbox.clouds.sdk_schema import Sdk, UnknownResourceType, nearest, sdk

AWS, AZURE, KUBERNETES = "pulumi_aws", "pulumi_azure_native", "pulumi_kubernetes"


@pytest.mark.parametrize(
    ("package", "token", "arguments"),
    [
        (AWS, "aws:sqs/queue:Queue", QueueArgs),
        (AZURE, "azure-native:containerservice:AgentPool", AgentPoolArgs),
        (KUBERNETES, "kubernetes:apps/v1:Deployment", DeploymentInitArgs),
    ],
)
def test_properties_are_those_of_the_sdk(package: str, token: str, arguments: type) -> None:
    """The inputs are exactly the constructor's parameters, and required where the constructor requires them."""
    names = input_type_py_to_pulumi_names(arguments)
    parameters = list(inspect.signature(arguments).parameters.values())
    expected = {names[p.name]: p.default is inspect.Parameter.empty for p in parameters}
    assert {name: item.required for name, item in sdk(package).schema(token).inputs.items()} == expected


def test_deprecated_properties_are_read_too() -> None:
    assert "serverSideEncryptionConfiguration" in sdk(AWS).schema("aws:s3/bucket:Bucket").inputs


def test_kinds_of_types() -> None:
    pool = sdk(AZURE).schema("azure-native:containerservice:AgentPool").inputs
    group = sdk(AWS).schema("aws:eks/nodeGroup:NodeGroup").inputs
    assert pool["scaleSetPriority"].type.kind == "enum"
    assert pool["scaleSetPriority"].type.values == ("Spot", "Regular")
    assert pool["scaleSetPriority"].type.open is True
    assert pool["count"].type.kind == "integer"
    assert pool["enableAutoScaling"].type.kind == "boolean"
    assert (pool["nodeLabels"].type.kind, pool["nodeLabels"].type.of[0].kind) == ("map", "string")
    assert (group["taints"].type.kind, group["taints"].type.of[0].kind) == ("list", "object")
    taint = sdk(AWS).properties(group["taints"].type.of[0].ref)  # type: ignore[arg-type]
    assert {name: p.required for name, p in taint.items()} == {"effect": True, "key": True, "value": False}


def test_a_nested_type_of_another_module() -> None:
    metadata = sdk(KUBERNETES).schema("kubernetes:apps/v1:Deployment").inputs["metadata"].type
    assert metadata.kind == "object"
    assert "labels" in sdk(KUBERNETES).properties(metadata.ref)  # type: ignore[arg-type]


def test_outputs_state_which_are_always_present() -> None:
    outputs = sdk(AWS).schema("aws:ec2/vpc:Vpc").outputs
    assert outputs["arn"].required
    assert not outputs["ipv4IpamPoolId"].required


def test_every_aws_type_can_be_read() -> None:
    """All types of the SDK can be read, not only those with a `ResourceType`; a sample keeps the test quick."""
    package = sdk(AWS)
    for token in list(package.tokens)[::23]:
        assert package.schema(token).outputs, token


def test_an_unknown_token_names_the_nearest() -> None:
    with pytest.raises(UnknownResourceType, match='did you mean "aws:ec2/vpc:Vpc"'):
        sdk(AWS).schema("aws:ec2/vpc:Vcp")


def test_the_error_for_a_missing_sdk_says_how_to_install_it() -> None:
    with pytest.raises(ModuleNotFoundError, match="pip install pulumi-nowhere"):
        Sdk("pulumi_nowhere")


def test_without_a_similar_name_there_is_no_suggestion() -> None:
    assert nearest("zzz", {"cidrBlock": 1}) == ""
