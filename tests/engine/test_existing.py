"""Components on what exists: clusters, subnets and keys that another project in the same clouds made."""

import json
import shutil
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project, open_project

pytestmark = pytest.mark.engine

EXAMPLES = ROOT / "examples" / "components"
GROUP, NETWORK = "falaj-existing", "net"

AZURE = f"""
import pulumi, pulumi_azure_native as azure

group = azure.resources.ResourceGroup("ai", resource_group_name="{GROUP}", location="uaenorth")
network = azure.network.VirtualNetwork(
    "net", resource_group_name=group.name, virtual_network_name="{NETWORK}",
    address_space={{"address_prefixes": ["10.50.0.0/16"]}},
)
subnet = azure.network.Subnet(
    "nodes", resource_group_name=group.name, virtual_network_name=network.name, subnet_name="nodes",
    address_prefix="10.50.0.0/20", default_outbound_access=False,
)
cluster = azure.containerservice.ManagedCluster(
    "aks", resource_group_name=group.name, resource_name_="aks", dns_prefix="ai",
    identity={{"type": "SystemAssigned"}},
    agent_pool_profiles=[
        {{"name": "system", "mode": "System", "count": 1, "vm_size": "Standard_D4as_v5", "vnet_subnet_id": subnet.id}}
    ],
)
pulumi.export("subnet", subnet.id)
"""


def project(folder: Path, engine: Engine, sandbox: Path, settings: dict[str, object]) -> Project:
    """Makes a project in a folder with a program, in a sandbox that it shares with others."""
    (folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}))
    return open_project(Paths(folder, sandbox), engine)


def example(name: str, folder: Path, engine: Engine, sandbox: Path, **settings: object) -> Project:
    """Copies an example, with names of what exists as its configuration."""
    shutil.copytree(EXAMPLES / name, folder)
    return project(folder, engine, sandbox, {f"{name}:{key}": value for key, value in settings.items()})


def resources(project: Project) -> dict[str, dict]:
    """Deploys a stack; returns its resources by type."""
    ran = project.run("up", "dev")
    assert ran.status == 0, ran.output
    return {resource["type"]: resource for resource in project.state("dev")}


@pytest.fixture(scope="module")
def platform(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An EKS cluster in its network, which another team has deployed."""
    folder = tmp_path_factory.mktemp("existing")
    made = example("cluster-and-pool", folder / "platform", engine, folder / "clouds")
    resources(made)
    return made


def test_a_pool_joins_an_existing_eks_cluster(platform: Project, engine: Engine) -> None:
    [group] = [each for each in platform.state("dev") if each["type"] == "aws:eks/nodeGroup:NodeGroup"]
    place = platform.folder.parent / "pool", engine, platform.session.paths.sandbox
    cluster, subnets = group["inputs"]["clusterName"], group["inputs"]["subnetIds"]
    pool = example("existing-eks", *place, cluster=cluster, subnets=subnets)
    made = resources(pool)
    inputs = made["aws:eks/nodeGroup:NodeGroup"]["inputs"]
    assert (inputs["clusterName"], inputs["subnetIds"], inputs["version"]) == (cluster, subnets, "1.36")
    assert made["aws:iam/role:Role"]["outputs"]["arn"] == inputs["nodeRoleArn"]
    [disk] = made["aws:ec2/launchTemplate:LaunchTemplate"]["inputs"]["blockDeviceMappings"]
    # The topic of the budget has a key too.
    keys = {each["outputs"]["arn"]: each["urn"] for each in pool.state("dev") if each["type"] == "aws:kms/key:Key"}
    assert "::gpu-" in keys[disk["ebs"]["kmsKeyId"]]
    budget = made["aws:budgets/budget:Budget"]["inputs"]
    assert budget["notifications"][0]["subscriberEmailAddresses"] == ["ml-platform@example.ae"]
    assert inputs["tags"]["owner"] == "ml-platform-team"
    assert pool.run("up", "dev", "--expect-no-changes").status == 0
    assert pool.run("destroy", "dev").status == 0
    settings = pool.session.paths.stack_file("dev")
    settings.write_text(settings.read_text().replace(cluster, "elsewhere"))
    refused = pool.run("up", "dev")
    assert refused.status != 0
    assert "reading EKS Cluster (elsewhere): couldn't find resource" in refused.output


def test_a_vault_uses_an_existing_key_and_refuses_one_that_is_not_there(platform: Project, engine: Engine) -> None:
    key = next(each for each in platform.state("dev") if each["type"] == "aws:kms/key:Key")["outputs"]["arn"]
    place = platform.folder.parent / "vault", engine, platform.session.paths.sandbox
    vault = example("existing-key", *place, key=key)
    made = resources(vault)
    assert "aws:kms/key:Key" not in made
    assert made["pulumi:pulumi:Stack"]["outputs"]["key"] == key
    assert vault.run("destroy", "dev").status == 0


def test_a_pool_joins_an_existing_aks_cluster(engine: Engine, tmp_path: Path) -> None:
    existing = tmp_path / "existing"
    existing.mkdir()
    (existing / "Pulumi.yaml").write_text("name: existing\nruntime: python\n")
    (existing / "__main__.py").write_text(AZURE)
    subnet = resources(project(existing, engine, tmp_path / "clouds", {}))["pulumi:pulumi:Stack"]["outputs"]["subnet"]
    place = tmp_path / "pool", engine, tmp_path / "clouds"
    pool = example("existing-aks", *place, group=GROUP, cluster="aks", subnet=subnet)
    inputs = resources(pool)["azure-native:containerservice:AgentPool"]["inputs"]
    assert (inputs["vnetSubnetID"], "orchestratorVersion" in inputs) == (subnet, False)
    assert inputs["tags"]["owner"] == "ml-platform-team"
    assert pool.run("up", "dev", "--expect-no-changes").status == 0
