"""Client of AWS's price APIs: Price List Query API, Savings Plans offering rates and spot price history."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from falaj.finops.prices.aws_classes import CLASS_METERS
from falaj.finops.prices.aws_list import MACHINE_FILTERS, REGION, machines, product, savings, spot, units
from falaj.finops.prices.aws_meters import METERS
from falaj.finops.prices.vendor_list import PriceListUnreachable, Progress, VendorList

SOURCE = "aws-price-list"

PRICING_REGION = "us-east-1"
"""Region of the price APIs, which serve prices of all regions and no customer data."""


@dataclass(frozen=True)
class Clients:
    """The boto3 clients: `pricing` and `savingsplans` in us-east-1, `ec2` in the region itself."""

    pricing: Any
    savings: Any
    ec2: Any


def connect() -> Clients:
    """Creates clients with timeouts and adaptive retries. Raises `PriceListUnreachable` if boto3 is missing."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise PriceListUnreachable("prices of AWS need boto3: pip install 'falaj[prices]'") from None
    config = Config(connect_timeout=10, read_timeout=60, retries={"mode": "adaptive", "max_attempts": 10})
    return Clients(
        pricing=boto3.client("pricing", region_name=PRICING_REGION, config=config),
        savings=boto3.client("savingsplans", region_name=PRICING_REGION, config=config),
        ec2=boto3.client("ec2", region_name=REGION, config=config),
    )


def fetch(clients: Clients, progress: Progress) -> VendorList:
    """Fetches all prices of the region. Raises `PriceListUnreachable`, or `BadInput` for a malformed response."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        listed_machines = machines(_products(clients, "AmazonEC2", MACHINE_FILTERS, "machines", progress))
        savings_plans = savings(_savings(clients, progress))
        spot_prices = spot(_spot(clients, progress))
        unmatched: list[str] = []
        services = units(_services(clients, progress), unmatched)
    except (BotoCoreError, ClientError) as error:
        raise PriceListUnreachable(f"AWS did not answer: {error}") from None
    complete = {
        name: replace(
            machine, spot=spot_prices.get(name), commitments={**machine.commitments, **savings_plans.get(name, {})}
        )
        for name, machine in listed_machines.items()
    }
    return VendorList(REGION, SOURCE, datetime.now(UTC).date().isoformat(), complete, services, tuple(unmatched))


def _products(clients: Clients, code: str, filters: dict[str, str], label: str, progress: Progress) -> Iterator[Any]:
    location = "fromRegionCode" if code == "AWSDataTransfer" else "regionCode"
    terms = {location: REGION, **filters}
    pages = clients.pricing.get_paginator("get_products").paginate(
        ServiceCode=code,
        Filters=[{"Type": "TERM_MATCH", "Field": field, "Value": value} for field, value in terms.items()],
    )
    for page in pages:
        progress(f"AWS {label}")
        yield from (product(text) for text in page["PriceList"])


def _services(clients: Clients, progress: Progress) -> Iterator[Any]:
    for code, family in dict.fromkeys((meter.code, meter.family) for meter in (*METERS, *CLASS_METERS)):
        yield from _products(clients, code, {"productFamily": family}, code, progress)


def _savings(clients: Clients, progress: Progress) -> Iterator[Any]:
    """Pages by hand: boto3 has no paginator for this operation."""
    token: dict[str, str] = {}
    while True:
        page = clients.savings.describe_savings_plans_offering_rates(
            savingsPlanPaymentOptions=["No Upfront"],
            savingsPlanTypes=["EC2Instance"],
            products=["EC2"],
            serviceCodes=["AmazonEC2"],
            filters=[
                {"name": "region", "values": [REGION]},
                {"name": "productDescription", "values": ["Linux/UNIX"]},
                {"name": "tenancy", "values": ["shared"]},
            ],
            maxResults=1000,
            **token,
        )
        progress("AWS savings plans")
        yield from page["searchResults"]
        if not page.get("nextToken"):
            return
        token = {"nextToken": page["nextToken"]}


def _spot(clients: Clients, progress: Progress) -> Iterator[Any]:
    """Yields the current spot price of each machine type and zone: a history that starts now contains only those."""
    pages = clients.ec2.get_paginator("describe_spot_price_history").paginate(
        StartTime=datetime.now(UTC), ProductDescriptions=["Linux/UNIX"]
    )
    for page in pages:
        progress("AWS spot")
        yield from page["SpotPriceHistory"]
