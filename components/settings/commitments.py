"""Settings of commitments: reservations and savings plans that were bought for machines of the stack's sites."""

from typing import Annotated

from pydantic import Field

from falaj.components.core.validation.args import Choice, Spec
from falaj.components.core.validation.dates import CalendarDay
from falaj.components.core.validation.names import SiteName
from falaj.facts.commitments import Commitment


class CommitmentSettings(Spec):
    """A reservation or savings plan that was bought for machines of a site on a cloud. It is only counted: this buys
    none."""

    site: SiteName
    """Name of the site whose machines it covers."""
    machine: Annotated[str, Field(min_length=1, max_length=100)]
    """Machine type that it is for, of which a pool of the site starts machines on demand."""
    count: Annotated[int, Field(ge=1, le=10_000)]
    """Number of machines that it covers at any time, 1 to 10,000."""
    option: Choice[Commitment]
    """Term and payment: `reserved_1y` or `reserved_3y`, with `_upfront` if it was paid at the start, or `savings_1y`
    or `savings_3y` for a savings plan."""
    until: CalendarDay
    """Last day of its term, `YYYY-MM-DD`. After it the commitment does not count, and `falaj check` warns."""
