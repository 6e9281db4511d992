"""Cost tags: checked once, merged one way."""

import re
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from falaj.components.core.validation.problems import Problem, refuse_if
from falaj.facts.tags import COST_TAGS, MANDATORY_KEYS, WORD_FORM

PORTABLE = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,61}[a-z0-9])?")
"""Keys and values that are legal as AWS tags, Azure tags and Kubernetes labels alike."""

PORTABLE_FORM, PORTABLE_EXAMPLE = WORD_FORM, "`team: research`"
"""The same in words, and an example."""


def tag_problems(tags: Mapping[str, str], root: str) -> list[Problem]:
    """Every mandatory tag that is missing or has a value that some cloud or the finance department would refuse."""
    found: list[Problem] = []
    for tag in COST_TAGS:
        path = f"{root}.{tag.key}" if root else tag.key
        value = tags.get(tag.key)
        if value is None:
            allowed = f"{tag.meaning}, for example {tag.example}"
            found.append(Problem(path, None, allowed, f"add `{tag.key}`"))
        elif not tag.accepts(value):
            allowed = tag.meaning if tag.form in tag.meaning else f"{tag.meaning}: {tag.form}"
            found.append(Problem(path, value, allowed, f"write it like {tag.example}"))
    for key, value in tags.items():
        if key not in MANDATORY_KEYS and not (PORTABLE.fullmatch(key) and PORTABLE.fullmatch(value)):
            path = f"{root}.{key}" if root else key
            found.append(Problem(path, value, f"key and value: {PORTABLE_FORM}", f"write them like {PORTABLE_EXAMPLE}"))
    return found


def checked_cost_tags(tags: Mapping[str, str]) -> dict[str, str]:
    """The tags as they are, if all mandatory ones are there with legal values.

    Raises: a pydantic error naming every problem.
    """
    refuse_if(tag_problems(tags, ""))
    return dict(tags)


_SCHEMA: dict[str, Any] = {
    "required": [tag.key for tag in COST_TAGS],
    "properties": {
        tag.key: {"type": "string", "pattern": f"^(?:{tag.pattern})$", "description": tag.meaning} for tag in COST_TAGS
    },
}

CostTags = Annotated[Mapping[str, str], AfterValidator(checked_cost_tags), Field(json_schema_extra=_SCHEMA)]
"""The type of a `tags` argument: refused unless all cost tags are there with legal values."""


def with_tags(tags: Mapping[str, str], **extra: str) -> dict[str, str]:
    """Cost tags with more beside them (underscores in names become dashes); cost tags always win."""
    return {key.replace("_", "-"): value for key, value in extra.items()} | dict(tags)


def with_name_tag(tags: Mapping[str, str], name: str) -> dict[str, str]:
    """Cost tags plus AWS's display name of a resource."""
    return {"Name": name} | dict(tags)
