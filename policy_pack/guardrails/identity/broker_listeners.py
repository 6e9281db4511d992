"""Listeners of Mosquitto that let everybody in.

Without `listener`, `port` and `bind_address` the broker listens on the machine alone. `allow_anonymous` is of each
listener unless `listener_allow_anonymous` says otherwise behind it; with `per_listener_settings` it is of the listener
before it. One with `require_certificate` asks for a certificate (eclipse-mosquitto/mosquitto 7b8aba1
man/mosquitto.conf.5.xml, src/conf.c and src/plugin_basic_auth.c, read 2026-11-30).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.leaf_cache import cached_by_text
from ..readers.texts import Leaf

_OWN = lazy_regex(r"127\.|localhost\b|::1$|\[::1\]", re.IGNORECASE)
_LINE = lazy_regex(r"(?:listener_)?allow_anonymous\s", re.IGNORECASE)
_TRUE, _HARM = ("true", "1"), "everybody who reaches the port is let in"


@dataclass
class _Listener:
    """A port, as the lines behind it say."""

    is_own: bool
    """Whether only programs of the machine reach it."""
    is_anonymous: bool | None = None
    asks_for_certificate: bool = False

    def is_open(self, *, by_default: bool) -> bool:
        """Returns whether everybody is let in, who may be elsewhere."""
        is_anonymous = by_default if self.is_anonymous is None else self.is_anonymous
        return is_anonymous and not self.is_own and not self.asks_for_certificate


def _listener(words: list[str]) -> _Listener:
    """Returns the listener of a line with its port and maybe an address; port 0 is a socket in a folder."""
    is_socket = len(words) > 2 and words[1] == "0"
    return _Listener(is_socket or (len(words) > 2 and _OWN.match(words[2]) is not None))


@cached_by_text
def _lets_everybody_in(text: str) -> bool:
    """Returns whether a file says that a listener for other machines lets everybody in."""
    lines = [words for line in text.splitlines() if len(words := line.split()) > 1 and not words[0].startswith("#")]
    settings = [(words[0].lower(), words[1].lower(), words) for words in lines]
    is_each_its_own = any(key == "per_listener_settings" and value in _TRUE for key, value, _ in settings)
    first = _Listener(is_own=True)  # that of `port` and `bind_address`
    listeners, is_anonymous = [first], False
    for key, value, words in settings:
        last = listeners[-1]
        if key == "listener":
            listeners.append(_listener(words))
        elif key == "port" and last is first and value.isdecimal():
            first.is_own = any(name == "bind_address" and _OWN.match(of) for name, of, _ in settings)
        elif key == "bind_address" and last is first:
            first.is_own = _OWN.match(value) is not None
        elif key == "bind_interface" and value == "lo":
            last.is_own = True
        elif key == "require_certificate":
            last.asks_for_certificate = value in _TRUE
        elif key == "listener_allow_anonymous" or (key == "allow_anonymous" and is_each_its_own):
            last.is_anonymous = value in _TRUE
        elif key == "allow_anonymous":
            is_anonymous = value in _TRUE
    return any(listener.is_open(by_default=is_anonymous) for listener in listeners)


def check_broker_listeners(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each file of Mosquitto by which everybody is let in."""
    for leaf in leaves:
        if isinstance(leaf.value, str) and _LINE.search(leaf.value) and _lets_everybody_in(leaf.value):
            yield failed(f"{leaf.path}: {_HARM}", leaf.path)
