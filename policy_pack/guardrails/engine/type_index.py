"""Finds the guardrails whose predicates apply to a resource type, without asking each of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from .lazy_regex import lazy_regex
from .rows import Guardrail

_SEPARATOR = lazy_regex("[:/]")


class TypeIndex:
    """Guardrails by the types and the prefixes of types that they name; `Guardrail.types` explains both."""

    def __init__(self, guardrails: Sequence[Guardrail]) -> None:
        """Indexes the guardrails, whose order is kept."""
        self._guardrails = guardrails
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, guardrail in enumerate(guardrails):
            for name in guardrail.types or ("",):
                self._places[name].append(place)

    def of(self, token: str) -> list[Guardrail]:
        """Returns the guardrails that apply to a type, those without types included."""
        places = {place for name in _names(token) for place in self._places.get(name, ())}
        return [self._guardrails[place] for place in sorted(places)]


def _names(token: str) -> Iterator[str]:
    """Yields what a guardrail may name to apply to a type: nothing, each prefix, or the type itself."""
    yield ""
    yield token
    for separator in _SEPARATOR.finditer(token):
        yield token[: separator.end()]
