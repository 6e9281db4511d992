"""Annotations that a controller hands on to pods by other fields than `annotations` of the pods' metadata.

The rows of every kind (`data/object_values.csv`) say which values of an annotation harm. They find it below
`annotations`; fields such as `podAnnotations`, and settings of Spark and Flink, are read by `readers.pod_annotations`.
"""

from collections.abc import Iterator

from ..engine.reading import Resource
from ..engine.verdicts import Outcome, Verdict, failed
from ..readers.kubernetes_objects import ObjectPart
from ..readers.pod_annotations import annotations_of_pods, stated_annotations
from .switch_rows import EVERY_KIND, SwitchRow, condition, table


def check_handed_on(item: Resource) -> Iterator[Outcome]:
    """Yields a failure for each value with which such an annotation harms, unless a row of the kind evaluates it."""
    for annotations in annotations_of_pods(item):
        for key, value in annotations.data.items():
            row = table().find(EVERY_KIND, f"metadata.annotations.{key}")
            if row is not None and row.type == EVERY_KIND and not _is_evaluated(item, annotations, key, row):
                rule, path = condition(row.safe), annotations.path_to(key)
                if rule.judge(value) is Verdict.FAIL:
                    yield failed(f"{path} {rule.requirement}: otherwise {row.why}", path)


def _is_evaluated(item: Resource, annotations: ObjectPart, key: str, row: SwitchRow) -> bool:
    """Returns whether the same row finds an annotation by its path."""
    is_field = any(part.path == annotations.path for part in stated_annotations(item))
    return is_field and table().find(item.type, annotations.path_to(key)) is row
