"""Hand-written responses of the price APIs, in their documented form."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, str, dict[str, str]]
"""Status, body, headers."""


def machine(name: str, usd: str, **attributes: str) -> dict[str, Any]:
    """Returns a product of GetProducts: a Linux machine by the hour, with one-year reservations."""
    details = {
        "instanceType": name, "operatingSystem": "Linux", "tenancy": "Shared", "preInstalledSw": "NA",
        "capacitystatus": "Used", "marketoption": "OnDemand", "vcpu": "4", "memory": "1,024 GiB", "gpu": "1",
        "gpuMemory": "24 GB", "physicalProcessor": "AMD EPYC 7R13 Processor", "usagetype": f"MEC1-BoxUsage:{name}",
    }  # fmt: skip
    return product("Compute Instance", details | attributes, usd) | {"serviceCode": "AmazonEC2"}


def product(family: str, attributes: dict[str, str], *tiers: str, currency: str = "USD") -> dict[str, Any]:
    """Returns a product with one price per tier."""
    rows = {
        f"X.JRTCKXETXF.{index}": {"beginRange": str(index * 1000), "unit": "Hrs", "pricePerUnit": {currency: usd}}
        for index, usd in enumerate(tiers)
    }
    return {
        "product": {"productFamily": family, "attributes": attributes, "sku": "X"},
        "terms": {"OnDemand": {"X.JRTCKXETXF": {"priceDimensions": rows}}},
    }


def reserved(one: dict[str, Any], length: str, option: str, hourly: str, at_start: str = "") -> dict[str, Any]:
    """Returns the product with a standard reservation."""
    rows = {"a": {"unit": "Hrs", "pricePerUnit": {"USD": hourly}}}
    if at_start:
        rows["b"] = {"unit": "Quantity", "pricePerUnit": {"USD": at_start}}
    details = {"LeaseContractLength": length, "OfferingClass": "standard", "PurchaseOption": option}
    terms = one["terms"].setdefault("Reserved", {})
    terms[f"{length}{option}"] = {"termAttributes": details, "priceDimensions": rows}
    return one


def savings_rate(name: str, usd: str, years: int, **details: str) -> dict[str, Any]:
    """Returns a result of DescribeSavingsPlansOfferingRates."""
    properties = {"instanceType": name, "productDescription": "Linux/UNIX", "tenancy": "shared", **details}
    return {
        "savingsPlanOffering": {"durationSeconds": years * 365 * 86400, "currency": "USD"},
        "rate": usd,
        "usageType": f"MEC1-BoxUsage:{name}",
        "properties": [{"name": key, "value": value} for key, value in properties.items()],
    }


def spot_record(name: str, zone: str, usd: str, minute: int = 0) -> dict[str, Any]:
    """Returns a record of DescribeSpotPriceHistory."""
    return {
        "InstanceType": name,
        "AvailabilityZone": f"me-central-1{zone}",
        "SpotPrice": usd,
        "ProductDescription": "Linux/UNIX",
        "Timestamp": datetime(2026, 11, 24, 8, minute, tzinfo=UTC),
    }


def item(name: str, usd: float, **more: Any) -> dict[str, Any]:
    """Returns an item of Azure's retail prices: a Linux machine by the hour."""
    return {
        "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": usd, "armRegionName": "uaenorth",
        "productName": "Virtual Machines Dasv5 Series", "skuName": name.removeprefix("Standard_"), "meterName": name,
        "serviceName": "Virtual Machines", "unitOfMeasure": "1 Hour", "type": "Consumption",
        "isPrimaryMeterRegion": True, "armSkuName": name,
    } | more  # fmt: skip


def meter(service: str, product_name: str, name: str, unit: str, usd: float, **more: Any) -> dict[str, Any]:
    """Returns an item of another service."""
    details = {"serviceName": service, "productName": product_name, "meterName": name, "unitOfMeasure": unit}
    return item("", usd, **details, **more)


def page(*items: dict[str, Any], link: str | None = None, currency: str = "USD") -> str:
    """Returns a page of Azure's retail prices."""
    return json.dumps({"BillingCurrency": currency, "Items": items, "NextPageLink": link, "Count": len(items)})


class AzureServer:
    """A local price API: `answers` are the responses, in order; `asked` are the paths of the requests."""

    def __init__(self, answers: Callable[[str, int], Answer | str]) -> None:
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                result = answers(self.path, len(outer.asked))
                status, body, headers = (200, result, {}) if isinstance(result, str) else result
                self.send_response(status)
                for key, value in {"Content-Length": str(len(body.encode())), **headers}.items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body.encode())

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/api/retail/prices"


def service_of(path: str) -> str:
    """Returns the service for which a request asks."""
    return parse_qs(urlsplit(path).query)["$filter"][0].rpartition("serviceName eq ")[2].strip("'")
