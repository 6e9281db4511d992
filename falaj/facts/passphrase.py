"""The passphrase of the sandbox. It is public, and encrypts the state of emulated clouds, no secret of a stack.

The format is Pulumi's (sdk/go/common/resource/config/crypt.go at 0373577d; pkg/secrets/passphrase): the salt of a file
is `v1:SALT:v1:NONCE:TEXT`, in which TEXT is the word `pulumi`, encrypted with AES-256-GCM by a key that PBKDF2 derives
from passphrase and salt with 1,000,000 rounds of SHA-256.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, cast

SANDBOX_PASSPHRASE = "falaj-sandbox"  # noqa: S105 (public)

_ROUNDS, _KEY_BYTES = 1_000_000, 32


class NoCryptography(Exception):
    """The package `cryptography` is not installed, so that nothing can be decrypted."""


def public_secrets(stack_file: Mapping[str, Any]) -> list[str]:
    """Returns the path of each secret in the content of a stack file that the passphrase of the sandbox decrypts.

    Takes a quarter of a second if there is a secret. Raises `NoCryptography` if there is one that only `cryptography`
    could decrypt."""
    paths = [*_secrets(stack_file.get("config"), "config")]
    return paths if paths and _is_of_sandbox(str(stack_file.get("encryptionsalt", ""))) else []


def _secrets(value: object, path: str) -> Iterator[str]:
    """Yields the path of each `secure` value."""
    if isinstance(value, dict):
        mapping = cast(dict[Any, object], value)
        if [*mapping] == ["secure"]:
            yield path
            return
        for key, item in mapping.items():
            yield from _secrets(item, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(cast(list[object], value)):
            yield from _secrets(item, f"{path}.{index}")


def _is_of_sandbox(salt: str) -> bool:
    try:
        _, salted, _, nonce, text = salt.split(":")
        known = [base64.b64decode(part, validate=True) for part in (salted, nonce, text)]
    except ValueError:  # no salt: a key of a cloud encrypts
        return False
    try:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    except ImportError:
        raise NoCryptography from None
    key = hashlib.pbkdf2_hmac("sha256", SANDBOX_PASSPHRASE.encode(), known[0], _ROUNDS, _KEY_BYTES)
    try:
        AESGCM(key).decrypt(known[1], known[2], None)
    except (ValueError, InvalidTag):  # another passphrase
        return False
    return True
