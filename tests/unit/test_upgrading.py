"""The page about upgrading lists every moved input, and its stack files before and after mean the same."""

import re

import yaml

from falaj.components.core.node_pools.spec import NodePoolSpec
from falaj.components.core.validation.deprecations import recorded_deprecations
from tests.unit.upgrading import PAGE, written

TEXT = PAGE.read_text(encoding="utf-8")


def _pools(title: str) -> dict[str, NodePoolSpec]:
    match = re.search(rf"^{title}:\n\n```yaml\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert match
    pools = yaml.safe_load(match.group(1))["pools"]
    return {name: NodePoolSpec.model_validate(pool) for name, pool in pools.items()}


def test_the_tables_are_current() -> None:
    assert written(TEXT) == TEXT, "run python -m tests.unit.upgrading"
    assert "| `sleeps` | `aws.sleeps` |" in TEXT


def test_the_stack_files_before_and_after_mean_the_same() -> None:
    with recorded_deprecations() as deprecated:
        before = _pools("Before")
    with recorded_deprecations() as still_deprecated:
        after = _pools("After")
    assert before == after
    assert len(deprecated) == len(before)
    assert still_deprecated == []
