"""boto3 clients with fixed answers. Requests and answers are validated by botocore's own models of the APIs."""

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import boto3
from botocore.awsrequest import AWSResponse
from botocore.validate import validate_parameters

from falaj.components.settings.stack import Settings
from falaj.preflight.aws.context import AwsContext
from falaj.preflight.reach import Network
from falaj.preflight.stack import read

ROOT = Path(__file__).parents[3]
ACCOUNT = "111122223333"
KEYS: Any = {"aws_access_key_id": "x", "aws_secret_access_key": "y"}

Answers = Mapping[str, Any]
"""Operation -> answer, a function from the request to the answer, the error code with which it is refused, such a code
and an HTTP status, or an error of the connection."""

REACHABLE = Network(resolve=lambda host: ["10.0.0.1"], connect=lambda host, port: None)
IDENTITY = {"Account": ACCOUNT, "Arn": f"arn:aws:iam::{ACCOUNT}:user/deployer", "UserId": "AIDAEXAMPLE0000000000"}


@cache
def settings(stack: str = "prod-uae") -> Settings:
    """Returns the settings of a stack of the project."""
    return read(ROOT / f"Pulumi.{stack}.yaml")


def changed(stack: str, **site: Any) -> Settings:
    """Returns settings with changed fields of the site `awsuae`."""
    given = settings(stack)
    sites = {**given.sites, "awsuae": given.sites["awsuae"].model_copy(update=site)}
    return given.model_copy(update={"sites": sites})


def clients(answers: Answers) -> Callable[[str, str], Any]:
    """Returns a factory of clients. An operation without an answer is refused with AccessDenied."""

    def client(service: str, region: str) -> Any:
        made = boto3.client(service, region_name=region, **KEYS)  # type: ignore[call-overload]
        made.meta.events.register("before-call", lambda model, params, **_: _answer(answers, model, params))
        return made

    return cache(client)


def _answer(answers: Answers, model: Any, params: Any) -> tuple[AWSResponse, Any]:
    answer = answers.get(model.name, "AccessDenied")
    if callable(answer):
        answer = answer(params)
    if isinstance(answer, Exception):
        raise answer
    code, status = answer if isinstance(answer, tuple) else (answer, 400)
    if isinstance(code, str):
        metadata = {"HTTPStatusCode": status}
        return AWSResponse("", status, {}, None), {"Error": {"Code": code, "Message": ""}, "ResponseMetadata": metadata}  # type: ignore[arg-type]
    validate_parameters(answer, model.output_shape)
    return AWSResponse("", 200, {}, None), {**answer, "ResponseMetadata": {}}  # type: ignore[arg-type]


def context(answers: Answers, given: Settings | None = None, network: Network = REACHABLE) -> AwsContext:
    """Returns the context of prod-uae's site on AWS."""
    found = given or settings()
    every = {"GetCallerIdentity": IDENTITY, **answers}
    return AwsContext("prod-uae", found, "awsuae", found.sites["awsuae"], clients(every), network)
