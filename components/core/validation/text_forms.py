"""Declares the form of a text: a pattern, and the words and example that error messages quote instead of it."""

from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema


@dataclass(frozen=True)
class TextForm:
    """Annotates a `str` of a certain form: `Annotated[str, TextForm(r"^[a-z]+$", "lower-case letters", "gpu")]`."""

    pattern: str
    """Regular expression, anchored. The schema of stack files has it, and no message."""
    words: str
    """What the pattern means."""
    example: str
    """A text of this form."""
    max_length: int | None = None

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        allowed = self.words if self.example in self.words else f"{self.words}, such as {self.example}"
        return core_schema.custom_error_schema(
            core_schema.str_schema(pattern=self.pattern, max_length=self.max_length),
            "refused",
            custom_error_message="allowed: {allowed}; fix: {fix}",
            custom_error_context={
                "allowed": allowed,
                "fix": f"write it like {self.example}",
                "subpath": "",
                "text": True,
            },
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "examples": [self.example]}
