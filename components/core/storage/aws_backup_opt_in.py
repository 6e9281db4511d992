"""What an account has opted in to at AWS Backup, by resource type. Pure."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.text_forms import TextForm

STORED = ("EBS", "EFS", "S3")
"""Types in which sites store data, by AWS Backup's names."""

BackupType = Annotated[
    str, TextForm(r"^[A-Za-z0-9._ -]{1,50}$", "a resource type of AWS Backup, at most 50 characters", "EBS")
]
"""Resource type, as `aws backup describe-region-settings` names it."""


def opt_in_problems(opt_in: Mapping[str, bool]) -> Iterator[Problem]:
    """Yields a problem for each type that sites store data in and that the account would opt out of."""
    for kind in STORED if opt_in else ():
        if not opt_in.get(kind):
            yield Problem(kind, opt_in.get(kind), "true: sites store data in it", f"set `{kind}: true`")
