"""Docstrings under the keys of a TypedDict, for the schema of settings that are checked by a component's own model."""

import ast
import inspect
import textwrap


def key_docs(spec: type) -> dict[str, str]:
    """Meaning of each key of a TypedDict, as written under it."""
    [body] = ast.parse(textwrap.dedent(inspect.getsource(spec))).body
    assert isinstance(body, ast.ClassDef)  # noqa: S101
    found: dict[str, str] = {}
    for key, text in zip(body.body, body.body[1:], strict=False):
        is_documented = isinstance(key, ast.AnnAssign) and isinstance(text, ast.Expr)
        if is_documented and isinstance(key.target, ast.Name) and isinstance(text.value, ast.Constant):
            found[key.target.id] = inspect.cleandoc(str(text.value.value))
    return found
