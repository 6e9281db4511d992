"""Arguments of `Observability`."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Self

from pydantic import model_validator

from falaj.components.core.charts.chart_args import ChartArgs
from falaj.components.core.charts.prometheus import PrometheusSpec
from falaj.components.core.money.amounts import Aed
from falaj.components.core.money.opencost_prices import HourlyPrices, hourly_prices
from falaj.components.core.validation.args import Accepts, Spec, default
from falaj.components.core.validation.names import Label, TenantName
from falaj.components.core.validation.problems import refusal
from falaj.components.core.validation.regions import UaeRegion


class TenantLimits(Spec):
    """Limits of a tenant that alerts compare with what the cluster measures."""

    aed_per_month: Accepts[Aed | None, Aed | float | None] = default(None)
    """Budget of the tenant on this cluster in AED per month, without VAT. Default: no alert."""
    first_answer_seconds: Mapping[Label, int] = default({})
    """Maximum seconds until a pod is ready, by service that scales to zero. Default: no alert."""


class ObservabilityArgs(PrometheusSpec, ChartArgs):
    """Arguments of `Observability`: cost allocation and GPU monitoring on a cluster."""

    region: UaeRegion | None = None
    """Cloud region of the cluster in the UAE, whose catalogue contains the machine prices."""
    machines: Sequence[str] | None = None
    """Machine types of the site's node pools."""
    aed_per_usd: Accepts[Decimal | None, Decimal | float | None] = default(None, gt=0)
    """Exchange rate in AED per USD; required with `machines`."""
    prices: HourlyPrices | None = None
    """Hourly prices of on-premises machines, instead of `region`, `machines` and `aed_per_usd`."""

    tenants: Mapping[TenantName, TenantLimits] = default({})
    """Limits by tenant. Default: no alerts on budgets and cold starts."""

    @model_validator(mode="after")
    def _is_priced_one_way(self) -> Self:
        catalogue = (self.region, self.machines, self.aed_per_usd)
        is_complete = all(catalogue) if self.prices is None else not any(catalogue)
        if not is_complete:
            allowed = "either `prices`, or `region`, `machines` and `aed_per_usd`"
            raise refusal(allowed, "set one of the two", "prices")
        _ = self.hourly
        return self

    @cached_property
    def hourly(self) -> HourlyPrices:
        """Hourly prices of a vCPU, a GiB of memory and a GPU in AED."""
        if self.prices is not None:
            return self.prices
        return hourly_prices(self.region or "", self.machines or (), self.aed_per_usd or Decimal(0))
