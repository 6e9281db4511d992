"""Names of container images that are pinned to a version."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator

from falaj.components.core.charts.image_digests import DIGESTS, Digest
from falaj.components.core.validation.args import Input
from falaj.components.core.validation.inputs import map_inputs
from falaj.components.core.validation.problems import refusal

_NAMED = re.compile(
    r"(?:[a-zA-Z0-9][a-zA-Z0-9.-]*(?::[0-9]+)?/)?"
    r"(?P<path>[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*)"
    r":(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})(?:@sha256:[0-9a-f]{64})?"
)
"""Registry with its port, path in small letters, tag and digest (distribution/distribution v2.7.1, reference/regexp.go,
as cited by controllers of Flux; read 2026-12-01)."""


def _pinned(image: str) -> str:
    match = _NAMED.fullmatch(image)
    if match is None or match["tag"] == "latest" or match["path"].isdecimal():
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


def mirrored_input(image: Input[str], mirror: Input[str] | None) -> Input[str]:
    """Returns `mirrored` of an image and a mirror that may be Outputs."""
    return map_inputs(_mirrored_as_pinned, image, mirror)


def _mirrored_as_pinned(image: str, mirror: str | None) -> str:
    return mirrored(image, mirror)


def split_image(image: str) -> tuple[str, str]:
    """Splits an image into repository and tag, as most charts expect them; a digest remains part of the tag."""
    name, separator, digest = image.partition("@")
    repository, tag = name.rsplit(":", 1)
    return repository, f"{tag}{separator}{digest}"


def mirrored_repository(image: str, mirror: Input[str] | None) -> tuple[Input[str], str]:
    """Returns repository and tag of an upstream image under a mirror that may be an Output. The tag does not depend on
    the mirror."""
    repository = map_inputs(lambda known: split_image(mirrored(image, known))[0], mirror)
    return repository, split_image(mirrored(image, None))[1]


def mirrored_parts(image: str, mirror: Input[str] | None) -> tuple[Input[str], Input[str], str]:
    """Returns registry, path and tag of an upstream image under a mirror that may be an Output."""
    repository, tag = mirrored_repository(image, mirror)
    registry = map_inputs(lambda known: known.split("/", 1)[0], repository)
    return registry, map_inputs(path_of, repository), tag
