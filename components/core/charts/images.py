"""Container images, pinned to a version."""

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
        raise refusal("an image with its version, `registry/name:1.2.3`, and its digest if wanted", "name a version")
    return image


PinnedImage = Annotated[str, AfterValidator(_pinned)]
"""`registry/name:version`, never `latest`, optionally with a digest, `@sha256:...`."""


def path_of(image: str) -> str:
    """Path of an image, without its registry: `karpenter/controller` of `public.ecr.aws/karpenter/controller`."""
    return image.split("/", 1)[1]


def mirrored(image: str, mirror: str | None, digests: Mapping[str, Digest] = DIGESTS) -> str:
    """An upstream image in the registry prefix `mirror`, under its upstream path; the image itself without a mirror.

    The digest is added where `digests` has it, by the upstream name.
    """
    location = f"{mirror}/{path_of(image)}" if mirror else image
    return f"{location}@{digests[image]}" if image in digests else location


def split_image(image: str) -> tuple[str, str]:
    """Repository and tag of an image, as most charts take them; a digest stays with the tag."""
    name, at, digest = image.partition("@")
    repository, tag = name.rsplit(":", 1)
    return repository, f"{tag}{at}{digest}"
