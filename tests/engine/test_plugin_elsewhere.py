"""The plug-in in projects outside the checkout: added from a folder and from git, and its SDK generated and packed."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from falaj import __version__
from falaj.sandbox.environment import prepare
from falaj.sandbox.paths import Paths
from falaj.sandbox.toolchain import Engine
from tests.distribution import build, installed
from tests.engine.git_host import git_host
from tests.engine.harness import ROOT, Project, open_project
from tests.samples import DEV_TAGS

pytestmark = pytest.mark.engine

SOURCE = "git.example.ae/falaj/falaj.git/components"
PROGRAM = f"""
import falaj_falaj as falaj
import pulumi
import pulumi_aws as aws

here = pulumi.ResourceOptions(providers=[aws.Provider("here", region="me-central-1")])
vault = falaj.aws.Vault("models", region="me-central-1", purpose="models", tags={DEV_TAGS!r}, opts=here)
pulumi.export("bucket", vault.vault_name)
"""
CREATED = {
    "aws:kms/alias:Alias",
    "aws:kms/key:Key",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration",
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
    "aws:s3/bucketVersioning:BucketVersioning",
    "falaj:aws:Vault",
    "pulumi:providers:aws",
    "pulumi:pulumi:Stack",
}


def consumer(folder: Path, engine: Engine) -> Project:
    """A project with a program that imports the SDK, and with nothing of this checkout."""
    folder.mkdir()
    (folder / "Pulumi.yaml").write_text("name: consumer\nruntime: python\n")
    (folder / "Pulumi.dev.yaml").write_text("config: {}\n")
    (folder / "requirements.txt").write_text("pulumi>=3.200.0,<4.0.0")
    (folder / "__main__.py").write_text(PROGRAM)
    return open_project(Paths(folder), engine)


def assert_creates_a_vault(project: Project) -> None:
    project.session.ensure_stack("dev")
    planned = project.pulumi("preview", "--stack", "dev", "--non-interactive", "--json")
    assert planned.status == 0, planned.output
    plan, _ = json.JSONDecoder().raw_decode(planned.output[planned.output.index("{\n") :])
    assert {step["newState"]["type"] for step in plan["steps"]} == CREATED


@pytest.fixture(scope="module")
def added(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project to which the plug-in is added from a folder that has another name and nothing of the checkout."""
    folder = tmp_path_factory.mktemp("somewhere")
    plugin = folder / "resource-falaj"
    shutil.copytree(ROOT / "components", plugin, ignore=shutil.ignore_patterns("__pycache__"))
    project = consumer(folder / "consumer", engine)
    ran = project.pulumi("package", "add", str(plugin))
    assert ran.status == 0, ran.output
    assert "import falaj_falaj as falaj" in ran.output
    return project


def test_a_package_is_added_from_a_folder_of_another_name(added: Project) -> None:
    packages = yaml.safe_load((added.folder / "Pulumi.yaml").read_text())["packages"]
    assert [Path(path).name for path in packages.values()] == ["resource-falaj"]
    assert (added.folder / "requirements.txt").read_text().splitlines()[1:] == ["sdks/falaj-falaj"]
    assert_creates_a_vault(added)


def test_three_files_make_a_plug_in_of_ones_own(added: Project, tmp_path: Path) -> None:
    """Those of docs/plugin.md."""
    page = (ROOT / "docs" / "plugin.md").read_text().partition("## A folder of your own")[2]
    files = re.findall(r"`([\w.]+)`:\n\n```\w+\n(.*?)```", page, flags=re.DOTALL)
    plugin = tmp_path / "resource-falaj"
    plugin.mkdir()
    for name, text in files:
        (plugin / name).write_text(text)
    assert {file.name for file in plugin.iterdir()} == {"PulumiPlugin.yaml", "requirements.txt", "__main__.py"}
    assert re.fullmatch(r"falaj\[aws,azure,kubernetes\]==[\d.]+\n", (plugin / "requirements.txt").read_text())
    ran = added.pulumi("package", "get-schema", str(plugin))
    assert (ran.status, '"falaj:aws:Vault"' in ran.output) == (0, True), ran.output


def test_adding_it_again_changes_nothing(added: Project) -> None:
    files = [added.folder / name for name in ("Pulumi.yaml", "requirements.txt")]
    before = [file.read_text() for file in files]
    plugin = next(iter(yaml.safe_load(before[0])["packages"].values()))
    assert added.pulumi("package", "add", plugin).status == 0
    assert [file.read_text() for file in files] == before


def test_without_requirements_the_message_says_what_to_do(added: Project, engine: Engine, tmp_path: Path) -> None:
    project = consumer(tmp_path / "consumer", engine)
    (project.folder / "requirements.txt").unlink()
    plugin = next(iter(yaml.safe_load((added.folder / "Pulumi.yaml").read_text())["packages"].values()))
    ran = project.pulumi("package", "add", plugin)
    assert ran.status != 0
    assert "requirements.txt does not exist: create it, or install sdks/falaj-falaj" in ran.output


@pytest.fixture(scope="module")
def cloned(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project to which the plug-in is added from the tag of a repository with the files of this checkout."""
    folder = tmp_path_factory.mktemp("git")
    copy, bare = folder / "checkout", folder / "hosted" / "falaj" / "falaj.git"
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file() or (ROOT / name).is_symlink():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name, follow_symlinks=False)
    author = ("-c", "user.name=Falaj", "-c", "user.email=falaj@example.ae")
    for command in (
        ("init", "--quiet"),
        ("add", "--all"),
        (*author, "commit", "--quiet", "--message", "Release"),
        ("tag", "v9.8.7"),
        ("clone", "--quiet", "--bare", ".", str(bare)),
    ):
        subprocess.run(["git", *command], cwd=copy, check=True, capture_output=True)
    project = consumer(folder / "consumer", engine)
    with git_host("git.example.ae", folder / "hosted", folder) as variables:
        session = replace(project.session, environment=project.session.environment | variables)
        ran = Project(session).pulumi("package", "add", f"{SOURCE}@v9.8.7")
    assert ran.status == 0, ran.output
    return project


def test_a_package_is_added_from_a_tag_of_a_git_repository(cloned: Project) -> None:
    assert yaml.safe_load((cloned.folder / "Pulumi.yaml").read_text())["packages"] == {"falaj": f"{SOURCE}@v9.8.7"}
    sdk = json.loads((cloned.folder / "sdks" / "falaj-falaj" / "falaj_falaj" / "pulumi-plugin.json").read_text())
    assert sdk == {"resource": True, "name": "falaj", "version": "9.8.7", "server": f"git://{SOURCE}"}
    assert_creates_a_vault(cloned)


def test_the_clone_has_what_pip_needs_to_install_the_plug_in(
    cloned: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The official language host runs `pip install -r requirements.txt` in the folder of the plug-in (sdk/v3 3.259.0,
    python/toolchain/pip.go). Here the dependencies come from the environment of the tests.
    """
    monkeypatch.delenv("PYTHONPATH", raising=False)
    [plugin] = cloned.session.paths.home.glob("plugins/resource-*falaj*-v9.8.7/components")
    python = installed(build("wheel", ROOT, tmp_path / "wheel"), tmp_path / "environment")
    pip = [sys.executable, "-m", "pip", "--python", str(python)]
    subprocess.run([*pip, "uninstall", "--quiet", "--yes", "falaj"], check=True, capture_output=True)
    install = ["install", "--quiet", "--no-deps", "-r", "requirements.txt"]
    ran = subprocess.run([*pip, *install], cwd=plugin, check=False, capture_output=True, text=True)
    if "No matching distribution found for hatchling" in ran.stderr:
        pytest.skip(f"the build backend comes from a package registry: {ran.stderr.strip().splitlines()[-1][:200]}")
    assert ran.returncode == 0, ran.stderr
    program = "import falaj.components.plugin as plugin; print(plugin.__file__)"
    found = subprocess.run([python, "-P", "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True)
    assert Path(found.stdout.strip()).resolve() == plugin / "plugin.py"
    with subprocess.Popen([python, plugin, "127.0.0.1:1"], cwd=tmp_path, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout
        assert served.stdout.readline().strip().isdigit()
        served.kill()


def test_the_sdk_is_packed_as_a_wheel(added: Project) -> None:
    prepare(added.session.paths, added.session.engine)  # pip needs an interpreter that has loaded nothing
    ran = added.pulumi("package", "pack-sdk", "python", "sdks/falaj-falaj")
    if "No matching distribution found for setuptools" in ran.output:
        pytest.skip(f"the SDK's build backend comes from a package registry: {ran.output.splitlines()[-1][:200]}")
    assert ran.status == 0, ran.output
    [wheel] = added.folder.rglob("*.whl")
    assert wheel.name == f"falaj_falaj-{__version__}-py3-none-any.whl"
    assert "falaj_falaj/aws/vault.py" in zipfile.ZipFile(wheel).namelist()
