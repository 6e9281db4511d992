"""Tags of images in a registry: what was reviewed under a tag stays what the tag names.

A repository is mutable unless it, or the template by which the registry creates it, says otherwise;
`IMMUTABLE_WITH_EXCLUSION` lists tags that may move, such as latest (botocore 1.44.8, ecr, CreateRepository and
CreateRepositoryCreationTemplate, read 2026-11-29). A cache that a registry fills follows the tags of its upstream, at
least once a day (Amazon ECR User Guide, "Sync an upstream registry", read 2026-11-30): who uses it pins digests.
"""

from ..engine.conditions import Condition, one_of
from ..engine.families import unverifiable_rule
from ..engine.rows import Check, Guardrail, Severity, aws
from ..engine.verdicts import Verdict

_IMMUTABLE = one_of("IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")
_ONLY_CACHES = one_of("PULL_THROUGH_CACHE")
_MORE_THAN_CACHES = Condition(
    "must be for more than caches", lambda value: not _ONLY_CACHES.test(value), missing=Verdict.PASS
)
IMAGE_TAGS: tuple[Guardrail, ...] = (
    unverifiable_rule(122, Severity.MEDIUM, "Tags of images in a registry of one's own cannot be moved",
                      "who may push could replace an image that was reviewed under its tag",
                      "Set image_tag_mutability to IMMUTABLE, or to IMMUTABLE_WITH_EXCLUSION with the tags that move",
                      checks=(Check(aws("ecr/Repository"), "imageTagMutability", _IMMUTABLE),
                              Check(aws("ecr/RepositoryCreationTemplate"), "imageTagMutability", _IMMUTABLE,
                                    when=("appliedFors", _MORE_THAN_CACHES)))),
)  # fmt: skip
