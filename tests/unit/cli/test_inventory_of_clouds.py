"""`falaj inventory edit` and `delete` where several resources of the emulated clouds have the ID."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import CommandError
from falaj.sandbox.clouds.inventory import Inventory
from falaj.sandbox.clouds.spec import InventoryItem

BUCKET, POLICY, QUOTA = "aws:s3/bucket:Bucket", "aws:s3/bucketPolicy:BucketPolicy", "kubernetes:core/v1:ResourceQuota"
EXISTING = (
    (BUCKET, "1/me-central-1", "logs"), (POLICY, "1/me-central-1", "logs"), (QUOTA, "cluster a", "team/limits"),
    (QUOTA, "cluster b", "team/limits"), (BUCKET, "1/me-central-1", "data"),
)  # fmt: skip
"""Type, scope and ID."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose emulated clouds have these resources."""
    (tmp_path / "Pulumi.yaml").write_text("name: demo\nruntime: python\n")
    inventory = Inventory(tmp_path / ".falaj" / "inventory.db")
    with inventory.transaction() as transaction:
        for number, (kind, scope, identifier) in enumerate(EXISTING):
            item = InventoryItem(0, "aws", kind, scope, identifier, identifier, f"urn::{number}", {}, {}, "")
            transaction.add(item, "seed", [identifier], [])
    inventory.close()
    return tmp_path


def ran(project: Path, *arguments: str) -> str:
    """Returns the output of the command, or the sentence with which it refuses."""
    done = CliRunner().invoke(app, ["inventory", *arguments, "--project", str(project)])
    if isinstance(done.exception, CommandError):
        assert done.exception.status == 2
        return str(done.exception)
    assert done.exit_code == 0, done.exception
    return done.stdout


def left(project: Path) -> list[tuple[str, str, str]]:
    return [(row["type"], row["scope"], row["id"]) for row in json.loads(ran(project, "--json"))]


@pytest.mark.parametrize("command", [("delete", "logs"), ("edit", "logs", "tags.owner", "me")])
def test_one_of_several_with_the_id_is_never_guessed(project: Path, command: tuple[str, ...]) -> None:
    assert ran(project, *command).splitlines() == [
        "2 resources have the ID 'logs'; add the options of the one that you mean:",
        f"  --type {BUCKET} --scope 1/me-central-1",
        f"  --type {POLICY} --scope 1/me-central-1",
    ]
    assert left(project) == [*EXISTING]


@pytest.mark.parametrize(
    ("arguments", "gone"),
    [
        (("data",), 4),
        (("logs", "--type", POLICY), 1),
        (("team/limits", "--type", QUOTA, "--scope", "cluster b"), 3),
        (("team/limits", "--scope", "cluster a"), 2),
    ],
)
def test_the_options_say_which(project: Path, arguments: tuple[str, ...], gone: int) -> None:
    assert "deleted outside Pulumi" in ran(project, "delete", *arguments)
    assert left(project) == [item for number, item in enumerate(EXISTING) if number != gone]


def test_one_type_in_two_scopes_is_listed_as_a_shell_takes_it(project: Path) -> None:
    options = [f"  --type {QUOTA} --scope 'cluster a'", f"  --type {QUOTA} --scope 'cluster b'"]
    assert ran(project, "delete", "team/limits", "--type", QUOTA).splitlines()[1:] == options
    refused = ran(project, "delete", "team/limits", "--type", BUCKET).splitlines()
    assert refused[0].startswith("no resource of this type and scope has the ID 'team/limits'")
    assert refused[1:] == options
    assert ran(project, "delete", "elsewhere").startswith("no resource has the ID 'elsewhere'; `falaj inventory` lists")


def test_an_edit_takes_the_options_too(project: Path) -> None:
    assert f"{POLICY} logs: a changed" in ran(project, "edit", "logs", "a", "1", "--type", POLICY)
