"""Azure's retail prices: the rows that are read, and the requests, against a local server."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from threading import Thread

import pytest

from falaj.facts.prices import service_rows
from falaj.finops.errors import BadInput
from falaj.finops.prices import azure_source
from falaj.finops.prices.azure_database_meters import DATABASE_METERS
from falaj.finops.prices.azure_list import machines, units
from falaj.finops.prices.azure_source import RetryLimits, fetch
from falaj.finops.prices.vendor_list import PriceListUnreachable, VendorList
from tests.unit.finops.price_lists import Answer, AzureServer, item, meter, page, service_of

D16 = "Standard_D16as_v5"
WINDOWS = "Virtual Machines Dasv5 Series Windows"
DATABASES = {meter.service for meter in DATABASE_METERS}
FAST = RetryLimits(pause=0, backoff=0.01, max_wait=1, retries=3, timeout=5)


@contextmanager
def serving(answers: Callable[[str, int], Answer | str]) -> Iterator[AzureServer]:
    one = AzureServer(answers)
    thread = Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield one
    finally:
        one.server.shutdown()
        thread.join()
        one.server.server_close()


def read(answers: Callable[[str, int], Answer | str]) -> tuple[VendorList, AzureServer]:
    with serving(answers) as server:
        return fetch("uaenorth", lambda _: None, server.address, FAST), server


def test_linux_is_taken_whatever_is_beside_it() -> None:
    rows = [
        item(D16, 1.584, productName=WINDOWS),
        item(D16, 0.848),
        item(D16, 0.110, skuName="D16as v5 Spot"),
        item(D16, 0.2, skuName="D16as v5 Low Priority"),
        item(D16, 1.9, skuName="D16as v5 Spot", productName=WINDOWS),
        item(D16, 0.5, type="DevTestConsumption"),
        item(D16, 0.9, productName="Dasv5 Series Cloud Services"),
        item(D16, 0.7, isPrimaryMeterRegion=False),
    ]
    for ordered in (rows, rows[::-1]):
        result = machines(ordered)[D16]
        assert (result.on_demand, result.spot, result.unclear) == (Decimal("0.848"), Decimal("0.110").normalize(), "")


def test_commitments_are_spread_over_the_hours_of_their_term() -> None:
    plans = [{"term": "1 Year", "retailPrice": 0.57664}, {"term": "3 Years", "retailPrice": 0.44096}]
    rows = [
        item(D16, 0.848, savingsPlan=plans),
        item(D16, 4382.9784, type="Reservation", reservationTerm="1 Year"),
        item(D16, 8467.9416, type="Reservation", reservationTerm="3 Years"),
    ]
    assert machines(rows)[D16].commitments == {
        "savings_1y": Decimal("0.57664"),
        "savings_3y": Decimal("0.44096"),
        "reserved_1y": Decimal("0.50034"),
        "reserved_3y": Decimal("0.32222"),
    }


def test_two_prices_for_linux_are_not_chosen_from() -> None:
    assert "several prices for Linux, 0.848 and 0.9" in machines([item(D16, 0.848), item(D16, 0.9)])[D16].unclear


@pytest.mark.parametrize(
    ("name", "vcpu", "arch"),
    [
        (D16, "16", "x86_64"),
        ("Standard_E96-48s_v5", "48", "x86_64"),
        ("Standard_M416s-104_6_v3", "104", "x86_64"),
        ("Standard_D8ps_v6", "8", "arm64"),
    ],
)
def test_a_name_says_processors_and_architecture(name: str, vcpu: str, arch: str) -> None:
    specs = machines([item(name, 1)])[name].specs
    assert (specs["vcpu"], specs["arch"]) == (vcpu, arch)


def test_services_have_the_first_tier_that_costs_something() -> None:
    notes: list[str] = []
    blob = ("Storage", "General Block Blob v2", "Hot ZRS Data Stored", "1 GB/Month")
    rows = [
        meter(*blob, 0.0),
        meter(*blob, 0.03, tierMinimumUnits=5),
        meter(*blob, 0.02, tierMinimumUnits=51200),
        meter(*blob, 0.01, tierMinimumUnits=5, isPrimaryMeterRegion=False),
        meter("Storage", "Blob Storage", "Hot ZRS Data Stored", "1 GB/Month", 0.5),
        meter("NAT Gateway", "NAT Gateway", "Standard Gateway", "1 Hour", 0.045),
        meter("NAT Gateway", "NAT Gateway", "Standard Gateway", "1 Hour", 0.05),
    ]
    assert units(rows, notes) == {("blob", "hot-zrs"): Decimal("0.03")}
    assert "nat gateway: the list has several prices (0.045, 0.05)" in notes
    assert "nat processed: the list does not have it" in notes


def test_logs_and_premium_files_are_found_by_the_names_of_the_api() -> None:
    """Rows as public repositories recorded them: Log Analytics of eastus with a free tier of 5 GB (2026-10), Premium
    Files of eastus in GB (2026)."""
    rows = [
        meter("Log Analytics", "Log Analytics", "Analytics Logs Data Ingestion", "1 GB", 0.0),
        meter("Log Analytics", "Log Analytics", "Analytics Logs Data Ingestion", "1 GB", 2.3, tierMinimumUnits=5),
        meter("Log Analytics", "Log Analytics", "Analytics Logs Data Retention", "1 GB/Month", 0.1),
        meter("Storage", "Premium Files", "Premium ZRS Provisioned", "1 GB/Month", 0.2),
    ]
    assert units(rows, []) == {
        ("log-analytics", "ingested"): Decimal("2.3"),
        ("log-analytics", "retained"): Decimal("0.1"),
        ("files", "premium-zrs"): Decimal("0.2"),
    }


SHARED = {"isPrimaryMeterRegion": False}


def test_prices_of_meters_that_regions_share_count_where_there_is_no_other() -> None:
    """Rows of East US 2 as recorded on 2026-08-14 (sources in `azure_database_meters.py`): most of these exist as
    shared meters only, beside a free one of the region itself; of a disk there are both."""
    cosmos = ("Azure Cosmos DB", "Azure Cosmos DB", "100 RU/s", "1/Hour")
    rows = [
        meter("Container Registry", "Container Registry", "Premium Registry Unit", "1/Day", 1.6666, **SHARED),
        meter("Key Vault", "Key Vault", "Operations", "10K", 0.03, **SHARED),
        meter("Storage", "General Block Blob v2", "Hot LRS Data Stored", "1 GB/Month", 0.0184, **SHARED),
        meter(*cosmos, 0.008, **SHARED),
        meter(*cosmos, 0.0),
        meter("Storage", "Premium SSD Managed Disks", "P10 LRS Disk", "1/Month", 17.92),
        meter("Storage", "Premium SSD Managed Disks", "P10 LRS Disk", "1/Month", 19.71, **SHARED),
    ]
    assert units(rows, []) == {
        ("acr", "premium"): Decimal("1.6666"),
        ("key-vault", "operations"): Decimal("0.03"),
        ("blob", "hot-lrs"): Decimal("0.0184"),
        ("cosmos-db", "100-ru"): Decimal("0.008"),
        ("disk", "p10"): Decimal("17.92"),
    }


def test_machines_whose_meter_belongs_to_another_region_have_a_price() -> None:
    """The machines of version three of East US 2 have shared meters only (the same repository: D4s_v3 at 0.192)."""
    plan = {"savingsPlan": [{"term": "1 Year", "retailPrice": "0.13"}]}
    found = machines([
        item("Standard_D4s_v3", 0.192, **SHARED, **plan),
        item(D16, 0.848), item(D16, 0.7, **SHARED), item(D16, 0.2, skuName="D16as v5 Spot", **SHARED),
    ])  # fmt: skip
    assert (found["Standard_D4s_v3"].on_demand, found["Standard_D4s_v3"].commitments) == (
        Decimal("0.192"),
        {"savings_1y": Decimal("0.13")},
    )
    assert (found[D16].on_demand, found[D16].spot, found[D16].unclear) == (Decimal("0.848"), Decimal("0.2"), "")


def test_databases_caches_and_brokers_by_the_names_of_the_api() -> None:
    """Rows of East US 2 as recorded (the same repository), and the licence of SQL, which is listed under Global."""
    postgres = "Azure Database for PostgreSQL"
    dadsv5 = (postgres, f"{postgres} Flexible Server General Purpose Dadsv5 Series Compute")
    burstable = (postgres, f"{postgres} Flexible Server Burstable BS Series Compute")
    gen5 = ("SQL Database", "SQL Database Single/Elastic Pool General Purpose - Compute Gen5")
    licence = ("SQL Database", "SQL Database Single/Elastic Pool General Purpose - SQL License", "vCore", "1 Hour")
    rows = [
        meter(*dadsv5, "vCore", "1 Hour", 0.089, skuName="vCore", **SHARED),
        meter(*dadsv5, "vCore", "1 Hour", 0.089, skuName="1 vCore"),
        meter(*dadsv5, "vCore", "1 Hour", 0.178, skuName="2 vCore"),
        meter(*burstable, "B1MS", "1 Hour", 0.017),
        meter(*burstable, "B2ms vCore", "1 Hour", 0.136),
        meter("Redis Cache", "Azure Redis Cache Standard", "C1 Cache", "1 Hour", 0.138, **SHARED),
        meter("Redis Cache", "Azure Redis Cache Standard", "C1 Cache Instance", "1 Hour", 0.069),
        meter("Redis Cache", "Azure Managed Redis - Memory Optimized", "M10 Cache Instance", "1 Hour", 0.216),
        meter("Azure Cognitive Search", "Azure AI Search", "Standard S1 Unit", "1 Hour", 0.336, **SHARED),
        meter("Event Hubs", "Event Hubs", "Standard Throughput Unit", "1 Hour", 0.03, **SHARED),
        meter(*gen5, "vCore", "1 Hour", 0.152217, skuName="1 vCore"),
        meter(*gen5, "vCore", "1 Hour", 0.304434, skuName="2 vCore", **SHARED),
        meter(*licence, 0.099966, armRegionName="Global"),
        meter(*licence, 9.0),
        meter("SQL Database", "SQL Database Single Standard", "10 DTUs", "1/Day", 145.17, skuName="S12"),
        meter("SQL Database", "SQL Database Single Standard", "10 DTUs", "1/Day", 0.4839, skuName="10 DTU"),
    ]
    assert units(rows, []) == {
        ("postgresql", "dadsv5-vcore"): Decimal("0.089"),
        ("postgresql", "b1ms"): Decimal("0.017"),
        ("postgresql", "b2ms"): Decimal("0.136"),
        ("redis", "standard-c1"): Decimal("0.069"),
        ("managed-redis", "memoryoptimized_m10"): Decimal("0.216"),
        ("ai-search", "standard"): Decimal("0.336"),
        ("event-hubs", "standard"): Decimal("0.03"),
        ("sql-database", "gp_gen5-vcore"): Decimal("0.152217"),
        ("sql-database", "gp-license"): Decimal("0.099966"),
        ("sql-database", "s12"): Decimal("145.17"),
    }


def test_each_row_of_a_database_has_a_meter() -> None:
    rows = {(service, sku) for region, service, sku in service_rows() if region == "uaenorth" and service in DATABASES}
    assert rows == {(meter.service, meter.sku) for meter in DATABASE_METERS}


def test_all_pages_of_all_services_are_read() -> None:
    def answers(path: str, _: int) -> str:
        if "skip" in path:
            return page(item("Standard_D8as_v5", 0.424))
        if service_of(path) == "Virtual Machines":
            return page(item(D16, 0.848), link=f"http://127.0.0.1{path}&$skip=1000".replace("127.0.0.1", host[0]))
        return page()

    host: list[str] = []
    with serving(answers) as server:
        host.append(server.address.split("/")[2])
        result = fetch("uaenorth", lambda _: None, server.address, FAST)
    assert sorted(result.machines) == [D16, "Standard_D8as_v5"]
    assert sum("skip" in path for path in server.asked) == 1
    assert all("api-version=2023-01-01-preview" in path and "currencyCode=USD" in path for path in server.asked)
    assert len(result.unmatched) > 30


def test_it_waits_and_asks_again_when_it_is_told_to() -> None:
    def answers(path: str, count: int) -> Answer | str:
        if count <= 2:
            return (429, "", {"Retry-After": "0"}) if count == 1 else (503, "", {})
        return page(item(D16, 0.848)) if "Virtual" in path else page()

    result, _ = read(answers)
    assert result.machines[D16].on_demand == Decimal("0.848")


def test_a_page_that_ends_too_early_is_read_again() -> None:
    def answers(path: str, count: int) -> str:
        full = page(item(D16, 0.848)) if "Virtual" in path else page()
        return full[:50] if count == 1 else full

    assert read(answers)[0].machines


@pytest.mark.parametrize(
    ("answer", "failure", "message"),
    [
        ((500, "", {}), PriceListUnreachable, "did not answer"),
        ((429, "", {"Retry-After": "0"}), PriceListUnreachable, "did not answer"),
        ((403, "no", {}), PriceListUnreachable, "answered 403: no"),
        ('{"Items": [', PriceListUnreachable, "in the middle of a page"),
        ("[]", BadInput, "a list `Items`"),
        (page(currency="AED"), BadInput, "the prices are in AED, not in USD"),
        (page(item(D16, 3.1, currencyCode="AED")), BadInput, "is in AED, not in USD"),
        (page(item(D16, -1)), BadInput, "must be zero or more"),
        (json.dumps({"Items": [{**item(D16, 1), "retailPrice": "cheap"}]}), BadInput, "'cheap' is not a price"),
        (page(link="http://169.254.169.254/x"), BadInput, "the next page is on another host"),
    ],
)
def test_an_invalid_response_is_reported_in_one_sentence(
    answer: Answer | str, failure: type[Exception], message: str
) -> None:
    with pytest.raises(failure, match=message) as bad:
        read(lambda path, _: answer)
    assert "\n" not in str(bad.value)


def test_it_is_not_sent_elsewhere() -> None:
    def answers(path: str, count: int) -> Answer | str:
        return (302, "", {"Location": "/elsewhere"}) if count == 1 else page(item(D16, 0.848))

    with pytest.raises(PriceListUnreachable, match="too many redirects"):
        read(answers)


def test_circular_links_are_not_followed_forever() -> None:
    host: list[str] = []
    with serving(lambda path, _: page(link=f"http://{host[0]}{path}")) as server:
        host.append(server.address.split("/")[2])
        with pytest.raises(BadInput, match="form a loop"):
            fetch("uaenorth", lambda _: None, server.address, FAST)


def test_an_unreachable_server_is_reported_in_one_sentence() -> None:
    with serving(lambda path, _: page()) as server:
        address = server.address
    with pytest.raises(PriceListUnreachable, match="did not answer"):
        fetch("uaenorth", lambda _: None, address, FAST)


@pytest.mark.parametrize("stated", [FAST, None], ids=["stated", "default"])
def test_an_error_is_followed_by_the_retries_that_were_asked_for(
    stated: RetryLimits | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other limits have no retries: with them, the first error would be the last."""
    none = RetryLimits(pause=0, backoff=0.01, max_wait=1, retries=0, timeout=5)
    monkeypatch.setattr(azure_source, "RetryLimits", lambda: none if stated else FAST)
    with serving(lambda path, count: (503, "", {}) if count == 1 else page(item(D16, 0.848))) as server:
        assert fetch("uaenorth", lambda _: None, server.address, stated).machines[D16].on_demand == Decimal("0.848")
