"""Service quotas of an AWS account against the maxima of a site's pools and the parts of its network.

The codes were compared on 2026-11-26 with the published tables of default quotas of EC2, VPC and EKS. Their defaults
are not written here: an account is asked for its own.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from falaj.preflight.aws.context import AwsContext, Missing
from falaj.preflight.aws.zones import count as zone_count
from falaj.preflight.needs import ON_DEMAND, SPOT, pool_needs, vcpu_needs
from falaj.preflight.rows import NotAllowed, PreflightRow, Verdict

VCPU_CODES: Mapping[tuple[str, str], str] = {
    ("Standard", ON_DEMAND): "L-1216C47A",
    ("Standard", SPOT): "L-34B43A08",
    ("G and VT", ON_DEMAND): "L-DB2E81BA",
    ("G and VT", SPOT): "L-3819A6DF",
    ("P", ON_DEMAND): "L-417A185B",
    ("P2 to P4", SPOT): "L-7212CCBC",
    ("P5", SPOT): "L-C4BD4855",
    ("Inf", ON_DEMAND): "L-1945791B",
    ("Inf", SPOT): "L-B5D1601B",
    ("Trn", ON_DEMAND): "L-2C3B7624",
    ("Trn", SPOT): "L-6B0D517C",
    ("X", ON_DEMAND): "L-7295265B",
    ("X", SPOT): "L-E3A00192",
}
"""(family, purchase) -> code of the vCPU quota of EC2. On-demand P machines share one quota, those on spot do not."""

_CLASSES: Mapping[str, str] = {
    "G and VT": r"(g|vt)\d",
    "P": r"p\d",
    "Inf": r"inf\d",
    "Trn": r"trn\d",
    "X": r"x\d",
    "Standard": r"[acdhimrtz]\d",
}
"""Family -> beginning of the names of its machine types."""
_INSTANCE_STATES = ["pending", "running"]
_ENDPOINTS_ALWAYS, _ENDPOINTS_PRIVATE = 6, 14
"""Interface endpoints of a site with egress, and without (`falaj.components.aws.network.endpoints.SERVICES`)."""


def family(machine: str, purchase: str) -> str | None:
    """Returns the family of a machine type's vCPU quota, None if its quota is not known."""
    found = next((name for name, pattern in _CLASSES.items() if re.match(pattern, machine)), None)
    if found == "P" and purchase == SPOT:
        return "P5" if re.match(r"p5", machine) else "P2 to P4" if re.match(r"p[2-4]", machine) else None
    return found


@dataclass(frozen=True)
class _Quotas:
    context: AwsContext

    def value(self, service: str, code: str) -> float:
        """Returns the applied quota, or the default where none was ever applied."""
        arguments = {"ServiceCode": service, "QuotaCode": code}
        try:
            answer = self.context.ask("service-quotas", "get_service_quota", **arguments)
        except Missing:
            answer = self.context.ask("service-quotas", "get_aws_default_service_quota", **arguments)
        return float(answer["Quota"]["Value"])

    @cached_property
    def _instances(self) -> list[Any]:
        filters = [{"Name": "instance-state-name", "Values": _INSTANCE_STATES}]
        reservations = self.context.pages("ec2", "describe_instances", "Reservations", Filters=filters)
        found = [instance for reservation in reservations for instance in reservation["Instances"]]
        return [instance for instance in found if not self.context.is_own(instance.get("Tags"))]

    def used_vcpus(self, wanted: str, purchase: str) -> int:
        """Returns the vCPUs of other running machines under the same quota."""
        total = 0
        for instance in self._instances:
            is_spot = instance.get("InstanceLifecycle") == "spot"
            options = instance.get("CpuOptions") or {}
            if is_spot == (purchase == SPOT) and family(instance["InstanceType"], purchase) == wanted:
                total += int(options.get("CoreCount", 0)) * int(options.get("ThreadsPerCore", 1))
        return total


def vcpu_quotas(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields one row for each vCPU quota that the pools of a site need."""
    quotas = _Quotas(context)
    names = {machine.name for need in pool_needs(context.site) for machine in need.machines}
    for purchase in (ON_DEMAND, SPOT):
        families = {name: found for name in names if (found := family(name, purchase))}
        for (wanted, kind), need in vcpu_needs(context.site, families).items():
            if kind == purchase:
                code = VCPU_CODES[wanted, purchase]
                subject = f"quota {wanted} {purchase} vCPUs"
                row = _Row(context, subject, "ec2", code, need.vcpus, f"sites.{context.name}.pools.*.max", need.gpus)
                yield row.of(quotas, lambda: quotas.used_vcpus(wanted, purchase), f" (pools {', '.join(need.pools)})")  # noqa: B023


@dataclass(frozen=True)
class _Row:
    """A quota and what the site needs of it."""

    context: AwsContext
    subject: str
    service: str
    code: str
    needed: int
    setting: str = ""
    gpus: bool = False

    def of(self, quotas: _Quotas, used: Callable[[], int], detail: str = "") -> PreflightRow:
        """Returns the row. Where others' use may not be read, the quota alone is compared."""
        value = int(quotas.value(self.service, self.code))
        try:
            others = used()
            found = f"{value}, of which others use {others}"
        except NotAllowed:
            others, found = 0, f"{value}; use by others: not allowed to ask"
        short = others + self.needed > value
        if value == 0:
            found = "no GPU quota (0)" if self.gpus else "0"
        return PreflightRow(
            site=self.context.name,
            subject=self.subject,
            found=found,
            needed=f"{self.needed}{detail}",
            verdict=Verdict.REFUSED if short else Verdict.OK,
            fix="request an increase, which AWS may take days to grant, or lower the maximum" if short else "",
            setting=self.setting if short else "",
            commands=(self._increase(others + self.needed),) if short else (),
        )

    def _increase(self, value: int) -> str:
        return (
            f"aws service-quotas request-service-quota-increase --region {self.context.region} "
            f"--service-code {self.service} --quota-code {self.code} --desired-value {value}"
        )


def network_quotas(context: AwsContext) -> Iterator[PreflightRow]:
    """Yields the quotas of elastic addresses, NAT gateways, endpoints, VPCs and clusters."""
    quotas = _Quotas(context)
    nat = _nat_gateways(context)
    setting = f"sites.{context.name}.network.egress"
    if nat:
        row = _Row(context, "quota elastic IP addresses", "ec2", "L-0263D0A3", nat, setting)
        yield row.of(quotas, lambda: _others(context, "describe_addresses", "Addresses", paged=False))
        row = _Row(context, "quota NAT gateways per zone", "vpc", "L-FE5A380F", 1, setting)
        yield row.of(quotas, lambda: _busiest_zone(context))
    endpoints = _ENDPOINTS_PRIVATE if context.site.network.egress.value == "none" else _ENDPOINTS_ALWAYS
    yield _Row(context, "quota interface endpoints per VPC", "vpc", "L-29B6F2EB", endpoints).of(quotas, lambda: 0)
    row = _Row(context, "quota VPCs", "vpc", "L-F678F1CE", 1)
    yield row.of(quotas, lambda: _others(context, "describe_vpcs", "Vpcs"))
    row = _Row(context, "quota EKS clusters", "eks", "L-1194D53C", 1)
    yield row.of(quotas, lambda: len({*context.pages("eks", "list_clusters", "clusters")} - {context.cluster_name}))


def _nat_gateways(context: AwsContext) -> int:
    egress = context.site.network.egress.value
    return {"nat-single": 1, "nat-per-zone": zone_count(context)}.get(egress, 0)


def _others(context: AwsContext, operation: str, key: str, paged: bool = True) -> int:
    found = context.pages("ec2", operation, key) if paged else context.ask("ec2", operation)[key]
    return sum(not context.is_own(item.get("Tags")) for item in found)


def _busiest_zone(context: AwsContext) -> int:
    """Returns the largest number of other NAT gateways in one zone."""
    subnets = {
        item["SubnetId"]: item["AvailabilityZone"] for item in context.pages("ec2", "describe_subnets", "Subnets")
    }
    counts: dict[str, int] = {}
    for gateway in context.pages("ec2", "describe_nat_gateways", "NatGateways"):
        if gateway.get("State") in ("pending", "available", "deleting") and not context.is_own(gateway.get("Tags")):
            zone = subnets.get(gateway.get("SubnetId", ""), "")
            counts[zone] = counts.get(zone, 0) + 1
    return max(counts.values(), default=0)
