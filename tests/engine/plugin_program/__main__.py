"""Program that uses the components through the plugin, as programs in other languages do. CHANGE makes one change."""

import os
from typing import Any

import pulumi
import pulumi_aws
import pulumi_azure_native
from pulumi_azure_native import resources

TAGS = {
    "project": "arabic-llm",
    "business-unit": "retail-banking",
    "environment": "dev",
    "cost-centre": "cc-4711",
    "owner": "ml-platform-team",
    "data-classification": "confidential",
}
change = os.environ.get("CHANGE", "")
aws = pulumi_aws.Provider("aws", region="me-central-1")
azure = pulumi_azure_native.Provider("azure", location="uaenorth")


class Remote(pulumi.ComponentResource):
    """A component that the plugin creates, with the given outputs."""

    def __init__(self, kind: str, name: str, inputs: dict[str, Any], *outputs: str) -> None:
        providers: list[pulumi.ProviderResource] = [aws, azure]
        options = pulumi.ResourceOptions(providers=providers)
        super().__init__(f"falaj:{kind}", name, {**inputs, **dict.fromkeys(outputs)}, options, remote=True)


class Vault(Remote):
    """A vault on AWS."""

    vaultName: pulumi.Output[str]


class Network(Remote):
    """A network on either cloud."""

    networkId: pulumi.Output[str]
    nodeSubnetIds: pulumi.Output[list[str]]


purpose = "models" if change != "purpose" else "pictures"
# The region and the other tags are set once, in Pulumi.yaml.
own_tags = {key: TAGS[key] for key in ("owner", "data-classification")}
vault = Vault("aws:Vault", "models", {"purpose": purpose, "tags": own_tags}, "vaultName")
shared = {"cidr": "10.20.0.0/16", "zones": 2, "egress": "nat-single", "tags": TAGS}
here = Network("aws:Network", "here", {**shared, "region": "me-central-1"}, "networkId", "nodeSubnetIds")
group = resources.ResourceGroup("group", location="uaenorth", tags=TAGS, opts=pulumi.ResourceOptions(provider=azure))
there = {**shared, "cidr": "10.30.0.0/16", "region": "uaenorth", "resourceGroupName": group.name}
if change == "unknown":
    there["colour"] = "red"
other = Network("azure:Network", "there", there, "networkId")
if change == "kind":
    Remote("azure:Palace", "none", {})
pulumi.export("bucket", vault.vaultName)
pulumi.export("here", here.nodeSubnetIds)
pulumi.export("there", other.networkId)
