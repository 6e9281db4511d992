"""Access to an Azure subscription: requests to Azure Resource Manager that change nothing."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any
from urllib.parse import urlencode

from falaj.components.settings.sites import SiteSettings
from falaj.components.settings.stack import Settings
from falaj.preflight.needs import option
from falaj.preflight.reach import NETWORK, Network
from falaj.preflight.rows import NoAnswer, NotAllowed

RESOURCE_MANAGER = "https://management.azure.com"
SCOPE = f"{RESOURCE_MANAGER}/.default"
MAX_PAGES = 200
MAX_WAIT = 20.0
"""Seconds for which a throttled request waits at most. Resource Graph counts requests in windows of 5 s
(Guidance for throttled requests in Azure Resource Graph, 2026-11-28)."""

API_VERSIONS: Mapping[str, str] = {
    "Microsoft.Authorization/permissions": "2022-04-01",
    "Microsoft.Authorization/policyAssignments": "2022-06-01",
    "Microsoft.Authorization/policyDefinitions": "2021-06-01",
    "Microsoft.Compute": "2021-07-01",
    "Microsoft.Compute/usages": "2024-07-01",
    "Microsoft.ContainerService": "2024-02-01",
    "Microsoft.Features": "2021-07-01",
    "Microsoft.KeyVault": "2023-07-01",
    "Microsoft.Network": "2024-05-01",
    "Microsoft.ResourceGraph": "2022-10-01",
    "Microsoft.Resources": "2022-12-01",
}
"""API version of each request. Each is held against the examples of that version in Azure's specifications
(`tests/unit/preflight/arm_examples.csv`)."""


class Missing(Exception):
    """What was asked for does not exist."""


class SignInExpired(NotAllowed):
    """Azure does not accept the token of the caller, which says nothing about permissions."""


@dataclass(frozen=True)
class Arm:
    """Client of Azure Resource Manager."""

    token: Callable[[], str]
    address: str = RESOURCE_MANAGER

    def get(self, path: str, api: str, **query: str) -> Any:
        """Returns the JSON body of a GET request. Raises `NotAllowed`, `NoAnswer` or `Missing`."""
        return self._send("GET", self._url(path, api, **query))

    def post(self, path: str, api: str, body: Mapping[str, Any]) -> Any:
        """Returns the JSON body of a query that is sent as a POST request, and changes nothing. Raises as `get`."""
        return self._send("POST", self._url(path, api), json.dumps(body))

    def items(self, path: str, api: str, **query: str) -> list[Any]:
        """Returns the items of all pages of a list."""
        page = self.get(path, api, **query)
        found = [*page.get("value", ())]
        for _ in range(MAX_PAGES):
            following = page.get("nextLink")
            if not following:
                break
            if not following.startswith(f"{self.address}/"):
                raise NoAnswer(f"the next page is at another server: {following}")
            page = self._send("GET", following)
            found += page.get("value", ())
        return found

    def _url(self, path: str, api: str, **query: str) -> str:
        return f"{self.address}{path}?{urlencode({'api-version': API_VERSIONS[api], **query})}"

    def _send(self, method: str, address: str, body: str | None = None) -> Any:
        answer = self._answer(method, address, body)
        if answer.status == 401:
            raise SignInExpired(_message(answer.data))
        if answer.status == 403:
            raise NotAllowed(_message(answer.data))
        if answer.status == 404:
            raise Missing(_message(answer.data))
        if answer.status != 200:
            raise NoAnswer(f"status {answer.status}: {_message(answer.data)}")
        try:
            return json.loads(answer.data)
        except ValueError:
            raise NoAnswer("the answer is not JSON") from None

    def _answer(self, method: str, address: str, body: str | None) -> Any:
        import urllib3

        timeout = urllib3.Timeout(connect=5, read=20)
        headers = {"Authorization": f"Bearer {self.token()}", "Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        try:
            return urllib3.request(
                method, address, body=body, headers=headers, timeout=timeout, retries=retries(), redirect=False
            )
        except urllib3.exceptions.HTTPError as error:
            raise NoAnswer(type(error).__name__) from None


def retries() -> Any:
    """Returns two retries of a throttled request, after at most `MAX_WAIT` seconds whatever the answer asks for."""
    import urllib3

    class Bounded(urllib3.Retry):
        def get_retry_after(self, response: Any) -> float | None:
            seconds = super().get_retry_after(response)
            return None if seconds is None else min(seconds, MAX_WAIT)

    # All requests are read-only, those with POST too.
    return Bounded(
        total=2, backoff_factor=0.5, status_forcelist=(429, 503), raise_on_status=False, allowed_methods=None
    )


def _message(body: bytes) -> str:
    """Returns code and first sentence of an ARM error (`{"error": {"code", "message"}}`)."""
    try:
        error = json.loads(body)["error"]
        return f"{error['code']}: {str(error['message']).split('. ')[0]}"
    except (ValueError, KeyError, TypeError):
        return "no message"


@dataclass(frozen=True)
class AzureContext:
    """A site on Azure and the subscription of its credentials."""

    stack: str
    settings: Settings
    name: str
    site: SiteSettings
    arm: Arm
    network: Network = NETWORK
    given_subscription: str = ""

    @property
    def region(self) -> str:
        """Region of the site."""
        return self.site.region

    @cached_property
    def subscription(self) -> str:
        """ID of the subscription: of the site, of the environment, or the only one that the caller sees."""
        named = option(self.site, "azure", "subscription_id") or self.given_subscription
        if named:
            return str(named)
        found = [item["subscriptionId"] for item in self.arm.items("/subscriptions", "Microsoft.Resources")]
        if len(found) != 1:
            raise NoAnswer(f"{len(found)} subscriptions: set AZURE_SUBSCRIPTION_ID")
        return found[0]

    @property
    def scope(self) -> str:
        """Resource ID of the subscription."""
        return f"/subscriptions/{self.subscription}"

    @cached_property
    def skus(self) -> Mapping[str, Any]:
        """The machine types of the region as this subscription sees them, by name."""
        found = self.arm.items(
            f"{self.scope}/providers/Microsoft.Compute/skus",
            "Microsoft.Compute",
            **{"$filter": f"location eq '{self.region}'"},
        )
        return {sku["name"]: sku for sku in found if sku.get("resourceType") == "virtualMachines"}


def connect(site: SiteSettings) -> Arm:
    """Returns a client with the credentials of the environment: a pipeline's identity, or `az login`."""
    from azure.core.exceptions import ClientAuthenticationError
    from azure.identity import DefaultAzureCredential

    # Without a handler, Python prints its dozen lines on each way to sign in, beside the sentence that is raised below.
    logging.getLogger("azure.identity").addHandler(logging.NullHandler())
    tenant = option(site, "azure", "tenant_id")
    arguments = {"additionally_allowed_tenants": [str(tenant)]} if tenant else {}
    credential = DefaultAzureCredential(exclude_interactive_browser_credential=True, process_timeout=10, **arguments)

    lock = Lock()

    def token() -> str:
        try:
            with lock:  # one thread signs in, the others find its token
                return credential.get_token(SCOPE, **({"tenant_id": str(tenant)} if tenant else {})).token
        except ClientAuthenticationError as error:
            raise NoAnswer(f"no credentials: {str(error).splitlines()[0]}") from None

    return Arm(token)
