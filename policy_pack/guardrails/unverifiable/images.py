"""Publishers of container images: who may decide what an image contains.

Whoever can push to a registry, or to an organisation in it, decides what runs. Known are the publishers of
`data/image_publishers.csv`, each with the document or chart that names it and the day on which it was read; registries
in a private network, of the stack's own accounts and of its plan; and what the settings list.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from ..engine.escape_settings import EscapeSettings
from ..engine.lazy_regex import lazy_regex
from ..engine.reading import Resource
from ..readers.aws_accounts import is_known, own_accounts, owner_of
from ..readers.hosts import is_listed, is_private
from ..readers.published_images import full_name, is_below, publishers, without_scheme

_NAME = lazy_regex(r"[\w./:-]+", re.ASCII)
_REGISTRY_OF_ACCOUNT = lazy_regex(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com")


@dataclass(frozen=True)
class ImageSources:
    """Publishers that the settings list: `prefixes` of images, `hosts` of registries and domains, and AWS accounts."""

    prefixes: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()

    @classmethod
    def of(cls, escape: EscapeSettings, accounts: Collection[str], hosts: Collection[str]) -> "ImageSources":
        """Returns the sources of the settings. `accounts` are trusted ones, `hosts` those confirmed in the country."""
        charts = tuple(urlsplit(item) for item in escape.helm_sources if item.startswith("oci://"))
        domains = (item.hostname or "" for item in charts if item.netloc.startswith("*."))
        mirrors = (f"{item.netloc}{item.path}".rstrip("/").lower() for item in charts)
        return cls(
            (*(item.rstrip("/").lower() for item in escape.image_publishers), *mirrors),
            (*(item.lower() for item in hosts if "." in item and "/" not in item and "@" not in item),
             *(item.removeprefix("*.") for item in domains)),
            tuple(accounts),
        )  # fmt: skip

    def knows(self, image: str, resource: Resource) -> bool:
        """Returns whether an image is of a known publisher, or of a registry of one's own, as far as the resource
        shows."""
        name = full_name(image)
        if _NAME.fullmatch(name) is None or {"", ".", ".."} & set(name.split("/")):
            return False
        registry = name.partition("/")[0]
        host = registry.partition(":")[0]
        return (
            any(is_below(name, item) for item in (*publishers(), *self.prefixes))
            or host in self.prefixes  # one's own host, with any port
            or is_listed(host, self.hosts)
            or is_private(host)
            or (_REGISTRY_OF_ACCOUNT.fullmatch(registry) is not None and self._owns(registry, resource))
        )

    def knows_registry(self, registry: str, resource: Resource) -> bool:
        """Returns whether a registry, perhaps with an organisation, is one's own or that of a known publisher. The host
        of one alone may be named: its organisations are part of the names of a chart's images."""
        address = without_scheme(registry).rstrip("/").lower()
        known = (*publishers(), *self.prefixes)
        if any(item == address or item.startswith(f"{address}/") for item in known):
            return True
        return self.knows(f"{address}/any/image", resource)

    def _owns(self, registry: str, resource: Resource) -> bool:
        return is_known(owner_of(registry), own_accounts(resource) | frozenset(self.accounts))
