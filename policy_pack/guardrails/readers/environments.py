"""Determines whether a resource belongs to production: by its environment tag or label, else by the name of its
stack."""

from collections.abc import Callable, Iterable, Iterator

from ..engine.evaluate import evaluate_rows
from ..engine.reading import Resource
from ..engine.rows import Check, Predicate
from ..engine.verdicts import Outcome
from .effective_tags import effective_tags

_NON_PRODUCTION = ("dev", "test", "staging")
_PRODUCTION = "prod"


def _tagged_environment(resource: Resource) -> str:
    """Returns the environment in the tags or labels; empty if it is not a known environment."""
    tags = effective_tags(resource).values
    if resource.type.startswith("kubernetes:"):
        metadata = resource.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else None
        tags = labels if isinstance(labels, dict) else {}
    environment = tags.get("environment")
    return (
        environment.lower()
        if isinstance(environment, str) and environment.lower() in (*_NON_PRODUCTION, _PRODUCTION)
        else ""
    )


def is_non_production(resource: Resource) -> bool:
    """Returns whether the environment is dev, test or staging. Everything else counts as production."""
    return (_tagged_environment(resource) or resource.stack.lower()).startswith(_NON_PRODUCTION)


def is_production(resource: Resource) -> bool:
    """Returns whether the resource belongs to production."""
    return not is_non_production(resource)


def rows_where(applies: Callable[[Resource], bool], rows: Iterable[Check]) -> Predicate:
    """Returns a predicate that evaluates the rows on the resources for which `applies` returns true."""
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
    """Returns the type tokens of the rows, without duplicates."""
    return tuple(dict.fromkeys(token for row in rows for token in row.tokens))
