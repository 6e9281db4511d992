"""Publishers of container images: who may decide what an image contains.

Whoever can push to a registry, or to an organisation in it, decides what runs. Known are the publishers of
`data/image_publishers.csv`, each with the document or chart that names it and the day on which it was read; registries
in a private network, of the stack's own accounts and of its plan; and what the settings list.
"""

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from ..engine.data_folder import DATA
from ..engine.escape_settings import EscapeSettings
from ..engine.reading import Resource
from ..readers.aws_accounts import is_known, own_accounts, owner_of
from ..readers.hosts import is_listed, is_private

DEFAULT_REGISTRY = "docker.io"
_ALIASES = {"index.docker.io": DEFAULT_REGISTRY, "registry-1.docker.io": DEFAULT_REGISTRY}
"""Other hosts of Docker Hub (distribution/reference 0965666, normalize.go, read 2026-11-28)."""
_OFFICIAL = "library"
"""Organisation of Docker Hub whose images have names of one part."""
_SCHEME = re.compile(r"(?:oci|docker|docker-pullable)://")
_TAG = re.compile(r"(?::[^:/@]+)?(?:@.*)?\Z")
_NAME = re.compile(r"[\w./:-]+", re.ASCII)
_REFERENCE = re.compile(
    r"(?:--?[a-z][\w-]{0,60}[= ])?(?P<image>[a-z0-9][a-z0-9.-]{0,200}/[a-z0-9][\w./-]{0,300}"
    r"(?::\w[\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64}))"
)
"""An image by its tag or digest that is all of a text, perhaps after the name of an option, such as
`--acme-http01-solver-image=…` (cert-manager/cert-manager 2d0d7f7f deploy/charts, read 2026-11-30)."""
_REGISTRY_OF_ACCOUNT = re.compile(r"\d{12}\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com")


@cache
def publishers() -> Mapping[str, str]:
    """Returns the known publishers: registry, or registry and organisation -> name of the publisher."""
    with (DATA / "image_publishers.csv").open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: row["publisher"] for row in csv.DictReader(file)}


def has_host(name: str) -> bool:
    """Returns whether the first part of an image's name is the host of a registry."""
    first = _SCHEME.sub("", name).partition("/")[0]
    return "/" in name and ("." in first or ":" in first or first == "localhost")


def full_name(image: str) -> str:
    """Returns the registry and path of an image in lower case, without tag and digest. Docker Hub is the default."""
    name = _TAG.sub("", _SCHEME.sub("", image.strip())).lower()
    name = name if has_host(name) else f"{DEFAULT_REGISTRY}/{name}"
    host, _, path = name.partition("/")
    host = _ALIASES.get(host, host)
    return f"{host}/{_OFFICIAL}/{path}" if host == DEFAULT_REGISTRY and "/" not in path else f"{host}/{path}"


def is_published(text: str) -> bool:
    """Returns whether a text is an image of a known publisher: nobody else writes there."""
    found = _REFERENCE.fullmatch(text.strip())
    name = full_name(found["image"]) if found is not None else ""
    is_plain = not {"", ".", ".."} & set(name.split("/"))
    return is_plain and any(_is_below(name, item) for item in publishers())


def _is_below(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}/")


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
            any(_is_below(name, item) for item in (*publishers(), *self.prefixes))
            or host in self.prefixes  # one's own host, with any port
            or is_listed(host, self.hosts)
            or is_private(host)
            or (_REGISTRY_OF_ACCOUNT.fullmatch(registry) is not None and self._owns(registry, resource))
        )

    def knows_registry(self, registry: str, resource: Resource) -> bool:
        """Returns whether a registry, perhaps with an organisation, is one's own or that of a known publisher. The host
        of one alone may be named: its organisations are part of the names of a chart's images."""
        address = _SCHEME.sub("", registry).rstrip("/").lower()
        known = (*publishers(), *self.prefixes)
        if any(item == address or item.startswith(f"{address}/") for item in known):
            return True
        return self.knows(f"{address}/any/image", resource)

    def _owns(self, registry: str, resource: Resource) -> bool:
        return is_known(owner_of(registry), own_accounts(resource) | frozenset(self.accounts))
