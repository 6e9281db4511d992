"""Images by their names, and their known publishers.

Known are the publishers of `data/image_publishers.csv`, each with the document or chart that names it and the day on
which it was read.
"""

import csv
from collections.abc import Mapping
from functools import cache

from ..engine.data_folder import DATA
from ..engine.lazy_regex import lazy_regex

DEFAULT_REGISTRY = "docker.io"
_ALIASES = {"index.docker.io": DEFAULT_REGISTRY, "registry-1.docker.io": DEFAULT_REGISTRY}
"""Other hosts of Docker Hub (distribution/reference 0965666, normalize.go, read 2026-11-28)."""
_OFFICIAL = "library"
"""Organisation of Docker Hub whose images have names of one part."""
_SCHEME = lazy_regex(r"(?:oci|docker|docker-pullable)://")
_TAG = lazy_regex(r"(?::[^:/@]+)?(?:@.*)?\Z")
_REFERENCE = lazy_regex(
    r"(?:--?[a-z][\w-]{0,60}[= ])?(?P<image>[a-z0-9][a-z0-9.-]{0,200}/[a-z0-9][\w./-]{0,300}"
    r"(?::\w[\w.-]{0,127}(?:@sha256:[0-9a-f]{64})?|@sha256:[0-9a-f]{64}))"
)
"""An image by its tag or digest that is all of a text, perhaps after the name of an option, such as
`--acme-http01-solver-image=…` (cert-manager/cert-manager 2d0d7f7f deploy/charts, read 2026-11-30)."""


@cache
def publishers() -> Mapping[str, str]:
    """Returns the known publishers: registry, or registry and organisation -> name of the publisher."""
    with (DATA / "image_publishers.csv").open(encoding="utf-8", newline="") as file:
        return {row["prefix"]: row["publisher"] for row in csv.DictReader(file)}


def without_scheme(name: str) -> str:
    """Returns the name of an image or a registry without the scheme of a chart or a command."""
    return _SCHEME.sub("", name)


def has_host(name: str) -> bool:
    """Returns whether the first part of an image's name is the host of a registry."""
    first = without_scheme(name).partition("/")[0]
    return "/" in name and ("." in first or ":" in first or first == "localhost")


def full_name(image: str) -> str:
    """Returns the registry and path of an image in lower case, without tag and digest. Docker Hub is the default."""
    name = _TAG.sub("", without_scheme(image.strip())).lower()
    name = name if has_host(name) else f"{DEFAULT_REGISTRY}/{name}"
    host, _, path = name.partition("/")
    host = _ALIASES.get(host, host)
    return f"{host}/{_OFFICIAL}/{path}" if host == DEFAULT_REGISTRY and "/" not in path else f"{host}/{path}"


def is_published(text: str) -> bool:
    """Returns whether a text is an image of a known publisher: nobody else writes there."""
    found = _REFERENCE.fullmatch(text.strip())
    name = full_name(found["image"]) if found is not None else ""
    is_plain = not {"", ".", ".."} & set(name.split("/"))
    return is_plain and any(is_below(name, item) for item in publishers())


def is_below(name: str, prefix: str) -> bool:
    """Returns whether an image has the name of a prefix, or one below it."""
    return name == prefix or name.startswith(f"{prefix}/")
