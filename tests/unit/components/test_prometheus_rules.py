"""Every PromQL expression that the components create is one for Prometheus' own grammar."""

from decimal import Decimal
from typing import Any

import promql_parser
import pytest

from falaj.components.core.charts import gpu_rules, queue_rules

RULES: list[dict[str, Any]] = [
    rule
    for group in (*gpu_rules.groups(Decimal(4)), *queue_rules.groups(["gpuspot", "train"]))
    for rule in group["rules"]
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.get("alert") or rule["record"])
def test_an_expression_is_valid(rule: dict[str, Any]) -> None:
    promql_parser.parse(rule["expr"])


def test_an_invalid_one_would_be_found() -> None:
    with pytest.raises(ValueError, match="offset modifier must be preceded by"):
        promql_parser.parse("sum(up) offset 1h")
