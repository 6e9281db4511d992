"""Other clusters from which users of OpenSearch and Elasticsearch copy rows: a star may only stand before one's own
names, or in a private address.

`reindex.remote.allowlist` has hosts with ports and stars (opensearch-project/documentation-website cf95a34,
_im-plugin/reindex-data.md and _api-reference/document-apis/reindex.md, read 2026-11-29). Below a top-level domain, the
second level of a country such as co.uk, or the domain of a service such as es.io, anybody has a name.
"""

import ipaddress
import re
from collections.abc import Iterable, Iterator

from falaj.facts.domains import top_level_domains

from ..engine.lazy_regex import lazy_regex
from ..engine.verdicts import Outcome, failed
from ..readers.setting_names import setting_names
from ..readers.texts import Leaf

_NAME = lazy_regex(r".*reindexremote(?:white|allow)list\d*", re.DOTALL)
_BETWEEN = lazy_regex(r"[\s,\[\]\"']+")
_SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gr", "ltd", "me", "mil", "ne", "net", "nom", "or", "org",
     "plc", "sch"}
)  # fmt: skip
"""Labels below which countries let anybody have a name (publicsuffix/list e8c9a2b public_suffix_list.dat, section of
ICANN; read 2026-11-29)."""
_OF_COUNTRIES = frozenset(
    {"asso", "biz", "coop", "firm", "id", "ind", "info", "int", "k12", "med", "name", "pro", "store", "tm", "tv", "web"}
)
"""Labels of the same list that are second levels below a country, and names of their own elsewhere."""
_COUNTRY = lazy_regex(r"[a-z]{2}")
_SERVICES = (
    "aivencloud.com", "amazonaws.com", "amazonaws.com.cn", "appspot.com", "azure.com", "azurewebsites.net",
    "bonsaisearch.net", "cloudapp.net", "ddns.net", "duckdns.org", "elastic-cloud.com", "elastic.cloud", "es.io",
    "fly.dev", "found.io", "googleapis.com", "herokuapp.com", "ngrok-free.app", "ngrok-free.dev", "ngrok.app",
    "ngrok.dev", "ngrok.io", "nip.io", "ondigitalocean.com", "onrender.com", "pages.dev", "run.app", "searchbox.io",
    "sslip.io", "trycloudflare.com", "ts.net", "windows.net", "workers.dev",
)  # fmt: skip
"""Domains of services that give names to any customer (publicsuffix/list e8c9a2b, section of private domains; those of
bonsaisearch.net, elastic-cloud.com, elastic.cloud, ondigitalocean.com and searchbox.io found as strings in addresses of
clusters; read 2026-11-29), and of those that answer with the address in the name (nip.io and sslip.io)."""
_FEWEST_OWN_LABELS = 2
_PARTS = 4
"""Numbers of an address."""
_HARM = "users copy rows from and to each address that they name"


def _is_private_address(host: str) -> bool:
    """Returns whether a host is an address with stars for some of its numbers, of which all are private."""
    parts = host.split(".")
    if len(parts) > _PARTS or parts[0] == "*":
        return False
    ends = [[end if part == "*" else part for part in (*parts, "*", "*", "*")][:_PARTS] for end in ("0", "255")]
    try:
        return all(ipaddress.IPv4Address(".".join(end)).is_private for end in ends)
    except ValueError:
        return False


def _is_wide(place: str) -> bool:
    """Returns whether a place with a star is also one of others."""
    host = place.rpartition(":")[0] if ":" in place else place
    labels = host.lower().rstrip(".").split(".")
    stars = [number for number, label in enumerate(labels) if "*" in label]
    if not stars or _is_private_address(host):
        return False
    own = labels[stars[-1] + 1 :]
    if len(own) < _FEWEST_OWN_LABELS or not all(own) or own[-1].isdecimal():
        return True
    name = ".".join(own)
    is_second_level = len(own) == _FEWEST_OWN_LABELS and (
        (own[0] in _SECOND_LEVELS and own[-1] in top_level_domains())
        or (own[0] in _OF_COUNTRIES and _COUNTRY.fullmatch(own[-1]) is not None)
    )
    return is_second_level or any(name == item or name.endswith(f".{item}") for item in _SERVICES)


def check_reindex_sources(leaves: Iterable[Leaf]) -> Iterator[Outcome]:
    """Yields a failure for each setting with a star before names that others have."""
    for leaf in leaves:
        text = str(leaf.value)
        if "*" in text and any(map(_NAME.fullmatch, setting_names(leaf))) and any(map(_is_wide, _BETWEEN.split(text))):
            yield failed(f"{leaf.path}: {_HARM}", leaf.path)
