"""Tags of images in a registry: what was reviewed under a tag stays what the tag names.

A repository is mutable unless it, or the template by which the registry creates it, says otherwise;
`IMMUTABLE_WITH_EXCLUSION` lists tags that may move, such as latest (botocore 1.44.8, ecr, CreateRepository and
CreateRepositoryCreationTemplate, read 2026-11-29).
"""

from ..engine.conditions import one_of
from ..engine.families import unverifiable_rule
from ..engine.rows import Check, Guardrail, Severity, aws

IMAGE_TAGS: tuple[Guardrail, ...] = (
    unverifiable_rule(122, Severity.MEDIUM, "Tags of images in a registry of one's own cannot be moved",
                      "who may push could replace an image that was reviewed under its tag",
                      "Set image_tag_mutability to IMMUTABLE, or to IMMUTABLE_WITH_EXCLUSION with the tags that move",
                      checks=(Check(aws("ecr/Repository", "ecr/RepositoryCreationTemplate"), "imageTagMutability",
                                    one_of("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")),)),
)  # fmt: skip
