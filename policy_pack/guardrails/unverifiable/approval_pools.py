"""Approvals of AWS CodeCommit that a program gives, or nobody.

A template of approval rules says how many approvals a change needs and who is in the pool of those whose approval
counts, by ARN or by the account and a name (`CodeCommitApprovers`), both with wildcards (AWS CodeCommit API Reference,
"CreateApprovalRuleTemplate", read 2026-12-02). A role that a build, a bot or a deployment uses approves whatever it is
made to; a pool of everybody in the account has these roles too. What a role is for is known by the words of its name,
which were decided here.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, Resource, from_json, one_or_many
from ..engine.rows import aws
from ..engine.verdicts import Outcome, failed

_TEMPLATES = aws("codecommit/ApprovalRuleTemplate")
_MEMBER = lazy_regex(
    r"CodeCommitApprovers:[^:]{0,20}:(?P<name>.{1,200})"
    r"|arn:aws[\w-]{0,20}:(?:sts|iam)::[^:]{0,20}:(?:assumed-role|federated-user|role|user)/(?P<path>.{1,400})"
)
_WORDS = lazy_regex(r"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}(?![a-z])")
_OF_PROGRAMS = lazy_regex(
    r"agents?|argo(?:cd)?|automation|bots?|builds?|builder|buildkite|ci|cd|cicd|cloudformation|codebuild|codepipeline"
    r"|codecommit|cron|dependabot|deploy(?:er|ment|ments|s)?|flux|functions?|jenkins|jobs?|lambda|machines?|pipelines?"
    r"|pulumi|release[rs]?|renovate|robots?|runners?|scheduler|services?|terraform|webhook|workflows?",
    re.IGNORECASE,
)
_OF_PEOPLE = lazy_regex(
    r"approv\w*|review\w*|leads?|managers?|engineers?|admins?|owners?|people|staff|teams?|users?", re.IGNORECASE
)
"""Words by which a name such as `release-managers` is one of people."""
_ANYBODY = lazy_regex(r"[*/]{1,9}")


def check_approval_pools(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each rule that needs no approval, or takes one from a program."""
    content = from_json(resource.get("content")) if resource.type in _TEMPLATES else None
    statements = one_or_many(content.get("Statements")) if isinstance(content, dict) else []
    for item in (item for item in statements if isinstance(item, dict)):
        needed = number_of(item.get("NumberOfApprovalsNeeded"))
        if needed is not None and needed < 1:
            yield failed("content needs no approval: whoever opens a change merges it", "content")
        member = next(filter(_is_program, one_or_many(item.get("ApprovalPoolMembers"))), None)
        if member is not None:
            yield failed(f"content takes the approval of {member}, which programs give too", "content")


def _is_program(member: Plain) -> bool:
    found = _MEMBER.fullmatch(member) if isinstance(member, str) else None
    if found is None:
        return member == "*"
    name = found["name"] or found["path"]
    words = _WORDS.findall(name.partition("/")[0] if found["path"] else name)
    is_of_people = any(map(_OF_PEOPLE.fullmatch, words))
    return _ANYBODY.fullmatch(name) is not None or (any(map(_OF_PROGRAMS.fullmatch, words)) and not is_of_people)
