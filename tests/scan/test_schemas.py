"""AWS's schemas of resource types cover all planned resources, and the region offers the planned machine types."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.scan.cloudformation import unknown_types
from tests.scan.counterparts import COUNTERPARTS, NO_COUNTERPART
from tests.scan.plan import Planned

pytestmark = pytest.mark.engine

IN_NO_STACK = {
    "aws:costexplorer/anomalyMonitor:AnomalyMonitor",
    "aws:costexplorer/anomalySubscription:AnomalySubscription",
    "aws:costexplorer/costAllocationTag:CostAllocationTag",
    "aws:costexplorer/costCategory:CostCategory",
    "aws:ecr/pullThroughCacheRule:PullThroughCacheRule",
    "aws:ecr/repositoryCreationTemplate:RepositoryCreationTemplate",
}
"""Types that depend on the account: only the one that pays may create categories and activate tags, the latter a day
after their first use, and the monitor of services exists already or is created on request. Caches of registries are
off by default."""

_MACHINES = """
import json, pathlib, cfnlint
data = pathlib.Path(cfnlint.__file__).parent / "data/schemas/extensions/aws_ec2_instance/instancetype_enum.json"
print(json.dumps(json.loads(data.read_text())["me-central-1"]["enum"]))
"""


def test_every_planned_aws_type_has_a_counterpart_or_a_reason(plans: list[Planned]) -> None:
    assert unknown_types(plans) == set()


def test_no_row_is_left_over(plans: list[Planned]) -> None:
    assert {*COUNTERPARTS, *NO_COUNTERPART} - {item.type for item in plans} == IN_NO_STACK


def test_planned_machines_are_offered_in_the_region(plans: list[Planned], python_tools: Path) -> None:
    """cfn-lint lists the instance types of EC2 in me-central-1; the schema of EKS accepts any string."""
    result = subprocess.run([python_tools / "python", "-c", _MACHINES], capture_output=True, text=True, check=True)
    offered = set(json.loads(result.stdout))
    pools = [item for item in plans if item.type == "aws:eks/nodeGroup:NodeGroup"]
    planned = {machine for pool in pools for machine in pool.inputs["instanceTypes"]}
    assert planned
    assert planned - offered == set()
    assert "p4d.24xlarge" not in offered
