"""Data that services process, deliver or share abroad although every resource is in the country."""

import re
from collections.abc import Iterable, Iterator

from ..engine.conditions import NOT_TRUE
from ..engine.families import residency_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.plan import Plan
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, leaves, one_or_many, walk
from ..engine.rows import Check, Guardrail, Predicate, Severity, aws
from ..engine.verdicts import Outcome, Verdict, failed, passed, undetermined
from ..readers.known_later import property_of, resolve_from

_MODEL_VENDORS = (
    "ai21|amazon|anthropic|cohere|deepseek|luma|meta|minimax|mistral|moonshot|nvidia|openai|qwen|stability|twelvelabs|"
    "writer|google"
)
_INFERENCE_PROFILE = lazy_regex(
    rf"(?:^|[/:\"'])(?:us|us-gov|eu|apac|au|jp|ca|sa|global)[.](?:{_MODEL_VENDORS})[.]\w", re.IGNORECASE
)
"""An inference profile, such as `eu.anthropic.claude-…`, which routes requests to several regions of a geography."""


def names_profile(value: object) -> bool:
    """Returns whether a text names a model through a cross-region inference profile."""
    return isinstance(value, str) and "." in value and _INFERENCE_PROFILE.search(value) is not None


def _check_models(resource: Resource) -> Iterator[Outcome]:
    """Checks the model ids in all properties, such as those of agents and flows, and environment variables of functions
    and pods."""
    for path, _, value in leaves(resource.props):
        if names_profile(value):
            yield failed(f"{path} names a cross-region inference profile", path)


SHARING_ROWS = (Check(aws("ram/ResourceShare"), "allowExternalPrincipals", NOT_TRUE),)

SHARES = {
    aws(kind)[0]: path
    for kind, path in (
        ("ec2/SnapshotCreateVolumePermission", "accountId"),
        ("ec2/AmiLaunchPermission", "accountId?"),
        ("rds/Snapshot", "sharedAccounts[*]"),
        ("rds/ClusterSnapshot", "sharedAccounts[*]"),
        ("rds/SnapshotCopy", "sharedAccounts[*]"),
        ("rds/ClusterSnapshotCopy", "sharedAccounts[*]"),
        ("dlm/LifecyclePolicy", "policyDetails?.schedules[*].shareRule?.targetAccounts"),
        ("redshift/DataShareAuthorization", "consumerIdentifier"),
        ("ram/PrincipalAssociation", "principal"),
        (
            "imagebuilder/DistributionConfiguration",
            "distributions[*].amiDistributionConfiguration?.launchPermission?.userIds",
        ),
        ("ecr/ReplicationConfiguration", "replicationConfiguration?.rules[*].destinations[*].registryId"),
    )
}
"""Type -> path of the recipients: account ids, or ARNs of an organisation or an organisational unit."""
_SHARING_PROPERTIES = frozenset(map(property_of, SHARES.values()))
_ORGANISATIONS = aws("organizations/Organization", "organizations/OrganizationalUnit")
"""Types whose ids no first preview shows. Data of an account of the plan may be abroad, as of any other."""
_MEMBERS, _RAM_SHARES = aws("ram/PrincipalAssociation"), aws("ram/ResourceShare")
_ORGANISATION = lazy_regex(r"arn:aws[a-z-]*:organizations::\d{12}:(?:organization|ou)/")


def _check_sharing(allowed_accounts: tuple[str, ...]) -> Predicate:
    def judge(resource: Resource) -> Iterator[Outcome]:
        waits = resource.type in _MEMBERS and resource.get("resourceShareArn") is not MISSING
        for path, value in walk(resource.props, SHARES[resource.type]):
            for item in one_or_many(value):
                outcome = _judge_recipient(item, path, allowed_accounts)
                yield undetermined(outcome.sentence, path) if waits and outcome.verdict is Verdict.FAIL else outcome

    return judge


def _judge_recipient(value: Plain, path: str, allowed_accounts: tuple[str, ...]) -> Outcome:
    if value is MISSING:
        return passed()
    if value == "all":
        return failed(f"{path} shares with everyone", path)
    if value is UNKNOWN:
        return undetermined(f"whom {path} shares with is not known before deployment", path)
    if isinstance(value, str) and (_ORGANISATION.match(value) or _account(value) in allowed_accounts):
        return passed()
    return failed(f"{path} shares with an account that is not on the list", path)


_resolve_unknown = resolve_from(_SHARING_PROPERTIES, _ORGANISATIONS)


def _resolve_sharing(resource: Resource, plan: Plan, outcome: Outcome) -> Outcome:
    """Resolves who joins a share: one that lets nobody in from outside has accounts of the organisation only, which is
    the provider's default (AWS RAM API reference, "CreateResourceShare", and hashicorp/terraform-provider-aws,
    internal/service/ram/resource_share.go, found as a string; both read 2026-11-30)."""
    if resource.type not in _MEMBERS or resource.get(SHARES[resource.type]) is UNKNOWN:
        return _resolve_unknown(resource, plan, outcome)
    shares = [item for item in plan.dependencies_of(resource, "resourceShareArn") if item.type in _RAM_SHARES]
    is_inside = shares and all(NOT_TRUE.judge(item.get("allowExternalPrincipals")) is Verdict.PASS for item in shares)
    return passed() if is_inside else failed(outcome.sentence, outcome.path)


def _account(principal: str) -> str:
    """Returns the account in an ARN. Any other value is the account itself."""
    return principal.split(":")[4] if principal.startswith("arn:") and principal.count(":") > 4 else principal


def service_residency(confirmed: Iterable[str]) -> tuple[Guardrail, ...]:
    """Returns the guardrails. The entries of `confirmed` that are account numbers may receive shared data."""
    allowed_accounts = tuple(item for item in confirmed if re.fullmatch(r"\d{12}", item))
    return (
        residency_rule(109, Severity.CRITICAL, "AI models are invoked in the region",
                       "cross-region inference profiles process prompts outside the country",
                       "Use the model ID instead of an inference profile",
                       predicate=_check_models, types=("aws:", "kubernetes:")),
        residency_rule(111, Severity.CRITICAL, "Data is shared within the organisation, or with listed accounts, only",
                       "another account's owner decides where the copies are stored",
                       "Set allow_external_principals to false, share with the organisation, or list the account with "
                       "the location of its copies under residency.known in enforcement.yaml",
                       checks=SHARING_ROWS, predicate=_check_sharing(allowed_accounts),
                       resolve=_resolve_sharing, types=tuple(SHARES)),
    )  # fmt: skip
