"""Components on what exists: clusters, subnets and keys that another project in the same clouds made."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, Project, open_project

pytestmark = pytest.mark.engine

EXAMPLES = ROOT / "examples" / "components"
README = (EXAMPLES / "README.md").read_text(encoding="utf-8")


def project(folder: Path, engine: Engine, sandbox: Path, settings: dict[str, object]) -> Project:
    """Makes a project in a folder with a program, in a sandbox that it shares with others."""
    (folder / "Pulumi.dev.yaml").write_text(json.dumps({"config": settings}))
    return open_project(Paths(folder, sandbox), engine)


def example(name: str, folder: Path, engine: Engine, sandbox: Path, **settings: object) -> Project:
    """Copies an example, with names of what exists as its configuration."""
    shutil.copytree(EXAMPLES / name, folder)
    return project(folder, engine, sandbox, {f"{name}:{key}": value for key, value in settings.items()})


def first_stack(name: str) -> tuple[str, list[str]]:
    """Returns the first stack of an example and the outputs that are its settings, as the README names them."""
    [(first, outputs)] = re.findall(rf"(?m)^\| {name} \| \[([\w/-]+)\]\([^)]*\) \| (.*) \|$", README)
    return first, re.findall(r"`(\w+)`", outputs)


def settings_of(name: str, first: Project) -> dict[str, object]:
    """Returns the settings of an example from the outputs of its first stack, which is deployed."""
    [stack] = [each for each in first.state("dev") if each["type"] == "pulumi:pulumi:Stack"]
    return {output: stack["outputs"][output] for output in first_stack(name)[1]}


def resources(project: Project) -> dict[str, dict]:
    """Deploys a stack; returns its resources by type."""
    ran = project.run("up", "dev")
    assert ran.status == 0, ran.output
    return {resource["type"]: resource for resource in project.state("dev")}


@pytest.fixture(scope="module")
def platform(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An EKS cluster in its network, which another team has deployed."""
    folder = tmp_path_factory.mktemp("existing")
    made = example("cluster-and-pool", folder / "cluster-and-pool", engine, folder / "clouds")
    resources(made)
    return made


def test_a_pool_joins_an_existing_eks_cluster(platform: Project, engine: Engine) -> None:
    [group] = [each for each in platform.state("dev") if each["type"] == "aws:eks/nodeGroup:NodeGroup"]
    place = platform.folder.parent / "pool", engine, platform.session.paths.sandbox
    cluster, subnets = group["inputs"]["clusterName"], group["inputs"]["subnetIds"]
    assert settings_of("existing-eks", platform) == {"cluster": cluster, "subnets": subnets}
    pool = example("existing-eks", *place, **settings_of("existing-eks", platform))
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


def test_the_documented_commands_give_a_vault_the_existing_key(platform: Project, engine: Engine) -> None:
    folder = platform.folder.parent
    shutil.copytree(EXAMPLES / "existing-key", folder / "existing-key")
    [block] = re.findall(r"```sh\n(first=.*?)```", README, re.DOTALL)
    first, outputs = first_stack("existing-key")
    assert block.startswith(f'first=$PWD/{first} example=$PWD/existing-key outputs="{" ".join(outputs)}"\n')
    path = os.pathsep.join((str(engine.path.parent), str(Path(sys.executable).parent), os.environ["PATH"]))
    variables = os.environ | {"PATH": path, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(
        ["sh", "-e", "-c", block], cwd=folder, env=variables, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    vault = open_project(Paths(folder / "existing-key", folder / "clouds"), engine)
    made = {each["type"]: each for each in vault.state("dev")}
    assert "aws:kms/key:Key" not in made
    assert made["pulumi:pulumi:Stack"]["outputs"]["key"] == settings_of("existing-key", platform)["key"]
    assert vault.run("destroy", "dev").status == 0


def test_a_pool_joins_an_existing_aks_cluster(engine: Engine, tmp_path: Path) -> None:
    first = example(first_stack("existing-aks")[0], tmp_path / "first", engine, tmp_path / "clouds")
    resources(first)
    pool = example("existing-aks", tmp_path / "pool", engine, tmp_path / "clouds", **settings_of("existing-aks", first))
    inputs = resources(pool)["azure-native:containerservice:AgentPool"]["inputs"]
    subnet = settings_of("existing-aks", first)["subnet"]
    assert (inputs["vnetSubnetID"], "orchestratorVersion" in inputs) == (subnet, False)
    assert inputs["tags"]["owner"] == "ml-platform-team"
    assert pool.run("up", "dev", "--expect-no-changes").status == 0
