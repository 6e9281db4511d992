"""Quotas of public IP addresses against those that a site creates."""

from collections.abc import Iterator
from typing import Any

from falaj.preflight.azure.context import AzureContext
from falaj.preflight.needs import option
from falaj.preflight.rows import PreflightRow, Verdict

_QUOTAS = ("PublicIPAddresses", "StandardSkuPublicIpAddresses", "IPv4StandardSkuPublicIpAddresses")
"""Names of the quotas that count a public IPv4 address of the SKU Standard: all addresses, and those of that SKU under
its older and newer name. A subscription lists those that it has (output of `az network list-usages` in Azure/azure-cli,
and Microsoft.Quota 2023-06-01-preview, examples, in Azure/azure-rest-api-specs; both read on 2026-11-26)."""


def needed(context: AzureContext) -> int:
    """Returns the number of public addresses that the site creates: those of its NAT gateway."""
    if context.site.network.egress.value != "nat-single" or option(context.site, "azure", "network", "existing"):
        return 0
    if option(context.site, "azure", "network", "nat", "prefix_id"):
        return 0
    return int(option(context.site, "azure", "network", "nat", "addresses") or 1)


def public_addresses(context: AzureContext) -> Iterator[PreflightRow]:
    """Yields each quota of public IP addresses of the region (Microsoft.Network, Usages, List)."""
    wanted = needed(context)
    if not wanted:
        yield PreflightRow(site=context.name, subject="quota public IP addresses", found="none is created")
        return
    path = f"{context.scope}/providers/Microsoft.Network/locations/{context.region}/usages"
    usages = {item["name"]["value"].lower(): item for item in context.arm.items(path, "Microsoft.Network")}
    found = [usages[name.lower()] for name in _QUOTAS if name.lower() in usages]
    if not found:
        yield PreflightRow(
            site=context.name,
            subject="quota public IP addresses",
            found="not in the subscription's list",
            needed=str(wanted),
            verdict=Verdict.UNKNOWN,
            fix="look it up under Quotas in the portal",
        )
    yield from (_row(context, usage, wanted) for usage in found)


def _row(context: AzureContext, usage: Any, wanted: int) -> PreflightRow:
    limit, used, name = int(usage["limit"]), int(usage["currentValue"]), usage["name"]["value"]
    short = used + wanted > limit
    scope = f"{context.scope}/providers/Microsoft.Network/locations/{context.region}"
    command = (
        f"az quota update --resource-name {name} --scope {scope} --limit-object value={used + wanted} "
        "--resource-type PublicIpAddresses"
    )
    return PreflightRow(
        site=context.name,
        subject=f"quota {name}",
        found=f"{limit}, of which {used} in use",
        needed=str(wanted),
        verdict=Verdict.REFUSED if short else Verdict.OK,
        fix="request an increase, release unused addresses, or use an existing prefix" if short else "",
        setting=f"sites.{context.name}.azure.network.nat.prefix_id" if short else "",
        commands=(command,) if short else (),
    )
