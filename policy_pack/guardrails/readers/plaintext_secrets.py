"""Recognises plaintext secrets in settings. Messages contain names and paths, and never a value."""

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import pairwise

from ..engine.reading import MISSING, UNKNOWN, Plain, from_json
from ..engine.verdicts import Outcome, failed, passed, undetermined

_SECRET_WORDS = frozenset(
    {"password", "passwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "apikey", "pwd"}
    | {"accesskey", "privatekey", "secretkey", "authtoken", "accesstoken", "connectionstring", "pass", "pat"}
)
_SECRET_ENDINGS = ("password", "passwd", "passphrase", "secret", "token", "apikey")
"""Endings of names without separators, as in DBPASSWORD."""
_KEY_QUALIFIERS = frozenset(
    {"api", "access", "private", "secret", "encryption", "signing", "account", "master", "shared"}
)
_METADATA_WORDS = frozenset(
    {"file", "path", "dir", "directory", "name", "arn", "url", "uri", "endpoint", "ttl", "second", "seconds", "minutes"}
    | {
        "enabled",
        "length",
        "limit",
        "count",
        "type",
        "version",
        "region",
        "expiry",
        "expiration",
        "duration",
        "timeout",
    }
    | {
        "audience",
        "hours",
        "issuer",
        "mount",
        "ref",
        "reference",
        "namespace",
        "policy",
        "size",
        "parallelism",
        "required",
    }
    | {"provider", "backend", "store", "class", "algorithm", "format", "prefix", "header", "field", "rotation", "host"}
    | {"id", "interval", "mode", "volume", "label", "env", "scope", "scopes", "username", "user", "manager", "port"}
)
"""Last words of names that describe a secret without containing it."""
_MODIFIERS = frozenset({"max", "min", "num", "enable", "disable", "use", "allow", "skip", "require", "has", "is"})
_SELECTORS = frozenset({"AZURE_TOKEN_CREDENTIALS"})
"""Variables that select an authentication method, and contain no credential."""
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")

_REFERENCE = re.compile(
    r"\$\w+|\$\(.*\)|\$\{.*\}|\{\{.*\}\}|@Microsoft\.KeyVault\(.*\)|arn:.*|vault:.*|/.*|file:.*|https?://[^@]*|true|false|",
    re.IGNORECASE | re.DOTALL,
)
"""Values that reference a secret stored elsewhere, or that cannot be one: empty, true, false."""
_SECRET_VALUE = re.compile(
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY"
    r"|\b(?:AccountKey|SharedAccessKey|Password|Pwd)\s*=\s*[^;\s{$<]+"
    r"|://[^/\s:@]+:[^/\s@${<]+@"
    r"|\bgh[pousr]_[A-Za-z0-9]{30,}|\bxox[abprs]-[A-Za-z0-9-]{10,}|\bsk-[A-Za-z0-9_-]{30,}|\bhf_[A-Za-z0-9]{30,}"
    r"|(?i:aws_?secret_?access_?key)[\"']?\s*[=:]\s*[\"']?[A-Za-z0-9/+_-]{4,}"
    r"|\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\."
)
"""Known formats of keys, tokens and passwords."""


def is_secret_name(name: str) -> bool:
    """Returns whether a variable of this name contains a secret, rather than only describing one."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if words[-3:] == ["access", "key", "id"]:
        return True
    if (
        not words
        or name in _SELECTORS
        or words[-1] in _METADATA_WORDS
        or words[0] in _MODIFIERS
        or words in (["pwd"], ["old", "pwd"], ["oldpwd"])
    ):
        return False
    word_pairs = pairwise(words)
    return any(word in _SECRET_WORDS or word.endswith(_SECRET_ENDINGS) for word in words) or any(
        (first in _KEY_QUALIFIERS and second == "key") or (first, second) == ("connection", "string")
        for first, second in word_pairs
    )


def decode(text: Plain) -> str:
    """Returns the text, decoded if it is base64; empty for a value that is not a text."""
    if not isinstance(text, str):
        return ""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, ValueError):
        return text


def is_secret_value(value: Plain) -> bool:
    """Returns whether a text contains a secret in a known format."""
    return isinstance(value, str) and _SECRET_VALUE.search(value) is not None


_SETTING_LINE = re.compile(
    r"^[ \t]*(?:export )?(?P<name>(?-i:[A-Z][A-Z0-9_]*))=(?P<value>\"[^\"\n]*\"|'[^'\n]*'|\S+)[ \t]*$"
    r"|^[ \t]*[\w.-]*(?:password|passwd)[ \t]*[:=][ \t]*[\"']?(?!None|null|true|false)"
    r"[A-Za-z0-9!@#%^&*+/=_-]+[\"']?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""A line of a settings file: NAME=value, or a password in YAML, INI or properties."""


def has_secret_lines(text: str) -> bool:
    """Returns whether the text of a settings file sets a secret variable to a plaintext value."""
    for match in _SETTING_LINE.finditer(text):
        name, value = match["name"], match["value"]
        if name is None or (is_secret_name(name) and not _REFERENCE.fullmatch(value.strip("\"'"))):
            return True
    return False


def judge_variable(name: str, value: Plain, path: str) -> Outcome:
    """Returns the verdict on one variable and its value."""
    label = f"'{name}'" if re.fullmatch(r"[A-Za-z0-9_.:-]{1,60}", name) else "a variable"
    if is_secret_value(value):
        return failed(f"{path} contains a plaintext secret ({label})", path)
    if value is MISSING or value is None or not is_secret_name(name):
        return passed()
    if value is UNKNOWN:
        return undetermined(f"{path} sets {label} to a value that is not known before deployment", path)
    if isinstance(value, bool) or _REFERENCE.fullmatch(str(value).strip()):
        return passed()
    return failed(f"{path} sets {label} to a plaintext value", path)


def variables(settings: Plain, path: str) -> Iterator[tuple[str, Plain, str]]:
    """Yields the variables of settings as (name, value, path).

    The settings are a map of values or of {type, value}, a list of objects with a name, or JSON text of one of these.
    """
    settings = from_json(settings)
    if isinstance(settings, dict):
        for name, value in settings.items():
            yield name, value.get("value", value) if isinstance(value, dict) else value, f"{path}.{name}"
    for index, item in enumerate(settings if isinstance(settings, list) else []):
        if isinstance(item, dict):
            value = item.get("value", item.get("connectionString", MISSING))
            yield str(item.get("name", item.get("key", ""))), value, f"{path}[{index}]"
