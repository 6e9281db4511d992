"""Simulates the month of a selection of alternatives, and remembers it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from falaj.components.settings.stack import Settings
from falaj.simulation.advice.choices import Changes, Choice, Path
from falaj.simulation.advice.held_out import Split
from falaj.simulation.advice.limits import Measures, measures
from falaj.simulation.advice.setting_changes import Accepted, accepted
from falaj.simulation.outcome import Outcome
from falaj.simulation.platform_model import Platform
from falaj.simulation.work import Work

Selection = tuple[int, ...]
"""Index of the selected alternative of each choice; all 0 is today."""

Model = Callable[[Settings], Platform]
"""Returns the platform of settings."""

Simulate = Callable[[Platform, Work, int], Outcome]
"""Returns the month of a platform with work and a seed."""


@dataclass
class Laboratory:
    """Months of selections."""

    raw: Mapping[str, object]
    """Value of `falaj:platform`, with references resolved."""
    choices: Sequence[Choice]
    work: Callable[[int], Work]
    """Seed -> work of a month; 0 is the work as given, or the first month of the days of the search."""
    model: Model
    simulate: Simulate
    split: Split | None = None
    """Days of the search and those held out; seeds from `FIRST_HELD_OUT` on are months of the latter. None if no days
    are held out."""
    simulated: int = 0
    """Months that were simulated, and not remembered."""
    checking: Callable[[int], None] | None = None
    """Told their number after each."""
    _accepted: dict[Selection, Accepted | None] = field(default_factory=dict[Selection, Accepted | None])
    _platforms: dict[Selection, Platform] = field(default_factory=dict[Selection, Platform])
    _months: dict[tuple[str, int], Measures] = field(default_factory=dict[tuple[str, int], Measures])

    @property
    def today(self) -> Selection:
        """The selection that changes nothing."""
        return (0,) * len(self.choices)

    def accepted(self, selection: Selection) -> Accepted | None:
        """Returns the settings of a selection, or None if `falaj check` refuses them."""
        if selection not in self._accepted:
            self._accepted[selection] = accepted(self.raw, self.changes(selection))
        return self._accepted[selection]

    def changes(self, selection: Selection) -> Changes:
        """Returns the settings that a selection changes, without those that must be raised with them."""
        changes: dict[Path, object] = {}
        for choice, index in zip(self.choices, selection, strict=True):
            changes.update(choice.alternatives[index].changes)
        return changes

    def labels(self, selection: Selection) -> tuple[str, ...]:
        """Returns the changes of a selection, one text each."""
        rows = zip(self.choices, selection, strict=True)
        return tuple(f"{choice.name}: {choice.alternatives[index].label}" for choice, index in rows if index)

    def platform(self, selection: Selection) -> Platform | None:
        """Returns the platform of a selection, or None if `falaj check` refuses its settings."""
        settings = self.accepted(selection)
        if settings is None:
            return None
        if selection not in self._platforms:
            self._platforms[selection] = self.model(settings.settings)
        return self._platforms[selection]

    def month(self, selection: Selection, seed: int = 0) -> Measures | None:
        """Returns the figures of a month, or None if `falaj check` refuses the settings.

        Selections whose platforms are the same share a month: some settings do not matter for a month."""
        platform = self.platform(selection)
        if platform is None:
            return None
        key = (repr(replace(platform, warnings=())), seed)
        if key not in self._months:
            self.simulated += 1
            work = self.work(seed)
            jobs = 0 if work.jobs is None else len(work.jobs.submit)
            self._months[key] = measures(self.simulate(platform, work, seed), jobs, work.length)
            if self.checking:
                self.checking(self.simulated)
        return self._months[key]
