"""YAML of files that people write: the safe loader, in which a key that is there twice is an error, as in Pulumi's."""

from typing import Any

import yaml

_MERGE = "tag:yaml.org,2002:merge"
"""Tag of the key `<<`, whose keys the mapping may override."""


class UniqueKeysLoader(yaml.SafeLoader):
    """The safe loader, which refuses a duplicate key (YAML 1.2.2, 3.2.1.1: keys are unique); PyYAML takes the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        """Raises `yaml.constructor.ConstructorError` with the line of the second key."""
        seen = set[str]()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode) and key.tag != _MERGE):
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is a duplicate key", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def parse(text: str) -> Any:
    """Returns the content of a YAML document. Raises `yaml.YAMLError` and, for impossible numbers and dates,
    `ValueError`."""
    return yaml.load(text, UniqueKeysLoader)  # noqa: S506 - a safe loader


def describe(error: Exception) -> str:
    """Returns in one line where a YAML document is wrong, and what is wrong."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return " ".join(str(error).split())
    words = (getattr(error, "context", None), getattr(error, "problem", None))
    return f"line {mark.line + 1}, column {mark.column + 1}: {', '.join(word for word in words if word)}"
