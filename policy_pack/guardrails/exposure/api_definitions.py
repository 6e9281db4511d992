"""Authorization in the definitions (OpenAPI) of APIs of API Gateway, which create the methods and routes of an API.

An operation needs a security requirement of its own or of the whole definition, or the authorization of IAM (API
Gateway Developer Guide, extension x-amazon-apigateway-auth, 2026-11-27). Of the alternatives of a requirement, an empty
one makes it optional (OpenAPI 3.1, security requirement object).
"""

from collections.abc import Iterator

import yaml

from ..engine.families import exposure_rule
from ..engine.reading import MISSING, UNKNOWN, Plain, Resource, from_json
from ..engine.rows import Guardrail, Severity, aws
from ..engine.verdicts import Outcome, failed, passed, undetermined
from ..readers.known_later import resolve_from

_APIS = aws("apigateway/RestApi", "apigatewayv2/Api")
_OPERATIONS = ("get", "put", "post", "delete", "head", "patch", "trace", "x-amazon-apigateway-any-method")
"""Operations of a path. A browser asks with OPTIONS before a request of another origin, without credentials."""
_IAM = "x-amazon-apigateway-auth"
_LONGEST_DEFINITION = 1_000_000
"""Characters; API Gateway takes definitions of 6 MB at most."""


def _read(text: Plain) -> Plain:
    """Returns a definition, given as JSON or YAML; None if it cannot be read."""
    document = from_json(text)
    if not isinstance(document, str) or len(document) > _LONGEST_DEFINITION or "&" in document:
        return document if isinstance(document, dict) else None
    try:
        return yaml.load(document, Loader=_LOADER)  # noqa: S506  a safe loader
    except yaml.YAMLError:
        return None


_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _is_required(security: Plain) -> bool:
    return isinstance(security, list) and bool(security) and all(security)


def _is_authorized(operation: dict[str, Plain], default: Plain) -> bool:
    iam = operation.get(_IAM)
    if isinstance(iam, dict) and str(iam.get("type")).lower() == "aws_iam":
        return True
    return _is_required(operation.get("security", default))


def _check_definition(resource: Resource) -> Iterator[Outcome]:
    body = resource.get("body")
    if body is MISSING:
        return
    if body is UNKNOWN:
        yield undetermined("body is not known before deployment", "body")
        return
    document = _read(body)
    if not isinstance(document, dict):
        yield failed("body is no definition in JSON or YAML that can be read", "body")
        return
    paths = document.get("paths")
    for path, item in paths.items() if isinstance(paths, dict) else ():
        for name, operation in item.items() if isinstance(item, dict) else ():
            if name.lower() in _OPERATIONS and isinstance(operation, dict):
                yield (
                    passed()
                    if _is_authorized(operation, document.get("security"))
                    else failed(f"body.paths.{path}.{name} requires no authorization", "body")
                )


API_DEFINITIONS: tuple[Guardrail, ...] = (
    exposure_rule(124, Severity.HIGH, "API definitions require authorization for every operation",
                  "whoever finds the address of an API can call what requires no authorization",
                  'Give the definition or each operation `security` with a scheme of securitySchemes, or "'
                  f'{_IAM}": {{"type": "AWS_IAM"}}',
                  predicate=_check_definition, resolve=resolve_from(("body",)), types=_APIS),
)  # fmt: skip
