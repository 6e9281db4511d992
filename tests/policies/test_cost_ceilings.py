"""The cost ceiling of a stack, and resources without a price."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import yaml
from guardrails.engine.enforcement import Enforcement, load_enforcement
from guardrails.registry import IDS

from tests.distribution import ROOT

from .harness import UNKNOWN, Given, Pack, Report

STACK = Given("pulumi:pulumi:Stack", {}, "falaj-prod-uae")
REGION = {"region": "me-central-1"}
CEILING = {"ceilings": {"prod-uae": 1000}}
WAREHOUSE = Given("aws:redshift/cluster:Cluster", {"nodeType": "ra3.large", "numberOfNodes": 2}, "warehouse", REGION)
WAIVER = {"aed_per_month": 700, "reason": "Quoted by the vendor on 2026-11-20"}


def _reports(*plan: Given, **settings: Any) -> list[Report]:
    pack = Pack(Enforcement.model_validate({"default": {}, "cost": settings}))
    return [item for item in pack.evaluate_stack(STACK, *plan) if item.rule == "FJ-COST-004"]


def _blocks(*plan: Given, **settings: Any) -> bool:
    return any(item.mandatory for item in _reports(*plan, **settings))


def _machines(count: int, name: object = "m7g.large") -> list[Given]:
    return [Given("aws:ec2/instance:Instance", {"instanceType": name, **REGION}, f"m{n}", REGION) for n in range(count)]


def test_the_estimate_must_not_exceed_the_ceiling_of_the_stack() -> None:
    assert _reports(*_machines(1), **CEILING) == []
    (report,) = _reports(*_machines(20), **CEILING)
    assert report.mandatory
    assert "above the ceiling of 1,000" in report.text


def test_a_stack_that_costs_money_has_a_ceiling() -> None:
    (report,) = _reports(*_machines(1), ceilings={"dev": 1000})
    assert report.mandatory
    assert "write the most that it may cost as `prod-uae:` under cost.ceilings" in report.text
    assert _reports(*_machines(1), ceilings={"*": 1000}) == []
    assert _blocks(*_machines(20), ceilings={"*": 1000})
    assert _reports(*_machines(20), ceilings={"*": 1, "prod-uae": 90_000}) == []


def test_a_stack_without_charges_needs_no_ceiling() -> None:
    assert _reports(Given("aws:ec2/vpc:Vpc", {}), Given("aws:iam/role:Role", {}, "role")) == []


@pytest.mark.parametrize(
    ("plan", "named"),
    [
        ((WAREHOUSE,), "aws:redshift/cluster:Cluster::warehouse: {aed_per_month"),
        (tuple(_machines(1, "z9.large")), "z9.large"),
        (tuple(_machines(1, UNKNOWN)), "instanceType is known only after the update"),
    ],
)
def test_a_resource_without_a_price_is_refused(plan: tuple[Given, ...], named: str) -> None:
    (report,) = _reports(*plan, **CEILING)
    assert report.mandatory
    assert named in report.text


UAE = {"location": "uaenorth"}
POSTGRES, REDIS = "azure-native:dbforpostgresql:Server", "azure-native:redis:Redis"
HUBS, BUS = "azure-native:eventhub:Namespace", "azure-native:servicebus:Namespace"
DATABASES = (
    Given("aws:rds/instance:Instance", {
        "engine": "postgres", "instanceClass": "db.t4g.medium", "allocatedStorage": 20, "storageType": "gp3",
        "multiAz": True}, "orders", REGION),
    Given("aws:rds/clusterInstance:ClusterInstance", {
        "engine": "aurora-postgresql", "instanceClass": "db.t4g.medium", "clusterIdentifier": UNKNOWN}, "one", REGION),
    Given("aws:elasticache/replicationGroup:ReplicationGroup", {
        "engine": "valkey", "nodeType": "cache.t3.medium", "numCacheClusters": 2}, "sessions", REGION),
    Given("aws:opensearch/domain:Domain", {
        "clusterConfig": {"instanceType": "t3.medium.search", "instanceCount": 2},
        "ebsOptions": {"ebsEnabled": True, "volumeType": "gp3", "volumeSize": 20}}, "search", REGION),
    Given("aws:msk/cluster:Cluster", {"numberOfBrokerNodes": 2, "brokerNodeGroupInfo": {
        "instanceType": "kafka.t3.small", "storageInfo": {"ebsStorageInfo": {"volumeSize": 20}}}}, "kafka", REGION),
    Given(POSTGRES, {**UAE, "sku": {"name": "Standard_B2s"}, "storage": {"storageSizeGB": 32}}, "psql"),
    Given(REDIS, {**UAE, "sku": {"name": "Standard", "family": "C", "capacity": 1}}, "cache"),
    Given("azure-native:search:Service", {**UAE, "sku": {"name": "basic"}}, "answers"),
    Given(HUBS, {**UAE, "sku": {"name": "Standard", "capacity": 4}}, "hubs"),
    Given(BUS, {**UAE, "sku": {"name": "Standard"}}, "bus"),
)  # fmt: skip


@pytest.mark.parametrize("database", DATABASES, ids=lambda item: item.name)
def test_databases_count_under_the_ceiling_and_need_no_amount(database: Given) -> None:
    assert _reports(database, **CEILING) == []
    (report,) = _reports(database, ceilings={"prod-uae": 30})
    assert report.mandatory
    assert "above the ceiling of 30" in report.text


@pytest.mark.parametrize(
    ("kind", "props"),
    [
        (POSTGRES, {"sku": {"name": "Standard_D2ds_v5"}, "storage": {"storageSizeGB": UNKNOWN}}),
        (POSTGRES, {"sku": {"name": "Standard_D2ds_v5"}, "storage": {"storageSizeGB": 32}, "cluster": UNKNOWN}),
        (REDIS, {"sku": {"name": "Premium", "family": "P", "capacity": 1}, "shardCount": UNKNOWN}),
        ("azure-native:search:Service", {"sku": {"name": "standard3"}, "replicaCount": UNKNOWN}),
        (HUBS, {"sku": {"name": "Standard"}, "isAutoInflateEnabled": True, "maximumThroughputUnits": UNKNOWN}),
        (BUS, {"sku": {"name": "Premium", "capacity": UNKNOWN}}),
    ],
)
def test_a_number_that_is_known_later_is_refused(kind: str, props: dict[str, Any]) -> None:
    (report,) = _reports(Given(kind, {**UAE, **props}), **CEILING)
    assert report.mandatory
    assert "is known only after the update" in report.text


def test_components_and_other_packages_need_no_price() -> None:
    assert _reports(Given("awsx:ec2:Vpc", {}), Given("random:index/randomId:RandomId", {}, "id"), **CEILING) == []


def test_a_charge_by_use_is_advice() -> None:
    reports = _reports(Given("aws:lambda/function:Function", {}, "f", REGION), *_machines(1), **CEILING)
    assert [item.mandatory for item in reports] == [False]
    assert "f (aws:lambda/function:Function) is charged by use" in reports[0].text


def test_resources_of_one_type_are_reported_together() -> None:
    (report,) = _reports(*_machines(5, "z9.large"), **CEILING)
    assert "m0, m1, m2 and 2 more (aws:ec2/instance:Instance)" in report.text


@pytest.mark.parametrize("key", ["aws:redshift/cluster:Cluster::warehouse", "aws:redshift/cluster:Cluster::ware*"])
def test_a_waiver_names_a_resource_and_its_amount_counts(key: str) -> None:
    assert _reports(WAREHOUSE, **CEILING, unpriced={key: WAIVER}) == []
    (report,) = _reports(WAREHOUSE, *_machines(3), **CEILING, unpriced={key: WAIVER})
    assert "and AED 700 for resources without a price" in report.text


@pytest.mark.parametrize("version", ["v1", "v1beta2", "v1alpha1"])
def test_a_waiver_may_name_any_version_of_a_type(version: str) -> None:
    brokers = Given("kubernetes:clickhouse.altinity.com/v1:ClickHouseInstallation", {"spec": {}}, "events")
    waiver = {f"kubernetes:clickhouse.altinity.com/{version}:ClickHouseInstallation::events": WAIVER}
    assert _blocks(brokers, **CEILING)
    assert not _blocks(brokers, **CEILING, unpriced=waiver)


def test_each_waived_resource_counts() -> None:
    two = {"aws:redshift/cluster:Cluster::wa*": WAIVER}
    other = Given(WAREHOUSE.type, WAREHOUSE.props, "warehouse-2", REGION)
    assert _blocks(WAREHOUSE, other, **CEILING, unpriced=two)
    assert not _blocks(WAREHOUSE, other, ceilings={"prod-uae": 1400}, unpriced=two)


def test_a_waiver_does_not_cover_another_type_or_name() -> None:
    for key in ("aws:rds/instance:Instance::warehouse", "aws:redshift/cluster:Cluster::other"):
        assert _blocks(WAREHOUSE, **CEILING, unpriced={key: WAIVER})


@pytest.mark.parametrize(
    ("key", "waiver"),
    [
        ("aws:redshift/cluster:Cluster", WAIVER),
        ("aws:redshift/cluster:Cluster::*", WAIVER),
        ("*::warehouse", WAIVER),
        ("aws:redshift/cluster:Cluster::w", {"reason": WAIVER["reason"]}),
        ("aws:redshift/cluster:Cluster::w", WAIVER | {"aed_per_month": 0}),
        ("aws:redshift/cluster:Cluster::w", WAIVER | {"reason": "none"}),
    ],
)
def test_a_waiver_has_a_type_a_name_an_amount_and_a_reason(key: str, waiver: Mapping[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"cost.unpriced"):
        Enforcement.model_validate({"default": {}, "cost": {"unpriced": {key: waiver}}})


@pytest.mark.parametrize("invalid", [0, -5, "NaN", "much"])
def test_a_ceiling_is_a_positive_amount(invalid: object) -> None:
    with pytest.raises(ValueError, match=r"cost.ceilings.dev"):
        Enforcement.model_validate({"default": {}, "cost": {"ceilings": {"dev": invalid}}})
    half = Enforcement.model_validate({"default": {}, "cost": {"ceilings": {"dev": 0.5}}})
    assert half.cost.ceilings == {"dev": Decimal("0.5")}


def test_the_ceilings_of_the_pack_match_those_of_the_stacks() -> None:
    shipped = load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS).cost.ceilings
    files = [*ROOT.glob("Pulumi.*.yaml"), *ROOT.glob("examples/*/Pulumi.*.yaml")]
    platforms = {
        path.suffixes[0][1:]: settings
        for path in files
        if (settings := yaml.safe_load(path.read_text())["config"].get("falaj:platform"))
    }
    assert {name: item["ceilings"]["aed_per_month"] for name, item in platforms.items()} == {
        name: amount for name, amount in shipped.items() if name != "*"
    }


MODEL = Given("aws:sagemaker/endpointConfiguration:EndpointConfiguration", {
    "name": "scores", "productionVariants": [{"instanceType": "ml.m6g.large", "initialInstanceCount": 2}]}, "c",
    REGION)  # fmt: skip
SCORES = Given("aws:sagemaker/endpoint:Endpoint", {"endpointConfigName": "scores"}, "scores", REGION)


def test_an_endpoint_of_a_model_counts_once_under_the_ceiling() -> None:
    """One waiver of 700 AED is below the ceiling of 1,000; two endpoints of the configuration are 1,400."""
    waived = {"unpriced": {"aws:sagemaker/endpoint:Endpoint::scores*": WAIVER}}
    assert _reports(MODEL, **CEILING) == []
    (report,) = _reports(MODEL, SCORES, **CEILING)
    assert "the price of scores (aws:sagemaker/endpoint:Endpoint) is not known" in report.text
    assert _reports(MODEL, SCORES, **CEILING, **waived) == []
    (report,) = _reports(MODEL, SCORES, replace(SCORES, name="scores-2"), **CEILING, **waived)
    assert "AED 1,400 for resources without a price, 400 above the ceiling of 1,000" in report.text
