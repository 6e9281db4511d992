"""What the commands on the engine print besides their result."""

import pytest

from tests.engine.conftest import MakeProject

pytestmark = pytest.mark.engine

PROGRAM = """
import pulumi_aws as aws
from falaj.components.aws import site_provider
import pulumi
aws.kms.Key("key", opts=pulumi.ResourceOptions(provider=site_provider("uae", "me-central-1")))
"""


@pytest.mark.parametrize("pack", [False, True])
def test_no_plug_in_is_said_to_come_from_path(make_project: MakeProject, pack: bool) -> None:
    done = make_project(PROGRAM, "plug-ins").run("preview", "dev", pack=pack)
    assert "aws:kms:Key" in done.output
    assert "$PATH" not in done.output


def test_an_emulated_cloud_goes_before_a_real_provider_on_path(make_project: MakeProject) -> None:
    """With PULUMI_IGNORE_AMBIENT_PLUGINS, the engine never starts a plug-in of the user's PATH."""
    project = make_project(PROGRAM, "ambient")
    real = project.folder / "real"
    real.mkdir()
    (real / "pulumi-resource-aws").write_text("#!/bin/sh\necho a real provider >&2; exit 1\n")
    (real / "pulumi-resource-aws").chmod(0o755)
    project.session.environment["PATH"] = f"{real}:{project.session.environment['PATH']}"
    done = project.run("preview", "dev")
    assert (done.status, "a real provider" in done.output) == (0, False), done.output
