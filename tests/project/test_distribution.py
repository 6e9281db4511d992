"""The distribution in pyproject.toml: its extras match the imports of the packages, one version, typed."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from falaj import __version__, extras
from falaj.cli.app import app
from falaj.cli.common import EXIT_UNAVAILABLE, CommandError
from falaj.cli.pack import BUNDLED_PACK, pack_of

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
MODULES = {"PyYAML": "yaml", "Jinja2": "jinja2", "azure-identity": "azure"}
"""Distribution -> its module, if the name differs."""

IMPORTED_WITH = {
    "grpc": "pulumi",
    "google": "pulumi",
    "semver": "pulumi",
    "pydantic_core": "pydantic",
    "botocore": "boto3",
}
"""Module -> the distribution that installs it as a dependency."""

PARTS = {
    "components/core": (),
    "components/settings": (),
    "components/aws": ("aws",),
    "components/azure": ("azure",),
    "components/kubernetes": ("kubernetes",),
    "components/reference": (),
    "falaj/facts": ("policy",),  # looks for secrets under the passphrase of the sandbox, if it is installed
    "falaj/finops": ("prices", "analysis"),
    "policy_pack": ("policy",),
    "falaj/cli": (),
    "falaj/pipelines": (),
    "falaj/rights": (),
    "falaj/preflight": ("preflight",),
    "falaj/reconcile": ("preflight",),
    "falaj/simulation": ("analysis",),
    "falaj/sandbox": ("sandbox",),
}
"""Folder -> the extras that it needs in addition to the dependencies that are always installed."""


def distributions(requirements: list[str]) -> Iterator[str]:
    """Returns the names of distributions, including those of Falaj's other extras."""
    for requirement in requirements:
        if own := re.fullmatch(r"falaj\[(.*)\]", requirement):
            for extra in own[1].split(","):
                yield from distributions(PROJECT["optional-dependencies"][extra])
        else:
            yield re.split("[<>=]", requirement)[0]


def imported(folder: Path) -> set[str]:
    """Returns the top-level third-party modules that the files of a folder import."""
    result: set[str] = set()
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                result |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                result.add(node.module.partition(".")[0])
    return result - sys.stdlib_module_names - {"falaj", "guardrails"}


@pytest.mark.parametrize("expected", PARTS)
def test_a_part_imports_what_its_extras_bring(expected: str) -> None:
    requirements = [*PROJECT["dependencies"], *(f"falaj[{extra}]" for extra in PARTS[expected])]
    brought = {MODULES.get(name, name.replace("-", "_")) for name in distributions(requirements)}
    assert {IMPORTED_WITH.get(module, module) for module in imported(ROOT / expected)} <= brought


def test_every_folder_is_among_the_parts() -> None:
    here = {f"components/{folder.parent.name}" for folder in (ROOT / "components").glob("*/__init__.py")}
    here |= {f"falaj/{folder.parent.name}" for folder in (ROOT / "falaj").glob("*/__init__.py")}
    assert here - {"falaj/components", "components/build"} <= PARTS.keys()  # `build` imports the packages of the clouds


@pytest.mark.parametrize("extra", extras.DISTRIBUTIONS)
def test_what_is_looked_for_is_what_the_extra_brings(extra: str) -> None:
    assert set(distributions(PROJECT["optional-dependencies"][extra])) == set(extras.DISTRIBUTIONS[extra])


@pytest.mark.parametrize(
    ("package", "hidden"),
    [("aws", "pulumi_aws"), ("aws", "pulumi_kubernetes"), ("azure", "pulumi_azure_native"),
     ("kubernetes", "pulumi_kubernetes")],
)  # fmt: skip
def test_a_missing_extra_is_named_in_one_sentence(package: str, hidden: str) -> None:
    hide = "find = importlib.util.find_spec; importlib.util.find_spec = lambda n: None if n == sys.argv[1] else find(n)"
    program = f"import importlib.util, sys; {hide}; import falaj.components.{package}"
    done = subprocess.run(
        [sys.executable, "-c", program, hidden], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert done.stderr.splitlines()[-1] == (
        f"falaj.extras.MissingExtra: falaj.components.{package} needs {hidden.replace('_', '-')}: "
        f'pip install "falaj[{package}]"'
    )
    assert done.stderr.count("Traceback") == 1


def test_the_policy_pack_has_the_projects_version() -> None:
    assert yaml.safe_load((ROOT / "policy_pack" / "PulumiPolicy.yaml").read_text())["version"] == __version__


def test_types_are_declared() -> None:
    for package in ("falaj", "components"):
        assert (ROOT / package / "py.typed").is_file()


def test_a_project_is_judged_by_its_own_pack_or_by_ours(tmp_path: Path) -> None:
    assert pack_of(tmp_path) == BUNDLED_PACK
    assert BUNDLED_PACK.samefile(ROOT / "policy_pack")
    (tmp_path / "policy_pack").symlink_to(ROOT / "policy_pack")
    assert pack_of(tmp_path) == Path("policy_pack")


@pytest.mark.parametrize(
    ("command", "hidden", "says"),
    [
        (["preview", "--stack", "dev"], "cryptography", 'the sandbox needs cryptography: pip install "falaj[sandbox]"'),
        (
            ["preflight", "--stack", "dev"],
            "azure.identity",
            'preflight needs azure-identity: pip install "falaj[preflight]"',
        ),
        (["guardrails"], "pulumi_policy", 'the policy pack needs pulumi-policy: pip install "falaj[policy]"'),
    ],
)
def test_a_command_without_its_extra_is_refused(
    command: list[str], hidden: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == hidden else find_spec(name))
    refused = CliRunner().invoke(app, [*command, "--project", str(ROOT)]).exception
    assert isinstance(refused, CommandError)
    assert (refused.status, str(refused)) == (EXIT_UNAVAILABLE, says)


def test_the_command_says_where_the_pack_is() -> None:
    assert CliRunner().invoke(app, ["guardrails", "path"]).output == f"{ROOT / 'policy_pack'}\n"
