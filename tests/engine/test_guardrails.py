"""The policy pack on the real engine: each broken plan is refused by its rule and creates nothing; valid plans pass."""

import json
import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.engine.conftest import MakeProject, use_pack
from tests.engine.harness import KEY, ROOT, CommandResult, Project

pytestmark = pytest.mark.engine

BUCKET = "aws:s3/bucket:Bucket"
SSE = "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration"
SSE_RULE = ("rules", 0, "applyServerSideEncryptionByDefault")
VERSIONS = "aws:s3/bucketVersioning:BucketVersioning"
TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate"
EBS = ("blockDeviceMappings", 0, "ebs")
KMS = "aws:kms/key:Key"
INGRESS_RULE = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
ACCOUNT = "azure-native:storage:StorageAccount"
AKS = "azure-native:containerservice:ManagedCluster"
POOL = "azure-native:containerservice:AgentPool"
RELEASE = "kubernetes:helm.sh/v3:Release"
OPEN = {"protocol": "tcp", "fromPort": 22, "toPort": 22, "cidrBlocks": ["0.0.0.0/0"]}
REMOVED = object()
REFUSAL = re.compile(r"\(\S+:(\w+): [^)]+\)\n[^\n]*\n\s*\[(FJ-[A-Z]+-\d+)\]")
"""Matches a finding in the engine's output: the kind of the resource, and the rule."""


@dataclass(frozen=True)
class Broken:
    """One property changed in a compliant plan, and the guardrail that must refuse the plan."""

    rule: str
    type: str
    path: tuple[str | int, ...]
    value: Any = REMOVED
    stack: str = "dev"

    def __str__(self) -> str:
        kind = self.type.rsplit(":", 1)[-1]
        change = "removed" if self.value is REMOVED else str(self.value)[:30]
        return f"{self.rule} {kind} {'.'.join(map(str, self.path))} {change}"

    @property
    def concern(self) -> str:
        """Concern of the rule, such as `FJ-TAG`."""
        return self.rule.rpartition("-")[0]

    @property
    def finding(self) -> tuple[str, str]:
        """The expected finding: the rule and the kind of resource."""
        return self.rule, self.type.rsplit(":", 1)[-1]

    @property
    def mutation(self) -> dict[str, Any]:
        value = {} if self.value is REMOVED else {"value": self.value}
        return {"type": self.type, "path": self.path, **value}


def azure(rule: str, type_: str, path: tuple[str | int, ...], value: Any = REMOVED) -> Broken:
    return Broken(rule, type_, path, value, stack="azure")


BROKEN = [
    Broken("FJ-TAG-001", BUCKET, ("tags", "owner")),
    Broken("FJ-TAG-001", "aws:ec2/vpc:Vpc", ("tags",)),
    Broken("FJ-TAG-001", "aws:eks/cluster:Cluster", ("tags", "data-classification")),
    Broken("FJ-TAG-002", BUCKET, ("tags", "cost-centre"), "marketing"),
    Broken("FJ-TAG-002", KMS, ("tags", "owner"), "Platform Team"),
    Broken("FJ-TAG-003", TEMPLATE, ("tagSpecifications",)),
    Broken("FJ-RES-101", "pulumi:providers:aws", ("region",), "eu-west-1"),
    Broken("FJ-RES-101", BUCKET, ("region",), "eu-west-1"),
    Broken("FJ-RES-101", "aws:sns/topic:Topic", ("region",), "us-east-1"),
    Broken("FJ-RES-107", KMS, ("multiRegion",), True),
    Broken("FJ-ENC-001", SSE, ("bucket",), "another-bucket"),
    Broken("FJ-ENC-101", SSE, (*SSE_RULE, "sseAlgorithm"), "AES256"),
    Broken("FJ-ENC-101", SSE, (*SSE_RULE, "kmsMasterKeyId")),
    Broken("FJ-ENC-101", SSE, (*SSE_RULE, "kmsMasterKeyId"), "alias/aws/s3"),
    Broken("FJ-ENC-102", TEMPLATE, (*EBS, "encrypted"), "false"),
    Broken("FJ-ENC-102", TEMPLATE, (*EBS, "kmsKeyId")),
    Broken("FJ-ENC-105", "aws:sns/topic:Topic", ("kmsMasterKeyId",)),
    Broken("FJ-ENC-105", "aws:sns/topic:Topic", ("kmsMasterKeyId",), "alias/aws/sns"),
    Broken("FJ-ENC-106", "aws:cloudwatch/logGroup:LogGroup", ("kmsKeyId",)),
    Broken("FJ-ENC-107", "aws:eks/cluster:Cluster", ("encryptionConfig",)),
    Broken("FJ-ENC-109", KMS, ("enableKeyRotation",), False),
    Broken("FJ-EXP-101", INGRESS_RULE, ("cidrIpv4",), "0.0.0.0/1"),
    Broken("FJ-EXP-111", TEMPLATE, ("metadataOptions", "httpTokens"), "optional"),
    Broken("FJ-IDN-106", ATTACHMENT, ("policyArn",), "arn:aws:iam::aws:policy/AdministratorAccess"),
    Broken("FJ-EXP-101", "aws:ec2/securityGroup:SecurityGroup", ("ingress",), [OPEN]),
    Broken("FJ-EXP-106", "aws:eks/cluster:Cluster", ("vpcConfig", "endpointPublicAccess"), True),
    Broken("FJ-EXP-107", "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", ("blockPublicAcls",), False),
    Broken("FJ-ESC-105", RELEASE, ("chart",), "oci://registry.example.com/charts/keda"),
    Broken("FJ-ESC-106", RELEASE, ("version",)),
    azure("FJ-TAG-001", "azure-native:resources:ResourceGroup", ("tags", "project")),
    azure("FJ-TAG-001", AKS, ("tags",)),
    azure("FJ-TAG-002", ACCOUNT, ("tags", "environment"), "Production!"),
    azure("FJ-RES-201", "azure-native:resources:ResourceGroup", ("location",), "westeurope"),
    azure("FJ-RES-201", ACCOUNT, ("location",), "West Europe"),
    azure("FJ-RES-201", "pulumi:providers:azure-native", ("location",), "germanywestcentral"),
    azure("FJ-ENC-201", ACCOUNT, ("encryption", "keySource"), "Microsoft.Storage"),
    azure("FJ-ENC-203", AKS, ("securityProfile", "azureKeyVaultKms", "enabled"), False),
    azure("FJ-ENC-203", AKS, ("diskEncryptionSetID",)),
    azure("FJ-EXP-201", ACCOUNT, ("publicNetworkAccess",), "Enabled"),
    azure("FJ-EXP-203", AKS, ("apiServerAccessProfile", "enablePrivateCluster"), False),
    azure("FJ-IDN-202", ACCOUNT, ("allowSharedKeyAccess",), True),
    azure("FJ-ENC-207", "azure-native:keyvault:Vault", ("properties", "enablePurgeProtection")),
    azure("FJ-ENC-208", "azure-native:containerservice:AgentPool", ("enableEncryptionAtHost",), False),
    azure("FJ-ENC-411", ACCOUNT, ("minimumTlsVersion",), "TLS1_0"),
    azure("FJ-EXP-202", ACCOUNT, ("allowBlobPublicAccess",), True),
    azure("FJ-IDN-203", AKS, ("disableLocalAccounts",), False),
    azure("FJ-COST-002", "azure-native:consumption:Budget", ("notifications",)),
    azure("FJ-COST-101", POOL, ("vmSize",), "Standard_NC4as_T4_v3"),
    azure("FJ-COST-103", POOL, ("minCount",), 1),
    azure("FJ-COST-104", POOL, ("scaleSetPriority",), "Regular"),
    Broken("FJ-RSL-104", VERSIONS, ("versioningConfiguration", "status"), "Suspended"),
]


def separate() -> list[Broken]:
    """Returns the changes that are tested one at a time: the first of each concern, and all of residency.

    A resource in another country changes the result of other rules too.
    """
    first = {broken.concern: broken for broken in reversed(BROKEN)}
    return [broken for broken in BROKEN if broken.rule.startswith("FJ-RES-") or broken is first[broken.concern]]


def combined() -> list[list[Broken]]:
    """Groups the other changes into as few plans as possible.

    The changes of one plan differ in property and expected finding, so that none hides another.
    """
    groups: list[list[Broken]] = []
    for broken in [broken for broken in BROKEN if broken not in separate()]:
        keys = {(broken.type, broken.path[0]), broken.finding}
        for group in groups:
            group_keys = {key for member in group for key in ((member.type, member.path[0]), member.finding)}
            if group[0].stack == broken.stack and not keys & group_keys:
                group.append(broken)
                break
        else:
            groups.append([broken])
    return groups


def write_small_azure(folder: Path) -> None:
    """Writes a stack file with one small Azure site, derived from the production stack."""
    text = yaml.safe_load((ROOT / "Pulumi.prod-uae.yaml").read_text())
    platform = text["config"][KEY]
    site = platform["sites"].pop("azuae")
    site["pools"] = {name: site["pools"][name] for name in ("system", "gpuspot")}
    site["vaults"] = ["checkpoints"]
    for section in ("tenants", "finops", "replication", "ceilings"):
        del platform[section]
    platform["sites"] = {"azuae": site}
    (folder / "Pulumi.azure.yaml").write_text(yaml.safe_dump(text))


@pytest.fixture(scope="module")
def project(make_project: MakeProject) -> Project:
    """The platform's program with a transform that can break single properties."""
    project = make_project(Path(__file__).with_name("mutated.py"), "mutated")
    shutil.copy(ROOT / "__main__.py", project.folder / "platform_main.py")
    write_small_azure(project.folder)
    use_pack(project.folder, describe_small_stack)
    return project


def describe_small_stack(settings: dict[str, Any]) -> None:
    """Lists the ceiling and the environment of the small stack."""
    settings["cost"]["ceilings"]["azure"] = 100_000
    settings["tags"]["environments"]["azure"] = "prod"


def up(project: Project, *broken: Broken) -> CommandResult:
    mutations = {"FALAJ_MUTATIONS": json.dumps([item.mutation for item in broken])}
    session = replace(project.session, environment=project.session.environment | mutations)
    return Project(session).run("up", broken[0].stack, pack=True, planned=True)


@pytest.mark.parametrize("broken", separate(), ids=str)
def test_a_broken_plan_is_refused_by_rule_and_nothing_is_created(project: Project, broken: Broken) -> None:
    ran = up(project, broken)
    assert ran.status != 0
    # Resources in another country also have no list price, and copies to them leave the country.
    consequences = {"FJ-COST-004", "FJ-RES-209"} if broken.rule.startswith("FJ-RES-") else set()
    assert ran.rules - consequences == {broken.rule}, ran.output
    assert "Fix:" in ran.output
    assert "Traceback" not in ran.output
    assert project.inventory() == []
    assert project.state(broken.stack) == []


@pytest.mark.parametrize("several", combined(), ids=lambda several: f"{several[0].stack} {len(several)}")
def test_each_of_several_broken_properties_is_refused_by_its_rule(project: Project, several: list[Broken]) -> None:
    ran = up(project, *several)
    assert ran.status != 0
    findings = {(rule, kind) for kind, rule in REFUSAL.findall(ran.output)}
    # A machine that is not offered has no price either.
    consequences = {("FJ-COST-004", "Stack")} if "FJ-COST-101" in {broken.rule for broken in several} else set()
    assert findings - consequences == {broken.finding for broken in several}, ran.output
    assert project.inventory() == []


@pytest.mark.parametrize("stack", ["dev", "azure"])
def test_the_same_plan_unbroken_passes(project: Project, stack: str) -> None:
    previewed = project.run("preview", stack, pack=True)
    assert (previewed.status, previewed.rules) == (0, set()), previewed.output


def test_malformed_settings_of_the_pack_refuse_to_run(project: Project, tmp_path: Path) -> None:
    project.session.ensure_stack("dev")
    pack = tmp_path / "policy_pack"
    shutil.copytree(ROOT / "policy_pack", pack, ignore=shutil.ignore_patterns("__pycache__"))
    (pack / "enforcement.yaml").write_text("default: {all: sometimes}\n")
    ran = project.pulumi("preview", "--stack", "dev", "--non-interactive", "--policy-pack", str(pack))
    assert ran.status != 0
    assert "enforcement.yaml" in ran.output
    assert "sometimes" in ran.output
    assert "Traceback" not in ran.output
