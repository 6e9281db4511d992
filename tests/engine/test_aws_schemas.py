"""CloudFormation's schemas describe nearly all that the stacks and examples state about AWS resources."""

import pytest

from falaj.sandbox.toolchain import Engine
from tests.engine.lives import EXAMPLES, STACKS, deployment
from tests.project.aws_cloudformation_coverage import Coverage

pytestmark = pytest.mark.engine

MATCHED = 0.94
"""The least share of stated properties with a counterpart in a schema; every other has its reason."""

WITHOUT_AWS = ("onprem", "enterprise-inference")


@pytest.mark.parametrize("name", [name for name in (*STACKS, *EXAMPLES) if name not in WITHOUT_AWS])
def test_every_stated_property_has_a_counterpart_or_a_reason(
    name: str, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> None:
    coverage = Coverage()
    for resource in deployment(name, engine, tmp_path_factory)["state"]:
        if resource.get("custom") and resource["type"].startswith("aws:"):
            coverage.add(resource["type"], resource["inputs"])
    assert coverage.bare == set(), "name their counterparts in tests/project/aws_cloudformation_names.csv"
    assert coverage.share >= MATCHED
