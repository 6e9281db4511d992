"""Images that a site without internet access must copy into its registry."""

import re
from pathlib import Path

from falaj.components import aws
from falaj.components.aws.site.platform_images import PLATFORM_IMAGES, PlatformPart, platform_images
from falaj.components.aws.storage.pull_through_cache import UPSTREAMS
from tests.unit.components.aws_samples import REGISTRY
from tests.unit.components.samples import recorded

COMPONENTS = Path(__file__).parents[3] / "components"


def test_every_part_has_an_image_that_a_registry_takes() -> None:
    assert set(PLATFORM_IMAGES) == set(PlatformPart)
    images = platform_images(PlatformPart)
    recording = recorded(aws.Registry, {**REGISTRY, "mirrored_images": images})
    assert set(recording.outputs[recording.one("falaj:aws:Registry").urn]["mirrors"]) == set(images)
    assert platform_images([PlatformPart.SLEEP]) == ["registry.k8s.io/kubectl"]


def test_a_site_with_a_way_out_reads_them_all_through_its_registry() -> None:
    assert {image.split("/", 1)[0] for image in PLATFORM_IMAGES.values()} <= set(UPSTREAMS)


def test_no_image_that_our_parts_name_is_forgotten() -> None:
    known = set(PLATFORM_IMAGES.values())
    pattern = re.compile(rf'f?"((?:{"|".join(map(re.escape, UPSTREAMS))})/[a-z0-9/-]+)(?::[^"]*)?"')
    named = {
        image
        for folder in ("aws", "kubernetes")
        for file in (COMPONENTS / folder).rglob("*.py")
        for image in pattern.findall(file.read_text())
    }
    assert named
    assert {image for image in named if not any(full.startswith(image) for full in known)} == set()
