"""Replication of vaults between the two clouds of a stack, and the access that the vaults grant to the copy jobs."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pulumi

from falaj.components.build.cloud_site import BuiltSite
from falaj.components.core.accounts.aws_accounts import AwsIamSpec
from falaj.components.core.charts.images import mirrored_input
from falaj.components.core.site.specs import AzureSiteSpec
from falaj.components.core.storage.private_line import PrivateLineSpec
from falaj.components.core.storage.replication import IMAGE
from falaj.components.core.validation.enums import Purpose
from falaj.components.settings.stack import ReplicationSettings, Settings

if TYPE_CHECKING:
    from falaj.components import aws, azure
    from falaj.components.build.replication import FlowSpec

NAME = "copies"

Providers = Mapping[str, pulumi.ProviderResource]
"""Cloud provider of each site, by site name."""


def reader_roles(platform: Settings, providers: Providers) -> Mapping[str, Sequence[pulumi.Output[str]]]:
    """Returns the ARNs of the copy jobs' roles by purpose. The bucket policies name these roles before they exist."""
    replication = platform.replication
    if replication is None:
        return {}
    from pulumi_aws import get_caller_identity_output

    from falaj.components.build.replication import role_arns

    account = get_caller_identity_output(opts=pulumi.InvokeOptions(provider=providers[replication.aws])).account_id
    iam = _iam(platform, replication)
    return {
        purpose.value: [account.apply(lambda number, purpose=purpose: role_arns(number, NAME, [purpose], iam)[0])]
        for purpose in replication.flows
    }


def reader_addresses(platform: Settings, built: Mapping[str, BuiltSite]) -> Sequence[pulumi.Input[str]]:
    """Returns the public source addresses of the copy jobs; none if they use a private line.

    The jobs run on the Azure site, so they are the addresses of its NAT gateway or of its firewall. The Azure site must
    be in `built`.
    """
    replication = platform.replication
    if replication is None or replication.private_line is not None:
        return ()
    if replication.addresses:
        return [str(block) for block in replication.addresses]
    options = platform.sites[replication.azure].azure or AzureSiteSpec()
    nat_addresses = built[replication.azure].outputs.nat_addresses
    return [nat_addresses[index] for index in range(options.network.nat.addresses)]


def reader_endpoints(platform: Settings) -> Sequence[str]:
    """Returns the id of the S3 interface endpoint that the copy jobs use over the private line; none without a line."""
    line = platform.replication.private_line if platform.replication else None
    return [line.s3_endpoint_id] if line else []


def replicate(platform: Settings, built: Mapping[str, BuiltSite], providers: Providers) -> None:
    """Creates the replication that the stack declares, if any; its jobs run on the Azure site's cluster."""
    replication = platform.replication
    if replication is None:
        return
    from falaj.components.build.replication import Replication, ReplicationArgs

    on_aws, on_azure = _components(replication, built)
    line = replication.private_line
    args = ReplicationArgs(
        aws_region=platform.sites[replication.aws].region,
        azure_region=platform.sites[replication.azure].region,
        resource_group_name=on_azure.group_name,
        resource_group_id=on_azure.group_id,
        oidc_issuer_url=on_azure.oidc_issuer_url,
        flows=_flows(replication, on_aws, on_azure),
        mib_per_second=replication.mib_per_second,
        profile=replication.profile,
        image=mirrored_input(IMAGE, platform.sites[replication.azure].network.image_mirror),
        iam=_iam(platform, replication),
        private_line=PrivateLineSpec(circuit=line.circuit, s3_endpoint=line.s3_endpoint) if line else None,
        tags=platform.tags,
    )
    site_providers = [providers[replication.aws], providers[replication.azure], on_azure.kubernetes]
    Replication(NAME, args, pulumi.ResourceOptions(providers=site_providers))


def _iam(platform: Settings, replication: ReplicationSettings) -> AwsIamSpec | None:
    options = platform.sites[replication.aws].aws
    return options.iam if options else None


def _components(replication: ReplicationSettings, built: Mapping[str, BuiltSite]) -> tuple["aws.Site", "azure.Site"]:
    from falaj.components import aws, azure

    on_aws, on_azure = built[replication.aws].component, built[replication.azure].component
    assert isinstance(on_aws, aws.Site)  # noqa: S101 - validated with the settings
    assert isinstance(on_azure, azure.Site)  # noqa: S101 - validated with the settings
    return on_aws, on_azure


def _flows(replication: ReplicationSettings, on_aws: "aws.Site", on_azure: "azure.Site") -> dict[Purpose, "FlowSpec"]:
    from falaj.components.build.replication import FlowSpec

    return {
        purpose: FlowSpec(
            direction=direction,
            bucket_name=on_aws.vaults[purpose.value].vault_name,
            bucket_key=on_aws.vaults[purpose.value].key_id,
            container_id=on_azure.vaults[purpose.value].container_id,
        )
        for purpose, direction in replication.flows.items()
    }
