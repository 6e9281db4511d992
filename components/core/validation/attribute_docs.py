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
        match key, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(words))):
                found[name] = inspect.cleandoc(words)
    return found
