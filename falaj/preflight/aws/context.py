"""Access to an AWS account: boto3 clients with short timeouts, and errors as the two kinds that a row states."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.preflight.needs import option
from falaj.preflight.reach import NETWORK, Network
from falaj.preflight.rows import NoAnswer, NotAllowed

T = TypeVar("T")

GLOBAL_REGION = "us-east-1"
"""Region of the endpoints of Cost Explorer, Organizations and account management."""

DENIED = (
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "AuthorizationError",
    "Client.UnauthorizedOperation",
)
"""Codes with which AWS refuses a request: each service has its own."""
_FORBIDDEN = 403
_BAD_CREDENTIALS = (
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "OptInRequired",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
)
"""Codes with the status 403 that say nothing about permissions: of wrong or old credentials, and of regions that the
account has not opted in to (https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html, 2026-11-26)."""

Clients = Callable[[str, str], Any]
"""(service, region) -> boto3 client."""


class Missing(Exception):
    """What was asked for does not exist. The message is AWS's error code."""


@dataclass(frozen=True)
class AwsContext:
    """A site on AWS and the account of its credentials."""

    stack: str
    settings: Settings
    name: str
    site: SiteSettings
    clients: Clients
    network: Network = NETWORK

    @property
    def region(self) -> str:
        """Region of the site."""
        return self.site.region

    @property
    def cluster_name(self) -> str:
        """Name of the site's cluster, as `falaj.components.aws.cluster` gives it."""
        return f"{self.name}-cluster-{self.stack}"

    @property
    def tags(self) -> Mapping[str, str]:
        """The cost tags that tell this stack's resources from others."""
        return {key: str(self.settings.tags[key]) for key in ("project", "environment")}

    @cached_property
    def identity(self) -> Mapping[str, str]:
        """Account and ARN of the caller. Asked outside the site's region, whose endpoint refuses all credentials of an
        account that has not opted in."""
        return self.ask("sts", "get_caller_identity", GLOBAL_REGION)

    @property
    def account(self) -> str:
        """Number of the caller's account."""
        return self.identity["Account"]

    def ask(self, service: str, operation: str, region: str | None = None, **arguments: Any) -> Any:
        """Returns the response of a read-only operation. Raises `NotAllowed`, `NoAnswer` or `Missing`."""
        return translated(lambda: getattr(self.client(service, region), operation)(**arguments))

    def pages(self, service: str, operation: str, key: str, region: str | None = None, **arguments: Any) -> list[Any]:
        """Returns the items of all pages of a list operation."""

        def read() -> list[Any]:
            paginator = self.client(service, region).get_paginator(operation)
            return [item for page in paginator.paginate(**arguments) for item in page.get(key, ())]

        return translated(read)

    def client(self, service: str, region: str | None = None) -> Any:
        """Returns a client of a service in the site's region, or in another one."""
        return self.clients(service, region or self.region)

    def is_own(self, tags: Any) -> bool:
        """Returns whether tags, as AWS lists them, are those of this stack."""
        found = {tag.get("Key"): tag.get("Value") for tag in tags or ()}
        return all(found.get(key) == value for key, value in self.tags.items())


def translated(request: Callable[[], T]) -> T:
    """Returns the result of a request. Raises `NotAllowed`, `NoAnswer` or `Missing` for boto3's errors."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return request()
    except ClientError as error:
        code, operation = error.response.get("Error", {}).get("Code", ""), error.operation_name
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if code in DENIED or (status == _FORBIDDEN and code not in _BAD_CREDENTIALS):
            raise NotAllowed(operation) from None
        if any(part in code for part in ("NoSuch", "NotFound", "NotInUse")):
            raise Missing(code) from None
        raise NoAnswer(f"{operation}: {code}") from None
    except BotoCoreError as error:
        raise NoAnswer(" ".join(str(error).split())) from None


class _Session:
    """Makes clients on first use: with the credentials of the environment, or of the role that the site assumes."""

    def __init__(self, site: SiteSettings) -> None:
        self._site = site
        self._lock = Lock()
        self._session: Any = None
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str) -> Any:
        """Returns the client of a service in a region. Making one is not safe in several threads at once."""
        from botocore.config import Config

        config = Config(connect_timeout=5, read_timeout=15, retries={"mode": "standard", "total_max_attempts": 3})
        with self._lock:
            if self._session is None:
                self._session = self._open(config)
            if (service, region) not in self._clients:
                self._clients[service, region] = self._session.client(service, region_name=region, config=config)
            return self._clients[service, region]

    def _open(self, config: Any) -> Any:
        import boto3

        session = boto3.Session(region_name=self._site.region)
        role = option(self._site, "aws", "account", "assume_role")
        if role is None:
            return session
        arguments = {"RoleArn": role.role_arn, "RoleSessionName": role.session_name}
        given = translated(
            lambda: session.client("sts", region_name=GLOBAL_REGION, config=config).assume_role(**arguments)
        )["Credentials"]
        return boto3.Session(
            aws_access_key_id=given["AccessKeyId"],
            aws_secret_access_key=given["SecretAccessKey"],
            aws_session_token=given["SessionToken"],
            region_name=self._site.region,
        )


def connect(site: SiteSettings) -> Clients:
    """Returns the clients of a site's account. Nothing is requested before the first use."""
    return _Session(site).client
