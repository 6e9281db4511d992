"""Secrets of a stack file under the passphrase of the sandbox: it is public, so whoever has the file reads them."""

from collections.abc import Iterator, Mapping

from falaj.components.core.validation.problems import Problem
from falaj.facts.passphrase import NoCryptography, public_secrets

_ALLOWED = "secrets that a passphrase of your own or a key of a cloud encrypts; that of the sandbox is public"
_FIX = (
    "renew the secret where it came from, run `pulumi stack change-secrets-provider` outside of the sandbox, and set "
    "it again"
)


def secret_problems(content: Mapping[str, object]) -> Iterator[Problem]:
    """Yields a problem for each secret of a stack file that the passphrase of the sandbox decrypts. Finds none where
    `cryptography`, of the extra `sandbox`, is not installed; FJ-PACK-005 finds them too."""
    try:
        paths = public_secrets(content)
    except NoCryptography:
        return
    for path in paths:
        yield Problem(path, "[secret]", _ALLOWED, _FIX)
