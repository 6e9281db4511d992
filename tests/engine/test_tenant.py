"""A tenant's stack on the platform of another stack: deployed, stable, and destroyed without changing the platform."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import ROLE
from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, Project, open_project

pytestmark = pytest.mark.engine

STACK = "insurance"
DEPLOYER = "arn:aws:iam::123456789012:role/falaj-insurance"
SPACE = {
    "cpu": 256,
    "memory_gib": 2000,
    "gpus": 8,
    "storage_gib": 1,
    "queue": {"aed_per_month": 20000, "hours_per_month": 100},
    "deployers": [DEPLOYER],
    "hosts": ["claims.models.example.ae"],
}
AUTHENTICATION = {"issuer": "https://login.example.ae", "audiences": ["insurance"]}
CPU = {"profile": "inference-cpu", "machines": ["m7g.2xlarge"], "max": 2}
TRAINING = {"profile": "training", "machines": ["g5.12xlarge", "g6.12xlarge"], "capacity": "spot", "max": 2}
CLUSTER = {
    "keda": True,
    "gateway": {"gateway_class": "istio", "domains": ["*.models.example.ae"], "certificate": "models-tls"},
}


@pytest.fixture(scope="module")
def platform(make_project: MakeProject) -> Project:
    """The deployed platform of stack dev, with a namespace and node pools for the tenant."""
    project = make_project(name="platform")
    project.edit(
        "dev",
        "tenants",
        {STACK: {"tier": "enterprise", "authentication": AUTHENTICATION, "spaces": {"devaws": SPACE}}},
    )
    project.edit("dev", "sites.devaws.pools.cpu", CPU)
    project.edit("dev", "sites.devaws.pools.gpuspot", TRAINING)
    project.edit("dev", "sites.devaws.cluster", CLUSTER)
    project.edit("dev", "sites.devaws.vaults", ["datasets", "checkpoints", "models"])
    project.edit("dev", "sites.devaws.aws", {"scratch_gib": 1200})
    ran = project.run("up", "dev", pack=True)
    # With the tenant's machines, the estimate exceeds the cost ceiling of dev, where the rule is advisory.
    assert (ran.status, ran.rules) == (0, {"FJ-COST-004"}), ran.output
    return project


@pytest.fixture(scope="module")
def tenant(platform: Project, engine: Engine) -> Project:
    """The tenant example, configured for this platform, in the same sandbox."""
    folder = platform.folder / "examples" / "tenant"
    shutil.copytree(ROOT / "examples" / "tenant", folder, symlinks=True)
    file = folder / f"Pulumi.{STACK}.yaml"
    text = (
        file.read_text().replace("prod-uae", "dev").replace("awsuae", "devaws").replace("10.30.0.0/16", "10.10.0.0/18")
    )
    file.write_text(text)
    project = open_project(Paths(folder, platform.session.paths.sandbox), engine)
    return _as_role(project, DEPLOYER)


def _as_role(project: Project, role: str) -> Project:
    """Returns the project, run by an IAM role."""
    return Project(replace(project.session, environment=project.session.environment | {ROLE: role}))


def test_another_role_deploys_nothing(tenant: Project) -> None:
    other = _as_role(tenant, "arn:aws:iam::123456789012:role/other")
    up = other.run("up", STACK)
    assert up.status != 0
    assert "the server has asked for the client to provide credentials" in up.output
    assert other.run("destroy", STACK).status == 0


def test_it_comes_up_stays_and_goes_without_touching_the_platform(platform: Project, tenant: Project) -> None:
    before = platform.ids_in_clouds()
    up = tenant.run("up", STACK, pack=True)
    assert (up.status, up.rules) == (0, set()), up.output
    components = {
        (resource["type"].rsplit(":", 1)[-1], resource["urn"].rsplit("::", 1)[-1])
        for resource in tenant.state(STACK)
        if resource["type"].startswith("falaj:")
    }
    assert components == {
        ("DatasetVolume", "devaws-insurance-datasets"),
        ("TrainingRun", "claims-triage"),
        ("VaultAccess", "devaws-claims-triage-access"),
        ("InferenceService", "devaws-claims"),
        ("VaultAccess", "devaws-claims-access"),
    }
    assert before < platform.ids_in_clouds()
    _assert_job_uses_platform_vault_and_tenant_namespace(platform, tenant)
    again = tenant.run("up", STACK, "--expect-no-changes", pack=True)
    assert again.status == 0, again.output
    assert platform.run("up", "dev", "--expect-no-changes").status == 0
    gone = tenant.run("destroy", STACK)
    assert gone.status == 0, gone.output
    assert platform.ids_in_clouds() == before


def _assert_job_uses_platform_vault_and_tenant_namespace(platform: Project, tenant: Project) -> None:
    state = {resource["urn"].rsplit("::", 1)[-1]: resource for resource in tenant.state(STACK)}
    resources = platform.state("dev")
    vault = next(resource["id"] for resource in resources if resource["urn"].endswith("devaws-checkpoints-bucket"))
    job = state["claims-triage-job"]["outputs"]
    assert job["metadata"]["namespace"] == f"tenant-{STACK}"
    assert job["metadata"]["labels"]["kueue.x-k8s.io/queue-name"] == "default"
    container = job["spec"]["template"]["spec"]["containers"][0]
    environment = {variable["name"]: variable.get("value") for variable in container["env"]}
    assert environment["FALAJ_CHECKPOINT_URI"] == f"s3://{vault}/runs/claims-triage"
