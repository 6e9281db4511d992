"""Client of the Azure Retail Prices API, with paging, timeouts and back-off."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_list import MACHINES, PLACE, machines, units
from falaj.finops.prices.azure_meters import SERVICES
from falaj.finops.prices.vendor_list import PriceListUnreachable, Progress, VendorList

REGIONS = ("uaenorth", "uaecentral")
SOURCE = "azure-retail-prices"

ADDRESS = "https://prices.azure.com/api/retail/prices"
VERSION = "2023-01-01-preview"
"""The version that has savings plans (learn.microsoft.com, Azure Retail Prices overview)."""

_AGAIN = 3
"""Times that a page is read whose JSON ends too early."""

_MOST_PAGES = 2000
"""More pages than both regions have of all services: beyond it the links go round."""


@dataclass(frozen=True)
class RetryLimits:
    """How patiently one asks: seconds between pages, and the base and most of the wait after an error."""

    pause: float = 0.1
    backoff: float = 1
    most_wait: int = 120
    retries: int = 6
    timeout: float = 60


def fetch(region: str, progress: Progress, address: str = ADDRESS, limits: RetryLimits | None = None) -> VendorList:
    """All prices of a region. Raises `PriceListUnreachable`, or `BadInput` for an answer that cannot be one."""
    pages = _Pages(address, limits or RetryLimits(), progress)
    result = machines(pages.items(region, MACHINES))
    unmatched: list[str] = []
    services = units((item for service in SERVICES for item in pages.items(region, service)), unmatched)
    return VendorList(region, SOURCE, datetime.now(UTC).date().isoformat(), result, services, tuple(unmatched))


class _Pages:
    """The interface's pages."""

    def __init__(self, address: str, limits: RetryLimits, progress: Progress) -> None:
        try:
            import urllib3
        except ImportError:
            raise PriceListUnreachable("prices of Azure need urllib3: pip install 'falaj[prices]'") from None
        self._address, self._limits, self._progress = address, limits, progress
        self._errors = urllib3.exceptions.HTTPError
        again = urllib3.Retry(
            total=limits.retries,
            connect=2,  # nobody there is told soon; one who is busy is waited for
            redirect=0,
            status_forcelist=(429, 500, 502, 503, 504),
            backoff_factor=limits.backoff,
            backoff_max=limits.most_wait,
            backoff_jitter=limits.backoff,
            retry_after_max=limits.most_wait,
        )
        self._http = urllib3.PoolManager(retries=again, timeout=urllib3.Timeout(limits.timeout))

    def items(self, region: str, service: str) -> Iterator[Any]:
        """All items of a service in a region."""
        query = f"armRegionName eq '{region}' and serviceName eq '{service}'"
        link = f"{self._address}?{urlencode({'api-version': VERSION, 'currencyCode': 'USD', '$filter': query})}"
        seen: set[str] = set()
        while link:
            if link in seen or len(seen) >= _MOST_PAGES:
                raise BadInput(PLACE, f"the pages of {service} in {region} form a loop")
            seen.add(link)
            page = self._page(link)
            self._progress(f"Azure {region} {service}")
            yield from page["Items"]
            link = self._next(page)
            time.sleep(self._limits.pause if link else 0)

    def _next(self, page: dict[str, Any]) -> str:
        """The next page's address: of the same host, whatever the page says."""
        link = page.get("NextPageLink") or ""
        if link and urlsplit(link).hostname != urlsplit(self._address).hostname:
            raise BadInput(PLACE, f"a page goes on at another host: {link}")
        return link

    def _page(self, link: str) -> dict[str, Any]:
        for attempt in range(_AGAIN):
            try:
                answer = self._http.request("GET", link)
            except self._errors as failed:
                raise PriceListUnreachable(f"Azure Retail Prices did not answer: {failed}") from None
            if answer.status != 200:
                raise PriceListUnreachable(
                    f"Azure Retail Prices answered {answer.status}: {answer.data[:120].decode(errors='replace')}"
                )
            try:
                return _checked(json.loads(answer.data, parse_float=str))
            except ValueError as broken:
                if attempt == _AGAIN - 1:
                    raise PriceListUnreachable(f"Azure Retail Prices ended in the middle of a page: {broken}") from None
                time.sleep(self._limits.backoff)
        raise AssertionError("a page is read or refused")


def _checked(page: Any) -> dict[str, Any]:
    if not isinstance(page, dict) or not isinstance(page.get("Items"), list):
        raise BadInput(PLACE, "a page must be an object with a list `Items`")
    if (currency := page.get("BillingCurrency", "USD")) != "USD":
        raise BadInput(PLACE, f"the prices are in {currency}, not in USD")
    return page
