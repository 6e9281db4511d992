"""Names of container images that are pinned to a version."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.charts.image_digests import DIGESTS, Digest
from falaj.components.core.validation.problems import refusal

_NAMED = re.compile(r"[a-z0-9][a-zA-Z0-9._:/-]*:(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]*)(@sha256:[0-9a-f]{64})?")


def _pinned(image: str) -> str:
    match = _NAMED.fullmatch(image)
    if match is None or match["tag"] == "latest":
        raise refusal("an image with a version, `registry/name:1.2.3`, and optionally a digest", "add a version")
    return image


PinnedImage = Annotated[str, AfterValidator(_pinned)]
"""An image `registry/name:version`, never with the tag `latest`, optionally with a digest `@sha256:...`."""


def path_of(image: str) -> str:
    """Returns the path of an image without its registry: `karpenter/controller` of
    `public.ecr.aws/karpenter/controller`."""
    return image.split("/", 1)[1]


def mirrored(image: str, mirror: str | None, digests: Mapping[str, Digest] = DIGESTS) -> str:
    """Returns an upstream image under the registry prefix `mirror`, with its upstream path; unchanged without a mirror.

    Appends the digest if `digests` has one for the upstream name.
    """
    location = f"{mirror}/{path_of(image)}" if mirror else image
    return f"{location}@{digests[image]}" if image in digests else location


def split_image(image: str) -> tuple[str, str]:
    """Splits an image into repository and tag, as most charts expect them; a digest remains part of the tag."""
    name, separator, digest = image.partition("@")
    repository, tag = name.rsplit(":", 1)
    return repository, f"{tag}{separator}{digest}"
