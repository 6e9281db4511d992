"""Credentials of the providers of a program.

Property names checked against pulumi-aws 7.51.1 and pulumi-azure-native 3.29.0 on 2026-11-25. Not checked: credentials
from the environment, which no plan shows, and tokens in a kubeconfig, which may expire. A profile of a file of settings
may name a command that prints credentials, which the provider runs (`credential_process`, in the documentation of the
Terraform provider, found as a string, read 2026-12-02): a file that comes with the program is changed by whoever
changes the program, and the pack reads no file. A file of roots (`customCaBundle`, pulumi-aws 7.51.1, read 2026-12-03)
says whose certificates the provider believes when it signs in.
"""

import re
from collections.abc import Iterator

from ..engine.conditions import is_filled
from ..engine.families import identity_rule
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json, one_or_many
from ..engine.rows import Guardrail, Severity
from ..engine.verdicts import Outcome, failed, passed

_AWS, _AZURE = "pulumi:providers:aws", "pulumi:providers:azure-native"
_CREDENTIALS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    _AWS: (("secretKey",), ("token",)),
    _AZURE: (("clientSecret", "clientCertificatePassword"), ("useOidc", "useMsi")),
}
"""Provider -> the properties of long-lived credentials, and the properties that show that these are temporary or
unused."""


_FILES = {
    "sharedConfigFiles": "by which command and as whom the provider signs in",
    "sharedCredentialsFiles": "by which command and as whom the provider signs in",
    "customCaBundle": "which servers the provider believes to be those of AWS",
}
"""Property of the provider of AWS -> what the files say."""
_OF_MACHINE = lazy_regex(r"(?:~|/|\$\{?HOME\b|%USERPROFILE%|[A-Za-z]:[\\/]).*", re.DOTALL | re.IGNORECASE)
"""Paths of files of the machine, which are not those of a checkout."""


def _is_set(value: Plain) -> bool:
    return value is UNKNOWN or (value not in (MISSING, None, "false", False) and is_filled(value))


def _reads_no_file_of_the_program(provider: Resource) -> Iterator[Outcome]:
    for key, what in _FILES.items() if provider.type == _AWS else ():
        value = provider.get(key)
        listed = one_or_many(from_json(value) if isinstance(value, str) and value[:1] == "[" else value)
        for path in listed:
            if isinstance(path, str) and path.strip() and not _OF_MACHINE.fullmatch(path.strip()):
                yield failed(f"{key} names {path}, a file beside the program: whoever changes it says {what}", key)


def _uses_short_lived_credentials(provider: Resource) -> Iterator[Outcome]:
    long_lived_keys, short_lived_keys = _CREDENTIALS[provider.type]
    credential = next((key for key in long_lived_keys if _is_set(provider.get(key))), "")
    is_short_lived = any(_is_set(provider.get(key)) for key in short_lived_keys)
    yield (
        failed(f"{credential} does not expire, and is stored in the program or its state", credential)
        if credential and not is_short_lived
        else passed()
    )


def _evaluate(provider: Resource) -> Iterator[Outcome]:
    yield from _uses_short_lived_credentials(provider)
    yield from _reads_no_file_of_the_program(provider)


PROVIDER_IDENTITY: tuple[Guardrail, ...] = (
    identity_rule(114, Severity.HIGH, "Providers use short-lived credentials",
                  "a pipeline's key gives access to everything that it deploys, and does not expire",
                  "Use OIDC or a role in the pipeline, and remove secret_key, client_secret and files of "
                  "settings and of authorities that come with the program",
                  predicate=_evaluate, types=tuple(_CREDENTIALS)),
)  # fmt: skip
