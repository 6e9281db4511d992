"""Finds what any text names: hosts of URLs, bare hosts and addresses, recipients of mail, and buckets of S3.

A bare host counts if its last label is a top-level domain, and if nothing around it shows that it is a part of a path,
of a file name or of a program. The time is linear in the length of the text.
"""

import base64
import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from falaj.facts.domains import top_level_domains

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex
from .addresses import urls
from .joined_texts import joined


class Kind(StrEnum):
    """What a name stands for."""

    HOST = "host"
    MAIL = "mail domain"
    BUCKET = "bucket"
    REPOSITORY = "repository"
    TARGET = "target"


class Named(NamedTuple):
    """A host, the domain of a recipient of mail, a bucket, a repository with its host, or the target of a record of
    names, in lower case. The host of a URL that cannot be read is empty."""

    kind: Kind
    name: str


_WORDS = frozenset((DATA / "word_domains.txt").read_text(encoding="utf-8").split())
"""Top-level domains that are also endings of files, words of programs, or usual names of namespaces. A bare name in
them counts only with a port, or if it has at least three labels and nothing beside it, or a hyphen in the second."""
_REVERSED = ("ae.", "com.", "io.", "java.", "javax.", "net.", "org.")
"""Beginnings of the names of packages, such as com.amazonaws.services, and of endpoint services."""
_FEWEST_LABELS = 3
_MODULE = lazy_regex(r"[a-z_]\w*(?:\.[a-z_]\w*)+", re.IGNORECASE)
"""Module of a program, such as orders.settings.prod."""
_TOKEN = lazy_regex(r"[\w.-]+")
_URL = lazy_regex(r"[a-z][a-z0-9+.-]{0,31}://[^\s\"'`<>|;)]*", re.IGNORECASE)
_PORT = lazy_regex(r":\d{1,5}(?!\d)")
_BEFORE = frozenset(" \t\r\n\"'`=,;|([{<>!&*:@/\\+")
_AFTER = frozenset(" \t\r\n\"'`,;|)>]}&?#/:<@\\%+")
"""Characters that may stand beside a host. Before `(`, `=` or `[` it is a part of a program."""
_SHARES = ("//", "\\\\")
"""What stands before the host of a share of files."""
_ADDRESS = lazy_regex(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}")
_HOST = lazy_regex(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_PROVIDER = lazy_regex(r"microsoft\.[a-z]+")
"""Namespace of a resource provider of Azure, such as Microsoft.Network, before its type."""
_STATEMENT = lazy_regex(
    r"\s{0,99}(?:select|insert\s+into|update|delete\s+from|truncate\s+table|merge\s+into|alter\s+table|drop\s+table)\s",
    re.IGNORECASE,
)
_BEFORE_TABLE = lazy_regex(r"\b(?:from|join|into|on|table|update)\s{1,9}\Z", re.IGNORECASE)
"""Beginning of a statement of SQL, and what stands in one before the name of a table, such as staging.claims."""
_S3 = r"(?:[.-](?:accelerate|dualstack|fips|website|[a-z]{2,4}(?:-[a-z]+)+-\d)){0,3}\.amazonaws\.com"
_BUCKET = r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
_BUCKETS = (
    lazy_regex(rf"(?<![\w.-])({_BUCKET})\.s3{_S3}\b"),
    lazy_regex(rf"\bs3{_S3}/({_BUCKET})"),
    lazy_regex(rf"\bs3[an]?://({_BUCKET})(?![a-z0-9.@-])"),
)
"""Forms of an address of a bucket (Amazon S3 User Guide, "Methods for accessing a general purpose bucket",
2026-11)."""
_PLACEHOLDER = lazy_regex(
    r"\$\{[^{}]{0,200}\}|\$\([^()]{0,200}\)|\{\{[^{}]{0,200}\}\}|\$[A-Za-z_]\w{0,99}|<[a-z_-]{1,40}>|%[sv]|\{\w{0,40}\}"
)
_EXPRESSION = lazy_regex(r"\.?[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")
"""What a placeholder stands for without a default, such as trialParameters.lr: a value, and no host."""
_COMPUTED = "="
"""Beginning of an expression of Argo Workflows, in which only literals name something (argoproj/argo-workflows f016ad89
docs/variables.md, "Expression", read 2026-11-30)."""
_NOT_LITERAL = frozenset("`\\\n")
"""Signs that texts of an expression may stand in other forms than plain quotes: raw strings in backticks, escapes
and lines (expr-lang/expr 09c0b343 docs/language-definition.md, "Strings", read 2026-11-30)."""
_PLACE = "place-holder"
_INSIDE = frozenset(
    {
        "api", "arn", "azureml", "classpath", "containerd", "data", "docker", "env", "file", "local", "memory", "npipe",
        "oci", "pvc", "secretref", "spiffe", "sqlite", "ssm", "tag", "unix", "urn",
    }
)  # fmt: skip
"""Schemes of what is inside a machine, a cluster or a workspace, of names that look like addresses, and of images and
charts, which have rules of their own."""
_BASE64 = lazy_regex(
    r"(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{4}){4,}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?(?![A-Za-z0-9+/=])"
)
_HEXADECIMAL = lazy_regex(
    r"(?<![A-Za-z0-9\\])(?:(?:[0-9A-Fa-f]{2}){8,4000}(?![A-Za-z0-9])|(?:\\x[0-9A-Fa-f]{2}){8,4000})"
)
"""Bytes in hexadecimal, as programs and printf write them: eight or more, as many as a short address has."""
_REVERSALS = ("[::-1]", "| rev", "|rev", "reversed(")
"""What programs write around a text that stands backwards."""
_SAID = lazy_regex(r"/\*.{0,999}?\*/|//.*|(?P<text>\"[^\"]*\"|'[^']*')")
"""Comments and literals of an expression: a quote in a comment begins no literal."""
_DEVICE = lazy_regex(r"/dev/(?P<scheme>tcp|udp)/(?P<host>[^\s/\"']{1,253})/(?P<port>\w{1,20})")
"""Device by which a shell opens a connection (bash(1), "REDIRECTION", read 2026-11-30)."""
_FULL_STOPS = dict.fromkeys(map(ord, "\u3002\uff0e\uff61"), ".")
"""Characters that clients read as a dot in a host (UTS #46)."""
_LONGEST_KEPT = 256
"""Length of texts whose names are kept: resources repeat ARNs, names and addresses."""


def named_in(text: str, *, is_computed: bool = False) -> tuple[Named, ...]:
    """Returns what a text names, each once. With `is_computed`, `{{=...}}` is an expression of Argo Workflows."""
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_FULL_STOPS))
    plain = _DEVICE.sub(r"\g<scheme>://\g<host>:\g<port>", plain) if "/dev/" in plain else plain
    is_plain = "." not in plain and "://" not in plain and "+" not in plain
    if is_plain and not _BASE64.search(plain) and not _HEXADECIMAL.search(plain):
        return ()
    return _kept(plain, is_computed) if len(plain) <= _LONGEST_KEPT else _read(plain, is_computed)


@lru_cache(maxsize=4096)
def _kept(text: str, is_computed: bool) -> tuple[Named, ...]:
    return _read(text, is_computed)


def _read(text: str, is_computed: bool) -> tuple[Named, ...]:
    has_marks = any(mark in text for mark in "${<%")
    # What a placeholder contains is read by itself, such as the default value in ${SINK:-https://...}.
    found = (item.strip("${}()<> ") for item in _PLACEHOLDER.findall(text)) if has_marks else ()
    inside = (_named_by(item, is_computed) for item in found if not _EXPRESSION.fullmatch(item))
    plain = "\n".join((_PLACEHOLDER.sub(_PLACE, text) if has_marks else text, *inside, *_decoded(text), *joined(text)))
    rest = _URL.sub(" ", plain) if "://" in plain else plain
    return tuple(dict.fromkeys((*_in_urls(plain), *_buckets(plain.lower()), *_bare(rest))))


def _named_by(inside: str, is_computed: bool) -> str:
    """Returns what can name something in a placeholder: all of it, or the literals of a computed one."""
    if not is_computed or not inside.startswith(_COMPUTED) or _NOT_LITERAL.intersection(inside):
        return inside
    return "\n".join(match["text"] for match in _SAID.finditer(inside) if match["text"])


def is_module(text: str) -> bool:
    """Returns whether a text has the form of a module of a program, and not of a host in a usual domain."""
    return _MODULE.fullmatch(text) is not None and text.rpartition(".")[2].lower() in _WORDS


def _decoded(text: str) -> Iterator[str]:
    """Yields the texts that are encoded inside a text, such as an address that a script decodes."""
    for word in _BASE64.findall(text):
        try:
            decoded = base64.b64decode(word, validate=True).decode("ascii")
        except ValueError:
            continue
        if decoded.strip().isprintable():
            yield decoded
    for word in _HEXADECIMAL.findall(text):
        decoded = bytes.fromhex(word.replace("\\x", "")).decode("latin-1")
        if decoded.isascii() and decoded.strip().isprintable():
            yield decoded
    if any(mark in text for mark in _REVERSALS):
        yield text[::-1]


def _in_urls(text: str) -> Iterator[Named]:
    written = (url for url in _URL.findall(text) if not _has_no_host(url.partition("://")[2]))
    for address in (address for url in written for address in urls(url)):
        is_bucket = any(pattern.fullmatch(address.host) for pattern in _BUCKETS)
        if address.scheme not in _INSIDE and address.host != _PLACE and not is_bucket:
            yield Named(Kind.HOST, address.host)


def _has_no_host(rest: str) -> bool:
    """Returns whether nothing stands after the scheme, or an expression of a program's template."""
    return not rest.strip("/") or "{" in rest.partition("/")[0]


def _buckets(text: str) -> Iterator[Named]:
    for pattern in _BUCKETS:
        yield from (Named(Kind.BUCKET, name) for name in pattern.findall(text) if _PLACE not in name)


def _bare(text: str) -> Iterator[Named]:
    is_statement = _STATEMENT.match(text) is not None
    for match in _TOKEN.finditer(text):
        name = match[0].lower().strip("-").strip(".")
        if "." not in name:
            continue
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 7]
        is_whole = not before and not after
        if (before and before[-1] not in _BEFORE) or (after and after[0] not in _AFTER):
            continue
        beginning = text[max(0, match.start() - 18) : match.start()]
        if is_statement and after[:1] not in ("/", ":", "@") and _BEFORE_TABLE.search(beginning):
            continue
        if _ADDRESS.fullmatch(name):
            is_range = after[:1] == "/" or (before != "" and before[-1] in "/:")
            yield from () if is_range else [Named(Kind.HOST, name)]
        elif before[-1:] == "@":
            yield from _after_at(name, before, after)
        elif _is_bare_host(name, before, after, is_whole=is_whole):
            yield Named(Kind.HOST, name)


def _after_at(name: str, before: str, after: str) -> Iterator[Named]:
    """Yields the domain of a recipient of mail, or, with a path or a port, the host at which a user signs in."""
    if _is_public(name) and before[:1] not in _BEFORE:
        yield Named(Kind.HOST if after[:1] in (":", "/") else Kind.MAIL, name)


def _is_bare_host(name: str, before: str, after: str, *, is_whole: bool) -> bool:
    is_share, has_port = before in _SHARES, _PORT.match(after) is not None
    is_path = before[-1:] in ("/", "\\") and not is_share
    is_key = after[:1] == ":" and not has_port and after[1:2] != "/"
    is_provider = after[:1] == "/" and _PROVIDER.fullmatch(name) is not None
    if is_path or is_key or is_provider or not _is_public(name):
        return False
    return is_share or has_port or _is_no_word(name.split("."), is_whole=is_whole)


def _is_public(name: str) -> bool:
    """Returns whether a name is one of public DNS by its form and its last label."""
    try:
        host = name if name.isascii() else name.encode("idna").decode()
    except UnicodeError:
        return False
    return host.rpartition(".")[2] in top_level_domains() and _HOST.fullmatch(host) is not None


def _is_no_word(labels: list[str], *, is_whole: bool) -> bool:
    """Returns whether a name is rather a host than a file, a part of a program or `service.namespace`."""
    if labels[-1] not in _WORDS:
        return True
    is_package = f"{labels[0]}." in _REVERSED
    return len(labels) >= _FEWEST_LABELS and not is_package and (is_whole or "-" in labels[-2])
