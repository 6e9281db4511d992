"""Machine types of a pool by requirement: what is selected, what Karpenter and node groups get, what is refused."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from falaj.components import aws
from falaj.components.core.node_pools.aws_instance_requirements import InstanceRequirements, offered_types
from falaj.components.core.node_pools.oversize_warnings import PodRequest, oversize_warnings
from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.args import BadArguments
from falaj.components.core.validation.enums import Capacity, Profile
from falaj.components.core.validation.problems import problems_of
from falaj.facts.machines import find
from tests.unit.components import aws_samples
from tests.unit.components.samples import recorded

ARM: Any = {"families": ["m7g", "r7g"], "architecture": "arm64", "vcpu": {"least": 4, "most": 8}}


def types(**requirements: Any) -> list[str]:
    return offered_types(InstanceRequirements.model_validate(requirements))


def problem(**requirements: Any) -> str:
    with pytest.raises(ValidationError) as error:
        InstanceRequirements.model_validate(requirements)
    return "\n".join(map(str, problems_of(error.value)))


def test_the_types_meet_all_requirements_the_smallest_first() -> None:
    assert types(**ARM) == ["m7g.xlarge", "r7g.xlarge", "m7g.2xlarge", "r7g.2xlarge"]
    names = types(categories=["c", "m", "r"], generation=6, vcpu={"least": 8, "most": 8}, memory_gib={"least": 32})
    machines = [machine for name in names if (machine := find("me-central-1", name))]
    assert machines
    assert {(machine.vcpu, machine.arch, machine.gpus) for machine in machines} == {(8, "x86_64", 0)}
    assert all((machine.memory_gib or 0) >= 32 for machine in machines)
    sizes = [(machine.memory_gib or 0, machine.name) for machine in machines]
    assert sizes == sorted(sizes)


def test_gpus_and_burstable_types_are_used_if_asked_for_and_excluded_ones_are_not() -> None:
    one_gpu = types(categories=["g"], gpus={"least": 1, "most": 1})
    assert {find("me-central-1", name).gpus for name in one_gpu} == {1}  # type: ignore[union-attr]
    assert "t3.large" not in types(categories=["t", "m"])
    assert "t3.large" in types(categories=["t"], burstable=True)
    assert types(**ARM, exclude=["r7g.*", "m7g.xlarge"]) == ["m7g.2xlarge"]


@pytest.mark.parametrize(
    ("requirements", "message"),
    [
        ({}, "families: required where no `categories` are given"),
        ({"families": ["m99g"]}, "requirements that a type of the region meets"),
        ({"families": ["M7G"]}, "families.0"),
        ({"categories": ["m"], "vcpu": {"least": 9, "most": 8}}, "vcpu.least: 9 is not allowed; allowed: at most most"),
        ({"categories": ["m"], "architecture": "riscv"}, "architecture"),
    ],
)
def test_requirements_that_select_nothing_are_refused(requirements: Any, message: str) -> None:
    assert message in problem(**requirements)


def spec(**fields: Any) -> NodePoolSpec:
    given = {"profile": "batch", "max": 4, "aws": {"instance_requirements": ARM}, **fields}
    return NodePoolSpec.model_validate(given)


def test_a_pool_has_machines_or_requirements() -> None:
    assert spec().machines == types(**ARM)
    assert NodePoolSpec.model_validate(spec().model_dump()).machines == types(**ARM)
    with pytest.raises(ValidationError, match="1 problems"):
        spec(machines=["m7g.large"])
    with pytest.raises(ValidationError, match="1 problems"):
        NodePoolSpec.model_validate({"profile": "batch", "max": 4})


POOL: dict[str, Any] = {"profile": Profile.BATCH, "max": 4, "aws": {"instance_requirements": ARM}}


def test_karpenter_gets_requirements_and_the_types_whose_price_is_known() -> None:
    made = recorded(aws.Karpenter, {**aws_samples.KARPENTER, "pools": {"batch": POOL}})
    template = made.one("kubernetes:karpenter.sh/v1:NodePool").inputs["spec"]["template"]["spec"]
    requirements = [(item["key"], item["operator"], item["values"]) for item in template["requirements"]]
    assert ("karpenter.k8s.aws/instance-family", "In", ["m7g", "r7g"]) in requirements
    assert ("karpenter.k8s.aws/instance-cpu", "Gt", ["3"]) in requirements
    assert ("karpenter.k8s.aws/instance-cpu", "Lt", ["9"]) in requirements
    assert ("node.kubernetes.io/instance-type", "In", types(**ARM)) in requirements


def test_a_node_group_gets_the_types_of_which_it_takes_twenty() -> None:
    given = {**aws_samples.POOL, "pool": {**POOL, "capacity": Capacity.SPOT}}
    group = recorded(aws.NodePool, given).one("aws:eks/nodeGroup:NodeGroup").inputs
    assert group["instanceTypes"] == types(**ARM)
    many = {**given, "pool": {**POOL, "aws": {"instance_requirements": {"categories": ["c", "m", "r"]}}}}
    with pytest.raises(BadArguments, match="at most 20 types in a managed node group"):
        recorded(aws.NodePool, many)


def test_right_sizing_compares_the_selected_types() -> None:
    requirements = {"families": ["g6"], "gpus": {"least": 1}}
    pool = spec(profile="training", aws={"instance_requirements": requirements})
    warnings = oversize_warnings("me-central-1", {"gpu": pool}, [PodRequest(Profile.TRAINING, 1)], Decimal("3.6725"))
    assert any(warning.startswith("pool gpu: g6.12xlarge has 4 GPUs") for warning in warnings)
