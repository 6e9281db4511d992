"""Images of containers that are named so that they stay the same."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.charts.image_digests import DIGESTS, Digest
from falaj.components.core.validation.problems import refusal

_NAMED = re.compile(r"[a-z0-9][a-zA-Z0-9._:/-]*:(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]*)(@sha256:[0-9a-f]{64})?")


def _pinned(image: str) -> str:
    found = _NAMED.fullmatch(image)
    if found is None or found["tag"] == "latest":
        raise refusal("an image with its version, `registry/name:1.2.3`, and its digest if wanted", "name a version")
    return image


PinnedImage = Annotated[str, AfterValidator(_pinned)]
"""`registry/name:version`, never `latest`, and `@sha256:...` behind it where the digest is to be checked."""


def path_of(image: str) -> str:
    """An image without its registry: `karpenter/controller` of `public.ecr.aws/karpenter/controller`."""
    return image.split("/", 1)[1]


def mirrored(image: str, mirror: str | None, digests: Mapping[str, Digest] = DIGESTS) -> str:
    """Where an image of others lies in a registry of your own, `mirror`: under its own path; as it is without one.

    With its digest where `digests` has it, by the image's name as it is without a mirror.
    """
    place = f"{mirror}/{path_of(image)}" if mirror else image
    return f"{place}@{digests[image]}" if image in digests else place


def parted(image: str) -> tuple[str, str]:
    """An image as most charts take it: what stands before its tag, and the tag, with the digest behind it."""
    name, at, digest = image.partition("@")
    repository, tag = name.rsplit(":", 1)
    return repository, f"{tag}{at}{digest}"
