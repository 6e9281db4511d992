"""AWS's price list: the rows that are read, and requests that are valid by botocore's own API models."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from typing import Any

import boto3
import pytest
from botocore.stub import ANY, Stubber

from falaj.facts.prices import service_rows
from falaj.finops.errors import BadInput
from falaj.finops.prices.aws_classes import CLASS_METERS
from falaj.finops.prices.aws_list import machines, product, savings, spot, units
from falaj.finops.prices.aws_meters import METERS
from falaj.finops.prices.aws_source import Clients, connect, fetch
from falaj.finops.prices.vendor_list import PriceListUnreachable, VendorList
from tests.unit.finops.price_lists import machine, reserved, savings_rate, spot_record
from tests.unit.finops.price_lists import product as made

Stubs = dict[str, Stubber]
CLASSES = {meter.service for meter in CLASS_METERS}
FAMILIES = dict.fromkeys((meter.code, meter.family) for meter in (*METERS, *CLASS_METERS))


@contextmanager
def stubbed() -> Iterator[tuple[Clients, Stubs]]:
    """Returns clients with fixed responses that reject what the API's model does not have."""
    keys: Any = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "us-east-1"}
    clients = {name: boto3.client(name, **keys) for name in ("pricing", "savingsplans", "ec2")}
    with ExitStack() as stack:
        stubs = {name: stack.enter_context(Stubber(client)) for name, client in clients.items()}
        yield Clients(clients["pricing"], clients["savingsplans"], clients["ec2"]), stubs


def page(*products: dict[str, Any], token: str = "") -> dict[str, Any]:
    return {"PriceList": [json.dumps(item) for item in products]} | ({"NextToken": token} if token else {})


def answer(stubs: Stubs, *pages: dict[str, Any]) -> None:
    """Returns pages of machines, and few of everything else."""
    for item in pages:
        stubs["pricing"].add_response("get_products", item)
    rates = {"searchResults": [savings_rate("g6.xlarge", "0.7", 1)], "nextToken": "more"}
    stubs["savingsplans"].add_response("describe_savings_plans_offering_rates", rates)
    last = {"searchResults": [savings_rate("g6.xlarge", "0.5", 3)]}
    stubs["savingsplans"].add_response("describe_savings_plans_offering_rates", last)
    records = [spot_record("g6.xlarge", "a", "0.6"), spot_record("g6.xlarge", "b", "0.4")]
    expected = {"StartTime": ANY, "ProductDescriptions": ["Linux/UNIX"]}
    stubs["ec2"].add_response("describe_spot_price_history", {"SpotPriceHistory": records}, expected)
    for code, family in FAMILIES:
        result = [made(family, {"usagetype": "MEC1-NatGateway-Hours"}, "0.055")] if family == "NAT Gateway" else []
        stubs["pricing"].add_response("get_products", page(*result), {"ServiceCode": code, "Filters": ANY})


def read(*pages: dict[str, Any]) -> VendorList:
    with stubbed() as (clients, stubs):
        answer(stubs, *pages)
        result = fetch(clients, lambda _: None)
        for stub in stubs.values():
            stub.assert_no_pending_responses()
        return result


def test_all_interfaces_and_pages_become_one_list() -> None:
    g6 = reserved(machine("g6.xlarge", "0.98824"), "1yr", "No Upfront", "0.62")
    result = read(page(g6, token="2"), page(machine("m8g.xlarge", "0.22", physicalProcessor="AWS Graviton4 Processor")))
    assert result.region == "me-central-1"
    one = result.machines["g6.xlarge"]
    assert (one.on_demand, one.spot) == (Decimal("0.98824"), Decimal("0.5"))
    assert one.commitments == {
        "reserved_1y": Decimal("0.62"),
        "savings_1y": Decimal("0.7"),
        "savings_3y": Decimal("0.5"),
    }
    specs = {"vcpu": "4", "memory_gib": "1024.0", "gpus": "1", "gpu_memory_gib": "24.0", "arch": "x86_64"}
    assert one.specs == specs
    assert result.machines["m8g.xlarge"].specs["arch"] == "arm64"
    assert result.machines["m8g.xlarge"].spot is None
    assert result.units == {("nat", "gateway"): Decimal("0.055")}
    classes = [key for key in service_rows() if key[0] == "me-central-1" and key[1] in CLASSES and "." in key[2]]
    assert len(classes) > 600
    assert len(result.unmatched) == len(METERS) + len(classes) - 1


@pytest.mark.parametrize(
    ("client", "operation", "code"),
    [
        ("pricing", "get_products", "ThrottlingException"),
        ("savingsplans", "describe_savings_plans_offering_rates", "InternalServerException"),
        ("ec2", "describe_spot_price_history", "UnauthorizedOperation"),
    ],
)
def test_an_error_is_one_sentence(client: str, operation: str, code: str) -> None:
    with stubbed() as (clients, stubs):
        if client != "pricing":
            stubs["pricing"].add_response("get_products", page(machine("g6.xlarge", "1")))
        if client == "ec2":
            stubs["savingsplans"].add_response("describe_savings_plans_offering_rates", {"searchResults": []})
        stubs[client].add_client_error(operation, code)
        with pytest.raises(PriceListUnreachable, match=f"AWS did not answer: .*{code}"):
            fetch(clients, lambda _: None)


def test_without_credentials_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    client = boto3.Session().client("pricing", region_name="us-east-1")
    with pytest.raises(PriceListUnreachable, match="Unable to locate credentials"):
        fetch(Clients(client, client, client), lambda _: None)


def test_only_plain_linux_is_taken() -> None:
    rows = [
        machine("g6.xlarge", "1.17", operatingSystem="Windows"),
        machine("g6.xlarge", "1.05", tenancy="Dedicated"),
        machine("g6.xlarge", "2.5", preInstalledSw="SQL Std"),
        machine("g6.xlarge", "0.99", capacitystatus="UnusedCapacityReservation"),
        machine("g6.xlarge", "0.9", marketoption="CapacityBlock"),
    ]
    assert machines(rows) == {}
    assert machines([*rows, machine("g6.xlarge", "0.98824")])["g6.xlarge"].on_demand == Decimal("0.98824")
    assert "0.98824 and 1.2" in machines([machine("a", "0.98824"), machine("a", "1.2")])["a"].unclear


def test_what_is_paid_at_the_start_is_spread_over_the_term() -> None:
    one = reserved(machine("g5.xlarge", "1.234"), "3yr", "All Upfront", "0", at_start="12193")
    assert machines([one])["g5.xlarge"].commitments == {"reserved_3y_upfront": Decimal("0.463965")}
    assert machines([reserved(machine("a", "1"), "3yr", "Partial Upfront", "0.1", "5")])["a"].commitments == {}


def test_another_currency_and_what_is_no_price_are_refused() -> None:
    attributes = machine("a", "1")["product"]["attributes"]
    with pytest.raises(BadInput, match="the price is in CNY, not in USD"):
        machines([made("Compute Instance", attributes, "7", currency="CNY")])
    for usd in ("-1", "NaN", "cheap"):
        with pytest.raises(BadInput, match="is not a price"):
            machines([machine("a", usd)])
    for text in ("{", "[]"):
        with pytest.raises(BadInput, match="AWS Price List: a product"):
            product(text)


def test_services_by_the_end_of_their_usage_type_in_our_units() -> None:
    notes: list[str] = []
    rows = [
        made("Provisioned Throughput", {"usagetype": "MEC1-EBS:VolumeP-Throughput.gp3"}, "49.5616"),
        made("API Request", {"usagetype": "MEC1-Requests-Tier1"}, "0.000006"),
        made("API Request", {"usagetype": "me-central-1-KMS-Requests"}, "0", "0.000003"),  # some are free
        made("Load Balancer-Network", {"usagetype": "MEC1-LCUUsage"}, "0.0072"),
        made("Load Balancer-Network", {"usagetype": "MEC1-ReservedLCUUsage"}, "9"),
        made("Load Balancer-Gateway", {"usagetype": "MEC1-LoadBalancerUsage"}, "9"),
        made("Data Transfer", {"usagetype": "MEC1-DataTransfer-Regional-Bytes"}, "0.01"),
        made("Storage", {"usagetype": "MEC1-TimedStorage-ByteHrs", "servicecode": "AmazonS3"}, "0.025", "0.024"),
        made("Storage", {"usagetype": "MEC1-TimedStorage-ByteHrs", "servicecode": "AmazonEFS"}, "0.33"),
    ]
    assert units(rows, notes) == {
        ("ebs", "gp3-throughput"): Decimal("0.0484"),
        ("s3", "writes"): Decimal("0.006"),
        ("kms", "requests"): Decimal("0.03"),
        ("elb", "nlcu"): Decimal("0.0072"),
        ("transfer", "cross-zone"): Decimal("0.02"),
        ("s3", "standard"): Decimal("0.025"),
        ("efs", "standard"): Decimal("0.33"),
    }


DATABASE = {
    "servicecode": "AmazonRDS", "instanceType": "db.m5.large", "usagetype": "MEC1-InstanceUsage:db.m5.large",
    "databaseEngine": "MySQL", "licenseModel": "No license required", "deploymentOption": "Single-AZ",
}  # fmt: skip
ORACLE = DATABASE | {
    "databaseEngine": "Oracle", "databaseEdition": "Enterprise", "licenseModel": "Bring your own license",
}  # fmt: skip
R6I = {"instanceType": "db.r6i.large", "usagetype": "MEC1-InstanceUsage:db.r6i.large"}
AURORA = DATABASE | {
    "instanceType": "db.r6g.large", "usagetype": "MEC1-InstanceUsage:db.r6g.large", "databaseEngine": "Aurora MySQL",
}  # fmt: skip
CACHE = {
    "servicecode": "AmazonElastiCache", "instanceType": "cache.r6g.large", "cacheEngine": "Redis",
    "usagetype": "MEC1-NodeUsage:cache.r6g.large",
}  # fmt: skip
SEARCH = {
    "servicecode": "AmazonES", "instanceType": "r6g.large.search", "usagetype": "MEC1-ESInstance:r6g.large",
}  # fmt: skip
EXTENDED = "MEC1-ExtendedSupportYr3-NodeUsage:cache.r6g.large"


def test_a_class_has_the_price_of_one_instance_of_its_engine() -> None:
    """Attributes as recorded products of the price list have them (sources in `aws_classes.py`): each class is listed
    with other deployments, editions and surcharges beside it, at other prices."""
    rds, cache = "Database Instance", "Cache Instance"
    rows = [
        made(rds, DATABASE, "0.206"),
        made(rds, DATABASE | {"deploymentOption": "Multi-AZ", "usagetype": "MEC1-Multi-AZUsage:db.m5.large"}, "0.412"),
        made(rds, DATABASE | {"databaseEngine": "PostgreSQL"}, "0.214"),
        made(rds, ORACLE, "0.171"),
        made(rds, ORACLE | {"deploymentModel": "Custom"}, "0.205"),
        made(rds, ORACLE | {"databaseEdition": "Standard Two", "licenseModel": "Bring your own license"}, "0.171"),
        made(rds, ORACLE | {"databaseEdition": "Standard Two", "licenseModel": "License included"} | R6I, "0.438"),
        made(rds, AURORA, "0.313"),
        made(rds, AURORA | {"databaseEngine": "Aurora PostgreSQL"}, "0.313"),
        made(rds, AURORA | {"usagetype": "MEC1-InstanceUsageIOOptimized:db.r6g.large"}, "0.407"),
        made(cache, CACHE, "0.25"),
        made(cache, CACHE | {"usagetype": EXTENDED}, "0.9"),
        made(cache, CACHE | {"cacheEngine": "Valkey"}, "0.2"),
        made(cache, CACHE | {"cacheEngine": "Valkey", "usagetype": "MEC1-SyncDurability-NodeUsage:x"}, "0.9"),
        made("Amazon OpenSearch Service Instance", SEARCH, "0.21"),
        made("Serverless", {"usagetype": "MEC1-Redshift:ServerlessUsage"}, "0.4158"),
        made("Serverless", {"usagetype": "MEC1-Redshift:ServerlessUsage-CR-1YR-NU"}, "0.3"),
        made("Managed Streaming for Apache Kafka (MSK)", {"usagetype": "MEC1-Kafka.m7g.large"}, "0.25"),
        made("Managed Streaming for Apache Kafka (MSK)", {"usagetype": "MEC1-Kafka.Storage.GP2"}, "0.12"),
        made("Database Storage", {"usagetype": "MEC1-RDS:GP3-Storage"}, "0.139"),
        made("Database Storage", {"usagetype": "MEC1-RDS:Multi-AZ-GP3-Storage"}, "0.278"),
    ]
    assert units(rows, []) == {
        ("rds", "db.m5.large-mysql"): Decimal("0.206"),
        ("rds", "db.m5.large-postgres"): Decimal("0.214"),
        ("rds", "db.m5.large-oracle-ee"): Decimal("0.171"),
        ("rds", "db.m5.large-oracle-se2-byol"): Decimal("0.171"),
        ("rds", "db.r6i.large-oracle-se2-li"): Decimal("0.438"),
        ("rds", "db.r6g.large-aurora"): Decimal("0.313"),
        ("rds", "db.r6g.large-aurora-io"): Decimal("0.407"),
        ("elasticache", "cache.r6g.large-redis"): Decimal("0.25"),
        ("elasticache", "cache.r6g.large-valkey"): Decimal("0.2"),
        ("opensearch", "r6g.large.search"): Decimal("0.21"),
        ("redshift-serverless", "rpu"): Decimal("0.4158"),
        ("msk", "kafka.m7g.large"): Decimal("0.25"),
        ("msk", "storage"): Decimal("0.12"),
        ("rds", "gp3"): Decimal("0.139"),
    }


def test_a_trust_store_of_a_load_balancer_is_not_a_load_balancer() -> None:
    """us-east-1 lists `TS-LoadBalancerUsage` at 0.005 beside `LoadBalancerUsage` at 0.0225 (found as a string in public
    code that checked it with the price list in August 2026)."""
    rows = [
        made("Load Balancer-Application", {"usagetype": "MEC1-LoadBalancerUsage"}, "0.0225"),
        made("Load Balancer-Application", {"usagetype": "MEC1-TS-LoadBalancerUsage"}, "0.005"),
    ]
    assert units(rows, []) == {("elb", "application"): Decimal("0.0225")}


def test_savings_plans_of_linux_on_shared_hardware() -> None:
    rates = [
        savings_rate("g6.xlarge", "0.7", 1),
        savings_rate("g6.xlarge", "1.7", 1, productDescription="Windows"),
        savings_rate("g6.xlarge", "2.7", 1, tenancy="dedicated"),
        {**savings_rate("g6.xlarge", "3.7", 1), "usageType": "MEC1-UnusedBox:g6.xlarge"},
    ]
    assert savings(rates) == {"g6.xlarge": {"savings_1y": Decimal("0.7")}}


def test_spot_is_the_mean_of_the_zones_latest() -> None:
    records = [
        spot_record("g5.xlarge", "a", "0.9", minute=1),
        spot_record("g5.xlarge", "a", "0.5", minute=5),
        spot_record("g5.xlarge", "a", "0.8", minute=3),
        spot_record("g5.xlarge", "b", "0.7"),
        {**spot_record("g5.xlarge", "b", "9"), "ProductDescription": "Windows"},
    ]
    assert spot(records) == {"g5.xlarge": Decimal("0.6")}


def test_requests_to_the_price_list_wait_and_are_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a timeout a lost connection would hang; thousands of requests in a row are throttled, and repeated."""
    for key in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(key, "x")
    clients = connect()
    for client, service, region in (
        (clients.pricing, "pricing", "us-east-1"),
        (clients.savings, "savingsplans", "aws-global"),  # one endpoint for all regions
        (clients.ec2, "ec2", "me-central-1"),
    ):
        config = client.meta.config
        assert (client.meta.service_model.service_name, client.meta.region_name) == (service, region)
        assert (config.connect_timeout, config.read_timeout) == (10, 60)
        assert config.retries == {"mode": "adaptive", "total_max_attempts": 11}
