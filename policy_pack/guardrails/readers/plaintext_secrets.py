"""Recognises plaintext secrets in settings. Messages contain names and paths, and never a value."""

import base64
import binascii
import re
from collections.abc import Iterator

from falaj.facts.plaintext_secrets import (
    is_description,
    is_reference,
    is_secret_name,
    is_secret_text,
    mentions_secret,
)

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import MISSING, UNKNOWN, Plain, from_json, items_of, leaves
from ..engine.verdicts import Outcome, failed, passed, undetermined


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
    return isinstance(value, str) and is_secret_text(value)


_SETTING_LINE = lazy_regex(
    r"^[ \t]*(?:export )?(?P<name>(?-i:[A-Z][A-Z0-9_]*))=(?P<value>\"[^\"\n]*\"|'[^'\n]*'|\S+)[ \t]*$"
    r"|^[ \t]*[\w.-]*(?:password|passwd)[ \t]*[:=][ \t]*[\"']?"
    r"(?!None|null|true|false|(?:yes|no|on|off|[yn])[\"']?[ \t]*$)"
    r"[A-Za-z0-9!@#%^&*+/=_-]+[\"']?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
"""A line of a settings file: NAME=value, or a password in YAML, INI or properties; a word for on or off is none."""


def has_secret_lines(text: str) -> bool:
    """Returns whether the text of a settings file sets a secret variable to a plaintext value."""
    for match in _SETTING_LINE.finditer(text):
        name, value = match["name"], (match["value"] or "").strip("\"'")
        if name is None or (is_secret_name(name, value) and not is_reference(value)):
            return True
    return False


_SHORTEST = 4
"""Characters that no secret has less of: a switch or a number."""


def describes_secrets(value: Plain) -> bool:
    """Returns whether a JSON text has settings that say where secrets are, and none: the names of files, keys and
    Secrets, as `credentials` in the settings of KServe."""
    settings = from_json(value)
    return (
        isinstance(settings, dict)
        and all(
            is_description(key, str(text)) or len(str(text)) < _SHORTEST or is_reference(str(text))
            for _, key, text in leaves(settings)
        )
        and not is_secret_value(value)
    )


def _are_open_arguments(name: str, value: str) -> bool:
    """Returns whether a setting has keyword arguments in JSON, none of which is a secret, as `secrets.backend_kwargs`
    of Airflow has prefixes, a profile and a role (AWS Secrets Manager Backend, airflow.apache.org/docs/
    apache-airflow-providers-amazon/8.1.0, read 2026-12-01)."""
    arguments = from_json(value) if name.lower().endswith("kwargs") else None
    return isinstance(arguments, dict) and all(
        item is None or is_reference(str(item)) or is_description(key, str(item)) or not mentions_secret(key, str(item))
        for _, key, item in leaves(arguments)
    )


def judge_variable(name: str, value: Plain, path: str) -> Outcome:
    """Returns the verdict on one variable and its value."""
    label = f"'{name}'" if re.fullmatch(r"[A-Za-z0-9_.:-]{1,60}", name) else "a variable"
    if is_secret_value(value):
        return failed(f"{path} contains a plaintext secret ({label})", path)
    if value is MISSING or value is None or not is_secret_name(name, _known(value)):
        return passed()
    if value is UNKNOWN:
        return undetermined(f"{path} sets {label} to a value that is not known before deployment", path)
    if isinstance(value, bool) or is_reference(str(value)) or _are_open_arguments(name, str(value)):
        return passed()
    return failed(f"{path} sets {label} to a plaintext value", path)


def _known(value: Plain) -> str | None:
    """Returns a value as a text; none for one that is not known before deployment."""
    return None if value is UNKNOWN else str(value)


def variables(settings: Plain, path: str) -> Iterator[tuple[str, Plain, str]]:
    """Yields the variables of settings as (name, value, path).

    The settings are a map of values or of {type, value}, a list of objects with a name, or JSON text of one of these.
    """
    settings = from_json(settings)
    if isinstance(settings, dict):
        for name, value in settings.items():
            yield name, _value(value) if isinstance(value, dict) else value, f"{path}.{name}"
    for index, item in enumerate(items_of(settings)):
        if isinstance(item, dict):
            value = item.get("value", item.get("connectionString", MISSING))
            yield str(item.get("name", item.get("key", ""))), value, f"{path}[{index}]"


def _value(setting: dict[str, Plain]) -> Plain:
    """Returns the value of a setting; none if it comes from elsewhere, as by a `secretKeyRef`."""
    return setting.get("value", MISSING if "valueFrom" in setting else setting)
