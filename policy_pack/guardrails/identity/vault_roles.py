"""Roles of a vault that whoever has some account may take, or that make who takes them an administrator.

A role for certificates of SSH names the users whom they are for; one for tokens of an issuer names claims whose values
with `bound_claims_type=glob` are patterns, and a token has to match each claim; one for AWS has policies of the
provider (hashicorp/vault, "SSH secrets engine", allowed_users; "JWT/OIDC auth method", bound_claims; "AWS secrets
engine", policy_arns; found as strings in public repositories; read 2026-12-02). Claims that tokens of every repository
have, such as the branch, tell nobody apart.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.leaf_cache import cached_by_text
from ..readers.texts import Leaf

_WRITE = lazy_regex(
    r"\b(?:vault|bao)[ \t]{1,9}(?:-\S{1,60}[ \t]{1,9}){0,6}write[ \t]{1,9}(?:-\S{1,60}[ \t]{1,9}){0,6}"
    r"(?P<path>[\w./$\{\}-]{1,200})|/v1/(?P<address>[\w./$\{\}-]{1,200})"
)
_ROLE = lazy_regex(r"(?:^|/)roles?/[^/]{1,99}$")
_FIELD = lazy_regex(
    r"(?<![\w.])[\"']?(?P<name>[a-z_]{3,40})[\"']?\s{0,9}(?:=|:)\s{0,9}"
    r"(?P<value>'[^']{0,2000}'|\"[^\"]{0,2000}\"|\{[^{}]{0,2000}\}|\[[^\[\]]{0,2000}\]|[^\s;|&\"']{1,500})"
)
_CLAIM = lazy_regex(
    r"[\"'](?P<name>[\w./:-]{1,99})[\"']\s{0,9}:\s{0,9}(?P<value>\[[^\[\]]{0,1000}\]|[\"'][^\"'\n]{0,500}[\"'])"
)
_TEXT = lazy_regex(r"[\"']([^\"']{0,500})[\"']")
_OPEN = lazy_regex(
    r"(?:(?:repo|repository|organization|project_path|namespace_path|project|system|serviceaccount|workspace)[:/])*[\s/]*\*.*"
)
"""A pattern that begins with anything, or has nothing before it but the word for what follows."""
_OF_EVERYBODY = lazy_regex(
    r"ref(?:_type|_protected|_path)?|branch|environment(?:_protected|_tier)?|event_name|pipeline_source"
    r"|runner_environment|repository_visibility|aud|iss|terraform_run_phase|base_ref|head_ref|email_verified"
)
"""Claims whose values tokens of each customer of an issuer may have."""
_PUBLIC = lazy_regex(
    r"token\.actions\.githubusercontent\.com|https://gitlab\.com\b|app\.terraform\.io|accounts\.google\.com"
)
_ADMINISTRATOR = lazy_regex(
    r":policy/(?:[\w/]{0,40}/)?(?:AdministratorAccess|IAMFullAccess|PowerUserAccess)(?![\w-])", re.IGNORECASE
)
_LONGEST = 3_000
"""Characters of a command or a request that are read."""


def _is_for_each_user(fields: Mapping[str, str], _: str) -> bool:
    users = re.split(r"[\s,\[\]\"']+", fields.get("allowed_users", ""))
    return "*" in users


def _is_for_each_token(fields: Mapping[str, str], text: str) -> bool:
    """Returns whether no claim says whose token it is."""
    if "bound_claims" not in fields or "bound_subject" in fields:
        return False
    is_pattern = fields.get("bound_claims_type") == "glob"
    claims = [(found["name"], _TEXT.findall(found["value"])) for found in _CLAIM.finditer(fields["bound_claims"])]
    own = [values for name, values in claims if _OF_EVERYBODY.fullmatch(name.strip("/")) is None]
    if not own:
        return bool(claims) and _PUBLIC.search(text) is not None
    return is_pattern and all(any(map(_OPEN.fullmatch, values)) for values in own)


def _is_of_administrators(fields: Mapping[str, str], _: str) -> bool:
    return _ADMINISTRATOR.search(fields.get("policy_arns", "")) is not None


_CHECKS: tuple[tuple[Callable[[Mapping[str, str], str], bool], str], ...] = (
    (_is_for_each_user, "whoever has the role of the vault is any user of each machine"),
    (_is_for_each_token, "tokens of every customer of the issuer take the role of the vault"),
    (_is_of_administrators, "whoever has the role of the vault administers the account"),
)


@cached_by_text
def _harms(text: str) -> tuple[str, ...]:
    """Returns what the roles do that a text writes."""
    found = list(_WRITE.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    harms: dict[str, None] = {}
    for match, end in zip(found, ends, strict=False):
        if _ROLE.search((match["path"] or match["address"]).rstrip("/")) is None:
            continue
        command = text[match.end() : min(end, match.end() + _LONGEST)].replace('\\"', "'")
        fields = {item["name"]: item["value"].strip("\"'") for item in _FIELD.finditer(command)}
        harms |= {harm: None for check, harm in _CHECKS if check(fields, text)}
    return tuple(harms)


def check_vault_roles(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each such role that a command or a request writes."""
    for leaf in leaves:
        if isinstance(leaf.value, str) and "role" in leaf.value:
            for harm in _harms(leaf.value):
                yield failed(f"{leaf.path}: {harm}", leaf.path)
