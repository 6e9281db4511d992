"""Strategies that spell conditions of AWS policies in ways that nobody wrote down, and what the pack must say of them.

A condition that a request of a stranger meets (`iam_reference`) must be refused. The counterpart of each family has the
same form with values that bind, and must pass.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from guardrails.engine.enforcement import Enforcement
from hypothesis import strategies as st

from falaj.facts.iam_conditions import VALUES, Narrowing, all_condition_keys
from falaj.facts.oidc_issuers import claims_of

from .exposure_cases import ACCOUNT, PACK, refused
from .harness import Pack
from .iam_reference import Context, matches_request

ORG, STRANGER, FOREIGN_ORG = "o-a1b2c3d4e5", "999999999999", "o-zzzzzzzzzz"
Condition = dict[str, dict[str, Any]]

_STRANGERS: tuple[Context, ...] = (
    {
        "aws:principalaccount": STRANGER,
        "aws:principalarn": f"arn:aws:iam::{STRANGER}:role/admin",
        "aws:principalorgid": FOREIGN_ORG,
        "aws:principalorgpaths": f"{FOREIGN_ORG}/r-ab12/ou-ab12-11111111/",
        "aws:userid": "AROASTRANGER12345:session",
        "aws:sourcevpc": "vpc-0fedcba9876543210",
        "aws:sourcevpce": "vpce-0fedcba9876543210",
        "aws:vpcsourceip": "10.0.0.1",
        "aws:vpceaccount": STRANGER,
        "aws:vpceorgid": FOREIGN_ORG,
        "kms:calleraccount": STRANGER,
        "aws:principalisawsservice": "false",
        "aws:securetransport": "true",
        "aws:multifactorauthpresent": "true",
        "aws:requestedregion": "me-central-1",
        "aws:resourceaccount": ACCOUNT,
        "aws:resourceorgid": ORG,
    },
    {"aws:principalaccount": "anonymous", "aws:securetransport": "true", "aws:requestedregion": "me-central-1"},
    {
        "aws:sourceaccount": STRANGER,
        "aws:sourcearn": f"arn:aws:sns:me-central-1:{STRANGER}:topic",
        "aws:sourceorgid": FOREIGN_ORG,
        "aws:sourceorgpaths": f"{FOREIGN_ORG}/r-ab12/",
        "aws:sourceowner": STRANGER,
        "aws:principalisawsservice": "true",
        "aws:principalservicename": "s3.amazonaws.com",
        "aws:securetransport": "true",
    },
    {"aws:sourceaccount": STRANGER, "aws:sourcearn": "arn:aws:s3:::a-bucket-of-a-stranger"},
)
"""Requests of an identity of another organisation, of an anonymous caller, and of services on behalf of a stranger."""
_CHOSEN = ("aws:PrincipalTag/team", "aws:UserAgent", "aws:Referer", "sts:ExternalId", "aws:SourceIdentity")
"""Keys whose value a stranger chooses."""
_CALLER_KEYS = tuple(sorted({key for context in _STRANGERS for key in context}))

_VALUES = (
    ORG, f"{ORG}/r-ab12/*", ACCOUNT, "*", "?*", "**", "o-*", "o-?*", "vpc-*", "vpce-0*", "", "anonymous", "true",
    "false",
    "*/r-ab12/*", "AROA*", "*:session", "AROAOWN1234567:*", "s3.amazonaws.com", "me-central-1", "team-a", "10.0.0.1",
    "arn:aws:iam::*:role/*", "arn:aws:iam::*:role/admin", f"arn:aws:iam::{ACCOUNT}:role/*", "arn:aws:s3:::*",
    "arn:aws:s3:::a*", "arn:*:*:*:*:*", f"arn:aws:sns:*:{ACCOUNT}:*", "9999????????", "999999999999", "vpc-0abc",
    "${aws:PrincipalOrgID}", "${aws:PrincipalAccount}", "${aws:SourceAccount}", "${aws:SourceArn}", "${aws:userid}",
    "${aws:ResourceAccount}", "${aws:ResourceOrgID}", "${*}",
)  # fmt: skip
_BASES = ("StringEquals", "StringEqualsIgnoreCase", "StringLike", "StringNotEquals", "StringNotLike", "ArnEquals",
          "ArnLike", "ArnNotLike", "Bool", "Null")  # fmt: skip


@st.composite
def _operators(draw: st.DrawFn) -> str:
    base = draw(st.sampled_from(_BASES))
    if base != "Null":
        base += draw(st.sampled_from(("", "", "IfExists")))
        base = draw(st.sampled_from(("", "", "ForAnyValue:", "ForAllValues:"))) + base
    return draw(st.sampled_from((base, base, base.lower(), base.upper())))


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    """Draws one or two conditions of any operator, key and values."""
    condition: Condition = {}
    for _ in range(draw(st.integers(1, 2))):
        key = draw(st.sampled_from((*_CALLER_KEYS, *_CHOSEN)))
        values = draw(st.lists(st.sampled_from(_VALUES), min_size=1, max_size=2))
        written = draw(st.sampled_from((key, key.upper())))
        condition.setdefault(draw(_operators()), {})[written] = values if len(values) > 1 else values[0]
    return condition


def requests(condition: Condition) -> Iterator[Context]:
    """Yields the requests that a stranger can make: with the values that the condition wants, where he chooses them."""
    chosen = {key.lower() for key in _CHOSEN}
    wanted = {
        key.lower(): str(values[0] if isinstance(values, list) else values).replace("*", "x").replace("?", "x")
        for tests in condition.values()
        for key, values in tests.items()
        if key.lower() in chosen
    }
    for context in _STRANGERS:
        yield {**context, **wanted}
        yield context


def open_conditions() -> st.SearchStrategy[Condition]:
    """Draws conditions that a request of a stranger meets."""
    return conditions().filter(lambda drawn: any(matches_request(drawn, context) for context in requests(drawn)))


OWN_REPOSITORIES = (
    "https://github.com/bank", "https://gitlab.com/bank", "https://app.terraform.io/bank", "https://buildkite.com/bank",
)  # fmt: skip
LISTED = Pack(
    Enforcement.model_validate(
        {
            "default": {"all": "mandatory"},
            "identity": {
                "trusted": dict.fromkeys((ACCOUNT, ORG), "the account of the platform"),
                "repositories": dict.fromkeys(OWN_REPOSITORIES, "the organisation of the bank"),
            },
        }
    )
)
"""The pack of a team that lists its account, its organisation and its repositories."""


def refused_bucket(condition: Condition, pack: Pack = PACK) -> bool:
    """Returns whether a bucket policy for everyone under a condition is refused."""
    statement = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::falaj-data/*"}
    document = {"Statement": [{**statement, "Condition": condition}]}
    return bool(refused("aws:s3/bucketPolicy:BucketPolicy", {"policy": document}, pack))


_ASCII = st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="$*?:/")

_PRINTABLE = st.characters(min_codepoint=0x20, max_codepoint=0x7E)


@st.composite
def confining(draw: st.DrawFn, narrowing: Narrowing) -> Condition:
    """Draws a condition whose key narrows what `narrowing` says, with values of the form that binds."""
    rows = [row for row in all_condition_keys() if row.narrows is narrowing]
    row = draw(st.sampled_from(rows))
    pattern = VALUES[row.values]
    value = st.from_regex(pattern, fullmatch=True, alphabet=_PRINTABLE).filter(lambda drawn: "${" not in drawn)
    values = draw(st.lists(value, min_size=1, max_size=2))
    operator = "Bool" if row.values == "true" else draw(st.sampled_from(("StringLike", "ForAnyValue:StringLike")))
    key = row.key.replace("*:", "aws:").replace("/*", "/project").replace(":*", ":purpose")
    return {operator: {key: values}}


def check_narrowed_resource(condition: Condition) -> None:
    """Requires that a policy for the data of every resource passes under a condition that narrows the resources."""
    assert identity_rules("dynamodb:GetItem", condition) == set(), condition


def identity_rules(action: str, condition: Mapping[str, Any]) -> set[str]:
    """Returns the rules that refuse an action on every resource under a condition."""
    statement = {"Effect": "Allow", "Action": action, "Resource": "*", "Condition": condition}
    return refused("aws:iam/policy:Policy", {"policy": {"Statement": [statement]}})


_NOTHING = ("aws:CurrentTime", "aws:EpochTime", "aws:SecureTransport", "aws:RequestedRegion", "aws:PrincipalArn",
            "aws:PrincipalOrgID", "aws:PrincipalAccount", "aws:UserAgent", "aws:SourceIp", "aws:ViaAWSService",
            "aws:MultiFactorAuthPresent", "aws:PrincipalTag/team", "aws:TagKeys", "aws:CalledVia", "aws:username",
            "s3:x-amz-acl", "custom:anything")  # fmt: skip
"""Keys that leave an identity policy as broad as it was."""


@st.composite
def idle_conditions(draw: st.DrawFn) -> Condition:
    """Draws conditions that do not narrow the resources of an identity policy, whatever their values are."""
    if draw(st.booleans()):
        key = draw(st.sampled_from(_NOTHING))
        operator = draw(st.sampled_from((*_BASES, "DateGreaterThan", "NumericLessThan", "IpAddress")))
    else:
        key = draw(st.sampled_from(("aws:ResourceTag/project", "kms:ViaService", "dynamodb:LeadingKeys")))
        operator = draw(st.sampled_from(("ForAllValues:StringEquals", "StringEqualsIfExists", "StringNotLike", "Null")))
    value = draw(st.one_of(st.sampled_from(_VALUES), st.text(_ASCII, max_size=8)))
    return {operator: {draw(st.sampled_from((key, key.lower()))): value}}


SUBJECTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "token.actions.githubusercontent.com": (
        "repo:bank/platform:environment:prod",
        ("repo:evil/platform:environment:prod", "repo:bank/other:environment:prod", "repo:bank2/platform:ref:x"),
    ),
    "gitlab.com": (
        "project_path:bank/platform:ref_type:branch:ref:main",
        ("project_path:evil/platform:ref_type:branch:ref:main", "project_path:bank/other:ref_type:tag:ref:x"),
    ),
    "app.terraform.io": (
        "organization:bank:project:ai:workspace:prod:run_phase:apply",
        ("organization:evil:project:ai:workspace:prod:run_phase:apply",
         "organization:bank:project:other:workspace:prod:run_phase:apply"),
    ),
    "oidc.eks.me-central-1.amazonaws.com/id/A1": (
        "system:serviceaccount:team-a:reader",
        ("system:serviceaccount:team-b:reader", "system:serviceaccount:default:default"),
    ),
    "agent.buildkite.com": (
        "organization:bank:pipeline:deploy:ref:refs/heads/main:commit:1:step:x",
        ("organization:evil:pipeline:deploy:ref:refs/heads/main:commit:1:step:x",),
    ),
    "idp.example.com": ("team-a", ("team-b", "team-abc", "x")),
}  # fmt: skip
"""Issuer -> a subject of one's own, and subjects that its tokens have for others."""


@st.composite
def subjects(draw: st.DrawFn) -> tuple[str, str]:
    """Draws an issuer, and a subject of it in which any parts are replaced by wildcards."""
    issuer = draw(st.sampled_from(sorted(SUBJECTS)))
    text = SUBJECTS[issuer][0]
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        text = text[:start] + draw(st.sampled_from(("*", "?*", "?" * (end - start), "**", ""))) + text[end:]
    return issuer, text


def check_subject(issuer: str, subject: str) -> None:
    """Requires the refusal of a trust policy whose subject matches the token of somebody else."""
    condition = {"StringLike": {f"{issuer}:sub": subject}}
    context: list[Context] = [{f"{issuer}:sub".lower(): other} for other in SUBJECTS[issuer][1]]
    if any(matches_request(condition, request) for request in context):
        assert "FJ-IDN-105" in refused_trust(issuer, condition), subject


def refused_trust(issuer: str, condition: Condition) -> set[str]:
    """Returns the rules that refuse the trust of an issuer under a condition."""
    principal = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"}
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity"}
    document = {"Statement": [{**statement, "Condition": condition}]}
    return refused("aws:iam/role:Role", {"assumeRolePolicy": document}, LISTED)


@st.composite
def own_subjects(draw: st.DrawFn) -> tuple[str, str]:
    """Draws an issuer, and a subject of one's own, of which only the end is a wildcard where the issuer allows it."""
    issuer = draw(st.sampled_from(sorted(SUBJECTS)))
    text = SUBJECTS[issuer][0]
    shortened = text[: draw(st.integers(len(text) * 3 // 4, len(text)))] + "*"
    is_allowed = any(claim.values.fullmatch(shortened) for claim in claims_of(issuer))
    return issuer, shortened if is_allowed and draw(st.booleans()) else text
