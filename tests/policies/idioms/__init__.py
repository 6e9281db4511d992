"""Good idioms of platform teams, as plans: complete and compliant, so that no mandatory finding may be reported.

A file holds the idioms of one family as `IDIOMS`; `tests/policies/test_idioms.py` evaluates all of them in process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..harness import Given


@dataclass(frozen=True)
class Idiom:
    """A plan that a careful team writes.

    `source` is the document or the module whose shape it has. `settings` are sections of enforcement.yaml in which the
    team lists what is its own. `doubt` says why a refusal may be right.
    """

    name: str
    plan: tuple[Given, ...]
    source: str
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    doubt: str = ""

    def __str__(self) -> str:
        return self.name
