"""Passwords and tokens in the text of custom resources, whose fields also take a reference to a Secret."""

import re
from collections.abc import Iterator

from ..engine.reading import Resource, leaves
from ..engine.verdicts import Outcome, failed
from ..readers.custom_resources import is_custom
from ..readers.plaintext_secrets import is_reference

_PASSWORD = re.compile(r"(?!.*secret_)(?:.*[._-])?(?:password|passwd)|.*(?:Password|Passwd)")
"""Fields with a password; not those with the place of a Secret, as `k8s_secret_password` of the operator of ClickHouse
("Security hardening", as known)."""
_TOKEN = re.compile(r"\.bearertokenauth(?:/[\w.-]{1,60})?\.token$")
"""Token of the OpenTelemetry Collector (open-telemetry/opentelemetry-collector-contrib 009782ba4a78,
extension/bearertokenauthextension, as known)."""
_NAMES_KEY = re.compile(r"(?:secret|ref|from|encryptedData)\w*(?:\[\d+\])?\.[^.]*$", re.IGNORECASE)
"""Path of a value that is the name of a key of a Secret, as `passwordSecret.password` of Strimzi, or that only the
cluster can read (SealedSecret, `encryptedData`)."""
_READ_LATER = re.compile(r"\$\{|\$__|\$\(|\{\{|<<|%\{|\A\$\w|\A(?:ref\+|vault:|secret:|env:)")
"""A value that a program reads from a variable, a file or a template when it starts."""


def check_custom_secrets(resource: Resource) -> Iterator[Outcome]:
    """Yields a failure for each password or token that stands in a custom resource."""
    if not is_custom(resource):
        return
    for path, key, value in leaves(resource.props.get("spec"), "spec"):
        if not isinstance(value, str) or _NAMES_KEY.search(path[-200:]) or _READ_LATER.search(value):
            continue
        is_secret = _PASSWORD.fullmatch(key[:200]) is not None or _TOKEN.search(path[-200:]) is not None
        if is_secret and not is_reference(value):
            yield failed(f"{path} contains a plaintext secret", path)
