"""What replicas follow, and how much of it each is for, as the search tries it."""

from typing import Any

import pytest

from falaj.simulation.advice.choices import Choice
from falaj.simulation.advice.space import search_space
from tests.unit.simulation.advice_stack import raw
from tests.unit.simulation.served_stack import SERVED, SERVING

LOAD = ".".join((*SERVING, "load"))
OF_VLLM = ["as today", "queue 4", "queue 6", "queue 12", "queue 16", "requests 0.5", "requests 1", "requests 2"]
PROMPTS = ["prompts 500", "prompts 1000", "prompts 2000", "prompts 4000"]


def _choice(**changes: Any) -> Choice:
    """Returns the choice of a stack whose service has these settings too."""
    stack = raw(SERVED)
    serving = stack["tenants"]["research"]["services"]["chat"]["serving"]
    serving["load"] |= changes.pop("load", {})
    serving |= changes
    (found,) = [each for each in search_space(stack) if each.name == LOAD]
    return found


def test_every_metric_of_the_runtime_is_tried() -> None:
    found = _choice()
    assert (found.today, [each.label for each in found.alternatives]) == ("queue 8", [*OF_VLLM, *PROMPTS])
    last = found.alternatives[-1].changes
    assert last == {(*SERVING, "load", "follows"): "prompts", (*SERVING, "load", "target"): 4000.0}


def test_todays_metric_is_tried_with_other_targets() -> None:
    found = _choice(load={"follows": "prompts", "target": 1024})
    assert [each.label for each in found.alternatives[1:5]] == [f"prompts {each}" for each in (512, 768, 1536, 2048)]
    assert found.alternatives[1].changes == {(*SERVING, "load", "target"): 512.0}
    assert not {*PROMPTS} & {each.label for each in found.alternatives}


@pytest.mark.parametrize(
    ("changes", "metrics"),
    [
        ({"load": {"query": "sum(rate(own_total[2m]))"}}, {"queue"}),
        ({"runtime": "triton", "image": "registry.example.ae/nvidia/tritonserver:25.09-py3"}, {"queue", "requests"}),
    ],
)
def test_a_query_stays_and_metrics_that_a_runtime_lacks_are_not_tried(
    changes: dict[str, Any], metrics: set[str]
) -> None:
    labels = [each.label for each in _choice(**changes).alternatives[1:]]
    assert {label.split()[0] for label in labels} == metrics
