"""Networks that a stack expects to exist: the sandbox puts them into its emulated cloud before the first run.

A VPC of a landing zone is made by somebody else. In the sandbox nobody has made it, so it gets one that has what the
stack file says: the block of the site, and the named subnets, tables and endpoints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import IPv4Network
from pathlib import Path
from typing import Any

from falaj.components.settings.config_references import in_config, resolve
from falaj.facts.regions import REGIONS
from falaj.sandbox.clouds.aws.account import ACCOUNT
from falaj.sandbox.clouds.aws.zones import zone_id_of
from falaj.sandbox.clouds.inventory import Inventory, InventoryTransaction
from falaj.sandbox.clouds.spec import InventoryItem
from falaj.sandbox.clouds.values import Json
from falaj.sandbox.project_file import read_stack_file

_SETTINGS = "falaj:platform"
_LOAD_BALANCERS = {"kubernetes.io/role/internal-elb": "1"}
_POD_BLOCK = "100.64.0.0/16"

Declared = tuple[str, str, dict[str, Json]]
"""Type, ID and properties of a resource that exists."""


def declare_existing_networks(stack_file: Path, inventory: Path) -> None:
    """Adds the existing networks that a stack file names to an inventory, if it does not have them."""
    declared = list(_of_stack(read_stack_file(stack_file)))
    if not declared:
        return
    with Inventory(inventory, "aws").transaction() as transaction:
        for region, resource in declared:
            _declare(transaction, region, resource)


def _of_stack(document: Mapping[str, Any]) -> Iterator[tuple[str, Declared]]:
    config = document.get("config") or {}
    settings = resolve(config.get(_SETTINGS), in_config(config))
    sites = settings.get("sites") if isinstance(settings, dict) else None
    for site in (sites or {}).values() if isinstance(sites, dict) else ():
        try:
            existing = site["aws"]["network"]["existing"]
            yield from ((site["region"], resource) for resource in _network(site, existing))
        except (KeyError, TypeError, ValueError):
            continue  # no existing network, or settings that the program refuses with a message of its own


def _network(site: Mapping[str, Any], existing: Mapping[str, Any]) -> Iterator[Declared]:
    network, vpc = site["network"], existing["vpc_id"]
    block, zones = IPv4Network(network["cidr"]), _zones(site["region"], network.get("zone_ids") or ())
    yield (
        "aws:ec2/vpc:Vpc",
        vpc,
        {"cidrBlock": str(block), "enableDnsSupport": True, "enableDnsHostnames": True, "mainRouteTableId": "rtb-main"},
    )
    quarters = list(block.subnets(prefixlen_diff=2))
    small = list(quarters[3].subnets(new_prefix=26))
    groups = (
        ("node_subnet_ids", quarters, _LOAD_BALANCERS),
        ("control_plane_subnet_ids", small, {}),
        ("endpoint_subnet_ids", small[8:], {}),
        ("pod_subnet_ids", list(IPv4Network(_POD_BLOCK).subnets(prefixlen_diff=2)), {}),
    )
    for name, blocks, tags in groups:
        for index, subnet in enumerate(existing.get(name) or ()):
            properties: dict[str, Json] = {"vpcId": vpc, "cidrBlock": str(blocks[index]), "tags": dict(tags)}
            yield "aws:ec2/subnet:Subnet", subnet, {**properties, **zones[index % len(zones)]}
    for table in existing.get("route_table_ids") or ():
        yield "aws:ec2/routeTable:RouteTable", table, {"vpcId": vpc}
    if endpoint := existing.get("s3_endpoint_id"):
        service = f"com.amazonaws.{site['region']}.s3"
        properties = {"vpcId": vpc, "serviceName": service, "vpcEndpointType": "Gateway"}
        yield "aws:ec2/vpcEndpoint:VpcEndpoint", endpoint, {**properties, "cidrBlocks": ["3.28.0.0/24"]}


def _zones(region: str, chosen: Sequence[str]) -> list[dict[str, Json]]:
    """Returns the name and the ID of each zone of a site, as properties of a subnet."""
    # Imported here: it loads Pulumi's SDK, for which every command of the sandbox would wait before the engine starts.
    from falaj.components.core.network.zones import site_zones

    names = {zone_id_of(region, name): name for name in REGIONS[region].zones}
    zones = site_zones(region, len(names), chosen)
    return [{"availabilityZone": names[zone], "availabilityZoneId": zone} for zone in zones]


def _declare(transaction: InventoryTransaction, region: str, resource: Declared) -> None:
    token, id_, properties = resource
    scope = f"{ACCOUNT}/{region}"
    if transaction.by_id(token, id_, scope) is not None:
        return
    item = InventoryItem(0, "aws", token, scope, id_, id_, "", properties, properties, "")
    parents = [("vpcId", str(properties["vpcId"]))] if "vpcId" in properties else []
    transaction.add(item, id_, [id_], parents)
