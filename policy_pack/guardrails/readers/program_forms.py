"""What a text is by its form: a program, a certificate, a policy, a mapping; and how it is compared."""

import base64
import binascii
import json
import re
from collections.abc import Sequence

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, from_json

_PUBLIC = (
    r"CERTIFICATE|TRUSTED CERTIFICATE|X509 CERTIFICATE|CERTIFICATE REQUEST|NEW CERTIFICATE REQUEST|X509 CRL|PKCS7"
    r"|PUBLIC KEY|RSA PUBLIC KEY"
)
_CERTIFICATES = lazy_regex(rf"\s*(?:-----BEGIN (?:{_PUBLIC})-----[A-Za-z0-9+/=\s]*-----END (?:{_PUBLIC})-----\s*)+")
"""Blocks of PEM without a private key (RFC 7468)."""
_SSH_KEY = lazy_regex(r"(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-nistp\d{3}) [A-Za-z0-9+/=]+(?: [\w.@-]+)?")
"""A public key of SSH without options, which may run commands (OpenSSH, `sshd`, AUTHORIZED_KEYS FILE FORMAT)."""
_POLICY_KEYS = frozenset({"Version", "Id", "Statement"})
"""Elements of a policy of AWS (IAM, "Grammar of the IAM JSON policy language", as known)."""
_MAPPING = lazy_regex(r"\s{0,99}(?:[{\[]|[\"']?[\w./-][\w./ -]{0,120}[\"']?\s{0,9}:(?:\s|$))")
"""Beginning of JSON, or of a mapping in YAML."""
_ENCODED_NAME = lazy_regex(
    r"(?:user|custom)data(?:base64)?|contentbase64|encoded\w*content|\w*configcontent|commandtoexecute|script",
    re.IGNORECASE,
)
"""Names of properties whose text is, or may be, in base64."""
_BASE64 = lazy_regex(r"[A-Za-z0-9+/]{2,}={0,2}")


def has_line_break(text: str) -> bool:
    """Returns whether a text has several lines."""
    return "\n" in text or "\r" in text


def is_certificate(text: str) -> bool:
    """Returns whether a text has nothing but certificates and public keys."""
    lines = text.split("\n")
    return _CERTIFICATES.fullmatch(text) is not None or (
        any(lines) and all(not line or _SSH_KEY.fullmatch(line) is not None for line in lines)
    )


def is_mapping_text(text: str) -> bool:
    """Returns whether a text begins like JSON or a mapping of YAML."""
    return _MAPPING.match(text) is not None


def is_policy_text(token: str, steps: Sequence[str], text: str) -> bool:
    """Returns whether a text is a policy of AWS in a property of a policy, whose statements other guardrails read."""
    if not token.startswith("aws:") or not any("polic" in name.lower() for name in (token, *steps)):
        return False
    read = from_json(text)
    return isinstance(read, dict) and "Statement" in read and read.keys() <= _POLICY_KEYS


def canonical(name: str, value: Plain) -> object:
    """Returns a value as it is compared: mappings without an order, whole numbers as such, and texts with line ends of
    one kind and without blanks at the ends of lines. `name` is the property, whose text may be in base64."""
    if isinstance(value, dict):
        return {key: canonical(key, value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [canonical(name, item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return _canonical_text(_decoded(name, value)) if isinstance(value, str) else value


def _canonical_text(text: str) -> str:
    """Returns a text with one kind of line ends if it has one, since some shells read a line that ends in CR otherwise
    than the next; and without blanks at the ends of lines, but for those after a backslash, which they quote."""
    lines = text.split("\n")
    if all(line.endswith("\r") for line in lines[:-1]):
        lines = [*(line[:-1] for line in lines[:-1]), lines[-1]]
    return "\n".join(map(_without_blanks, lines))


def _without_blanks(line: str) -> str:
    shortened = line.rstrip(" \t")
    return line if shortened.endswith("\\") else shortened


def _decoded(name: str, text: str) -> str:
    return from_base64(text) if _ENCODED_NAME.fullmatch(name) else text


def from_base64(text: str) -> str:
    """Returns the text that a text in base64 stands for; any other unchanged."""
    joined = "".join(text.split())
    if not _BASE64.fullmatch(joined):
        return text
    try:
        return base64.b64decode(joined, validate=True).decode()
    except (binascii.Error, ValueError):
        return text


def canonical_json(value: object) -> bytes:
    """Returns a canonical value in one spelling."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
