"""Queues of teams that are promised every accelerator.

In NVIDIA's KAI scheduler a quota is what others give back, and -1 is without bound; a limit of -1 only lets a queue
have what others leave idle (NVIDIA/KAI-Scheduler 72de64fc, pkg/apis/scheduling/v2/resources.go and docs/queues, read
2026-11-30). The queue at the top, which upstream installs without bound, has nobody beside it.
"""

from collections.abc import Iterator

from ..engine.kubernetes_lists import expand_list, kind_of
from ..engine.number_conditions import number_of
from ..engine.reading import MISSING, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.kubernetes_objects import ObjectPart


def check_unbounded_queues(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each queue below another one whose share of accelerators has no bound."""
    for item in expand_list(resource):
        spec = ObjectPart("", item.props).child("spec")
        if kind_of(item) != "Queue" or ":scheduling.run.ai/" not in item.type:
            continue
        quota = spec.child("resources").child("gpu")
        number = number_of(quota.get("quota"))
        if spec.get("parentQueue") not in (MISSING, "") and number is not None and number < 0:
            path = quota.path_to("quota")
            yield failed(f"{path} is without bound: every other queue waits, and machines are bought for it", path)
