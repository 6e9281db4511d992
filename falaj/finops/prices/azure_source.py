"""Client of the Azure Retail Prices API, with paging, timeouts and back-off."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from falaj.finops.errors import BadInput
from falaj.finops.prices.azure_list import LOCATION, MACHINES, machines, units
from falaj.finops.prices.azure_meters import PLACED_SERVICES, SERVICES
from falaj.finops.prices.vendor_list import PriceListUnreachable, Progress, VendorList

REGIONS = ("uaenorth", "uaecentral")
SOURCE = "azure-retail-prices"

URL = "https://prices.azure.com/api/retail/prices"
API_VERSION = "2023-01-01-preview"
"""The API version that includes savings plans (learn.microsoft.com, Azure Retail Prices overview)."""

_READ_ATTEMPTS = 3
"""Attempts to read a page whose JSON is truncated."""

_MAX_PAGES = 2000
"""More pages than both regions have of all services; more than this means that the links form a loop."""


@dataclass(frozen=True)
class RetryLimits:
    """Seconds between pages, base and maximum wait after an error in seconds, retries, and timeout in seconds."""

    pause: float = 0.1
    backoff: float = 1
    max_wait: int = 120
    retries: int = 6
    timeout: float = 60


def fetch(region: str, progress: Progress, address: str = URL, limits: RetryLimits | None = None) -> VendorList:
    """Fetches all prices of a region. Raises `PriceListUnreachable`, or `BadInput` for a malformed response."""
    pages = _Pages(address, limits or RetryLimits(), progress)
    listed_machines = machines(pages.items(region, MACHINES))
    unmatched: list[str] = []
    wanted = [*((region, service) for service in SERVICES), *PLACED_SERVICES]
    services = units((item for place, service in wanted for item in pages.items(place, service)), unmatched)
    return VendorList(region, SOURCE, datetime.now(UTC).date().isoformat(), listed_machines, services, tuple(unmatched))


class _Pages:
    """Reads the pages of the API."""

    def __init__(self, address: str, limits: RetryLimits, progress: Progress) -> None:
        try:
            import urllib3
        except ImportError:
            raise PriceListUnreachable("prices of Azure need urllib3: pip install 'falaj[prices]'") from None
        self._address, self._limits, self._progress = address, limits, progress
        self._errors = urllib3.exceptions.HTTPError
        retry = urllib3.Retry(
            total=limits.retries,
            connect=2,  # fail fast if the host is unreachable, but wait for a busy one
            redirect=0,
            status_forcelist=(429, 500, 502, 503, 504),
            backoff_factor=limits.backoff,
            backoff_max=limits.max_wait,
            backoff_jitter=limits.backoff,
            retry_after_max=limits.max_wait,
        )
        self._http = urllib3.PoolManager(retries=retry, timeout=urllib3.Timeout(limits.timeout))

    def items(self, region: str, service: str) -> Iterator[Any]:
        """Yields all items of a service in a region."""
        query = f"armRegionName eq '{region}' and serviceName eq '{service}'"
        link = f"{self._address}?{urlencode({'api-version': API_VERSION, 'currencyCode': 'USD', '$filter': query})}"
        visited: set[str] = set()
        while link:
            if link in visited or len(visited) >= _MAX_PAGES:
                raise BadInput(LOCATION, f"the pages of {service} in {region} form a loop")
            visited.add(link)
            page = self._page(link)
            self._progress(f"Azure {region} {service}")
            yield from page["Items"]
            link = self._next(page)
            time.sleep(self._limits.pause if link else 0)

    def _next(self, page: dict[str, Any]) -> str:
        """Returns the URL of the next page. Raises `BadInput` if it is on another host."""
        link = page.get("NextPageLink") or ""
        if link and urlsplit(link).hostname != urlsplit(self._address).hostname:
            raise BadInput(LOCATION, f"the next page is on another host: {link}")
        return link

    def _page(self, link: str) -> dict[str, Any]:
        for attempt in range(_READ_ATTEMPTS):
            try:
                response = self._http.request("GET", link)
            except self._errors as error:
                raise PriceListUnreachable(f"Azure Retail Prices did not answer: {error}") from None
            if response.status != 200:
                raise PriceListUnreachable(
                    f"Azure Retail Prices answered {response.status}: {response.data[:120].decode(errors='replace')}"
                )
            try:
                return _validated(json.loads(response.data, parse_float=str))
            except ValueError as error:
                if attempt == _READ_ATTEMPTS - 1:
                    raise PriceListUnreachable(f"Azure Retail Prices ended in the middle of a page: {error}") from None
                time.sleep(self._limits.backoff)
        raise AssertionError("unreachable: the loop returns or raises")


def _validated(page: Any) -> dict[str, Any]:
    if not isinstance(page, dict) or not isinstance(page.get("Items"), list):
        raise BadInput(LOCATION, "a page must be an object with a list `Items`")
    if (currency := page.get("BillingCurrency", "USD")) != "USD":
        raise BadInput(LOCATION, f"the prices are in {currency}, not in USD")
    return page
