"""Finds addresses in properties of any shape, such as the settings of a connector, by the names of their keys."""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain, from_json

_WORDS = lazy_regex(r"[A-Z]?[a-z0-9]+|[A-Z0-9]+")
_ADDRESS_WORDS = frozenset({"broker", "brokers", "host", "hosts", "server", "servers"})
_ADDRESS_ENDINGS = tuple(
    f"{word}{plural}"
    for word in ("url", "uri", "endpoint", "hostname", "servername", "connectionstring")
    for plural in ("", "s")
)
_NO_DESTINATION = lazy_regex(
    r"auth|token|login|logout|redirect|callback|identity|virtualhost|connector_url", re.IGNORECASE
)
"""Keys of identity providers, of the virtual hosts of RabbitMQ, which are names inside a broker, and of the code of a
connector of Glue."""
PROSE_KEYS = frozenset({"$schema", "annotations", "comment", "description", "displayName", "summary", "title"})
"""Keys whose values are read by people, and may refer to a page."""
_NAME_KEYS = ("name", "key", "Name", "Key")


def is_address_key(key: str) -> bool:
    """Returns whether the values of a key are addresses to which data is sent."""
    words = _WORDS.findall(key)
    is_address = key.lower().endswith(_ADDRESS_ENDINGS) or (bool(words) and words[-1].lower() in _ADDRESS_WORDS)
    return is_address and _NO_DESTINATION.search(key) is None


def named_leaves(value: Plain, path: str = "", key: str = "") -> Iterator[tuple[str, str, Plain]]:
    """Yields every scalar as (path, name, scalar), also in JSON texts. The name of a `value` beside a `name`, as in
    lists of settings, is that name; the name of a `value` beside a `type`, as in secrets, is the key of the object."""
    value = from_json(value) if isinstance(value, str) and value[:1] in "{[" else value
    if isinstance(value, dict):
        own_name = next((str(value[name]) for name in _NAME_KEYS if isinstance(value.get(name), str)), key)
        for name, item in value.items():
            is_named = name.lower() == "value" and not isinstance(item, dict)
            yield from named_leaves(item, f"{path}.{name}" if path else name, own_name if is_named else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from named_leaves(item, f"{path}[{index}]", key)
    elif value is not None:
        yield path, key, value
