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
from falaj.cli.preflight_needs import PlanNeeds, requests
from falaj.preflight import stack as stacks
from falaj.preflight.azure.subscription import PROVIDERS
from falaj.preflight.checks import AccountCheck
from falaj.preflight.needs import ActionNeed
from falaj.preflight.rows import NoAnswer, PreflightRow, Verdict
from falaj.rights.aws_needs import RequiredAction

ROOT = Path(__file__).parents[3]
AWS = "urn:pulumi:demo::falaj::pulumi:providers:aws::site-aws"
SOMETIMES = ("Microsoft.ContainerRegistry", "Microsoft.CostManagementExports", "Microsoft.Logic")
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
    monkeypatch.setattr(stacks, "stack_checks", lambda stack, settings, needs: checks)


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


def nothing(account: str = "") -> list[ActionNeed]:
    raise AssertionError("asked before a check runs")


def test_both_clouds_of_a_stack_are_asked_and_nothing_before() -> None:
    needs = stacks.DeploymentNeeds(nothing, nothing)  # type: ignore[arg-type]
    checks = stacks.stack_checks("prod-uae", stacks.read(ROOT / "Pulumi.prod-uae.yaml"), needs)
    subjects = {(check.site, check.subject) for check in checks}
    assert ("azuae", "resource providers") in subjects
    assert ("awsuae", "service control policies") in subjects


STATE = {
    "deployment": {
        "resources": [
            {"urn": AWS, "type": "pulumi:providers:aws", "inputs": {"region": "me-central-1"}},
            {"urn": f"{AWS}-b", "type": "aws:s3/bucket:Bucket", "inputs": {"bucket": "data-1a2b3c4"},
             "provider": f"{AWS}::id"},
            {"urn": f"{AWS}-v", "type": "aws:ec2/vpc:Vpc", "inputs": {}, "provider": f"{AWS}::id"},
            {"urn": f"{AWS}-r", "type": "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
             "inputs": {"role": "job", "policyArn": "arn:aws:iam::aws:policy/A"}, "provider": f"{AWS}::id"},
            {"urn": f"{AWS}-j", "type": "aws:iam/role:Role", "inputs": {"name": "job"}, "provider": f"{AWS}::id"},
            {"urn": f"{AWS}-g", "type": "azure-native:resources:ResourceGroup", "inputs": {}},
        ]
    }
}  # fmt: skip


def test_the_permissions_are_those_of_the_plan(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(STATE))
    needs = PlanNeeds("prod-uae", str(file), ROOT).needs()
    aws = {need.action: need for need in needs.aws("111122223333")}
    assert aws["s3:CreateBucket"].resources == ("arn:aws:s3:::data-0000000",)
    assert aws["ec2:DeleteVpc"].resources == ("arn:aws:ec2:me-central-1:111122223333:vpc/0000000",)
    assert aws["ec2:DescribeVpcs"].resources == ("*",)
    assert aws["ec2:DescribeVpcs"].context == (("aws:RequestedRegion", "me-central-1"),)
    assert aws["iam:AttachRolePolicy"].context == (("iam:PolicyARN", "arn:aws:iam::aws:policy/A"),)
    assert "Microsoft.Resources/subscriptions/resourceGroups/write" in needs.azure()


def test_a_condition_with_several_values_is_several_requests() -> None:
    services = {"StringEquals": {"iam:PassedToService": ("a", "b")}}
    found = list(requests(RequiredAction("iam:PassRole", ("arn:aws:iam::1:role/x-*",), services)))
    assert [need.context for need in found] == [(("iam:PassedToService", "a"),), (("iam:PassedToService", "b"),)]
    assert {need.resources for need in found} == {("arn:aws:iam::1:role/x-0000000",)}


def test_without_a_plan_the_permissions_are_not_compared(tmp_path: Path) -> None:
    needs = PlanNeeds("prod-uae", str(tmp_path / "absent.json"), ROOT).needs()
    for ask in (lambda: needs.aws("111122223333"), needs.azure):
        with pytest.raises(NoAnswer, match=r"no plan to compare with \(--plan\)"):
            ask()


def test_a_type_without_facts_is_no_answer(tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    kinds = ("aws:rds/instance:Instance", "azure-native:sql:Server")
    file.write_text(
        json.dumps(
            {
                "deployment": {
                    "resources": [{"urn": f"urn:pulumi:demo::falaj::{kind}::a", "type": kind} for kind in kinds]
                }
            }
        )
    )
    needs = PlanNeeds("prod-uae", str(file), ROOT).needs()
    with pytest.raises(NoAnswer, match="permissions of aws:rds/instance:Instance are unknown"):
        needs.aws("111122223333")
    with pytest.raises(NoAnswer, match="permissions of azure-native:sql:Server are unknown"):
        needs.azure()


def test_the_listed_resource_providers_are_those_of_the_generated_role() -> None:
    role = json.loads((ROOT / "docs" / "rights" / "prod-uae" / "azure-deploy.json").read_text())
    registered = {action.partition("/")[0] for action in role["Actions"] if action.endswith("/register/action")}
    assert registered <= {*PROVIDERS, *SOMETIMES}


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


def test_without_a_sign_in_to_azure_its_ways_are_not_listed() -> None:
    """Python prints warnings of libraries where nobody takes them, which a test process does."""
    program = (
        "from falaj.preflight.azure.context import connect; from types import SimpleNamespace as Site\n"
        "connect(Site(azure=None)).token()"
    )
    variables = {"PATH": "/nowhere", "PYTHONPATH": str(ROOT), "AZURE_TOKEN_CREDENTIALS": "dev"}
    done = subprocess.run([sys.executable, "-c", program], env=variables, capture_output=True, text=True, check=False)
    assert "NoAnswer: no credentials" in done.stderr
    assert "Attempted credentials" not in done.stderr


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
