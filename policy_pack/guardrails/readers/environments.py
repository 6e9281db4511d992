"""Whether a resource is of a trial, where money is saved first, or is relied upon."""

from collections.abc import Callable, Iterable, Iterator

from ..engine.evaluate import evaluate_rows
from ..engine.reading import Resource
from ..engine.rows import Check, Predicate
from ..engine.verdicts import Outcome
from .effective_tags import effective_tags

_TRIALS = ("dev", "test", "staging")
_LIVE = "prod"


def _stated(resource: Resource) -> str:
    """The environment that tags or labels name; empty where they name none that there is."""
    tags = effective_tags(resource).values
    if resource.type.startswith("kubernetes:"):
        metadata = resource.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else None
        tags = labels if isinstance(labels, dict) else {}
    environment = tags.get("environment")
    return environment.lower() if isinstance(environment, str) and environment.lower() in (*_TRIALS, _LIVE) else ""


def is_non_production(resource: Resource) -> bool:
    """By its tags; without them by the stack's name. What nobody calls a trial is relied upon."""
    return (_stated(resource) or resource.stack.lower()).startswith(_TRIALS)


def is_production(resource: Resource) -> bool:
    """Whether somebody relies on it."""
    return not is_non_production(resource)


def rows_where(applies: Callable[[Resource], bool], rows: Iterable[Check]) -> Predicate:
    """Rows of data as a predicate about some environments only."""
    by_type: dict[str, list[Check]] = {}
    for row in rows:
        for token in row.tokens:
            by_type.setdefault(token, []).append(row)

    def judge(resource: Resource) -> Iterator[Outcome]:
        checks = by_type.get(resource.type)
        if checks and applies(resource):
            yield from evaluate_rows(checks, resource)

    return judge


def types_of(rows: Iterable[Check]) -> tuple[str, ...]:
    """The types that rows are about."""
    return tuple(dict.fromkeys(token for row in rows for token in row.tokens))
