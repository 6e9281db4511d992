"""Transformations of logs of security that drop more than kinds of records, or who did something.

A transformation of a data collection rule is a query over `source`, of which what no `where` keeps is never stored
(Microsoft Learn, "Transformations in Azure Monitor" and "Supported KQL features in Azure Monitor transformations", read
2026-12-01). What good rules leave out is a list of fields: how grave a record is, what kind it is, which program wrote
it, the text of a query. Read in 60 rules of Azure/avdaccelerator, Azure/bicep-registry-modules and 20 more public
repositories on 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex

_SECURITY = lazy_regex(
    r"Microsoft-(?:Table-)?(?:SecurityEvent|WindowsEvent|Event|Syslog|CommonSecurityLog|SigninLogs|AuditLogs|AzureActivity"
    r"|AAD\w{1,60}|Device\w{1,60}|Identity\w{1,60}|LAQueryLogs|AzureDiagnostics|OfficeActivity|KubeAudit\w{0,20}|AKSAudit"
    r"\w{0,20}|Storage(?:Blob|File|Queue|Table)Logs|AZKVAuditLogs|AZFW\w{1,60}|ASim\w{1,60}|AppServiceAuditLogs"
    r"|MicrosoftGraphActivityLogs|ADX(?:Query|Command)|AZMSRunTimeAuditLogs|ContainerRegistryLoginEvents"
    r"|SQLSecurityAuditEvents|AzureDevOpsAuditing|CDBDataPlaneRequests)",
    re.IGNORECASE,
)
"""Streams whose records say who did what."""
_NEGATIVE = lazy_regex(
    r"(?:!=|!~|<>|!(?:in|has|contains|startswith|endswith|hasprefix|hassuffix)\w{0,12}~?)"
    r"\s{0,9}(?P<after>\([^()]{0,500}\)|[^\s|)]{0,200})",
    re.IGNORECASE,
)
_DENIED = lazy_regex(r"\bnot\s{0,9}\((?P<denied>[^|]{0,500})", re.IGNORECASE)
_EMPTY = lazy_regex(r"\b(?:isempty|isnull)\s{0,9}\((?P<denied>[^()|]{1,200})\)", re.IGNORECASE)
_BEFORE = 120
"""Characters before a sign in which its field stands."""
_LAST = lazy_regex(r"[|=!<>~\n]|\b(?:where|and|or|not)\b", re.IGNORECASE)
_FIELD = lazy_regex(r"(?<![\w'\"])[A-Za-z_]\w{0,99}(?!\w|\s{0,9}\(|['\"])")
_TEXT = lazy_regex(r"'[^']{0,500}'|\"[^\"]{0,500}\"")
_COMMENT = lazy_regex(r"'[^'\n]{0,500}'|\"[^\"\n]{0,500}\"|//[^\n]*")
_BRACKET = lazy_regex(r"\[\s{0,9}['\"](\w{1,100})['\"]\s{0,9}\]")
"""Another spelling of a field: `['Account']`."""
_FEW = lazy_regex(r"\|\s{0,9}(?:take|limit|sample|top)\s{1,9}\d{1,9}", re.IGNORECASE)
_WHERE = lazy_regex(r"\|\s{0,9}where\b(?P<condition>[^|]{0,4000})", re.IGNORECASE)
_PRESENT = lazy_regex(r"\b(?:isnotempty|isnotnull)\s{0,9}\([^()|]{1,200}\)", re.IGNORECASE)
_ANY_NAME = lazy_regex(r"(?<!\w)(?!(?:true|false|and|or|not)\b)[A-Za-z_]\w{0,99}(?!\w|\s{0,9}\()", re.IGNORECASE)
_STARRED = ("account", "subjectusername", "targetusername", "callerip", "ipaddress", "computer", "sourceip", "identity")
_WORDS = frozenset({
    "and", "or", "not", "in", "has", "has_any", "has_all", "has_cs", "contains", "contains_cs", "startswith",
    "endswith", "matches", "regex", "true", "false", "where", "source", "dynamic", "between",
})  # fmt: skip
_LEFT_OUT = frozenset({
    "level", "loglevel", "eventlevel", "eventlevelname", "severity", "severitylevel", "logseverity", "severitynumber",
    "eventid", "eventtype", "eventname", "eventlog", "category", "categoryvalue", "channel", "type", "resulttype",
    "facility", "processname", "querytext", "objectname", "countername", "instancename", "deviceaction",
    "deviceproduct", "devicevendor", "deviceeventclassid", "activity", "activitystatusvalue", "operationname",
    "operationnamevalue", "requestclientapp", "verb", "apigroup", "resource", "stage", "task", "opcode", "keywords",
    "syslogmessage", "message", "rawdata", "logonprocessname", "actiontype", "statuscode", "protocol", "communication",
})  # fmt: skip
"""Fields that a rule may leave records out by: what kind of record it is, and how grave."""
_SIGN_INS = lazy_regex(
    r"(?<!\d)(?:1102|4618|462[145]|464[89]|4657|4663|4672|4675|4688|469[2378]|470[4-6]|471[3-9]|472\d|473[0-57-9]|4740"
    r"|475[4-6]|476[4-689]|4771|4776|4780|4794|486[5-8]|4870|488[25]|489[0267]|490[6-8]|4912|4964|5124|5136|537[67]|7045)"
    r"(?!\d)"
)
"""Events of Windows that guards look for: sign-ins, rights, services, accounts, trusts, certificates, what is recorded
and logs that are cleared (MicrosoftDocs/windowsserverdocs 0239c8f4 WindowsServerDocs/identity/ad-ds/plan/
Appendix-L--Events-to-Monitor.md, all of high criticality and those of medium but IPsec, the firewall and volumes; read
2026-12-01; 5136 and 7045 in copies of Microsoft's pages and public guides). 4688, each new process, is often left out,
so that it is one of them only beside another."""
_NOISE = frozenset({"4688", "4663", "4648", "5136"})
_AWAY = lazy_regex(r"\|\s{0,9}project-away\s(?P<names>[^|]{1,2000})", re.IGNORECASE)
_WRITTEN = lazy_regex(
    r"(?:\bextend\s|,)\s{0,9}(?P<name>\w{1,100})\s{0,9}=\s{0,9}(?:'[^']*'|\"[^\"]*\"|\d{1,9}\b)", re.IGNORECASE
)
_WHO = lazy_regex(
    r"account\w{0,20}|(?:subject|target|source|destination|initiating\w{0,30})?user(?:name|id|principalname|sid)?|caller"
    r"|(?:caller|client|source|remote|destination)?ip(?:address)?|sourceip|callerip\w{0,10}|computer|hostname|hostip"
    r"|initiatedby|identity|activity|eventid|commandline|newprocessname|workstationname|timegenerated"
    r"|aad\w{1,40}|\w{0,30}(?:principal|request[eo]r|upn|objectid|e?mail|actor)\w{0,20}|userid|appid|clientid",
    re.IGNORECASE,
)
"""Fields that say who did something, from where and what: those of queries by MicrosoftDocs/azure-monitor-docs 19acc6ab
articles/azure-monitor/reference/tables/laquerylogs.md (AADEmail, AADObjectId, AADClientId), read 2026-12-01."""
_ONLY = lazy_regex(r"\|\s{0,9}project(?:-keep)?\s(?P<names>[^|]{1,4000})", re.IGNORECASE)
_PERSON = lazy_regex(
    r"user|account|caller|aad|identity|initiatedby|principal|subject|upn|mail|request[eo]r|objectid|properties"
    r"|eventdata|rawdata|actor|appid|clientid",
    re.IGNORECASE,
)
_OF_PEOPLE = lazy_regex(
    r"Microsoft-Table-(?:SigninLogs|AuditLogs|AzureActivity|AAD\w{1,60}|LAQueryLogs|OfficeActivity|Storage\w{4,5}Logs"
    r"|AZKVAuditLogs|MicrosoftGraphActivityLogs)",
    re.IGNORECASE,
)
"""Streams of which each record is of a person or a program."""
_ENDS_OF_NAMES = ("", "name", "ip", "id")
"""What may stand for `*` in a name."""


_TABLE = lazy_regex(r"\b[A-Z][A-Za-z]{3,60}\b")
_LONGEST = 20_000


def reads_security(query: str) -> bool:
    """Returns whether a query names a table whose records say who did what."""
    names = dict.fromkeys(_TABLE.findall(query[:_LONGEST]))
    return any(_SECURITY.fullmatch(f"Microsoft-Table-{name}") is not None for name in names)


def drops(stream: str, query: str) -> Iterator[str]:
    """Yields each field by which a transformation of a stream of security drops what is not listed."""
    if _SECURITY.fullmatch(stream.strip()) is not None:
        yield from dict.fromkeys(_dropped(stream.strip(), query))


def _dropped(stream: str, query: str) -> Iterator[str]:
    """Yields such fields, perhaps one more than once."""
    query = _COMMENT.sub(lambda found: found[0] if found[0][0] in "'\"" else " ", _BRACKET.sub(r"\1", query))
    yield from _kept(query)
    for fields, values in _left_out(query):
        if not fields:
            yield "an expression without a field"
        yield from (name for name in fields if name.lower() not in _LEFT_OUT)
        events = set(_SIGN_INS.findall(values)) - _NOISE
        if events and any(name.lower() == "eventid" for name in fields):
            yield f"EventID {min(events)}"
    for found in _AWAY.finditer(query):
        names = (name.strip() for name in found["names"].split(","))
        yield from (name for name in names if _says_who(name))
    for found in _ONLY.finditer(query) if _OF_PEOPLE.fullmatch(stream) else ():
        if _PERSON.search(found["names"]) is None and "*" not in found["names"]:
            yield "project"
    for found in _WRITTEN.finditer(query):
        if _WHO.fullmatch(found["name"]):
            yield found["name"]


def _says_who(name: str) -> bool:
    """Returns whether a name takes a field that says who it was: one with a star those that it may stand for."""
    is_known = any(_WHO.fullmatch(name.replace("*", end)) for end in _ENDS_OF_NAMES)
    beginning, star, _ = name.lower().partition("*")
    return is_known or (star != "" and any(field.startswith(beginning) for field in _STARRED))


def _kept(query: str) -> Iterator[str]:
    """Yields each field that says who it was by which a query keeps some records only, and each limit on all of them.
    Those without it may be left out."""
    plain = _TEXT.sub("''", query)
    for found in _FEW.finditer(plain):
        yield found[0].strip("| \t\n")
    for found in _WHERE.finditer(plain):
        condition = _PRESENT.sub(" kept == ''", found["condition"])
        who = (name for name in _FIELD.findall(condition) if _WHO.fullmatch(name))
        yield from (name for name in who if name.lower() not in _LEFT_OUT)
        if not _ANY_NAME.search(condition):
            yield found[0].strip("| \t\n")[:60]


def _left_out(query: str) -> Iterator[tuple[list[str], str]]:
    """Yields the fields by which a query leaves something out, with the values that are left out."""
    for found in _NEGATIVE.finditer(query):
        before = query[max(0, found.start() - _BEFORE) : found.start()].rstrip()
        yield _fields(_LAST.split(before)[-1]), found["after"]
    for expression in (_DENIED, _EMPTY):
        for found in expression.finditer(query):
            text = _inside(found["denied"])
            yield _fields(text), text


def _fields(text: str) -> list[str]:
    return [item for item in _FIELD.findall(_TEXT.sub("''", text)) if item.lower() not in _WORDS]


def _inside(text: str) -> str:
    """Returns what stands before the bracket that closes."""
    depth = 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return text[:index]
    return text
