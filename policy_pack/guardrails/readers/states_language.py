"""Finds the states of state machines of AWS Step Functions, those of inner workflows too.

A Map state has its workflow in `ItemProcessor`, formerly in `Iterator` (aws/aws-cdk, issue 27878 and pull request
27913, read 2026-12-02), and a Parallel state has several in `Branches` (Amazon States Language, "Parallel State", as
known).
"""

from collections.abc import Iterator

from ..engine.reading import Plain, Resource, from_json, items_of

_DEEPEST = 20


def states_of(machine: Resource) -> Iterator[tuple[str, dict[str, Plain]]]:
    """Yields name and content of each state of a machine; none if its definition is not known or is no JSON."""
    yield from _states(from_json(machine.get("definition")), 0)


def _states(part: Plain, depth: int) -> Iterator[tuple[str, dict[str, Plain]]]:
    states = part.get("States") if isinstance(part, dict) and depth <= _DEEPEST else None
    for name, state in states.items() if isinstance(states, dict) else ():
        if isinstance(state, dict):
            yield name, state
            for inner in (state.get("ItemProcessor"), state.get("Iterator"), *items_of(state.get("Branches"))):
                yield from _states(inner, depth + 1)
