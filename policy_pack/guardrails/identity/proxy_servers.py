"""Servers whose certificate HAProxy does not check, though it speaks TLS with them.

`ssl` is TLS for what is passed on; without it `verify` is of the health check alone (`check-ssl`), as before the
servers of the API of Kubernetes. `default-server` is for the servers behind it, and that of `defaults` for the sections
behind it (haproxy/haproxy 50872da doc/configuration.txt, verify, ssl, check-ssl, default-server; kubernetes/kubeadm
1ee9603 docs/ha-considerations.md, `http-check connect ssl` and `check verify none`; read 2026-11-30).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.leaf_cache import cached_by_text
from ..readers.texts import Leaf

_LINE = lazy_regex(r"\bverify[ \t]{1,9}[\"']?none\b", re.IGNORECASE)
_OWN = lazy_regex(r"(?:ipv[46]@)?(?:127\.|localhost\b|\[?::1\b)|unix@|abns@|/", re.IGNORECASE)
"""Addresses of the machine itself."""
_SECTIONS, _DEFAULTS = ("listen", "backend", "frontend"), "defaults"
_HARM = "whoever is in between reads and answers what the proxy asks"


@dataclass(frozen=True)
class _Options:
    """Options of a server, or of those behind `default-server`."""

    is_encrypted: bool = False
    is_unchecked: bool = False

    def with_words(self, words: list[str]) -> "_Options":
        """Returns the options with those of a line."""
        found = self
        if "ssl" in words or "no-ssl" in words:
            found = replace(found, is_encrypted="ssl" in words)
        if "verify" in words[:-1]:
            found = replace(found, is_unchecked=words[words.index("verify") + 1] == "none")
        return found

    @property
    def are_refused(self) -> bool:
        """Whether there is TLS with whoever answers."""
        return self.is_encrypted and self.is_unchecked


def _words(line: str) -> list[str]:
    return [word.strip("\"'") for word in line.lower().partition("#")[0].split()]


@cached_by_text
def _has_unchecked_server(text: str) -> bool:
    """Returns whether a file has a server elsewhere whose certificate is not checked."""
    inherited = options = _Options()
    is_in_defaults = False
    for words in filter(None, map(_words, text.splitlines())):
        if words[0] == _DEFAULTS or words[0] in _SECTIONS:
            is_in_defaults = words[0] == _DEFAULTS
            inherited = _Options() if is_in_defaults else inherited
            options = inherited
        elif words[0] == "default-server":
            options = options.with_words(words)
            inherited = options if is_in_defaults else inherited
            if _Options().with_words(words).are_refused:
                return True
        elif words[0] in ("server", "server-template") and len(words) > 2:
            is_own = _OWN.match(words[3 if words[0] == "server-template" and len(words) > 3 else 2]) is not None
            if not is_own and options.with_words(words).are_refused:
                return True
    return False


def check_proxy_servers(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each file of HAProxy with a server that anybody in between can stand for."""
    for leaf in leaves:
        if isinstance(leaf.value, str) and _LINE.search(leaf.value) and _has_unchecked_server(leaf.value):
            yield failed(f"{leaf.path}: {_HARM}", leaf.path)
