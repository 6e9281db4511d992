"""The first contact of a site on AWS: network and runner from the example, then the site from inside that network."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from falaj.sandbox.paths import Paths
from falaj.sandbox.runner import LOCATION
from falaj.sandbox.toolchain import Engine
from tests.engine.conftest import MakeProject
from tests.engine.harness import ROOT, CommandResult, Project, open_project
from tests.pipelines.runner_labels import runner_label

pytestmark = pytest.mark.engine

EXAMPLE, STACK = ROOT / "examples" / "landing-zone" / "aws", "uae"
INSIDE, OUTSIDE = "10.10.0.20", "internet"
"""An address of the runner's subnet, and a runner of the code host."""


def run(project: Project, where: str, step: str, stack: str, **options: bool) -> CommandResult:
    session = replace(project.session, environment=project.session.environment | {LOCATION: where})
    return Project(session).run(step, stack, **options)


def test_network_and_runner_first_then_the_site_from_inside(make_project: MakeProject, engine: Engine) -> None:
    site = make_project(name="site")
    folder = site.folder / "examples" / "landing-zone" / "aws"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("policy_pack"))
    (folder / "policy_pack").symlink_to(ROOT / "policy_pack")
    landing = open_project(Paths(folder, site.session.paths.sandbox), engine)
    made = run(landing, OUTSIDE, "up", STACK, pack=True)
    # Builds are charged by use, of which the estimate advises.
    assert (made.status, made.rules) == (0, {"FJ-COST-004"}), made.output
    outputs = json.loads(landing.pulumi("stack", "output", "--json", "--stack", STACK).output)
    assert outputs["codebuild_project"] == f"falaj-runner-{STACK}"
    assert runner_label(outputs["codebuild_project"]) == f"codebuild-falaj-runner-{STACK}-20-1"

    site.edit("dev", "sites.devaws.network.egress", "firewall")
    options = {"network": outputs["network"], "private_access_cidrs": outputs["private_access_cidrs"]}
    site.edit("dev", "sites.devaws.aws", options)
    refused = run(site, OUTSIDE, "up", "dev")
    assert "i/o timeout" in refused.output
    deployed = run(site, INSIDE, "up", "dev")
    assert deployed.status == 0, deployed.output
    assert run(site, INSIDE, "destroy", "dev").status == 0
    assert run(landing, OUTSIDE, "destroy", STACK).status == 0
    assert site.inventory() == []
