"""Service quotas against the pools of prod-uae: with fixed answers, and on moto's EC2."""

import json
from typing import Any

import boto3
import pytest
from moto import mock_aws

from falaj.components.aws.network.endpoints import required_services
from falaj.components.core.validation.enums import Egress
from falaj.facts.machines import machines
from falaj.preflight.aws.quotas import VCPU_CODES, family, network_quotas, vcpu_quotas
from falaj.preflight.needs import ON_DEMAND, SPOT
from falaj.preflight.rows import Verdict
from tests.unit.preflight.aws_answers import KEYS, Answers, changed, context, settings

NONE_RUNNING: Answers = {"DescribeInstances": {"Reservations": []}}


def quotas(values: dict[str, float], default: float = 10_000) -> Answers:
    """Returns the answers of an account with quotas by code."""
    return {
        "GetServiceQuota": lambda request: {
            "Quota": {"Value": values.get(json.loads(request["body"])["QuotaCode"], default)}
        }
    }


def test_every_machine_of_the_catalogue_has_its_quota() -> None:
    for name in machines("me-central-1"):
        for purchase in (ON_DEMAND, SPOT):
            assert (family(name, purchase), purchase) in VCPU_CODES, name


@pytest.mark.parametrize(
    ("machine", "purchase", "expected"),
    [("g6.xlarge", SPOT, "G and VT"), ("p5.48xlarge", SPOT, "P5"), ("p4d.24xlarge", SPOT, "P2 to P4"),
     ("p5.48xlarge", ON_DEMAND, "P"), ("m7g.large", SPOT, "Standard"), ("inf2.xlarge", SPOT, "Inf"),
     ("trn1.2xlarge", SPOT, "Trn"), ("p6-b200.48xlarge", SPOT, None), ("u-6tb1.metal", ON_DEMAND, None)],
)  # fmt: skip
def test_the_family_of_a_machine(machine: str, purchase: str, expected: str | None) -> None:
    assert family(machine, purchase) == expected


def test_a_new_account_has_no_gpu_quota() -> None:
    new = {"L-DB2E81BA": 0.0, "L-3819A6DF": 0.0}
    rows = {row.subject: row for row in vcpu_quotas(context({**NONE_RUNNING, **quotas(new)}))}
    spot = rows["quota G and VT spot vCPUs"]
    assert (spot.found, spot.needed, spot.verdict) == ("no GPU quota (0)", "1152 (pools gpuspot)", Verdict.REFUSED)
    assert spot.setting == "sites.awsuae.pools.*.max"
    assert spot.commands == (
        "aws service-quotas request-service-quota-increase --region me-central-1 --service-code ec2 "
        "--quota-code L-3819A6DF --desired-value 1152",
    )
    assert rows["quota G and VT on-demand vCPUs"].found == "no GPU quota (0)"
    assert rows["quota Standard on-demand vCPUs"].needed == f"{6 * 2 + 12 * 8} (pools system, cpu)"
    assert rows["quota Standard on-demand vCPUs"].verdict is Verdict.OK


def test_machines_of_others_count_and_the_stacks_own_do_not() -> None:
    other = {"InstanceType": "g6.xlarge", "CpuOptions": {"CoreCount": 2, "ThreadsPerCore": 2}}
    own = {**other, "Tags": [{"Key": "project", "Value": "ai-platform"}, {"Key": "environment", "Value": "prod"}]}
    running = {
        "DescribeInstances": {"Reservations": [{"Instances": [other, own, {**other, "InstanceLifecycle": "spot"}]}]}
    }
    rows = {row.subject: row for row in vcpu_quotas(context({**running, **quotas({"L-DB2E81BA": 33})}))}
    row = rows["quota G and VT on-demand vCPUs"]
    # A pool of capacity spot-first may have to run on on-demand machines only.
    needed = "1184 (pools gpu, gpuspot)"
    assert (row.found, row.needed, row.verdict) == ("33, of which others use 4", needed, Verdict.REFUSED)
    assert row.commands[0].endswith("--desired-value 1188")


def test_where_instances_may_not_be_listed_the_quota_alone_is_compared() -> None:
    rows = {row.subject: row for row in vcpu_quotas(context(quotas({"L-3819A6DF": 383})))}
    assert rows["quota G and VT spot vCPUs"].found == "383; use by others: not allowed to ask"
    assert rows["quota G and VT spot vCPUs"].verdict is Verdict.REFUSED


def test_a_quota_that_was_never_raised_has_the_default() -> None:
    default = {"GetServiceQuota": "NoSuchResourceException", "GetAWSDefaultServiceQuota": {"Quota": {"Value": 5.0}}}
    rows = {row.subject: row for row in vcpu_quotas(context({**NONE_RUNNING, **default}))}
    assert rows["quota Standard spot vCPUs"].found == "5, of which others use 0"


def on_moto(values: dict[str, float]) -> Any:
    """Returns a context whose EC2 and EKS are moto's, and whose quotas are fixed."""
    fixed = context(quotas(values, default=5))

    def client(service: str, region: str) -> Any:
        if service == "service-quotas":
            return fixed.clients(service, region)
        return boto3.client(service, region_name=region, **KEYS)  # type: ignore[call-overload]

    return context({}).__class__("prod-uae", fixed.settings, "awsuae", fixed.site, client)


@mock_aws
def test_the_network_fits_an_empty_account() -> None:
    rows = {row.subject: row for row in network_quotas(on_moto({"L-29B6F2EB": 50}))}
    assert {row.verdict for row in rows.values()} == {Verdict.OK}
    assert rows["quota elastic IP addresses"].needed == "2"
    assert rows["quota interface endpoints per VPC"].needed == "6"


@mock_aws
def test_addresses_vpcs_and_gateways_of_others_use_the_quotas() -> None:
    ec2 = boto3.client("ec2", region_name="me-central-1", **KEYS)
    vpcs = [ec2.create_vpc(CidrBlock=f"10.{number}.0.0/16")["Vpc"]["VpcId"] for number in range(4)]
    subnet = ec2.create_subnet(VpcId=vpcs[0], CidrBlock="10.0.0.0/24", AvailabilityZone="me-central-1a")["Subnet"]
    for _ in range(4):
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        ec2.create_nat_gateway(SubnetId=subnet["SubnetId"], AllocationId=address)
    rows = {row.subject: row for row in network_quotas(on_moto({"L-FE5A380F": 3, "L-29B6F2EB": 50}))}
    assert rows["quota elastic IP addresses"].found == "5, of which others use 4"
    assert rows["quota elastic IP addresses"].verdict is Verdict.REFUSED
    assert rows["quota NAT gateways per zone"].verdict is Verdict.REFUSED
    assert rows["quota VPCs"].verdict is Verdict.REFUSED  # the region's default VPC is the fifth
    assert rows["quota EKS clusters"].verdict is Verdict.OK


@pytest.mark.parametrize("egress", Egress)
def test_the_endpoints_are_those_of_the_network(egress: Egress) -> None:
    site = changed("prod-uae", network=settings().sites["awsuae"].network.model_copy(update={"egress": egress}))
    rows = {row.subject: row for row in network_quotas(context({**NONE_OF_OTHERS, **quotas({})}, site))}
    assert rows["quota interface endpoints per VPC"].needed == str(len(required_services(egress, ())))


NONE_OF_OTHERS: Answers = {
    "DescribeAddresses": {"Addresses": []},
    "DescribeSubnets": {"Subnets": []},
    "DescribeNatGateways": {"NatGateways": []},
    "DescribeVpcs": {"Vpcs": []},
    "ListClusters": {"clusters": ["awsuae-cluster-prod-uae"]},
}
