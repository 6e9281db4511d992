"""Which schedules the search tries: hours with more replicas, and sites and pools that sleep outside office hours."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product, zip_longest

from falaj.components.core.validation.enums import Profile
from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.workloads import ServingSettings
from falaj.simulation.advice.choices import Changes, Choice, Path, choice
from falaj.simulation.advice.office_windows import Window

REPLICAS = ((1, 1), (0, 1), (1, 0))
"""Replicas by day and by night that are tried in hours, beside today's: so many more by day, so many fewer by night.
The first costs less at night and has fewer late requests by day."""

SCHEDULES = ("office_hours", "sleeps")
"""Last keys of settings by which a time of day decides."""


def is_scheduled(changes: Changes) -> bool:
    """Whether settings make something depend on the time of day."""
    return any(path[-1] in SCHEDULES and value for path, value in changes.items())


def replicas_kept(
    path: Path, serving: ServingSettings, least: int, plain: Sequence[int], hours: Sequence[Window]
) -> Choice:
    """Returns the choice of the replicas that are kept: at all times, or more in office hours than at others.

    `least`: fewest that the service may have. `plain`: numbers at all times. `hours`: none if no schedule is tried."""
    office = serving.office_hours
    none: Mapping[Path, object] = {(*path, "office_hours"): None} if office else {}
    always = [(count, {(*path, "min"): count, **none}) for count in plain if count != serving.min or office]
    scheduled = [
        (
            f"{night}; {day} from {window}",
            {(*path, "min"): night, (*path, "office_hours"): {"min": day, **window.setting}},
        )
        for window, (night, day) in product(hours, _by_night_and_day(serving, least))
    ]
    today = f"{serving.min}; {office.min} from {office.opens} to {office.closes}" if office else serving.min
    mixed = [each for pair in zip_longest(scheduled, always) for each in pair if each]
    return choice((*path, "min"), "replicas kept", today, mixed)


def _by_night_and_day(serving: ServingSettings, least: int) -> Sequence[tuple[int, int]]:
    by_day = serving.most_kept
    tried = [(max(serving.min - fewer, least), min(by_day + more, serving.max)) for more, fewer in REPLICAS]
    return [*dict.fromkeys((night, day) for night, day in tried if night < day)]


def site_schedules(path: Path, site: SiteSettings, hours: Sequence[Window]) -> Iterator[Choice]:
    """Yields the choice of a site's hours: all pools that have a schedule of their own sleep outside them, or the whole
    site. Choices of single pools come after it, and take precedence."""
    cloud = site.cloud.value
    own = [
        name
        for name, pool in site.pools.items()
        if pool.profile is not Profile.SYSTEM
        and isinstance(getattr(pool.cloud_options().get(site.cloud), "sleeps", None), bool)
    ]
    pools = {(*path, "pools", name, cloud, "sleeps"): True for name in own}
    kinds: dict[str, Mapping[Path, object]] = {"pools sleep": pools} if own else {}
    kinds["the site sleeps"] = {(*path, "sleeps"): True}
    tried = [
        (f"{kind} outside {window}", {(*path, "office_hours"): window.setting, **changes})
        for window, (kind, changes) in product(hours, kinds.items())
    ]
    awake = [("the site does not sleep", {(*path, "sleeps"): False})] if site.sleeps else []
    yield choice((*path, "office_hours"), "schedule", _today(site), [*awake, *tried])


def _today(site: SiteSettings) -> str:
    """Returns today's schedule of a site. That of its pools is in their own choices."""
    hours = f"{site.office_hours.opens} to {site.office_hours.closes}"
    return f"the site sleeps outside {hours}" if site.sleeps else "the site does not sleep"
