"""Checks of a Kubernetes version against the dates of its support and the ranges of the charts. Pure, but for the date.

Dates and ranges are facts of `falaj.facts.kubernetes_versions` and `falaj.facts.releases`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from falaj.components.core.validation.problems import Problem
from falaj.facts.clock import today
from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.kubernetes_versions import Phase, offered, releases
from falaj.facts.releases import (
    OLD_CHART_DAYS,
    OLD_DAYS,
    Bound,
    chart_support,
    newest_release,
    released,
)

PATH = "kubernetes_version"


@dataclass(frozen=True)
class PaidSupport:
    """The support that a cloud sells after the end of a version's standard support."""

    setting: str
    """The setting that takes it, such as `aws.support_type: extended`."""
    taken: bool
    """Whether the site takes it."""


NO_PAID_SUPPORT = PaidSupport("", False)


def version_problems(
    cloud: Cloud, version: object, paid: PaidSupport = NO_PAID_SUPPORT, day: date | None = None
) -> Iterator[Problem]:
    """Yields the problem of a version that is not offered or past its support on a day, which is today by default.

    A version that is an Output is not checked.
    """
    if not isinstance(version, str):
        return
    day = day or today()
    release = releases(cloud).get(version)
    phase = release.phase(day) if release else Phase.NOT_OFFERED
    if phase is Phase.STANDARD or (phase is Phase.EXTENDED and paid.taken):
        return
    choices = ", ".join(offered(cloud, day, paid.taken)) or "none that is known: upgrade this package"
    provider = CLOUDS[cloud].cluster_service if cloud in CLOUDS else "the Kubernetes project"
    if release is None or phase is Phase.NOT_OFFERED:
        yield Problem(PATH, version, f"{choices}: versions that {provider} supports on {day}", "choose one of these")
    elif phase is Phase.EXTENDED and paid.setting:
        allowed = f"{choices}: standard support of {version} on {provider} ended on {release.standard_end}"
        yield Problem(PATH, version, allowed, f"upgrade, one minor version at a time, or set {paid.setting}")
    else:
        end = release.extended_end or release.standard_end
        allowed = f"{choices}: support of {version} by {provider} ended on {end}"
        yield Problem(PATH, version, allowed, "upgrade, one minor version at a time")


def support_problems(
    cloud: Cloud,
    version: object,
    charts: Mapping[str, object],
    paid: PaidSupport = NO_PAID_SUPPORT,
    paths: Mapping[str, str] | None = None,
) -> Iterator[Problem]:
    """Yields the problem of a version, or of the charts by name that do not support it. `paths` are the settings of
    chart versions."""
    problems = list(version_problems(cloud, version, paid))
    yield from problems or chart_problems(version, charts, paths or {})


def version_warnings(
    cloud: Cloud, version: str, paid: PaidSupport = NO_PAID_SUPPORT, day: date | None = None
) -> Iterator[str]:
    """Yields a warning from 90 days before the end of a version's support."""
    day = day or today()
    release = releases(cloud).get(version)
    end = release.ends_soon(day, paid.taken) if release else None
    if release is None or end is None or release.phase(day) is Phase.ENDED:
        return
    kind = "extended support" if paid.taken else "support"
    newest = [minor for minor in offered(cloud, day) if minor != version]
    target = f"; upgrade to {newest[-1]}, one minor version at a time" if newest else ""
    left = f"in {(end - day).days} days{_consequence(paid)}"
    yield f"{kind} of Kubernetes {version} ends on {end}, {left}{target}"


def _consequence(paid: PaidSupport) -> str:
    return f", and is refused from then on without {paid.setting}" if paid.setting and not paid.taken else ""


def chart_problems(version: object, charts: Mapping[str, object], paths: Mapping[str, str]) -> Iterator[Problem]:
    """Yields a problem for each chart, by name, whose version requires another Kubernetes version. `paths` are the
    settings of chart versions; the Kubernetes version is the culprit where there is none."""
    for chart, chart_version in charts.items():
        if not (isinstance(version, str) and isinstance(chart_version, str)):
            continue
        support = chart_support(chart, chart_version)
        if support is None or support.bound is not Bound.REQUIRED or support.includes(version):
            continue
        required = f"Kubernetes {support} (upstream's compatibility, {support.date})"
        if chart in paths:
            allowed = f"a version of {chart} for Kubernetes {version}: {chart_version} requires {required}"
            yield Problem(paths[chart], chart_version, allowed, "choose another version")
        else:
            yield Problem(PATH, version, f"what {chart} {chart_version} requires: {required}", "choose such a version")


def chart_warnings(version: str, charts: Mapping[str, str]) -> Iterator[str]:
    """Yields a warning for each chart that upstream does not test with the Kubernetes version."""
    for chart, chart_version in charts.items():
        support = chart_support(chart, chart_version)
        if support is not None and support.bound is Bound.TESTED and not support.includes(version):
            tested = f"Kubernetes {support} only, not {version} ({support.date})"
            yield f"upstream tests {chart} {chart_version} with {tested}"


def age_warnings(versions: Mapping[str, str], day: date | None = None) -> Iterator[str]:
    """Yields a warning for each old release, by name of its chart or machine image. Releases of unknown age are not
    mentioned."""
    day = day or today()
    for name, version in versions.items():
        since = released(name, version)
        limit = OLD_DAYS.get(name, OLD_CHART_DAYS)
        if since is not None and (day - since).days > limit:
            newest = newest_release(name)
            known = f"; the newest known to this package is {newest.version}" if newest else ""
            yield f"{name} {version} of {since} is {(day - since).days} days old, more than {limit}{known}"
