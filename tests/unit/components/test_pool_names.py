"""A pool has one kind of name everywhere: in the settings and in the components of both clouds."""

from typing import Any

import pytest

from falaj.components import aws, azure
from falaj.components.core.validation.args import Args, BadArguments
from tests.unit.components import aws_samples, azure_samples

SYSTEM_POOL = azure_samples.CLUSTER["system_pool"]
NAMED: dict[str, tuple[type[Args], Any]] = {
    "aws": (aws.NodePoolArgs, lambda name: {**aws_samples.POOL, "name": name}),
    "azure": (azure.NodePoolArgs, lambda name: {**azure_samples.POOL, "name": name}),
    "system": (azure.ClusterArgs, lambda name: {**azure_samples.CLUSTER, "system_pool": {**SYSTEM_POOL, "name": name}}),
    "site": (aws.SiteArgs, lambda name: {**aws_samples.SITE, "pools": {name: aws_samples.SITE["pools"]["system"]}}),
}
EVERY = pytest.mark.parametrize("kind", NAMED)


@EVERY
@pytest.mark.parametrize("name", ["", "a", "X Y/..", "gpu-spot", "1gpu", "thirteenchars"])
def test_a_name_that_no_pool_can_have_is_refused(kind: str, name: str) -> None:
    declared, given = NAMED[kind]
    with pytest.raises(BadArguments, match="is not allowed"):
        declared.of("uae", given(name))


@EVERY
@pytest.mark.parametrize("name", ["ab", "gpu1", "twelvechars1"])
def test_a_name_of_the_settings_is_accepted(kind: str, name: str) -> None:
    declared, given = NAMED[kind]
    assert declared.of("uae", given(name))
