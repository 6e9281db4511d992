"""Filters of a trail and of findings that leave out somebody.

What an alarm on a trail may leave out is a list of fields, with the values that say nothing of a person: what kind of
event it is, what services do for themselves, roles of deployments. A person, an address of the internet and what the
caller writes, such as a user agent, are none: whoever that is acts unseen. The fields are those of a record of
CloudTrail (awsdocs/aws-cloudtrail-user-guide 56f54d9 doc_source/cloudtrail-event-reference-record-contents.md, read
2026-12-01); what is left out by good programs was read in 441 filters of nozaq/terraform-aws-secure-baseline,
aws-samples/aws-secure-environment-accelerator and others, and in 70 more of public repositories, on 2026-11-30.
"""

import re
from collections.abc import Iterator, Mapping

from ..engine.lazy_regex import lazy_regex
from ..engine.number_conditions import number_of
from ..engine.reading import Plain, from_json, one_or_many, texts_in
from .administrators import names_administrator
from .cidrs import is_private

_OF_A_TRAIL = lazy_regex(
    r"\$\.(?:userIdentity\.|eventSource\b|additionalEventData\.|responseElements\.)|\$\.(?:eventName|sourceIPAddress)\b"
)
_TERM = lazy_regex(
    r"\$\.(?P<field>[A-Za-z][\w.-]{0,199})\s{0,9}(?P<sign>!=|=|NOT\s+EXISTS\b)\s{0,9}"
    r"(?P<value>\"[^\"\n]{0,300}\"|%[^%\n]{0,300}%|[^\s\"(){}&|]{1,300})?",
    re.IGNORECASE,
)
_BRACKET = lazy_regex(r"\.?\[['\"](\w{1,60})['\"]\]")
_ALL_BUT = lazy_regex(r"%[^%]{0,200}\[\^")
"""An expression with letters that a text must not have."""
_ANY = lazy_regex(r"(?!(?:\*+|me-.*|AwsApiCall|Management)$)[\s\S]*", re.IGNORECASE)
"""A value that is neither every one, nor the region, the type or the category of nearly all records."""
_FOR_A_SERVICE = lazy_regex(r"[\w.*-]{0,200}\.amazonaws\.com|AWS Internal|\*?", re.IGNORECASE)
_MACHINE = lazy_regex(
    r"(?:^|[^a-z])(?:role|roles|assumed-role)(?:$|[^a-z])|role\b|Role|AWSService|AWSReserved|AWSConfig|terraform|github|gitlab"
    r"|jenkins|pipeline|deploy|automation|runner|(?:^|[-_/.])(?:bot|ci|cd|svc|service|iac|backup|lambda|scanner|config)"
    r"(?:$|[-_*/.])",
    re.IGNORECASE,
)
"""Names of roles and of programs; a plan does not say whose another name is. One of an administrator is none of them:
nobody would be told of what is done with all rights (`administrators.py`)."""
_KIND = lazy_regex(
    r"AssumedRole|AWSService|AWSAccount|SAMLUser|WebIdentityUser|FederatedUser|IdentityCenterUser", re.IGNORECASE
)
_LOUD = lazy_regex(r"(?!(?:iam|sts|kms|cloudtrail|guardduty|config|signin|organizations|securityhub|sso)\b)[\s\S]*",
                   re.IGNORECASE)  # fmt: skip
_LEFT_OUT: Mapping[str, re.Pattern[str]] = {
    r"eventname|eventtype|eventcategory|readonly|managementevent|awsregion|errorcode|errormessage|vpcendpointid": _ANY,
    r"(?:additionaleventdata|requestparameters|responseelements|serviceeventdetails)\..+": _ANY,
    r"eventsource": _LOUD,
    r"useridentity\.type": _KIND,
    r"useridentity\.invokedby": _FOR_A_SERVICE,
    r"useridentity\.sessioncontext\.attributes\..+": _ANY,
    r"useridentity\.(?:arn|principalid|username|sessioncontext\..+|details\..+)": _MACHINE,
    r"useragent": _FOR_A_SERVICE,
}
"""Expression for the name of a field of a trail -> values that a filter may leave out."""
_FIELDS = tuple((lazy_regex(name, re.IGNORECASE), values) for name, values in _LEFT_OUT.items())
_NEVER_ASKED = lazy_regex(r"eventid|eventtime|requestid|sharedeventid|eventversion", re.IGNORECASE)
"""Fields of which each record has its own value, so that a filter by one of them finds one record at most."""
_USES = (
    r"AssumeRole|GetObject|PutObject|DeleteObject|GetSecretValue|GetParameters?|Decrypt|GenerateDataKey\w{0,30}|ReEncrypt"
    r"|PutImage|(?:Put|Get|Update|Delete)Item|Query|Scan|InvokeModel"
)
_EVENT = r"eventName['\"]?\s{0,9}[=:]\s{0,9}\[?\s{0,9}['\"]?"
_OF_USERS = lazy_regex(_EVENT + rf"(?:{_USES})\b", re.IGNORECASE)
_OF_PLACES = lazy_regex(_EVENT + rf"(?:ConsoleLogin|{_USES})\b|ConsoleLogin\s{{0,9}}=", re.IGNORECASE)
"""What one program does with its own secrets, keys and data, and what people do from known places: a filter may be for
all others."""
_SECURITY = frozenset({
    "aws.guardduty", "aws.securityhub", "aws.macie", "aws.inspector2", "aws.access-analyzer", "aws.detective",
    "aws.config", "aws.signin",
})  # fmt: skip
_OF_FINDINGS = lazy_regex(
    r"severity|label|score|type|types|title|productname|product|productarn|companyname|status|state|recordstate"
    r"|workflow|archived|domain|region|criticality|category|count|generatorid|compliancetype|configrulename"
    r"|messagetype|detail-type|eventname|source|user(?:agent)?version|standards.*",
    re.IGNORECASE,
)
"""Fields of findings that do not say who or what is concerned (GuardDuty, Security Hub's ASFF, Macie, Inspector)."""
_DEEPEST, _CRITICAL = 20, 9


def leaves_out(pattern: str) -> Iterator[str]:
    """Yields each term by which a filter of a trail leaves somebody out, or finds one record at most."""
    if not pattern.strip().startswith("{") or _OF_A_TRAIL.search(pattern) is None:
        return
    plain = re.sub(r"\s+", " ", _BRACKET.sub(r".\1", pattern))
    for term in _TERM.finditer(plain):
        field, value = term["field"], (term["value"] or "").strip('"%')
        if term["sign"] == "=" and not _ALL_BUT.match(term["value"] or ""):
            if _NEVER_ASKED.fullmatch(field) and value.strip("*"):
                yield f"{field} = {value}"
        elif not _may_leave_out(field, value, plain, exists=term["sign"] in ("!=", "=")):
            yield f"{field} {term['sign']} {value}".strip()


def _may_leave_out(field: str, value: str, pattern: str, *, exists: bool = True) -> bool:
    if field.lower() == "sourceipaddress":
        return _FOR_A_SERVICE.fullmatch(value) is not None or _is_own(value) or _OF_PLACES.search(pattern) is not None
    known = next((values for name, values in _FIELDS if name.fullmatch(field)), None)
    if known is None:
        return False
    if known is _MACHINE:
        if names_administrator(value):
            return False
        return not exists or _MACHINE.search(value) is not None or _OF_USERS.search(pattern) is not None
    return not exists or known.fullmatch(value) is not None


def _is_own(address: str) -> bool:
    """Returns whether an address, perhaps with a star, is one of a private network."""
    parts = [part for part in address.strip("*").strip(".").split(".") if part]
    is_number = bool(parts) and all(part.isdigit() and int(part) < 256 for part in parts)
    if not is_number:
        return False
    network = ".".join([*parts, "0", "0", "0"][:4])
    return is_private(f"{network}/{8 * min(len(parts), 4)}")


def leaves_out_of_events(pattern: Plain) -> Iterator[str]:
    """Yields each field by which a pattern of events of security leaves somebody out."""
    fields = from_json(pattern)
    if not isinstance(fields, dict):
        return
    sources, kinds = texts_in(fields.get("source")), " ".join(texts_in(fields.get("detail-type")))
    detail = fields.get("detail")
    if "via CloudTrail" in kinds or (isinstance(detail, dict) and "userIdentity" in detail):
        yield from _exclusions(detail, "", str(fields), is_trail=True)
    elif not _SECURITY.isdisjoint(sources):
        yield from _exclusions(detail, "", "", is_trail=False)


def _exclusions(value: Plain, path: str, pattern: str, *, is_trail: bool, depth: int = 0) -> Iterator[str]:
    """Yields the fields with a comparison that leaves something out which is not listed."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return
    for name, part in value.items():
        inner = path if name == "$or" else f"{path}.{name}".lstrip(".")
        for item in part if isinstance(part, list) else [part]:
            if not isinstance(item, dict):
                if is_trail and _NEVER_ASKED.fullmatch(inner):
                    yield inner
                continue
            if name.lower() == "severity" and _is_beyond(item.get("numeric")):
                yield inner
            if "anything-but" in item or "exists" in item:
                if _is_left_out(inner, item, pattern, is_trail=is_trail):
                    yield inner
            elif isinstance(part, dict) or name == "$or":
                yield from _exclusions(item, inner, pattern, is_trail=is_trail, depth=depth + 1)


def _is_beyond(bounds: Plain) -> bool:
    """Returns whether bounds leave out what is grave: nine of ten and more is critical (Amazon GuardDuty User Guide,
    "Findings severity levels", by a copy, read 2026-12-01)."""
    pairs = zip(bounds[::2], bounds[1::2], strict=False) if isinstance(bounds, list) else ()
    return any(str(sign).startswith(">") and (number_of(value) or 0) > _CRITICAL for sign, value in pairs)


def _is_left_out(field: str, item: Mapping[str, Plain], pattern: str, *, is_trail: bool) -> bool:
    """Returns whether a comparison leaves out what is not listed. That a field is there leaves out nothing."""
    if not is_trail:
        is_limit = "anything-but" in item or item.get("exists") is False
        return is_limit and _OF_FINDINGS.fullmatch(field.rpartition(".")[2]) is None
    if "anything-but" not in item:
        return item.get("exists") is False and not _may_leave_out(field, "", pattern, exists=False)
    left = item["anything-but"]
    values = list(left.values()) if isinstance(left, dict) else one_or_many(left)
    texts = [str(text) for value in values for text in one_or_many(value)]
    return not all(_may_leave_out(field, text, pattern) for text in texts)
