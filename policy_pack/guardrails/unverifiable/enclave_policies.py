"""Policies of confidential containers that let the owner of the host run any program.

A policy is base64 of Rego, or of JSON in older versions. What decides on programs, devices and further policies must be
left to the framework (`data.framework`), or be refused: a form of Rego that says yes in another way is none that the
tool writes. Names, and forms that let everything pass, are those of microsoft/hcsshim 016646e8
(pkg/securitypolicy/open_door.rego) and of the examples of Azure's REST documents, which the description of
azure-native:containerinstance:ContainerGroup in pulumi-azure-native 3.29.0 repeats; read on 2026-11-29.
"""

import re
from collections.abc import Iterator

from ..engine.reading import UNKNOWN, Resource, walk
from ..engine.rows import azure
from ..engine.verdicts import Outcome, failed, undetermined
from ..readers.plaintext_secrets import decode

_TYPES = azure("containerinstance:CGProfile", "containerinstance:ContainerGroup",
               "containerinstance:ContainerGroupProfile")  # fmt: skip
_OPEN_JSON = re.compile(r"[\"']allow_all[\"']\s{0,99}:(?!\s{0,99}false\b)", re.IGNORECASE)
_TOKEN = re.compile(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*')
_HEAD = re.compile(r"(?<![\w.])(allow_all|create_container|exec_\w+|mount_\w+|load_fragment)\b[ \t]*(?P<value>[^\n;]*)")
_ELSE = re.compile(r"[\s;]*else\b")
_NO = re.compile(r":?=[ \t]*false[ \t]*")
_FRAMEWORK = re.compile(r":?=[ \t]*data\.framework\.\w+[ \t]*")
_OBJECT = re.compile(r":?=\s*\{")
_DENIED = re.compile(r'(?:^|,)\s*"allowed"\s*:\s*false\s*(?:,|$)')
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
    return any(not _is_closed(code, found) for found in _HEAD.finditer(code))


def _plain(token: re.Match[str]) -> str:
    """Returns a token without what may stand in comments and texts."""
    text = token[0]
    if text.startswith("#"):
        return ""
    return text if text == '"allowed"' else '""'


def _is_closed(code: str, rule: re.Match[str]) -> bool:
    """Returns whether a rule refuses, or leaves the answer to the framework."""
    name, value, end = rule[1], rule["value"].rstrip("\r"), rule.end()
    if name == "allow_all":
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
