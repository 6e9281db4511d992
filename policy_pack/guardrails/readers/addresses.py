"""Hosts in addresses: URLs, connection strings, lists of brokers, and plain names of hosts.

An address is read strictly. Clients disagree on the host of `https://a.example\\@b.example`, and of names that are
percent-encoded or not ASCII, so such an address counts as one without a host.
"""

import ipaddress
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Plain

_AUTHORITY = lazy_regex(r"[^/?#\s\"'<>]*")
"""The part of a URL between `//` and the path (RFC 3986, section 3.2)."""
_END_OF_HOSTS = lazy_regex(r"[;&|(){}\\]")
"""Characters after which properties follow in addresses of JDBC, such as `sqlserver://host;databaseName=x`, or a path
in browsers."""
_CUT_OFF = lazy_regex(r"[{(|]|\\.|[})][\w.-]")
"""What stands where a host goes on: a place-holder, a group of a template, or an escaped character."""
_COMPUTED = lazy_regex(r"\{\{=[^{}]*://")
"""Expression of Argo Workflows that makes the address itself (argoproj/argo-workflows f016ad89 docs/variables.md,
"Expression", read 2026-11-30)."""
_SCHEME = lazy_regex(r"[a-z][a-z0-9+.-]*\Z", re.IGNORECASE)
_LONGEST_SCHEME = 32
_HOST = lazy_regex(r"[a-z0-9](?:[a-z0-9_.-]{0,251}[a-z0-9])?", re.ASCII)
_PORT = lazy_regex(r":\d{1,5}\Z", re.ASCII)
_PROTOCOL = lazy_regex(r"(?:tcp|np|lpc):", re.IGNORECASE)
"""The protocol before a server in connection strings of SQL Server."""
_SEPARATORS = lazy_regex(r"[\s,]+")
_ORACLE = lazy_regex(r"\A(?:jdbc:)?oracle:(?:thin|oci):[^@/]*@", re.IGNORECASE)
"""The beginning of Oracle's forms: `jdbc:oracle:thin:@host:1521:sid` and `jdbc:oracle:thin:@//host:1521/service`."""
_PATH = lazy_regex(r"[\\/]")
_ORACLE_SERVICE = lazy_regex(r":\d{1,5}:[\w.]+\Z", re.ASCII)
_PAIR = lazy_regex(
    r"(?:^|[;&?(\s])(?:network address|data source|addr|address|[\w.]*(?:endpoint|host|hostname|hostaddr|servers?"
    r"|servername))\s*=\s*([^;&()\s]+)",
    re.IGNORECASE,
)
"""A pair of a connection string whose value is a host. The host of a proxy is one too."""
_ACCOUNT = lazy_regex(r"(?:^|;)\s*accountname\s*=\s*([^;]+)", re.IGNORECASE)
_SUFFIX = lazy_regex(r";\s*endpointsuffix\s*=\s*([^;]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Address:
    """A host that an address names, in lower case and empty if none can be read, and its scheme if it has one."""

    host: str
    scheme: str = ""


UNREADABLE = Address("")
BUCKET_SCHEMES = frozenset({"s3", "s3a", "s3n"})
"""Schemes whose host is the name of a bucket."""


def addresses(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts that a text names, each once. `UNREADABLE` stands for a part whose host cannot be read, and
    for a text that names none."""
    if not isinstance(value, str):
        return (UNREADABLE,)
    text = value.strip()
    if address := _ipv6(text):
        return (Address(address),)
    if _COMPUTED.search(text):
        return (UNREADABLE,)
    found = [*_in_urls(text, _whole_hosts_of), *_in_pairs(text)] or [*_in_list(text)]
    return tuple(dict.fromkeys(found)) or (UNREADABLE,)


def _ipv6(text: str) -> str:
    """Returns the IPv6 address that a text is as a whole, in its usual form; empty for another text."""
    try:
        return str(ipaddress.IPv6Address(text)) if text.count(":") > 1 else ""
    except ValueError:
        return ""


def urls(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts of the URLs in a text, such as a definition in YAML; empty if it has none. Addresses of buckets
    do not count: certificates and code are read from there."""
    found = _in_urls(value) if isinstance(value, str) else ()
    return tuple(dict.fromkeys(item for item in found if item.scheme not in BUCKET_SCHEMES))


def mail_addresses(value: Plain) -> tuple[Address, ...]:
    """Returns the domain of a recipient of mail, with the scheme `mailto`."""
    return (_address(str(value).rpartition("@")[2].strip(), "mailto"),)


def telephone_numbers(value: Plain) -> tuple[Address, ...]:
    """Returns a telephone number outside the UAE, in place of a host; none for a number of the UAE."""
    return () if re.fullmatch(r"\+?971[\d -]{6,14}", str(value).strip()) else (Address(str(value).strip()),)


_OWN_HOST = lazy_regex(r"(?:[\w.-]{0,253}\.)?#?\{host(?:name)?\}", re.IGNORECASE)


def redirects(value: Plain) -> tuple[Address, ...]:
    """Returns the host to which a caller is sent; none for that of the request, `#{host}` of load balancers of AWS and
    `{hostname}` of Azure Front Door, or a name below it (botocore 1.44.8, elbv2, RedirectActionConfig, and
    MicrosoftDocs/azure-docs 0440832a, rule-set-server-variables.md; read 2026-11-29)."""
    return () if _OWN_HOST.fullmatch(str(value).strip()) else addresses(value)


_NAMED_VALUE = lazy_regex(r"\{\{[\w.-]{1,256}\}\}")


def connections(value: Plain) -> tuple[Address, ...]:
    """Returns the hosts of a connection of Azure API Management; none for the name of a named value, which has the
    connection and is evaluated itself (templates of public repositories, where the key of a logger is
    `{{Logger-Credentials--...}}`; read 2026-12-01)."""
    return () if _NAMED_VALUE.fullmatch(str(value).strip()) else addresses(value)


def mail_exchanger(value: Plain) -> tuple[Address, ...]:
    """Returns the host of an MX record, such as `10 mail.example.ae.`; none for `.`, which takes no mail (RFC 7505)."""
    host = str(value).split()[-1] if str(value).split() else ""
    return () if host == "." else (_address(host),)


CLOUD_RESOLVERS = ("AmazonProvidedDNS", "AzureProvidedDNS", "168.63.129.16", "169.254.169.253", "fd00:ec2::253")
"""The resolvers of a network of AWS or Azure itself, by name or by their addresses in each network."""


def resolvers(value: Plain) -> tuple[Address, ...]:
    """Returns the address of a resolver; none for the resolver of a cloud."""
    return () if value in CLOUD_RESOLVERS else addresses(value)


def _hosts_of(authority: str) -> list[str]:
    """Returns the hosts of an authority. Clients disagree on which `@` ends the user if properties come before it."""
    user, at, hosts = authority.rpartition("@")
    if at and _END_OF_HOSTS.search(user):
        return [""]
    end = _END_OF_HOSTS.search(hosts)
    return [item for item in hosts[: end.start() if end else None].split(",") if item] or [""]


def _whole_hosts_of(authority: str) -> list[str]:
    """Returns the hosts of an authority; none if what follows a host may be a part of it, as in `https://a.b{{rest}}`:
    what is left of it would have the form of a service of the cluster."""
    hosts = authority.rpartition("@")[2]
    end = _END_OF_HOSTS.search(hosts)
    return [""] if end and _CUT_OFF.match(hosts, end.start()) else _hosts_of(authority)


def _in_urls(text: str, hosts_of: Callable[[str], list[str]] = _hosts_of) -> Iterator[Address]:
    before, *parts = text.split("://")
    for after in parts:
        scheme = _SCHEME.search(before[-_LONGEST_SCHEME:])
        authority = _AUTHORITY.match(after)
        if authority is not None:
            for item in hosts_of(authority[0]):
                yield _address(item, scheme[0].lower() if scheme else "")
        before = after


def _in_pairs(text: str) -> Iterator[Address]:
    for value in _PAIR.findall(text):
        if "://" not in value:
            yield from _in_list(value)
    suffix = _SUFFIX.search(text)
    for account in _ACCOUNT.findall(text):
        yield _address(f"{account.strip()}.blob.{suffix[1].strip() if suffix else 'core.windows.net'}")


def _in_list(text: str) -> Iterator[Address]:
    """Yields the hosts of a list. A number after the first item is the port of SQL Server: `tcp:host,1433`."""
    hosts = _ORACLE_SERVICE.sub("", _ORACLE.sub("", _PROTOCOL.sub("", text, count=1)))
    for index, item in enumerate(_SEPARATORS.split(hosts)):
        if item and not (index and item.isdecimal()):
            yield _address(_PATH.split(item.lstrip("\\/"), maxsplit=1)[0])


def _address(text: str, scheme: str = "") -> Address:
    name = text.lower()
    if not _is_ipv6(name):
        name = _PORT.sub("", name).rstrip(".")
    if name[:1] == "[" and name[-1:] == "]":
        name = name[1:-1]
    return Address(name if _HOST.fullmatch(name) or _is_ipv6(name) else "", scheme)


def _is_ipv6(text: str) -> bool:
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return False
    return True
