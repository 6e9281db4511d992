"""Validation and merging of cost tags."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from falaj.components.core.validation.problems import Problem, refusal, refuse_if
from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS, WORD_FORM

PORTABLE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?")
"""Pattern of keys and values that are valid as AWS tags, Azure tags and Kubernetes labels."""

PORTABLE_FORM, PORTABLE_EXAMPLE = WORD_FORM, "`team: research`"
"""The same in words, and an example."""


MOST_TAGS = 50
"""Tags of a resource on both clouds (AWS Tagging User Guide, tag limits; Azure Resource Manager, tag resources)."""

MOST_OWN_TAGS = 40
"""Tags that settings may state: components and the controllers of a cluster add up to ten to a machine."""


def tag_problems(tags: Mapping[str, str], root: str) -> list[Problem]:
    """Returns a problem for each mandatory tag that is missing or invalid, and for each other tag that is not
    portable."""
    problems: list[Problem] = []
    if len(tags) > MOST_TAGS:
        problems.append(Problem(root, f"{len(tags)} tags", f"at most {MOST_TAGS} tags", "remove some"))
    for tag in COST_TAGS:
        path = f"{root}.{tag.key}" if root else tag.key
        value = tags.get(tag.key)
        if value is None:
            allowed = f"{tag.meaning}, for example {tag.example}"
            problems.append(Problem(path, None, allowed, f"add `{tag.key}`"))
        elif not tag.accepts(value):
            allowed = tag.meaning if tag.form in tag.meaning else f"{tag.meaning}: {tag.form}"
            problems.append(Problem(path, value, allowed, f"write it like {tag.example}"))
    for key, value in tags.items():
        if key not in MANDATORY_KEYS and not (PORTABLE.fullmatch(key) and PORTABLE.fullmatch(value)):
            path = f"{root}.{key}" if root else key
            problems.append(
                Problem(path, value, f"key and value: {PORTABLE_FORM}", f"write them like {PORTABLE_EXAMPLE}")
            )
    return problems


def checked_cost_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Returns the tags unchanged if all mandatory ones are present with valid values.

    Raises a pydantic error with all problems otherwise.
    """
    refuse_if(tag_problems(tags, ""))
    return dict(tags)


_SCHEMA: dict[str, Any] = {
    "required": [tag.key for tag in COST_TAGS],
    "properties": {
        tag.key: {"type": "string", "pattern": f"^(?:{tag.pattern})$", "description": tag.meaning} for tag in COST_TAGS
    },
}


def _leaving_room(tags: Mapping[str, str]) -> Mapping[str, str]:
    if len(tags) > MOST_OWN_TAGS:
        allowed = f"at most {MOST_OWN_TAGS} tags: a resource has {MOST_TAGS}, and others are added"
        raise refusal(allowed, f"remove {len(tags) - MOST_OWN_TAGS}", given=f"{len(tags)} tags")
    return tags


CostTags = Annotated[Mapping[str, str], AfterValidator(checked_cost_tags), Field(json_schema_extra=_SCHEMA)]
"""Type of a `tags` argument; rejected unless all cost tags are present with valid values."""


StackTags = Annotated[CostTags, AfterValidator(_leaving_room)]
"""The cost tags of a stack, which leave room for tags of components and controllers."""


def with_tags(tags: Mapping[str, str], **extra: str) -> dict[str, str]:
    """Returns the cost tags with additional tags; underscores in their names become dashes. Cost tags take
    precedence."""
    return {key.replace("_", "-"): value for key, value in extra.items()} | dict(tags)


def with_name_tag(tags: Mapping[str, str], name: str) -> dict[str, str]:
    """Returns the cost tags with the tag `Name`, the display name of a resource on AWS."""
    return {"Name": name} | dict(tags)
