"""Options that name accounts: refused before a document is made with what no cloud has."""

import pytest
from typer.testing import CliRunner

from falaj.cli.app import app
from falaj.cli.common import EXIT_INVALID, CommandError

STACK = ["rights", "--stack", "dev", "--plan", "nowhere.json"]


@pytest.mark.parametrize(
    ("option", "given", "sentence"),
    [
        ("--account", "1e308", "--account: '1e308' is not an AWS account: write its 12 digits, such as 111122223333"),
        ("--account", "", "--account: '' is not an AWS account"),
        ("--account", "١١١١٢٢٢٢٣٣٣٣", "is not an AWS account"),
        ("--subscription", "prod", "--subscription: 'prod' is not an Azure subscription: write its ID"),
        ("--deployer", "platform", "--deployer: 'platform' is not an IAM role: write its ARN, such as arn:aws:iam::"),
    ],
)
def test_what_is_no_account_is_refused(option: str, given: str, sentence: str) -> None:
    error = CliRunner().invoke(app, [*STACK, option, given]).exception
    assert isinstance(error, CommandError)
    assert error.status == EXIT_INVALID
    assert sentence in str(error)


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("--account", "111122223333"),
        ("--subscription", "7C4E9A10-5f0d-4c2b-9a4e-d1f5a0b1c2d3"),
        ("--deployer", "arn:aws:iam::123456789012:role/path/falaj-prod"),
    ],
)
def test_accounts_are_accepted(option: str, given: str) -> None:
    assert "nowhere.json" in str(CliRunner().invoke(app, [*STACK, option, given]).exception)
