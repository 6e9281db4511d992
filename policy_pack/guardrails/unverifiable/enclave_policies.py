"""Policies of confidential containers that let the owner of the host run any program.

A policy is base64 of Rego, or of JSON in older versions. What decides on programs, devices and further policies must be
left to the framework (`data.framework`), or be refused: a form of Rego that says yes in another way is none that the
tool writes. Names, and forms that let everything pass, are those of microsoft/hcsshim 7c9ff7f4
(pkg/securitypolicy/open_door.rego) and of the examples of Azure's REST documents, which the description of
azure-native:containerinstance:ContainerGroup in pulumi-azure-native 3.29.0 repeats. What a policy does not state has a
default if it is newer than the version of the interface that the policy names, and some of these defaults say yes
(pkg/securitypolicy/api.rego; regoEnforcer.applyDefaults); disks for what containers write are encrypted, unless
`allow_unencrypted_scratch` is true (framework.rego, scratch_mount); read on 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import UNKNOWN, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.plaintext_secrets import decode

_TYPES = azure("containerinstance:CGProfile", "containerinstance:ContainerGroup",
               "containerinstance:ContainerGroupProfile")  # fmt: skip
_OPEN_JSON = lazy_regex(r"[\"']allow_all[\"']\s{0,99}:(?!\s{0,99}false\b)", re.IGNORECASE)
_TOKEN = lazy_regex(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*')
_HEAD = lazy_regex(
    r"(?<![\w.])(allow_all|allow_unencrypted_scratch|create_container|exec_\w+|(?:rw_)?mount_\w+|plan9_mount|scratch_mount"
    r"|load_(?:fragment|transparency_trust_list)|registry_changes|host_network)\b[ \t]*(?P<value>[^\n;]*)"
)
_SWITCHES = ("allow_all", "allow_unencrypted_scratch")
_NAMES_VERSION = lazy_regex(r"(?<![\w.])api_(?:version|svn)\b")
_VERSION = lazy_regex(r"(?<![\w.])api_(?:version|svn)\s{0,99}:?=\s{0,99}[\"`](\d{1,9})\.(\d{1,9})\.(\d{1,9})[\"`]")
_ALLOWED_BEFORE = {
    "exec_in_container": (0, 2, 0), "exec_external": (0, 3, 0), "plan9_mount": (0, 6, 0), "scratch_mount": (0, 10, 0),
}  # fmt: skip
"""Decision that is yes where a policy does not state it and names an older version of the interface -> that version."""
_ELSE = lazy_regex(r"[\s;]*else\b")
_NO = lazy_regex(r":?=[ \t]*false[ \t]*")
_FRAMEWORK = lazy_regex(r":?=[ \t]*data\.framework\.\w+[ \t]*")
_OBJECT = lazy_regex(r":?=\s*\{")
_DENIED = lazy_regex(r'(?:^|,)\s*"allowed"\s*:\s*false\s*(?:,|$)')
_PATH = "confidentialComputeProperties?.ccePolicy?"


def check_enclave_policy(resource: Resource) -> Iterator[Outcome]:
    """Yields an outcome for a policy that lets everything pass, or that is not known before deployment."""
    for path, value in walk(resource.props, _PATH) if resource.type in _TYPES else ():
        if value is UNKNOWN:
            yield undetermined(f"{path} is not known before deployment", path)
        elif _is_open(decode(value)):
            yield failed(f"{path} lets everything pass: the owner of the host runs any program in the enclave", path)


def _is_open(policy: str) -> bool:
    if policy.lstrip().startswith(("{", "[")):
        return _OPEN_JSON.search(policy) is not None
    code = _TOKEN.sub(_plain, policy)
    heads = list(_HEAD.finditer(code))
    stated = {found[1] for found in heads}
    older = {name for name, since in _ALLOWED_BEFORE.items() if _version(policy, code) < since}
    return not older <= stated or any(not _is_closed(code, found) for found in heads)


def _version(policy: str, code: str) -> tuple[int, ...]:
    """Returns the version of the interface that a policy names: the oldest of several, and the newest if it names none,
    since nothing is allowed then."""
    found = [tuple(map(int, item.groups())) for item in _VERSION.finditer(policy)]
    if len(found) < len(_NAMES_VERSION.findall(code)):
        return (0, 0, 0)
    return min(found, default=(1, 0, 0))


def _plain(token: re.Match[str]) -> str:
    """Returns a token without what may stand in comments and texts."""
    text = token[0]
    if text.startswith("#"):
        return ""
    return text if text == '"allowed"' else '""'


def _is_closed(code: str, rule: re.Match[str]) -> bool:
    """Returns whether a rule refuses, or leaves the answer to the framework."""
    name, value, end = rule[1], rule["value"].rstrip("\r"), rule.end()
    if name in _SWITCHES:
        is_closed = _NO.fullmatch(value) is not None
    elif _OBJECT.match(value) or _OBJECT.match(code, rule.start("value")):
        is_closed, end = _is_denial(code, rule.start("value"))
    else:
        is_closed = _FRAMEWORK.fullmatch(value) is not None
    return is_closed and not _ELSE.match(code, end)


def _is_denial(code: str, start: int) -> tuple[bool, int]:
    """Returns whether the object from `start` on says that nothing is allowed, and where its line ends."""
    begin = code.index("{", start) + 1
    depth, own = 1, []
    for end in range(begin, len(code)):
        depth += (code[end] in "{[(") - (code[end] in "}])")
        if depth == 0:
            rest = code[end + 1 :].partition("\n")[0].partition(";")[0]
            is_denied = _DENIED.search("".join(own)) is not None and "".join(own).count('"allowed"') == 1
            return is_denied and not rest.strip(), end + 1 + len(rest)
        own.append(code[end] if depth == 1 else "")
    return False, len(code)
