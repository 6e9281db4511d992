"""Secrets of a stack file under the passphrase of the sandbox: it is public, so whoever has the file reads them.

The format is Pulumi's (sdk/go/common/resource/config/crypt.go at 0373577d; pkg/secrets/passphrase): the salt of a file
is `v1:SALT:v1:NONCE:TEXT`, in which TEXT is the word `pulumi`, encrypted with AES-256-GCM by a key that PBKDF2 derives
from passphrase and salt with 1,000,000 rounds of SHA-256.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping

from falaj.components.core.validation.problems import Problem
from falaj.components.core.validation.raw import as_list, as_mapping
from falaj.facts.passphrase import SANDBOX_PASSPHRASE

_ROUNDS, _KEY_BYTES = 1_000_000, 32
_ALLOWED = "secrets that a passphrase of your own or a key of a cloud encrypts; that of the sandbox is public"
_FIX = (
    "renew the secret where it came from, run `pulumi stack change-secrets-provider` outside of the sandbox, and set "
    "it again"
)


def secret_problems(content: Mapping[str, object]) -> Iterator[Problem]:
    """Yields a problem for each secret of a stack file that the passphrase of the sandbox decrypts.

    Takes a quarter of a second if there is a secret. Finds none where `cryptography`, of the extra `sandbox`, is not
    installed."""
    paths = [*_secrets(as_mapping(content.get("config")), "config")]
    if paths and _is_of_sandbox(str(content.get("encryptionsalt", ""))):
        for path in paths:
            yield Problem(path, "[secret]", _ALLOWED, _FIX)


def _secrets(value: object, path: str) -> Iterator[str]:
    """Yields the path of each `secure` value."""
    mapping = as_mapping(value)
    if [*mapping] == ["secure"]:
        yield path
        return
    for key, item in mapping.items():
        yield from _secrets(item, f"{path}.{key}")
    for index, item in enumerate(as_list(value)):
        yield from _secrets(item, f"{path}.{index}")


def _is_of_sandbox(salt: str) -> bool:
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        return False
    try:
        _, salted, _, nonce, text = salt.split(":")
        known = [base64.b64decode(part, validate=True) for part in (salted, nonce, text)]
        key = hashlib.pbkdf2_hmac("sha256", SANDBOX_PASSPHRASE.encode(), known[0], _ROUNDS, _KEY_BYTES)
        AESGCM(key).decrypt(known[1], known[2], None)
    except (ValueError, InvalidTag):  # another passphrase, or no salt
        return False
    return True
