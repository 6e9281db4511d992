"""Cost tags: checked once, merged one way."""

from collections.abc import Mapping

from components.core.problems import refusal
from falaj.facts.tags import COST_TAGS


def checked_cost_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """The tags as they are, if all mandatory ones are there with legal values.

    Raises: a pydantic error naming the first missing tag, or the first value that some cloud would refuse.
    """
    for tag in COST_TAGS:
        if tag.key not in tags:
            raise refusal(f"{tag.meaning}, for example {tag.example}", f"add `{tag.key}`", tag.key)
        if not tag.accepts(tags[tag.key]):
            raise refusal(
                f"{tag.meaning}, matching {tag.pattern}",
                f"write it like {tag.example}",
                tag.key,
                tags[tag.key],
            )
    return dict(tags)


def merged(tags: Mapping[str, str], **extra: str) -> dict[str, str]:
    """Cost tags with more beside them (underscores in names become dashes); cost tags always win."""
    return {key.replace("_", "-"): value for key, value in extra.items()} | dict(tags)


def named(tags: Mapping[str, str], name: str) -> dict[str, str]:
    """Cost tags plus AWS's display name of a resource."""
    return {"Name": name} | dict(tags)
