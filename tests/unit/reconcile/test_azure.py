"""What an Azure subscription lists: Resource Graph on a local server, whose answers have the members of the examples in
Microsoft's specification (`tests/unit/preflight/arm_examples.csv`)."""

import time
from typing import Any

import pytest
import urllib3

from falaj.facts.clouds import Cloud
from falaj.preflight.azure.context import MAX_WAIT, Arm, AzureContext, retries
from falaj.preflight.reach import NETWORK
from falaj.preflight.rows import NoAnswer
from falaj.reconcile import azure
from falaj.reconcile.azure import azure_questions, azure_type
from falaj.reconcile.listed import CannotAsk, Listing, Place
from tests.unit.preflight.arm_server import SUBSCRIPTION, served
from tests.unit.preflight.aws_answers import settings
from tests.unit.reconcile.states import TAGS

PATH = "/Microsoft.ResourceGraph/resources"
GROUP = f"/subscriptions/{SUBSCRIPTION}/resourceGroups"
CLUSTER = f"{GROUP}/falaj/providers/Microsoft.ContainerService/managedClusters/c"
EXPIRED = (401, {"error": {"code": "ExpiredAuthenticationToken", "message": "The access token expiry is past. More."}})
THROTTLED = (429, {"error": {"code": "RateLimiting", "message": "Please provide below info. More."}})


def row(identifier: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"id": identifier, "type": kind, "tags": TAGS, "managedBy": "", "nodeResourceGroup": "", **more}


def page(*rows: dict[str, Any], token: str = "", truncated: str = "false") -> dict[str, Any]:
    following = {"$skipToken": token} if token else {}
    return {"totalRecords": 9, "count": len(rows), "resultTruncated": truncated, "data": [*rows], **following}


def listing(answer: Any) -> Listing:
    with served({PATH: answer}) as context:
        [question] = azure_questions(context, TAGS)
        return question.ask()


def test_every_page_is_asked_for_with_the_same_query() -> None:
    asked: list[Any] = []
    pages = [page(row(f"{GROUP}/a", "t"), token="more"), page(row(f"{GROUP}/b", "t"))]

    def answer(request: Any) -> Any:
        asked.append(request)
        return pages[len(asked) - 1]

    found = listing(answer)
    assert [item.id for item in found.resources] == [f"{GROUP}/a", f"{GROUP}/b"]
    assert (found.place, found.hides) == (Place(Cloud.AZURE, SUBSCRIPTION), True)
    assert [request["options"] for request in asked] == [{"$top": 1000}, {"$top": 1000, "$skipToken": "more"}]
    assert asked[0]["query"] == asked[1]["query"]
    assert asked[0]["subscriptions"] == [SUBSCRIPTION]


def test_the_query_filters_by_all_tags_and_has_the_groups() -> None:
    text = azure.query(TAGS)
    assert "where tostring(tags['project']) == 'arabic-llm' and tostring(tags['environment']) == 'prod' |" in text
    assert text.startswith("resources | union (resourcecontainers | where type =~ ")
    assert text.endswith("| order by id asc")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        ((403, {"error": {"code": "AuthorizationFailed", "message": "No authorization. More."}}),
         "AuthorizationFailed: No authorization; allow the caller `Microsoft.ResourceGraph/resources/read`, and to "
         "read the resources"),
        (EXPIRED, "ExpiredAuthenticationToken: The access token expiry is past; sign in again"),
        ((404, {"error": {"code": "NotFound", "message": "None."}}), "NotFound: None.; ask again"),
        ((400, {"error": {"code": "BadRequest", "message": "Bad."}}), "status 400: BadRequest: Bad.; ask again"),
        (b"<html>", "the answer is not JSON; ask again"),
        ({"totalRecords": 0}, "the answer of Resource Graph has no rows; ask again"),
        (page(truncated="true"), "Resource Graph has cut its answer; ask again"),
    ],
)  # fmt: skip
def test_a_refusal_says_what_to_do(answer: Any, says: str) -> None:
    with pytest.raises(CannotAsk) as refused:
        listing(answer)
    assert str(refused.value) == says


def test_a_list_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(azure, "MAX_PAGES", 3)
    with pytest.raises(CannotAsk, match="more than 3 pages"):
        listing(page(token="again"))


def test_a_throttled_request_is_sent_thrice(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    asked: list[Any] = []

    def answer(request: Any) -> Any:
        asked.append(request)
        return THROTTLED

    with pytest.raises(CannotAsk, match=r"^status 429: RateLimiting: .*; ask again in a minute$"):
        listing(answer)
    assert len(asked) == 3
    assert sum(waits) <= 2 * MAX_WAIT


def test_no_server_lets_the_command_wait_for_long() -> None:
    response = urllib3.HTTPResponse(headers={"Retry-After": "3600"})
    assert retries().get_retry_after(response) == MAX_WAIT
    assert retries().get_retry_after(urllib3.HTTPResponse()) is None


def test_without_credentials_nothing_is_sent() -> None:
    def no_token() -> str:
        raise NoAnswer("no credentials: run az login")

    site = settings().sites["azuae"]
    context = AzureContext("prod-uae", settings(), "azuae", site, Arm(no_token), NETWORK, SUBSCRIPTION)
    with pytest.raises(CannotAsk, match=r"^no credentials: run az login; sign in again$"):
        azure_questions(context, TAGS)[0].ask()


def test_what_aks_creates_has_an_owner() -> None:
    found = listing(
        page(
            row(CLUSTER, "microsoft.containerservice/managedclusters", nodeResourceGroup="MC_falaj"),
            row(f"{GROUP}/mc_falaj", "microsoft.resources/subscriptions/resourcegroups"),
            row(f"{GROUP}/mc_falaj/providers/Microsoft.Compute/disks/d", "microsoft.compute/disks"),
            row(f"{GROUP}/lost", "microsoft.resources/subscriptions/resourcegroups", managedBy=CLUSTER),
            row(f"{GROUP}/lost/providers/Microsoft.Network/loadBalancers/l", "microsoft.network/loadbalancers"),
            row(f"{GROUP}/mc_falaj2/providers/Microsoft.Compute/disks/d", "microsoft.compute/disks"),
        )
    )
    assert [item.owner for item in found.resources] == ["", "AKS", "AKS", "AKS", "AKS", ""]


@pytest.mark.parametrize(
    ("kind", "token"),
    [
        ("microsoft.keyvault/vaults", "azure-native:keyvault:Vault"),
        ("microsoft.resources/subscriptions/resourcegroups", "azure-native:resources:ResourceGroup"),
        ("microsoft.compute/disks", "microsoft.compute/disks"),
    ],
)
def test_the_type_is_that_of_pulumi(kind: str, token: str) -> None:
    assert azure_type(kind) == token
