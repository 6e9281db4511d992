"""Plug-ins, extensions, modules and libraries that a controller or a program loads from an address, without a checksum.

Whoever answers there decides what runs, each time anew. Where they stand is read by name (`extension_places.py`), in
objects, settings, variables and values of charts. An address of one's own namespace, of the platform or of the machine
itself passes, and so does one with a checksum or a digest; every other one is listed. Modules that Traefik builds from
a forge (traefik/traefik fd5a576d, docs/content/extend) and packages of npm that Backstage loads (`integrity`: Red Hat
Developer Hub, "Dynamic plugins", found as strings) have their own forms; read 2026-11-30.
"""

import re
from collections.abc import Iterator

from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..readers.extension_places import is_extension_place, is_program_of_cluster
from ..readers.leaf_cache import cached_by_leaf
from ..readers.service_addresses import namespace_of_service
from ..readers.shared_namespaces import is_shared
from ..readers.texts import Leaf, Leaves
from ..readers.upload_commands import SHARED_FORGES
from ..readers.webhooks import is_of_platform

_CHECKSUM = lazy_regex(
    r"(?P<above>.*)\.(?:sha(?:256|384|512)(?:sum)?|checksum(?:\.sum)?|digest|integrity|hash)", re.IGNORECASE | re.DOTALL
)
_SUM = lazy_regex(r"(?:sha\d{3}[-:=])?(?:[0-9a-f]{64,128}|[\w+/]{43,88}={0,2})|.*(?:\$\{|\{\{).*", re.IGNORECASE)
"""A checksum of 256 bits and more in hexadecimal numbers or in base64, or a template that states it."""
_SERVICE = lazy_regex(
    r"[a-z]{2,6}://[\w.-]{1,200}\.svc(?:\.[\w-]{1,63}\.(?:local|internal|lan))?\.?(?=[:/?#]|$)", re.IGNORECASE
)
"""The address of a service with the domain of a cluster: others, such as `a.svc.example.com`, are of the internet."""
_BESIDE = lazy_regex(r"https?://[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?(?=[:/]|$)")
"""The address of a service of the same namespace, which has no dot."""
_ADDRESS = lazy_regex(r"(?:https?|ftps?|oci|ssh|git|gs)://[^\s;,]{1,300}", re.IGNORECASE)
_DIGEST = lazy_regex(r"(?:@|#|sha256=|checksum=)sha(?:256|512)[:=][0-9a-f]{64}|[?#&]sha256=[0-9a-f]{64}", re.IGNORECASE)
_OF_MACHINE = lazy_regex(r"https?://(?:localhost|127\.[\d.]{1,11}|\[::1\])(?=[:/]|$)", re.IGNORECASE)
_MODULE = lazy_regex(r"([a-z0-9][\w.-]{1,60}/[\w.-]{1,60}/[\w./-]{1,120})")
_MODULE_PATH = lazy_regex(r"(?:^|[.\]])plug-?ins?\.[\w-]{1,60}\.module_?name$", re.IGNORECASE)
_MODULE_ARGUMENT = lazy_regex(
    r"plugins\.[\w-]{1,60}\.modulename[= \t]{1,9}[\"']?([a-z0-9][\w.-]{1,60}/[\w.-]{1,60}/?[\w./-]{0,120})",
    re.IGNORECASE,
)
_PACKAGE_PATH = lazy_regex(r"(?:^|[.\]])plug-?ins?\[\d{1,4}\]\.package$", re.IGNORECASE)
_PACKAGE = lazy_regex(r"(@[\w.-]{1,60}/[\w.-]{1,100}|[a-z][\w.-]{1,100})(?:@[\w.^~-]{1,60})?")
_LONGEST = 400
"""Characters of a path that is read."""


def served_programs(resource: Resource, every: Leaves) -> Iterator[tuple[str, str]]:
    """Yields the path and the source of each such program."""
    found = list(_sources_in.among(every))
    if not found:
        return
    named = ((leaf, match) for leaf in every
             if len(leaf.path) <= _LONGEST and (match := _CHECKSUM.fullmatch(leaf.path)))  # fmt: skip
    checked = {match["above"] for leaf, match in named if _SUM.fullmatch(str(leaf.value)[:_LONGEST])}
    own = _namespace(resource)
    for leaf, sources in found:
        is_checked = leaf.path.rpartition(".")[0] in checked
        yield from ((leaf.path, source.lower()) for source in sources
                    if not is_checked and not _is_own(source, own))  # fmt: skip


def _is_own(source: str, own: str) -> bool:
    """Returns whether a service of one's own namespace, or of the platform, serves a program."""
    named = namespace_of_service(source)
    is_service = _SERVICE.match(source) is not None
    return _BESIDE.match(source) is not None or (
        is_service and (named in ("", own) or is_shared(named) or is_of_platform(named))
    )


@cached_by_leaf
def _sources_in(leaf: Leaf) -> tuple[str, ...]:
    """Returns the sources of the programs that a leaf names."""
    text, path = str(leaf.value).strip(), leaf.path
    if not isinstance(leaf.value, str):
        return ()
    if "modulename" in text.lower():
        return tuple(f"https://{name}" for name in _MODULE_ARGUMENT.findall(text))
    if _MODULE_PATH.search(path[-_LONGEST:]):
        return (f"https://{text}",) if _MODULE.fullmatch(text) else ()
    if _PACKAGE_PATH.search(path[-_LONGEST:]) and (package := _PACKAGE.fullmatch(text)):
        return (f"npm:{package[1]}",)
    return tuple(_addresses(leaf, text)) if "://" in text else ()


def _addresses(leaf: Leaf, text: str) -> Iterator[str]:
    for address in _ADDRESS.findall(text[: 10 * _LONGEST]):
        host = address.partition("://")[2].partition("/")[0].lower()
        is_place = is_extension_place(leaf.path, leaf.key, address) or (
            _SERVICE.match(address) is not None and is_program_of_cluster(leaf.path)
        )
        # FJ-ESC-111 asks whose a repository at a shared forge is, whatever its checksum.
        if is_place and host not in SHARED_FORGES and not _DIGEST.search(address) and not _OF_MACHINE.match(address):
            yield address


def _namespace(resource: Resource) -> str:
    metadata = resource.props.get("metadata")
    stated = metadata.get("namespace") if isinstance(metadata, dict) else resource.props.get("namespace")
    return str(stated)
