"""`falaj preflight`: output, exit status, errors, and that nothing of an SDK is imported before it is needed."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.preflight import stack as stacks
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import PreflightRow, Verdict

ROOT = Path(__file__).parents[3]
FINE = PreflightRow(site="awsuae", subject="account", found="111122223333")
GPU = PreflightRow(
    site="awsuae",
    subject="quota G and VT spot vCPUs",
    found="no GPU quota (0)",
    needed="384",
    verdict=Verdict.REFUSED,
    fix="request an increase",
    commands=("aws service-quotas request-service-quota-increase",),
)
UNKNOWN = PreflightRow(
    site="awsuae", subject="region", found="not allowed to ask", verdict=Verdict.UNKNOWN, answered=False
)


def invoke(*arguments: str, stack: str = "prod-uae") -> Result:
    return CliRunner().invoke(app, ["preflight", "--stack", stack, "--project", str(ROOT), *arguments])


def answering(monkeypatch: pytest.MonkeyPatch, *rows: PreflightRow) -> None:
    checks = [AccountCheck(row.site, row.subject, lambda row=row: [row]) for row in rows]
    monkeypatch.setattr(stacks, "stack_checks", lambda stack, settings: checks)


@pytest.mark.parametrize(("rows", "status"), [((FINE, UNKNOWN), 0), ((FINE, GPU), 1), ((UNKNOWN,), 3)])
def test_the_exit_status(rows: tuple[PreflightRow, ...], status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, *rows)
    assert invoke().exit_code == status


def test_the_outputs(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, FINE, GPU)
    assert "no GPU quota (0)" in invoke("--markdown").stdout
    assert "1 will be refused, 1 ok" in invoke().stdout
    assert [row["verdict"] for row in json.loads(invoke("--json").stdout)] == ["ok", "will be refused"]
    assert invoke("--fix-commands").stdout.splitlines() == [
        "# awsuae: quota G and VT spot vCPUs: no GPU quota (0), needed: 384",
        *GPU.commands,
    ]
    assert "Asking the accounts: 2 checks" in invoke().stderr


def test_both_clouds_of_a_stack_are_asked_and_nothing_before() -> None:
    checks = stacks.stack_checks("prod-uae", stacks.read(ROOT / "Pulumi.prod-uae.yaml"))
    subjects = {(check.site, check.subject) for check in checks}
    assert ("azuae", "resource providers") in subjects
    assert ("awsuae", "service control policies") in subjects


def test_the_permissions_of_a_plan_replace_the_main_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, object] = {}
    monkeypatch.setattr("falaj.preflight.aws.checks.rights", lambda context, needs: seen.update(aws=needs) or [])
    monkeypatch.setattr(
        "falaj.preflight.azure.subscription.permissions", lambda context, actions: seen.update(azure=actions) or []
    )
    needs = stacks.DeploymentNeeds([ActionNeed("eks:CreateCluster")], ["Microsoft.Network/virtualNetworks/write"])
    for check in stacks.stack_checks("prod-uae", stacks.read(ROOT / "Pulumi.prod-uae.yaml"), needs):
        if check.subject == "permissions":
            assert check.rows() == []
    assert seen == {"aws": needs.aws, "azure": needs.azure}


def test_without_credentials_nothing_is_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AZURE_CLIENT_ID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    started = time.monotonic()
    result = invoke("--json", "--seconds", "10", stack="dev")
    assert (result.exit_code, time.monotonic() - started < 20) == (3, True)
    assert all(row["found"].startswith("did not answer") for row in json.loads(result.stdout))


@pytest.mark.parametrize(
    ("stack", "says"), [("absent", "no stack 'absent'"), ("broken", "sites.devaws.region"), ("empty", "no settings")]
)
def test_a_stack_that_cannot_be_read(stack: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "Pulumi.yaml").write_text("name: falaj\nruntime: python\n")
    (tmp_path / "Pulumi.empty.yaml").write_text("config: {}\n")
    text = (ROOT / "Pulumi.dev.yaml").read_text().replace("me-central-1", "eu-west-1")
    (tmp_path / "Pulumi.broken.yaml").write_text(text)
    refused = CliRunner().invoke(app, ["preflight", "--stack", stack, "--project", str(tmp_path)]).exception
    assert isinstance(refused, CommandError)
    assert says in str(refused)
    assert refused.status == 2


def test_the_page_lists_every_action_that_is_used() -> None:
    page = (ROOT / "docs" / "preflight.md").read_text().lower()
    code = "".join(file.read_text() for file in (ROOT / "falaj" / "preflight" / "aws").glob("*.py"))
    used = set(re.findall(r'"((?:get|list|describe|simulate)_[a-z_]+)"', code))
    assert len(used) > 20
    assert {name for name in used if f"`{name.replace('_', '')}`" not in page and name != "describe_regions"} == set()


def test_no_sdk_is_imported_for_help() -> None:
    modules = ("boto3", "botocore", "azure", "urllib3")
    program = f"import sys; import falaj.cli.app; print([name for name in {modules} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"
