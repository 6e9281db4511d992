"""Good idioms of platform teams, as plans: complete and compliant, so that no mandatory finding may be reported.

A file holds the idioms of one family as `IDIOMS`; `tests/policies/test_idioms.py` evaluates all of them in process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..harness import Given

Settings = Mapping[str, object]


def unpriced(*resources: str) -> dict[str, object]:
    """Returns the setting that says what resources without a price may cost, by type and name."""
    approved = {"aed_per_month": 4000, "reason": "approved with the budget of the platform"}
    return {"cost": {"unpriced": dict.fromkeys(resources, approved)}}


@dataclass(frozen=True)
class Idiom:
    """A plan that a careful team writes.

    `source` is the document or the module whose shape it has. `settings` are sections of enforcement.yaml in which the
    team lists what is its own. `doubt` says why a refusal may be right. `charts` are those whose values the team
    reviews itself, under `escape.charts`.
    """

    name: str
    plan: tuple[Given, ...]
    source: str
    settings: Settings = field(default_factory=dict)
    doubt: str = ""
    charts: tuple[str, ...] = ()

    @property
    def all_settings(self) -> Settings:
        """The settings with the charts that the team lists."""
        escape = self.settings.get("escape", {})
        assert isinstance(escape, Mapping)
        listed = dict.fromkeys(self.charts, "the platform team reads its values at each upgrade")
        return {**self.settings, "escape": {**escape, "charts": listed}}

    def __str__(self) -> str:
        return self.name
