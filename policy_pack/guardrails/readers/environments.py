"""Determines the environment of a stack and of a resource.

What a rule allows outside production depends on the stack: its name, or the settings of the pack. A tag lifts no
protection, because a program could set it on the one database that shall not be protected.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from ..engine.evaluate import evaluate_rows
from ..engine.reading import Resource
from ..engine.rows import Check, Predicate
from ..engine.verdicts import Outcome
from .effective_tags import effective_tags

_WORDS = {
    "prod": ("prod", "production", "prd", "live"),
    "staging": ("staging", "stage", "stg", "preprod"),
    "test": ("test", "testing", "tst", "qa", "uat"),
    "dev": ("dev", "development", "develop", "sandbox"),
}
"""Environment -> words of stack names that mean it."""
_BY_WORD = {word: environment for environment, words in _WORDS.items() for word in words}
_NON_PRODUCTION = ("dev", "test", "staging")


@cache
def environment_of_stack(stack: str) -> str:
    """Returns the environment that the name of a stack contains as a word, such as prod for `prod-uae`; empty if it
    contains none, or several."""
    words = (re.sub(r"\d+$", "", word) for word in re.split(r"[^a-z0-9]+", stack.lower()))
    found = {_BY_WORD[word] for word in words if word in _BY_WORD}
    return found.pop() if len(found) == 1 else ""


def environment_tag(resource: Resource) -> str:
    """Returns the environment in the tags or labels of a resource, in lower case; empty if there is none."""
    tags = effective_tags(resource).values
    if resource.type.startswith("kubernetes:"):
        metadata = resource.get("metadata")
        labels = metadata.get("labels") if isinstance(metadata, dict) else None
        tags = labels if isinstance(labels, dict) else {}
    environment = tags.get("environment")
    return environment.lower() if isinstance(environment, str) else ""


def is_production(resource: Resource) -> bool:
    """Returns whether the resource needs the protection of production: everywhere but in stacks of another
    environment."""
    return resource.environment not in _NON_PRODUCTION


def is_non_production(resource: Resource) -> bool:
    """Returns whether the resource needs no more than development does, by its stack or its tag."""
    return resource.environment in _NON_PRODUCTION or environment_tag(resource) in _NON_PRODUCTION


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
