"""Reads AWS policy documents, as JSON or as objects: principals, actions, resources and conditions."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from falaj.facts.iam_conditions import Narrowing

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, items_of, one_or_many
from ..engine.verdicts import Outcome, failed, passed, undetermined
from .iam_conditions import StatementCondition, as_text, as_tuple, conditions

WHOLE_ACCOUNT = lazy_regex(r"(?:arn:aws:iam::)?\d{12}(?::root)?")
"""An account as a principal: it includes every identity that the policies of the account allow."""

_READ_OR_SHARED = ("ebs:GetSnapshotBlock", "ec2:CopySnapshot", "ec2:ModifySnapshotAttribute")
"""Actions by which a snapshot is read elsewhere. The driver of disks has none of them, so that its tag does not confine
them: every snapshot of every team has it (kubernetes-sigs/aws-ebs-csi-driver 050d130f docs/example-iam-policy.json,
read 2026-11-30)."""

_IS_ATTACHED = "iot:connection.thing.isattached"
_OF_TOPICS = (
    "iot:AssumeRoleWithCertificate", "iot:DeleteThingShadow", "iot:GetRetainedMessage", "iot:GetThingShadow",
    "iot:Publish", "iot:Receive", "iot:RetainPublish", "iot:Subscribe", "iot:UpdateThingShadow",
)  # fmt: skip
"""Key that says whether a certificate belongs to the thing whose name a device connects under, and actions of devices
of which it does not say whose the resource is, as it does of iot:Connect: every device of the account meets it (AWS IoT
Core Developer Guide, "Thing policy variables" and "Thing policy examples", read 2026-12-01)."""


@dataclass(frozen=True)
class ParsedStatement:
    """One statement, with lists as tuples. `principals` are pairs (kind, name), such as ("AWS", "*")."""

    path: str
    effect: str
    principals: tuple[tuple[str, Plain], ...]
    is_not_principal: bool
    actions: tuple[Plain, ...]
    not_actions: tuple[Plain, ...]
    resources: tuple[Plain, ...]
    not_resources: tuple[Plain, ...]
    conditions: tuple[StatementCondition, ...]

    @property
    def allows(self) -> bool:
        """Whether the effect of the statement is Allow."""
        return self.effect.strip().lower() == "allow"

    @property
    def is_public(self) -> bool:
        """Whether the statement applies to every principal, or to every principal but the listed ones."""
        return self.is_not_principal or any(_is_everyone(name) for _, name in self.principals)

    def is_narrowed(self, *narrowings: Narrowing) -> bool:
        """Returns whether a condition of the statement narrows one of these."""
        shares = any(matches(action, *_READ_OR_SHARED) for action in self.actions)
        reaches_topics = any(matches(action, *_OF_TOPICS) for action in self.actions)
        return any(
            condition.narrows(narrowing)
            for condition in self.conditions
            if not (shares and condition.is_of_whatever_controllers_made)
            and not (reaches_topics and condition.key.lower() == _IS_ATTACHED)
            for narrowing in narrowings
        )

    @property
    def covers_everything(self) -> bool:
        """Whether the statement covers every resource."""
        return bool(self.not_resources) or any(_is_any(item) for item in self.resources)

    @property
    def is_broad(self) -> bool:
        """Whether the statement covers every resource, or every resource of a type."""
        return self.covers_everything or any(isinstance(item, str) and _is_broad(item) for item in self.resources)


def _is_everyone(name: Plain) -> bool:
    return isinstance(name, str) and re.fullmatch(r"\*+|arn:[^:]*:iam::\*:.*", name.strip()) is not None


_ANY = r"\?*\*[*?]*"
"""`*` in every notation, such as `**` and `?*`, in the one way in which the first star is the first."""
_EVERY_RESOURCE_OF_TYPE = lazy_regex(r"arn:[^:]*:(?!s3:)[^:]*:[^:]*:[^:]*:(?:[\w*?-]+[/:])?[?/:]*\*[*?/:-]*")
"""Every resource of a type, such as `arn:aws:iam::123456789012:role/*` and `secret:*-??????`. Excludes S3, where a
bucket name precedes the slash."""


_EVERYTHING = lazy_regex(rf"{_ANY}|arn:(?:[*?]+|aws[\w-]*:(?:[*?:]|s3)*\*\?*)")
_S3_BUCKET = lazy_regex(r"arn:[^:]*:(?:s3|[*?]+):[^:]*:[^:]*:([^/]*)(?:/.*)?")
_FEWEST_FIXED = 3
"""Characters that a pattern of names must fix: the shortest name of a bucket has as many."""
_FIXED = lazy_regex(r"[^*?/:_.-]")
"""A character of a name that narrows a pattern."""
_OF_SERIES = lazy_regex(r"[^*?/:_.-]{2}[_.-]")
"""Beginning of the names of one team or environment, such as `ml-*` and `qa-*`: as three letters, it leaves out each
name without a separator in that place (`role/ml-*` in examples of AWS's SDKs, `function:qa-*` beside `function:dev-*`
in public policies, found as strings; read 2026-11-30)."""
_IN_EACH_NAME = lazy_regex(
    r"[*?](?:[*?/:_.-]|(?:prod(?:uction)?|prd|live|uae)(?![a-z])|\d{12}(?!\d)|[a-z]{2}-[a-z]{4,9}-\d(?!\d)){1,40}",
    re.IGNORECASE,
)
"""A pattern that begins with a wildcard and fixes nothing but the environment of production, the country, the Region or
the number of the account, such as `*-prod-*`: each name of the account has it. What begins with it, such as `prod/*`,
is the prefix of a series, as `qa-*` is."""
_PATHS_OF_SERVICES = lazy_regex(r"(?:service-role|aws-reserved(?:/sso\.amazonaws\.com)?)/")
"""Path that the console gives the roles which it makes for services, and that of roles of Identity Center: it is of no
owner (IAM User Guide, "Create a role to delegate permissions to an AWS service", as known on 2026-12-02)."""
_EVERY_ACTION = lazy_regex(rf"{_ANY}|{_ANY}:{_ANY}")


def _is_any(resource: Plain) -> bool:
    if not isinstance(resource, str):
        return False
    bucket = _S3_BUCKET.fullmatch(resource.strip())
    if bucket is not None and set(bucket[1]) & set("*?"):
        is_fixed = len(re.sub(r"[*?]", "", bucket[1])) >= _FEWEST_FIXED
        if not is_fixed or _IN_EACH_NAME.fullmatch(bucket[1]) is not None:
            return True
    return _EVERYTHING.fullmatch(resource.strip()) is not None


def _is_broad(resource: str) -> bool:
    """Returns whether an ARN is of every resource of a type, or of too many names: one pattern for each first letter
    covers all."""
    if _EVERY_RESOURCE_OF_TYPE.fullmatch(resource):
        return True
    parts = resource.split(":", 5)
    if len(parts) < 6 or parts[2] == "s3":
        return False
    name = _PATHS_OF_SERVICES.sub("", re.split("[/:]", parts[5], maxsplit=1)[-1], count=1)
    if _IN_EACH_NAME.fullmatch(name) is not None:
        return True
    is_fixed = len(_FIXED.findall(name)) >= _FEWEST_FIXED or _OF_SERIES.match(name) is not None
    return bool(set(name) & set("*?")) and not is_fixed


def is_every_action(action: Plain) -> bool:
    """Returns whether an action is every action of every service."""
    return isinstance(action, str) and _EVERY_ACTION.fullmatch(action.strip()) is not None


def is_whole_service(action: Plain) -> bool:
    """Returns whether an action is every action of one service, such as `s3:*`."""
    return isinstance(action, str) and re.fullmatch(rf".*:{_ANY}", action.strip()) is not None


def _unique_keys(pairs: list[tuple[str, Plain]]) -> Plain:
    """Returns an object of JSON pairs. Raises ValueError if a key is duplicate, because parsers disagree on which value
    applies."""
    if len({key.lower() for key, _ in pairs}) < len(pairs):
        raise ValueError("a key is duplicate")
    return dict(pairs)


def _raw_statements(document: Plain) -> Plain:
    """Returns the list of statements; MISSING if there is no policy, UNKNOWN if it is not known, None if it is
    invalid."""
    if document is UNKNOWN or document is MISSING or document is None or document == "":
        return MISSING if document is not UNKNOWN else UNKNOWN
    if isinstance(document, str):
        try:
            document = json.loads(document, object_pairs_hook=_unique_keys)
        except (ValueError, RecursionError):
            return None
    items = _first_key(document, "Statement", "statements") if isinstance(document, dict) else MISSING
    if items is MISSING:
        return None
    return items if items is UNKNOWN else one_or_many(items)


def judge_statements(
    document: Plain,
    path_to_policy: str,
    find_violation: Callable[[ParsedStatement], str],
    *,
    report_unreadable: bool = True,
) -> Iterator[Outcome]:
    """Applies `find_violation` to the Allow statements of a policy. It returns the text of a violation, or an empty
    text.

    Definite violations are reported even if other statements are unknown. An invalid policy fails, and an unknown one
    is undetermined; of several rules on the same policy, only the one with `report_unreadable` reports that.
    """
    items = _raw_statements(document)
    if items is UNKNOWN and report_unreadable:
        yield undetermined(f"{path_to_policy} is not known before deployment", path_to_policy)
    elif not isinstance(items, list):
        if items is None and report_unreadable:
            yield failed(f"{path_to_policy} is not a valid policy document", path_to_policy)
        return
    for index, item in enumerate(items_of(items)):
        path = f"{path_to_policy}.Statement[{index}]"
        if item is UNKNOWN and report_unreadable:
            yield undetermined(f"{path} is not known before deployment", path)
        elif not isinstance(item, dict):
            if report_unreadable:
                yield failed(f"{path} is not a valid policy statement", path)
        else:
            statement = _statement(item, path)
            text = find_violation(statement) if statement.allows else ""
            yield failed(f"{path} {text}", path) if text else passed()


def statements(document: Plain, path_to_policy: str) -> list[ParsedStatement] | None:
    """Returns the statements of a policy; None if not all of them are known."""
    items = _raw_statements(document)
    if items is UNKNOWN or (isinstance(items, list) and UNKNOWN in items):
        return None
    entries = items_of(items)
    return [
        _statement(item, f"{path_to_policy}.Statement[{index}]")
        for index, item in enumerate(entries)
        if isinstance(item, dict)
    ]


def _statement(item: dict[str, Plain], path: str) -> ParsedStatement:
    not_principal = _first_key(item, "NotPrincipal", "notPrincipals")
    effect = _first_key(item, "Effect", "effect")
    return ParsedStatement(
        path=path,
        effect=str(effect) if isinstance(effect, str) else "Allow",
        principals=tuple(_principals(_first_key(item, "Principal", "principals"))),
        is_not_principal=not_principal is not MISSING,
        actions=as_tuple(_first_key(item, "Action", "actions")),
        not_actions=as_tuple(_first_key(item, "NotAction", "notActions")),
        resources=as_tuple(_first_key(item, "Resource", "resources")),
        not_resources=as_tuple(_first_key(item, "NotResource", "notResources")),
        conditions=tuple(conditions(_first_key(item, "Condition", "conditions"))),
    )


def _first_key(item: dict[str, Plain], *keys: str) -> Plain:
    """Returns the value of the first key that is present. Ignores case, because the services differ in spelling."""
    folded = {name.lower(): value for name, value in item.items() if value is not None}
    return next((folded[key.lower()] for key in keys if key.lower() in folded), MISSING)


_KINDS = {kind.lower(): kind for kind in ("AWS", "Service", "Federated", "CanonicalUser")}


def _principals(value: Plain) -> Iterator[tuple[str, Plain]]:
    if isinstance(value, dict):
        for kind, names in value.items():
            yield from ((_KINDS.get(kind.lower(), kind), _principal_name(name)) for name in as_tuple(names))
    elif isinstance(value, list):
        for item in value:
            yield from _principals(item)
    elif value is not MISSING:
        yield "AWS", _principal_name(value)


def _principal_name(value: Plain) -> Plain:
    return as_text(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def matches(action: Plain, *names: str) -> bool:
    """Returns whether an action of a policy, which may contain wildcards, matches one of the names."""
    if not isinstance(action, str):
        return False
    # Not an expression of one `.*` a star: what many stars match takes exponential time.
    pattern = action.lower().replace("[", "[[]")
    return any(fnmatchcase(name.lower(), pattern) for name in names)
