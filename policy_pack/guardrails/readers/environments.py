"""Whether a resource is of a trial, where money is saved first, or is relied upon."""

from collections.abc import Callable, Iterable, Iterator

from ..engine.evaluate import outcomes_of
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
    found = tags.get("environment")
    return found.lower() if isinstance(found, str) and found.lower() in (*_TRIALS, _LIVE) else ""


def is_trial(resource: Resource) -> bool:
    """By its tags; without them by the stack's name. What nobody calls a trial is relied upon."""
    return (_stated(resource) or resource.stack.lower()).startswith(_TRIALS)


def is_live(resource: Resource) -> bool:
    """Whether somebody relies on it."""
    return not is_trial(resource)


def only(applies: Callable[[Resource], bool], rows: Iterable[Check]) -> Predicate:
    """Rows of data as a predicate about some environments only."""
    found: dict[str, list[Check]] = {}
    for row in rows:
        for token in row.tokens:
            found.setdefault(token, []).append(row)

    def judge(resource: Resource) -> Iterator[Outcome]:
        asked = found.get(resource.type)
        if asked and applies(resource):
            yield from outcomes_of(asked, resource)

    return judge


def types_of(rows: Iterable[Check]) -> tuple[str, ...]:
    """The types that rows are about."""
    return tuple(dict.fromkeys(token for row in rows for token in row.tokens))
