"""Stack files whose secrets the sandbox cannot decrypt: another passphrase, a key of a cloud, or no encryption yet."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from falaj.sandbox.stack_config import PLACEHOLDER
from falaj.sandbox.toolchain import Engine
from tests.distribution import ROOT

pytestmark = pytest.mark.engine

SECRET = "config:\n  site:token:\n    secure: v1:AAAA:BBBB\n  site:hosts: [{name: a, key: {secure: v1:AAAA:CCCC}}]\n"
ANOTHER_PASSPHRASE = "encryptionsalt: v1:5Q4r3HvNbcM=:v1:23UnjgqAnx8lYZXW:CADSFa4SouiP9YX9RLIIJYFtaa+u3w==\n"
CLOUD_KEY = "secretsprovider: awskms://alias/platform?region=me-central-1\nencryptedkey: AQICAHgExample\n"
STACK_FILES = {
    "another passphrase": SECRET + ANOTHER_PASSPHRASE,
    "a key of a cloud": SECRET + CLOUD_KEY,
    "no encryption yet": f"config:\n  site:token: {PLACEHOLDER}\n  site:hosts: [{{name: a, key: {PLACEHOLDER}}}]\n",
}
PROGRAM = """import pulumi

config = pulumi.Config()
pulumi.export("token", config.require("token"))
pulumi.export("key", config.require_object("hosts")[0]["key"])
"""


@pytest.mark.parametrize("name", STACK_FILES)
def test_a_stack_is_previewed_and_deployed_and_its_file_stays(engine: Engine, tmp_path: Path, name: str) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: site\nruntime: python\n")
    (tmp_path / "__main__.py").write_text(PROGRAM)
    file = tmp_path / "Pulumi.live.yaml"
    file.write_text(STACK_FILES[name])
    for command in ("preview", "up", "preview"):
        ran = subprocess.run(
            [sys.executable, "-m", "falaj", command, "--stack", "live", "--no-pack"],
            cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert file.read_text() == STACK_FILES[name]
    assert _state(tmp_path).count(PLACEHOLDER) >= 2


def test_a_changed_setting_reaches_the_next_preview(engine: Engine, tmp_path: Path) -> None:
    test_a_stack_is_previewed_and_deployed_and_its_file_stays(engine, tmp_path, "a key of a cloud")
    file = tmp_path / "Pulumi.live.yaml"
    file.write_text(CLOUD_KEY + "config:\n  site:token: changed\n  site:hosts: [{name: a, key: b}]\n")
    ran = subprocess.run(
        [sys.executable, "-m", "falaj", "up", "--stack", "live", "--no-pack"],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert '"changed"' in _state(tmp_path)


def _state(folder: Path) -> str:
    return (folder / ".falaj/state/.pulumi/stacks/site/live.json").read_text()
