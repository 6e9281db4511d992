"""The cost tags that settings state: how many, and which values."""

import pytest

from falaj.components.core.validation.tags import MOST_TAGS, tag_problems
from tests.samples import COST_TAGS

FULL = COST_TAGS | {f"own-{number}": "x" for number in range(MOST_TAGS - len(COST_TAGS))}


def test_a_resource_has_at_most_fifty_tags() -> None:
    """AWS Tagging User Guide, tag limits; Azure Resource Manager, tag resources."""
    assert len(FULL) == 50
    assert tag_problems(FULL, "tags") == []
    assert [str(problem) for problem in tag_problems(FULL | {"one": "more"}, "tags")] == [
        'tags: "51 tags" is not allowed; allowed: at most 50 tags. Fix: remove some.'
    ]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"owner": None}, "tags.owner: required field is missing; allowed: "),
        ({"owner": "Nobody At All"}, 'tags.owner: "Nobody At All" is not allowed; allowed: '),
        ({"Team": "research"}, 'tags.Team: "research" is not allowed; allowed: key and value: '),
        ({"team": "Research"}, 'tags.team: "Research" is not allowed; allowed: key and value: '),
    ],
)
def test_a_tag_that_is_refused_is_shown(changed: dict[str, str | None], message: str) -> None:
    tags = {key: value for key, value in (COST_TAGS | changed).items() if value is not None}
    (problem,) = tag_problems(tags, "tags")
    assert str(problem).startswith(message)
    assert problem.allowed
    assert problem.fix
