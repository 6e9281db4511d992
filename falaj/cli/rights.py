"""`falaj rights`: the permissions that the identities of a pipeline need for a stack."""

import json as json_format
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from falaj.cli.bill_options import PlanOption
from falaj.cli.common import (
    EXIT_INVALID,
    HERE,
    CommandError,
    JsonOption,
    ProjectOption,
    StackOption,
    err,
    out,
    require_writable,
)
from falaj.cli.plan_text import plan_text
from falaj.rights.identity_files import Cloud, Identity

if TYPE_CHECKING:
    from falaj.rights.identity_files import Rights

CloudOption = Annotated[
    Cloud | None, typer.Option("--cloud", help="Only the permissions in this cloud; default: both.")
]
ForOption = Annotated[
    Identity | None, typer.Option("--for", help="Only the identity that deploys, or only plans; default: both.")
]
AccountOption = Annotated[str | None, typer.Option("--account", help="AWS account, if the stack does not state it.")]
SubscriptionOption = Annotated[
    str | None, typer.Option("--subscription", help="Azure subscription, if the stack does not state it.")
]
FixedRolesOption = Annotated[
    bool, typer.Option("--fixed-roles", help="Without changes of custom roles, which the first deployment made.")
]
DeployerOption = Annotated[
    str | None, typer.Option("--deployer", help="ARN of the AWS role that deploys, if the stack does not name it.")
]
WriteOption = Annotated[
    Path | None,
    typer.Option("--write", help="Write one file for each document to this folder; default: standard output."),
]

_FORMS = {
    "--account": (r"[0-9]{12}", "an AWS account: write its 12 digits, such as 111122223333"),
    "--subscription": (
        r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
        "an Azure subscription: write its ID, such as 00000000-0000-0000-0000-000000000001",
    ),
    "--deployer": (
        r"arn:aws:iam::[0-9]{12}:role/[0-9A-Za-z_+=,.@/-]+",
        "an IAM role: write its ARN, such as arn:aws:iam::111122223333:role/deployer",
    ),
}
"""Option -> form of its value, and what it is."""

BUILT_IN = {Identity.DEPLOY: ("Contributor", "Role Based Access Control Administrator"), Identity.PLAN: ("Reader",)}
"""Built-in roles of Azure that are often given to pipelines instead of a custom role."""


def rights(
    stack: StackOption,
    cloud: CloudOption = None,
    identity: ForOption = None,
    account: AccountOption = None,
    subscription: SubscriptionOption = None,
    fixed_roles: FixedRolesOption = False,
    deployer: DeployerOption = None,
    plan: PlanOption = None,
    write: WriteOption = None,
    json: JsonOption = False,
    project: ProjectOption = HERE,
) -> None:
    """Generate the least permissions with which a stack can be deployed, and those with which it can be planned.

    For AWS these are IAM policy documents, each within the size of a managed policy; for Azure a custom role. Without
    --plan the stack is previewed in the emulated clouds; no cloud account is needed.
    """
    from falaj.finops.errors import BadInput
    from falaj.finops.plan import read
    from falaj.rights.aws_needs import UnknownType
    from falaj.rights.identity_files import Rights

    if write is not None:
        require_writable(write, "--write")
    _check_forms({"--account": account, "--subscription": subscription, "--deployer": deployer})
    try:
        planned = read(plan_text(stack, plan, project), "plan" if plan in (None, "-") else str(plan))
        generated = Rights.of(planned, account, subscription, fixed_roles, deployer)
        identities = (identity,) if identity else tuple(Identity)
        files = generated.files((cloud,) if cloud else tuple(Cloud), identities)
    except BadInput as error:
        raise CommandError(str(error), EXIT_INVALID) from None
    except UnknownType as error:
        raise CommandError(
            f"the permissions of {error} are unknown: add it to falaj/facts/data/permissions", EXIT_INVALID
        ) from None
    _warn(generated, files)
    if write is not None:
        _write(write, files)
    elif json:
        out.file.write(json_format.dumps({name: _content(text) for name, text in files.items()}, indent=1) + "\n")
    else:
        _show(generated, files, identities)


def _check_forms(given: dict[str, str | None]) -> None:
    """Raises `CommandError` for the first value that no cloud has."""
    for option, value in given.items():
        form, what = _FORMS[option]
        if value is not None and not re.fullmatch(form, value):
            raise CommandError(f"{option}: {value[:40]!r} is not {what}", EXIT_INVALID)


def _warn(generated: "Rights", files: dict[str, str]) -> None:
    from falaj.rights.aws_invokes import deployer_is_unknown
    from falaj.rights.identity_files import NO_ACCOUNT, NO_SUBSCRIPTION

    text = "".join(files.values())
    for name, option in ((NO_ACCOUNT, "--account"), (NO_SUBSCRIPTION, "--subscription")):
        if name in text and name in (generated.account, generated.subscription):
            err.print(f"warning: the documents say {name}: give {option}", style="yellow", highlight=False)
    if generated.deployer is None and deployer_is_unknown(generated.plan):
        lacking = "the stack does not name the role that deploys, which then needs iam:GetRole for itself"
        err.print(f"warning: {lacking}: set `aws.deployer`, or give --deployer", style="yellow", highlight=False)


def _content(text: str) -> object:
    return json_format.loads(text) if text.startswith("{") else text.strip()


def _write(folder: Path, files: dict[str, str]) -> None:
    """Writes the files, and deletes documents of an earlier run that are not generated any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("aws-*.json"), *folder.glob("azure-*.json")):
        if old.name not in files:
            old.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    out.print(f"{folder}: {len(files)} files", highlight=False)


def _show(generated: "Rights", files: dict[str, str], identities: tuple[Identity, ...]) -> None:
    from falaj.rights.azure_roles import lacking

    for name, text in files.items():
        out.rule(name)
        out.print(text, end="", highlight=False, soft_wrap=True, markup=False)
    for identity in identities:
        role = generated.role(identity) if any(name.startswith("azure-") for name in files) else None
        missing = lacking(role["Actions"], BUILT_IN[identity]) if role else []
        if missing:
            out.print(f"{' and '.join(BUILT_IN[identity])} do not allow: {', '.join(missing)}", highlight=False)
