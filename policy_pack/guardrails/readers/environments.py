"""Whether a resource belongs to production: by its environment tag or label, else by the name of its stack."""

from collections.abc import Callable, Iterable, Iterator

from ..engine.evaluate import evaluate_rows
from ..engine.reading import Resource
from ..engine.rows import Check, Predicate
from ..engine.verdicts import Outcome
from .effective_tags import effective_tags

_TRIALS = ("dev", "test", "staging")
_LIVE = "prod"


def _stated(resource: Resource) -> str:
    """The environment in tags or labels; empty if none of the known ones."""
    tags = effective_tags(resource).values
    if resource.type.startswith("kubernetes:"):
        metadata = resource.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else None
        tags = labels if isinstance(labels, dict) else {}
    environment = tags.get("environment")
    return environment.lower() if isinstance(environment, str) and environment.lower() in (*_TRIALS, _LIVE) else ""


def is_non_production(resource: Resource) -> bool:
    """Whether the environment is dev, test or staging; everything else counts as production."""
    return (_stated(resource) or resource.stack.lower()).startswith(_TRIALS)


def is_production(resource: Resource) -> bool:
    """Whether the resource belongs to production."""
    return not is_non_production(resource)


def rows_where(applies: Callable[[Resource], bool], rows: Iterable[Check]) -> Predicate:
    """A predicate that evaluates rows on the resources for which `applies` is true."""
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
    """The type tokens of rows."""
    return tuple(dict.fromkeys(token for row in rows for token in row.tokens))
