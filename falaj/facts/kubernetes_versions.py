"""Kubernetes minor versions: when they were released, and when their support ends, upstream and on each cloud.

The rows are in `data/kubernetes/<cloud>.csv`, and in `data/kubernetes/upstream.csv` for clusters of one's own and for
clouds without a file. `standard_end` and `extended_end` are the published dates. A version counts as past its support
on that day itself: EKS bills extended support from the beginning of the day, and it is the last day at AKS. An AKS date
that is published as a month is the last day of the month. A row whose `status` is `projected` is a plan or computed,
and no announcement: it warns, and does not count as offered.

Sources, with the date of the version that was read:

- `endoflife-date`: github.com/endoflife-date/endoflife.date, products/kubernetes.md and products/amazon-eks.md;
- `eks-user-guide`: awsdocs/amazon-eks-user-guide, latest/ug/versioning/kubernetes-versions.adoc;
- `azure-aks-docs`: MicrosoftDocs/azure-aks-docs, articles/aks/supported-kubernetes-versions.md, both calendars;
- `go-proxy-plus-14-months`: release of k8s.io/kubernetes in Go's module proxy, and the usual 14 months of patches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from falaj.facts.clouds import CLOUDS, Cloud
from falaj.facts.rows import Row, files, rows

WARNING_DAYS = 90
"""Days before the end of a version's support from which `falaj check` warns."""

UPSTREAM = "upstream"
_FOLDER = "kubernetes"
_COLUMNS = ("minor", "released", "standard_end", "extended_end", "status", "source", "date")


class Status(StrEnum):
    """Whether a row is announced by the vendor, or a projection."""

    ANNOUNCED = "announced"
    PROJECTED = "projected"


class Phase(StrEnum):
    """Support of a Kubernetes minor version on a day."""

    NOT_OFFERED = "not offered"
    STANDARD = "standard support"
    EXTENDED = "extended support"
    ENDED = "ended"


@dataclass(frozen=True)
class KubernetesRelease:
    """A Kubernetes minor version of one provider. `extended_end` is None where nobody sells further support."""

    minor: str
    released: date
    standard_end: date
    extended_end: date | None
    status: Status
    source: str
    looked_up: str

    def phase(self, day: date) -> Phase:
        """Returns the support on a day."""
        if self.status is Status.PROJECTED or day < self.released:
            return Phase.NOT_OFFERED
        if day < self.standard_end:
            return Phase.STANDARD
        return Phase.EXTENDED if self.extended_end is not None and day < self.extended_end else Phase.ENDED

    def ends_soon(self, day: date, extended: bool) -> date | None:
        """Returns the end of the support if it is less than 90 days away: of extended support if `extended`."""
        end = self.extended_end if extended else self.standard_end
        return end if end is not None and day >= end - timedelta(days=WARNING_DAYS) else None


def releases(cloud: Cloud) -> Mapping[str, KubernetesRelease]:
    """Returns the known minor versions of a cloud's managed Kubernetes, oldest first; upstream's for other clusters."""
    return _releases(cloud.value if cloud in CLOUDS and f"{_FOLDER}/{cloud.value}.csv" in files(_FOLDER) else UPSTREAM)


def offered(cloud: Cloud, day: date, extended: bool = False) -> list[str]:
    """Returns the minor versions that a cloud supports on a day, oldest first, including those in extended support if
    `extended`."""
    allowed = {Phase.STANDARD, Phase.EXTENDED} if extended else {Phase.STANDARD}
    return [release.minor for release in releases(cloud).values() if release.phase(day) in allowed]


def number(minor: str) -> tuple[int, ...]:
    """Returns a version such as `1.34` or `v1.14.3` as numbers, for comparisons."""
    return tuple(int(part) for part in minor.removeprefix("v").split("."))


@cache
def _releases(provider: str) -> Mapping[str, KubernetesRelease]:
    read = (_release(row) for row in rows(f"{_FOLDER}/{provider}.csv", ("minor",), _COLUMNS))
    return {release.minor: release for release in sorted(read, key=lambda release: number(release.minor))}


def _release(row: Row) -> KubernetesRelease:
    day = "a day, YYYY-MM-DD"
    return KubernetesRelease(
        minor=row.need("minor", str, "a minor version, such as 1.36"),
        released=row.need("released", date.fromisoformat, day),
        standard_end=row.need("standard_end", date.fromisoformat, day),
        extended_end=row.read("extended_end", date.fromisoformat, day),
        status=row.need("status", Status, ", ".join(Status)),
        source=row.need("source", str, "the source of the dates"),
        looked_up=row.need("date", str, day),
    )
