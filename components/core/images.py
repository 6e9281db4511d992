"""Images of containers that are named so that they stay the same."""

import re
from typing import Annotated

from pydantic import AfterValidator

from components.core.problems import refusal

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


def mirrored(image: str, mirror: str | None) -> str:
    """Where an image of others lies in a registry of your own, `mirror`: under its own path; as it is without one."""
    return f"{mirror}/{path_of(image)}" if mirror else image
