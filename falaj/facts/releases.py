"""Releases of charts and machine images that sites install: the default of each, its date, and the newest known one.

The rows are in `data/releases.csv`; the ranges of Kubernetes versions that upstream states for a chart are in
`data/chart_support.csv`. A range applies from `from_version` until the next row of the chart. `required` means that
upstream requires it, `tested` that upstream tests only within it, without refusing others. Charts without a row have no
published range.

Sources, with the date of the version that was read:

- `go-proxy`: time of the version in Go's module proxy; `github-tag`: date of the tagged commit;
- `github-release`: github.com/awslabs/amazon-eks-ami/releases, whose versions are dates;
- `karpenter-matrix`: aws/karpenter-provider-aws, website/content/en/preview/upgrading/compatibility.md;
- `keda-matrix`: keda.sh/docs/2.22/operate/cluster, Kubernetes compatibility;
- `kueue-installation`, `jobset-installation`: installation pages of kubernetes-sigs/kueue and jobset;
- `gpu-operator-platforms`: NVIDIA/cloud-native-docs, gpu-operator/platform-support.rst.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from falaj.facts.kubernetes_versions import number
from falaj.facts.rows import rows, yes_or_no

AMI, KARPENTER = "eks-al2023-ami", "karpenter"
AUTOSCALER, AUTOSCALER_IMAGE = "cluster-autoscaler", "cluster-autoscaler-image"

OLD_DAYS: Mapping[str, int] = {AMI: 60}
"""Age in days from which a release counts as old: EKS publishes images with security patches every one to two weeks."""
OLD_CHART_DAYS = 365
"""The same for everything else."""


class Bound(StrEnum):
    """What upstream says about Kubernetes versions outside a range."""

    REQUIRED = "required"
    TESTED = "tested"


@dataclass(frozen=True)
class Release:
    """A release. `released` is None if no source states it."""

    name: str
    version: str
    released: date | None
    is_default: bool
    source: str
    date: str


@dataclass(frozen=True)
class ChartSupport:
    """The Kubernetes versions that a chart supports; `oldest` or `newest` is None where upstream states none."""

    chart: str
    from_version: str
    oldest: str | None
    newest: str | None
    bound: Bound
    source: str
    date: str

    def includes(self, minor: str) -> bool:
        """Returns whether a Kubernetes minor version is in the range."""
        above = self.oldest is None or number(minor) >= number(self.oldest)
        return above and (self.newest is None or number(minor) <= number(self.newest))

    def __str__(self) -> str:
        if self.newest is None:
            return f"{self.oldest} or later"
        return f"{self.oldest} to {self.newest}" if self.oldest else f"{self.newest} or earlier"


def default_release(name: str) -> Release:
    """Returns the release that is installed by default. Raises KeyError for an unknown name."""
    return next(release for release in _releases()[name] if release.is_default)


def default_releases() -> Mapping[str, Release]:
    """Returns what is installed by default, by name."""
    defaults = (release for named in _releases().values() for release in named if release.is_default)
    return {release.name: release for release in defaults}


def newest_release(name: str, minor: str = "") -> Release | None:
    """Returns the newest known release, of a minor version such as `1.36` if given; None if there is none."""
    of_minor = [release for release in _releases()[name] if release.version.startswith(f"{minor}." if minor else "")]
    return max(of_minor, key=lambda release: number(release.version), default=None)


def released(name: str, version: str) -> date | None:
    """Returns the date of a release; None if it is unknown. The version of a machine image is its date."""
    if name == AMI:
        return date.fromisoformat(version.removeprefix("v"))
    return next((release.released for release in _releases()[name] if release.version == version), None)


def chart_support(chart: str, version: str) -> ChartSupport | None:
    """Returns the range of Kubernetes versions that upstream states for a version of a chart; None if there is none."""
    stated = [row for row in _support().get(chart, ()) if number(row.from_version) <= number(version)]
    return max(stated, key=lambda row: number(row.from_version), default=None)


@cache
def _releases() -> Mapping[str, list[Release]]:
    by_name: dict[str, list[Release]] = {}
    for row in rows("releases.csv", ("name", "version"), ("name", "version", "released", "default", "source", "date")):
        release = Release(
            name=row.need("name", str, "a chart or image"),
            version=row.need("version", str, "its version"),
            released=row.read("released", date.fromisoformat, "a day, YYYY-MM-DD, or unknown"),
            is_default=row.need("default", yes_or_no, "yes or no"),
            source=row.need("source", str, "the source of the date"),
            date=row.need("date", str, "the day on which the source was read"),
        )
        by_name.setdefault(release.name, []).append(release)
    return by_name


@cache
def _support() -> Mapping[str, list[ChartSupport]]:
    by_chart: dict[str, list[ChartSupport]] = {}
    columns = ("chart", "from_version", "oldest", "newest", "bound", "source", "date")
    for row in rows("chart_support.csv", ("chart", "from_version"), columns):
        support = ChartSupport(
            chart=row.need("chart", str, "a chart"),
            from_version=row.need("from_version", str, "the first version with this range"),
            oldest=row.read("oldest", str, "a minor version"),
            newest=row.read("newest", str, "a minor version"),
            bound=row.need("bound", Bound, ", ".join(Bound)),
            source=row.need("source", str, "the source of the range"),
            date=row.need("date", str, "the day on which the source was read"),
        )
        by_chart.setdefault(support.chart, []).append(support)
    return by_chart
