"""Each template: `pulumi new` in an empty folder outside the checkout, then the commands of an installed wheel."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from falaj.sandbox.environment import SKIP_CHECKPOINTS
from falaj.sandbox.runner import ROLE
from falaj.sandbox.toolchain import Engine
from tests.engine.harness import ROOT, RULE
from tests.project.templates import ALL, STACK, TEMPLATES

pytestmark = pytest.mark.engine

ANSWERS = {
    "administrator": "arn:aws:iam::123456789012:role/falaj-admin",
    "azure-administrator": "7d1f3c52-6b0e-4c5e-9a57-2f0f6f1f9a10",
    "budget-start": "2026-12-01",
    "business-unit": "retail-banking",
    "cost-centre": "cc-4711",
    "deployer": "arn:aws:iam::123456789012:role/falaj-dev",
    "notify": "speech@bank.example.ae",
    "owner": "speech-team",
    "platform-stack": f"organization/my-spot-training/{STACK}",
}
"""Answers to the prompts without a default."""

PLATFORM = "spot-training"
"""The template on whose platform the template `tenant` runs."""

TENANT_DEPLOYER = "arn:aws:iam::123456789012:role/falaj-insurance"

TENANT_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BARE = """
import pulumi_aws
pulumi_aws.ec2.Vpc("bare", cidr_block="10.99.0.0/16", opts=pulumi.ResourceOptions(
    provider=pulumi_aws.Provider("here", region="me-central-1")))
"""


@dataclass(frozen=True)
class Made:
    """A project that `pulumi new` has made, and its environment."""

    python: Path
    folder: Path
    output: str
    sandbox: Path
    role: str = ""
    """ARN of the IAM role that runs the commands; by default the one that the stack names as its deployer."""

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment in the project. PYTHONPATH would put a checkout before the wheel."""
        own = {"FALAJ_SANDBOX": str(self.sandbox), SKIP_CHECKPOINTS: "true"} | ({ROLE: self.role} if self.role else {})
        variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | own
        program = str(self.python.with_name(command[0]))
        return subprocess.run(
            [program, *command[1:]], cwd=self.folder, env=variables, check=False, capture_output=True, text=True
        )

    def falaj(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.run("falaj", *arguments)


Make = Callable[..., Made]


@pytest.fixture(scope="module")
def make(forked_wheel: Path, engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Makes a project of a template, in a repository with one commit."""

    def made(template: str, answers: Mapping[str, str] = ANSWERS, sandbox: Path | None = None) -> Made:
        above = tmp_path_factory.mktemp("new")
        folder = above / f"my-{template}"
        given = [f"--config=falaj:{key}={value}" for key, value in answers.items() if key in ALL[template].prompts]
        project = Made(forked_wheel, above, "", above / "unused")
        command = ("pulumi", "new", str(TEMPLATES / template), "--dir", str(folder), "--yes", "--stack", STACK, *given)
        ran = project.falaj("shell", "--", *command, "--name", folder.name)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        result = Made(forked_wheel, folder, ran.stdout, sandbox or folder / ".falaj")
        identity = ("-c", "user.name=test", "-c", "user.email=test@example.ae")
        for command in (("init", "--quiet"), ("add", "--all"), (*identity, "commit", "--quiet", "--message=new")):
            subprocess.run(["git", *command], cwd=folder, check=True)
        # The environment that the project names, as the instructions have it made.
        (folder / ".venv").symlink_to(forked_wheel.parents[1])
        return result

    return made


@pytest.fixture(scope="module", params=ALL)
def project(request: pytest.FixtureRequest, make: Make) -> Iterator[tuple[str, Made]]:
    if request.param != "tenant":
        yield request.param, make(request.param)
        return
    platform = make(PLATFORM)
    made = replace(make("tenant", sandbox=platform.sandbox), role=TENANT_DEPLOYER)
    [block] = TENANT_BLOCK.findall((made.folder / "README.md").read_text())
    file = platform.folder / f"Pulumi.{STACK}.yaml"
    text = file.read_text().replace("    tenants:\n", f"    tenants:\n{block.replace('DEPLOYER', TENANT_DEPLOYER)}")
    file.write_text(text)
    up = platform.falaj("up", "--stack", STACK, "--no-pack")
    assert up.returncode == 0, up.stdout + up.stderr
    yield "tenant", made


def test_it_is_complete_and_takes_falaj_from_the_wheel(project: tuple[str, Made]) -> None:
    template, made = project
    assert "Your new project is ready to go!" in made.output
    assert "GETTING-STARTED.md" in made.output
    config = yaml.safe_load((made.folder / f"Pulumi.{STACK}.yaml").read_text())["config"]
    assert {f"falaj:{key}" for key in ALL[template].prompts} <= set(config)
    document = yaml.safe_load((made.folder / "Pulumi.yaml").read_text())
    assert (document["name"], document.get("template")) == (f"my-{template}", None)
    texts = [file.read_text() for file in made.folder.rglob("*") if file.is_file() and ".git/" not in str(file)]
    assert not [text for text in texts if re.search(r"\$\{(PROJECT|DESCRIPTION)\}", text)]
    where = "import falaj, importlib.util as u; print(falaj.__file__, u.find_spec('tests'), u.find_spec('guardrails'))"
    ran = made.run("python", "-c", where)
    location, *others = ran.stdout.split()
    assert Path(location).is_relative_to(made.python.parents[1])
    assert others == ["None", "None"]


def test_its_check_and_its_preview_with_the_policy_pack_pass(project: tuple[str, Made]) -> None:
    template, made = project
    check = made.falaj("check")
    assert check.returncode == 0, check.stdout
    preview = made.falaj("preview", "--stack", STACK)
    output = preview.stdout + preview.stderr
    assert (preview.returncode, set(RULE.findall(output))) == (0, set()), output
    assert f"(local: {made.folder / 'policy_pack'})" in output
    assert f"+ {documented(template)[0]} to create" in output


def test_it_deploys_to_the_emulated_clouds(project: tuple[str, Made]) -> None:
    template, made = project
    up = made.falaj("up", "--stack", STACK)
    assert up.returncode == 0, up.stdout + up.stderr
    assert f"+ {documented(template)[0]} created" in up.stdout


def test_its_verdict_on_no_change_passes_with_the_documented_estimate(project: tuple[str, Made]) -> None:
    template, made = project
    ran = made.falaj("verdict", "--stack", STACK, "--base", "HEAD", "--out", "report")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    report = json.loads((made.folder / "report" / "report.json").read_text())
    expected = Decimal(report["summary"]["expected"]["aed"])
    assert expected.quantize(Decimal(1)) == documented(template)[1]
    if ALL[template].is_platform:
        assert ALL[template].ceiling * Decimal("0.7") < expected < ALL[template].ceiling
    if template == "vault":  # a bill plans the stack once more, and is the first part of the report
        bill = made.falaj("bill", "--stack", STACK, "--json")
        assert json.loads(bill.stdout)["summary"]["expected"] == report["summary"]["expected"], bill.stderr
    resources = report["resources"]
    if template == "tenant":
        # The base is previewed in a sandbox of its own, in which there is no platform to refer to.
        assert (resources, "not compared with HEAD" in ran.stdout) == (None, True)
        return
    assert (resources["new"], resources["gone"], resources["changed"]) == ([], [], [])
    assert resources["same"] > 0
    assert report["guardrails"]["concerns"]["tags"]["passed"] > 0


def test_a_deleted_tag_is_refused(project: tuple[str, Made]) -> None:
    template, made = project
    file = made.folder / f"Pulumi.{STACK}.yaml"
    text = file.read_text()
    file.write_text(re.sub(r"(?m)^ +(falaj:)?owner:.*\n", "", text))
    ran = made.falaj("preview", "--stack", STACK) if template == "vault" else made.falaj("check")
    file.write_text(text)
    if template == "vault":
        assert (ran.returncode, "Missing required configuration variable 'falaj:owner'" in ran.stdout) == (1, True)
    else:
        assert (ran.returncode, ".tags.owner: required field is missing" in ran.stdout) == (2, True), ran.stdout


def test_the_settings_of_the_project_decide_over_the_rules_of_the_package(make: Make) -> None:
    made = make("vault")
    program = made.folder / "__main__.py"
    program.write_text(program.read_text() + BARE)
    refused = made.falaj("preview", "--stack", STACK)
    assert (refused.returncode, "FJ-TAG-001" in RULE.findall(refused.stdout)) == (1, True), refused.stdout
    settings = made.folder / "policy_pack" / "enforcement.yaml"
    settings.write_text(settings.read_text().replace("cost: advisory", "cost: advisory, tags: disabled"))
    silent = made.falaj("preview", "--stack", STACK)
    assert "FJ-TAG-001" not in RULE.findall(silent.stdout)
    listed = json.loads(made.falaj("guardrails", "--stack", STACK, "--json").stdout)
    assert {rule["level"] for rule in listed if rule["concern"] == "tags"} == {"disabled"}
    verdict = made.falaj("verdict", "--stack", STACK, "--base", "HEAD", "--out", "report")
    assert verdict.returncode == 1, verdict.stdout
    assert "FJ-TAG-001" in (made.folder / "report" / "report.md").read_text()


@pytest.mark.parametrize("template", ALL)
def test_without_answers_each_missing_value_is_named(template: str, make: Make) -> None:
    made = make(template, answers={})
    missing = {key for key, prompt in ALL[template].prompts.items() if key in ANSWERS}
    if template == "vault":
        ran = made.falaj("preview", "--stack", STACK)
        named = set(re.findall(r"Missing required configuration variable 'falaj:([\w-]+)'", ran.stdout))
        assert (ran.returncode, named <= missing, bool(named)) == (1, True, True), ran.stdout
        return
    ran = made.falaj("check")
    assert ran.returncode == 2
    assert set(re.findall(r"pulumi config set falaj:([\w-]+) VALUE", ran.stdout)) == missing


def documented(template: str) -> tuple[int, Decimal]:
    """Returns resources and AED a month of a template in docs/templates.md."""
    page = (ROOT / "docs" / "templates.md").read_text()
    [row] = re.findall(rf"(?m)^\| \[`{template}`\].*\| ([\d,]+) \| ([\d,]+) \| [^|]* \|$", page)
    resources, aed = (value.replace(",", "") for value in row)
    return int(resources), Decimal(aed)
