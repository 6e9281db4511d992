"""Support that the vendor of a Kubernetes distribution gives after upstream's has ended. Pure, but for the date.

Distributions of clusters of one's own are supported longer than upstream's about 14 months, each by its own calendar
and contract, so whoever has the contract states vendor and end.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated

from falaj.components.core.site.version_support import chart_problems, support_problems, version_warnings
from falaj.components.core.validation.args import Spec
from falaj.components.core.validation.dates import CalendarDay
from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm
from falaj.facts.clock import today
from falaj.facts.clouds import Cloud
from falaj.facts.kubernetes_versions import WARNING_DAYS, Phase, number, releases

_VENDOR = r"^[A-Za-z0-9][A-Za-z0-9 .,()/&+-]{0,78}[A-Za-z0-9.)+]$"


class VendorSupportSpec(Spec):
    """Support of a distribution's vendor for the stated Kubernetes version, after the end of upstream's."""

    vendor: Annotated[str, TextForm(_VENDOR, "2 to 80 letters, digits, spaces and .,()/&+-", "Red Hat OpenShift EUS")]
    """Vendor and product, as in the contract."""
    until: CalendarDay
    """Last day of that support for the stated `kubernetes_version`, `YYYY-MM-DD`. Later the version is refused."""


def has_ended_upstream(version: str, day: date) -> bool:
    """Returns whether the Kubernetes project no longer supports a version: a known one, or one older than these."""
    known = releases(Cloud.ONPREM)
    release = known.get(version)
    return number(version) < number(next(iter(known))) if release is None else release.phase(day) is Phase.ENDED


def own_cluster_problems(
    version: str, support: VendorSupportSpec | None, charts: Mapping[str, object]
) -> Iterator[Problem]:
    """Yields the problem of a version that neither the project nor the vendor supports today, or of its charts."""
    day = today()
    if support is None or not has_ended_upstream(version, day):
        yield from support_problems(Cloud.ONPREM, version, charts)
    elif date.fromisoformat(support.until) < day:
        allowed = f"{day} or later: {support.vendor} supported Kubernetes {version} until that day"
        yield Problem("vendor_support.until", support.until, allowed, "upgrade, or state the end of a new contract")
    else:
        yield from chart_problems(version, charts, {})


def own_cluster_warnings(version: str, support: VendorSupportSpec | None) -> Iterator[str]:
    """Yields a warning from 90 days before the end of the project's support, and as long as only the vendor's is
    left."""
    day = today()
    if support is None or not has_ended_upstream(version, day):
        yield from version_warnings(Cloud.ONPREM, version)
        return
    left = (date.fromisoformat(support.until) - day).days
    soon = f", in {left} days; upgrade before" if left <= WARNING_DAYS else ""
    yield (
        f"the Kubernetes project no longer supports Kubernetes {version}; {support.vendor} does, as stated, until "
        f"{support.until}{soon}"
    )
