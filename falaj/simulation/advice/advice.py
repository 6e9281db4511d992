"""What the search found. Pure data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from falaj.simulation.advice.choices import Changes
from falaj.simulation.advice.laboratory import Selection
from falaj.simulation.advice.limits import Limits, Measures
from falaj.simulation.advice.robustness import Interval, Robust


@dataclass(frozen=True)
class Effect:
    """A changed setting, and the month with all other changes but this one."""

    setting: str
    """Path of the setting with dots."""
    kind: str
    before: str
    after: str
    saving: Interval | None
    """AED per month that it saves with all other changes made; None if the others are invalid without it."""
    wait_without: Interval | None
    """95th percentile of waiting in seconds without it."""
    is_needed: bool
    """Whether a limit would be exceeded without it."""


@dataclass(frozen=True)
class Remedy:
    """A change that by itself is an improvement on today, in the month as given."""

    setting: str
    """Path of the setting with dots."""
    kind: str
    before: str
    after: str
    month: Measures


@dataclass(frozen=True)
class HeldOut:
    """Today's settings and the advice on days that the search did not see."""

    searched: tuple[int, ...]
    """Days of the month by which the search chose, by number from 0 on."""
    days: tuple[int, ...]
    """Days that it did not see."""
    limits: Limits
    today: Robust
    chosen: Robust
    refused: tuple[Robust, ...] = ()
    """Selections, by their months of these days, that were cheaper on the others, and exceed a limit on these."""

    @property
    def saving(self) -> Interval:
        """AED per month that the advice saves on these days."""
        return self.chosen.saving(self.today)


@dataclass(frozen=True)
class Advice:
    """The advice for a stack."""

    limits: Limits
    today: Robust
    chosen: Robust
    keeps_limits: bool
    """Whether the advice keeps the limits, also on days that the search did not see; otherwise none that was tried
    does."""
    front: tuple[Robust, ...]
    """Selections that none is both cheaper and faster than, from the cheapest. All keep the limits, that of waiting
    aside."""
    effects: tuple[Effect, ...]
    """Changes, the most valuable first; empty if today's settings are the advice."""
    remedies: tuple[Remedy, ...]
    """The best single change of each setting that is an improvement, the best first: what is wrong with today's
    settings, whichever of them the advice mends it by."""
    labels: Mapping[Selection, Sequence[str]]
    """Selection of each point of the front -> its changes in words."""
    changes: Changes
    """Settings to change, those included that must be raised so that the others are valid."""
    raised: Changes
    """Settings of `changes` that are only raised so that the others are valid."""
    trials: int
    simulated: int
    """Months that were simulated."""
    seeds: int
    """Months by which each point of the front is known."""
    held_out: HeldOut | None = None
    """The check on days that the search did not see; None if the trace has too few days, and no schedule was tried."""

    @property
    def saving(self) -> Interval:
        """AED per month that the advice saves against today's settings."""
        return self.chosen.saving(self.today)
