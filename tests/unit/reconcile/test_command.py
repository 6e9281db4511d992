"""`falaj recover --cloud`: output, exit status, errors, the engine that it asks, and that it changes nothing."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.facts.clouds import Cloud
from falaj.facts.listed_types import listed_types
from falaj.reconcile import aws, azure
from falaj.reconcile import export as exports
from falaj.reconcile import stack as stacks
from falaj.reconcile.export import ExportFailed, NoSuchStack, export
from falaj.reconcile.listed import CannotAsk, Listed, Listing, Place, Question
from tests.unit.preflight.aws_answers import settings
from tests.unit.reconcile import states
from tests.unit.reconcile.states import ACCOUNT, REGION, SUBSCRIPTION, VAULT, VPC, arn

ROOT = Path(__file__).parents[3]
HERE = Place(Cloud.AWS, ACCOUNT, REGION)
KNOWN = Listed(arn("vpc/vpc-1"), "aws:ec2/vpc:Vpc", "net")
ORPHAN = Listed(arn("vpc/vpc-2"), "aws:ec2/vpc:Vpc", "bad\x1b[31m\nname")
BUCKET = "urn:pulumi:prod-uae::falaj::falaj:aws:Vault$aws:s3/bucket:Bucket::data"


@pytest.fixture(name="file")
def state_file(tmp_path: Path) -> Path:
    """A state with one network, tagged as the stack's settings say."""
    tags = {key: str(settings().tags[key]) for key in ("project", "environment")}
    file = tmp_path / "state.json"
    file.write_text(states.export(states.row("aws:ec2/vpc:Vpc", "net", "vpc-1", tags, arn=arn("vpc/vpc-1"))))
    return file


def invoke(*arguments: str | Path, stack: str = "prod-uae") -> Result:
    given = ["recover", "--cloud", "--stack", stack, "--project", str(ROOT), *map(str, arguments)]
    return CliRunner().invoke(app, given)


def status_of(result: Result) -> int:
    return result.exception.status if isinstance(result.exception, CommandError) else result.exit_code


def asking(monkeypatch: pytest.MonkeyPatch, *answers: Listing | CannotAsk) -> None:
    """Lets accounts answer: with a listing, or an error."""

    def question(answer: Listing | CannotAsk, number: int) -> Question:
        def ask() -> Listing:
            if isinstance(answer, CannotAsk):
                raise answer
            return answer

        return Question(f"site-{number}", ask)

    questions = [question(answer, number) for number, answer in enumerate(answers)]
    monkeypatch.setattr(stacks, "stack_questions", lambda stack, settings: questions)


def test_equal_sides_end_with_0(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, Listing(HERE, [KNOWN]))
    result = invoke("--state", file)
    assert (status_of(result), "State and accounts match." in result.stdout) == (0, True)
    assert f"AWS {ACCOUNT} {REGION}: 1 resources with project=" in result.stdout


def test_a_stack_may_be_named_with_its_organisation(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, Listing(HERE, [KNOWN]))
    assert status_of(invoke("--state", file, stack="org/falaj/prod-uae")) == 0


def test_differences_are_a_table_and_end_with_1(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, Listing(HERE, [ORPHAN]))
    pending = {"type": "creating", "resource": {"urn": BUCKET, "type": "aws:s3/bucket:Bucket"}}
    content = json.loads(file.read_text())
    content["deployment"]["pending_operations"] = [pending]
    file.write_text(json.dumps(content))
    result = invoke("--state", file)
    rows = [[cell.strip() for cell in line.split("│")[1:5]] for line in result.stdout.splitlines() if "│" in line]
    assert rows == [
        ["the state lacks", "aws:ec2/vpc:Vpc", arn("vpc/vpc-2"), "bad\\x1b[31m\\nname"],
        ["not seen", "aws:ec2/vpc:Vpc", arn("vpc/vpc-1"), "net"],
        ["create was interrupted", "aws:s3/bucket:Bucket", "data", ""],
    ]
    assert (status_of(result), str(result.exception)) == (1, "3 resources need a manual decision")
    assert "match" not in result.stdout


def test_an_interrupted_create_alone_ends_with_1(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, Listing(HERE, []))
    file = tmp_path / "state.json"
    file.write_text(states.export(pending=({"type": "creating", "resource": {"urn": BUCKET}},)))
    assert status_of(invoke("--state", file)) == 1


def test_json_has_everything(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    instance = Listed(arn("instance/i-1"), "ec2:instance", owner="a controller")
    asking(monkeypatch, Listing(HERE, [ORPHAN, instance]), CannotAsk("no answer; ask again"))
    result = invoke("--state", file, "--json")
    document = json.loads(result.stdout)
    assert document == {
        "stack": "prod-uae",
        "tags": {key: settings().tags[key] for key in ("project", "environment")},
        "asked": [{"cloud": "aws", "account": ACCOUNT, "region": REGION}],
        "unanswered": ["site-1: no answer; ask again"],
        "known": 0,
        "state_lacks": [{"id": ORPHAN.id, "type": ORPHAN.type, "name": ORPHAN.name, "owner": ""}],
        "not_seen": [{"urn": VPC["urn"], "type": VPC["type"], "ids": [VPC["outputs"]["arn"]]}],
        "pending_creates": [],
        "owned_by_others": [{"id": instance.id, "type": instance.type, "name": "", "owner": "a controller"}],
        "not_comparable": 0,
    }


def test_an_account_that_does_not_answer_ends_with_3(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    denied = CannotAsk("GetResources is denied; allow the caller `tag:GetResources`")
    asking(monkeypatch, Listing(HERE, [KNOWN]), denied, denied)
    result = invoke("--state", file)
    assert (status_of(result), str(result.exception)) == (3, f"site-1, site-2: {denied}")
    assert "1 resources with" in result.stdout
    assert "match" not in result.stdout


def test_credentials_of_another_account_end_with_3(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, Listing(Place(Cloud.AWS, "999988887777", REGION), []))
    result = invoke("--state", file)
    assert (status_of(result), "use credentials of that account" in str(result.exception)) == (3, True)


def test_a_subscription_that_lists_nothing_may_hide_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tags = {key: str(settings().tags[key]) for key in ("project", "environment")}
    file = tmp_path / "state.json"
    file.write_text(states.export({**VAULT, "outputs": {"tags": tags}}))
    asking(monkeypatch, Listing(Place(Cloud.AZURE, SUBSCRIPTION), [], hides=True))
    assert "the caller may lack the right to read resources" in invoke("--state", file).stderr


def test_states_of_other_stacks_with_the_same_tags_count(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking(monkeypatch, Listing(HERE, [KNOWN, ORPHAN]))
    other = tmp_path / "landing-zone.json"
    other.write_text(states.export(states.row("aws:ec2/vpc:Vpc", "hub", "vpc-2", {}, arn=ORPHAN.id)))
    assert [status_of(invoke("--state", file)), status_of(invoke("--state", file, "--state", other))] == [1, 0]


def test_nothing_of_a_secret_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = states.row("aws:ec2/vpc:Vpc", "net", "vpc-1", arn=arn("vpc/vpc-1"), password="hunter2")
    file = tmp_path / "state.json"
    file.write_text(states.export({**given, "inputs": {"password": "hunter2"}}))
    asking(monkeypatch, Listing(HERE, [ORPHAN]))
    for arguments in ((), ("--json",)):
        result = invoke("--state", file, *arguments)
        assert "hunter2" not in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("arguments", "stack", "says"),
    [
        (("--state", "absent.json"), "prod-uae", r"absent\.json: cannot be read: No such file"),
        (("--state", str(ROOT / "README.md")), "prod-uae", r"README\.md: not JSON"),
        (("--state", str(ROOT / "package.json")), "nix", r"no stack 'nix': Pulumi\.nix\.yaml does not exist"),
        (("--wait",), "prod-uae", "--wait is for engines of the sandbox"),
        (("--stop",), "prod-uae", "--stop is for engines of the sandbox"),
    ],
)
def test_invalid_input_ends_with_2(arguments: tuple[str, ...], stack: str, says: str) -> None:
    result = invoke(*arguments, stack=stack)
    assert status_of(result) == 2
    with pytest.raises(CommandError, match=says):
        raise result.exception or AssertionError


def test_a_state_without_the_option_is_refused() -> None:
    result = CliRunner().invoke(app, ["recover", "--stack", "dev", "--state", "x.json"])
    assert (status_of(result), str(result.exception)[:38]) == (2, "--state is read with --cloud only; add")


def test_a_stack_without_a_cloud_has_nobody_to_ask(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch)
    result = invoke("--state", file)
    assert (status_of(result), "there is no account to ask" in str(result.exception)) == (2, True)


def test_each_account_of_a_stack_is_asked_once() -> None:
    given = settings()
    abouts = [question.about for question in stacks.stack_questions("prod-uae", given)]
    assert abouts == ["azuae (Azure)", "awsuae (AWS me-central-1)", "awsuae (AWS us-east-1)"]
    twice = given.model_copy(update={"sites": {**given.sites, "second": given.sites["azuae"]}})
    assert [question.about for question in stacks.stack_questions("prod-uae", twice)] == abouts
    azure = given.sites["azuae"].azure
    assert azure is not None
    own = given.sites["azuae"].model_copy(update={"azure": azure.model_copy(update={"subscription_id": SUBSCRIPTION})})
    third = given.model_copy(update={"sites": {**given.sites, "third": own}})
    assert len(stacks.stack_questions("prod-uae", third)) == 4


MakeEngine = Callable[[str], None]


@pytest.fixture(name="engine")
def make_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeEngine:
    """Puts a program on PATH that answers as an engine."""

    def make(script: str) -> None:
        program = tmp_path / "pulumi"
        program.write_text(f'#!/bin/sh\n[ "$1" = version ] && echo v3.259.0 && exit\n{script}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return make


def test_the_engine_is_asked_for_the_state_and_nothing_else(engine: MakeEngine, tmp_path: Path) -> None:
    engine(f'echo "$@" >> {tmp_path}/asked; pwd >> {tmp_path}/asked; echo "{{}}"')
    assert export("org/falaj/prod", tmp_path) == "{}\n"
    asked = (tmp_path / "asked").read_text().splitlines()
    assert asked == ["stack export --stack org/falaj/prod --non-interactive", str(tmp_path)]


@pytest.mark.parametrize(
    ("script", "kind", "says"),
    [
        ("echo \"error: no stack named 'x' found\" >&2; exit 6", NoSuchStack, r"^no stack named 'x' found; choose"),
        ("echo 'error: PULUMI_ACCESS_TOKEN must be set' >&2; exit 3", ExportFailed, "TOKEN must be set; sign in"),
        ("exit 1", ExportFailed, "no reason given"),
        ("sleep 5", ExportFailed, "did not end within 1 s"),
    ],
)  # fmt: skip
def test_an_export_that_fails(
    script: str, kind: type[Exception], says: str, engine: MakeEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(script)
    monkeypatch.setattr(exports, "SECONDS", 1)
    with pytest.raises(kind, match=says):
        export("x", tmp_path)


def test_without_an_engine_a_file_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "known_engine", lambda: None)
    with pytest.raises(ExportFailed, match="install the Pulumi CLI, or give --state FILE"):
        export("x", tmp_path)


def test_the_state_of_the_engine_is_compared(engine: MakeEngine, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asking(monkeypatch, Listing(HERE, [KNOWN]))
    engine(f"cat {file}")
    assert status_of(invoke()) == 0
    engine("echo \"error: no stack named 'prod-uae' found\" >&2; exit 6")
    assert status_of(invoke()) == 2
    engine("echo 'error: not signed in' >&2; exit 3")
    assert status_of(invoke()) == 3


def test_no_sdk_is_imported_for_help() -> None:
    modules = ("boto3", "botocore", "azure", "urllib3", "pulumi")
    program = f"import sys; import falaj.cli.recover; print([name for name in {modules} if name in sys.modules])"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


def test_the_page_names_the_permissions_and_what_no_list_has() -> None:
    page = (ROOT / "docs" / "recovery.md").read_text()
    named = {*aws.PERMISSIONS.values(), azure.PERMISSION} - {"sts:GetCallerIdentity"}  # always allowed
    assert {name for name in named if f"`{name}`" not in page} == set()
    [unlisted] = [line for line in page.splitlines() if line.startswith("| not listed |")]
    words = {"Role": "roles", "AgentPool": "agent pools", "Key": "keys", "Deployment": "deployments"}
    names = {listed.type.rsplit(":", 1)[1] for listed in listed_types().values() if listed.unlisted}
    assert names == words.keys()
    assert [word for word in words.values() if word not in unlisted] == []
