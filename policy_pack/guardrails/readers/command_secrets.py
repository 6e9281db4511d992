"""Plaintext secrets in commands: before a command, beside one of its options, or in a definition of a workflow.

Options are those of the manuals of mysql (`-p`, with the password directly beside it: copies of the manual, read
2026-12-01) and curl (`-u`, name and password: curl/curl 0b746469 docs/cmdline-opts/user.md, read 2026-12-01); those of
sshpass, and of MariaDB's programs, MongoDB's with `-u`, redis-cli, sqlcmd, OpenLDAP's, logins to registries and openssl
as public programs have them (found as strings, read 2026-12-02); and long ones of any program. What is a variable, a
file, an address or a placeholder is none: a value has a digit or a sign.
"""

import re
from collections.abc import Iterator

from falaj.facts.plaintext_secrets import is_reference, is_secret_name

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, from_json, items_of, leaves

_VALUE = r"(?:\"(?P<{0}a>[^\"\n]{{1,200}})\"|'(?P<{0}b>[^'\n]{{1,200}})'|(?P<{0}c>[^\s\"'|;&<>()]{{1,200}}))"
_PREFIX = lazy_regex(
    r"^[ \t]{0,40}(?:export[ \t]{1,4})?(?P<name>[A-Z][A-Z0-9_]{1,60})=" + _VALUE.format("p") + r"[ \t;]", re.MULTILINE
)
"""A variable of one command, in front of it."""
_OPTION = lazy_regex(
    r"(?<![\w-])--?(?P<no>(?:no|use|prompt|ask|generate|random|reset|show)-)?(?:[a-z]{1,20}-){0,3}"
    r"(?:password|passwd|passphrase|token|api-?key|access-?key|secret-?key)(?:=|[ \t]{1,4})" + _VALUE.format("o"),
    re.IGNORECASE,
)
_WHOLE = r"(?:\.(?i:exe))?(?![\w.-])"
"""The end of a program's name: `mongo-express` is another, whose `-p` is a port."""
_REST = _WHOLE + r"[^\n|;&]{0,200}?[ \t]"
"""The rest of a command, up to one of its options."""
_SHORT = lazy_regex(
    r"\b(?:mysql(?:_upgrade|admin|binlog|check|dump|import|pump|show|slap|sh)?" + _REST + "-p"
    r"|mariadb(?:-(?:admin|binlog|check|dump|import|show|slap))?" + _REST + r"-p|sshpass[ \t]{1,4}-p[ \t]{0,4}"
    r"|mongo(?:sh|dump|export|files|import|restore|stat|top)?"
    + _WHOLE
    + r"(?=[^\n|;&]{0,200}?[ \t](?:-u|--username)\b)[^\n|;&]{0,200}?[ \t]-p[ \t]{0,4}"
    r"|(?:redis|valkey|keydb)-cli" + _REST + r"(?:-a|--pass)[ \t]{1,4}"
    r"|(?:(?i:sqlcmd)|bcp)" + _REST + r"-P[ \t]{0,4}"
    r"|ldap(?:add|compare|delete|modify|passwd|search|whoami)" + _REST + r"-w[ \t]{0,4}"
    r"|(?:docker|podman|nerdctl|buildah|skopeo|crane[ \t]auth|helm[ \t]registry)[ \t]{1,4}login"
    + _REST
    + r"-p[ \t=]{0,4}|az[ \t]{1,4}(?:acr[ \t]{1,4})?login"
    + _REST
    + r"-p[ \t]{1,4}"
    r"|openssl" + _REST + r"-pass(?:in|out)?[ \t]{1,4}pass:"
    r"|curl" + _REST + r"(?:-u|--user)[ \t=]{0,4}[\"']?[\w.@-]{1,64}:)" + _VALUE.format("s")
)
_PATTERNS = ((_PREFIX, "p"), (_OPTION, "o"), (_SHORT, "s"))
_SIGNS = lazy_regex(r"[\d!@#%^&*+]")
_ELSEWHERE = lazy_regex(r"[$`<{]|://|^[-/~]|%[sd(]|^(?:%\w{1,60}%|__\w{1,60}__)$")
"""In a value that is a variable, the result of a command, a placeholder, an address, an option or a file."""
_SHORTEST = 6


def has_secret_commands(text: str) -> bool:
    """Returns whether a command of a script has a secret in plain text."""
    return any(_is_secret(found, key) for pattern, key in _PATTERNS for found in pattern.finditer(text))


def _is_secret(found: re.Match[str], key: str) -> bool:
    groups = found.groupdict()
    value = next((text for kind in "abc" if (text := groups[f"{key}{kind}"])), "")
    if groups.get("no") or len(value) < _SHORTEST or not _SIGNS.search(value) or _ELSEWHERE.search(value):
        return False
    name = groups.get("name")
    return not is_reference(value) and (name is None or is_secret_name(name, value))


def command_of(container: dict[str, Plain]) -> str:
    """Returns what a container runs, as one line."""
    words = [item for key in ("entryPoint", "command") for item in items_of(container.get(key))]
    return " ".join(word for word in words if isinstance(word, str))


_OF_CALLS = lazy_regex(r".*(?:client|request|task|next|continuation|idempotency)_?token", re.IGNORECASE)
"""Names of tokens by which a call is told apart, or a list goes on."""


def secrets_of_workflow(definition: Plain) -> Iterator[str]:
    """Yields the names of values of a workflow that are secrets in plain text; `name.$` and `{% ... %}` are expressions
    (awsdocs/aws-step-functions-developer-guide 3d6752c doc_source/workflow-studio-process.md, read 2026-12-01; the
    latter by botocore 1.44.8, states, queryLanguage)."""
    for _, key, value in leaves(from_json(definition)):
        text = value if isinstance(value, str) else ""
        is_named = is_secret_name(key, text) and not key.endswith(".$") and not _OF_CALLS.fullmatch(key)
        if is_named and text and _SIGNS.search(text) and not _ELSEWHERE.search(text) and not is_reference(text):
            yield key
