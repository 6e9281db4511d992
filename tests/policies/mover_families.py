"""Families of attacks by movers of data: every mover of the tables, with addresses that nobody wrote down."""

from typing import Any

from guardrails.engine.enforcement import Enforcement
from guardrails.readers.addresses import addresses
from guardrails.readers.api_policies import policy_addresses
from guardrails.readers.workflows import workflow_addresses
from guardrails.residency.movers import Mover
from guardrails.residency.movers_aws import AWS_MOVERS
from guardrails.residency.movers_azure import AZURE_MOVERS
from guardrails.residency.movers_kubernetes import KUBERNETES_MOVERS
from hypothesis import strategies as st

from .cases import Props, put, samples
from .harness import Given, Pack, blocking, secret

LISTED = "partner.example.ae"
SETTINGS = {
    "default": {"all": "disabled", "residency": "mandatory"},
    "residency": {"known": {LISTED: "a partner's system in Abu Dhabi, confirmed by its owner"}},
}
PACK = Pack(Enforcement.model_validate(SETTINGS))
RULES = {"aws": "FJ-RES-112", "azure-native": "FJ-RES-212", "kubernetes": "FJ-RES-312"}
MOVERS = tuple(
    mover
    for mover in (*AWS_MOVERS, *AZURE_MOVERS, *KUBERNETES_MOVERS)
    if mover.read in (addresses, policy_addresses, workflow_addresses)
)


def plan_of(mover: Mover, token: str, address: object) -> Given:
    """Returns a resource whose property at the path of a mover has an address, with the conditions of the mover."""
    value: Any = f'<set-backend-service base-url="{address}" />' if mover.read is policy_addresses else address
    start, below, key = mover.path.partition(".**")
    props: Props = {}
    nested = {"nested": [{key.removeprefix(".") or "serviceUrl": value}]}
    put(props, start.removesuffix("?").removesuffix("[*]"), nested if below else value)
    for path, condition in mover.when:
        good = samples(condition)[0] if condition.requirement != "must be absent" else []
        if good:
            put(props, path, good[0])
    return Given(token, props)


def is_refused(given: Given) -> bool:
    """Returns whether the rule of destinations refuses a resource, by itself or in its plan."""
    rule = RULES[given.type.split(":")[0]]
    return rule in blocking(PACK.evaluate_plan(given))


_LABEL = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8).map("x{}".format)
_REGIONS = st.sampled_from(["me-central-1", "uaenorth", "uaecentral", "uaenorth-1"])
_FOREIGN = st.sampled_from(["eu-west-1", "us-east-1", "me-south-1", "ap-southeast-3"])
_STRANGERS = st.sampled_from(["blob.core.windows.net", "openai.azure.com", "azurewebsites.net"])
_PUBLIC = st.sampled_from(["com", "de", "io", "ai", "ae", "co.uk"])


@st.composite
def foreign_hosts(draw: st.DrawFn) -> str:
    """Returns a host that is not known to be in the country, many with names of the UAE's regions in them."""
    label, region, top = draw(_LABEL), draw(_REGIONS), draw(_PUBLIC)
    return draw(
        st.sampled_from(
            [
                f"{label}.{top}", f"{region}.{label}.{top}", f"{label}-{region}.{top}", f"{LISTED}.{label}.{top}",
                f"{label}{LISTED}", f"{region}.amazonaws.com.{label}.{top}", f"{label}.{draw(_STRANGERS)}",
                f"{label}.sqs.{draw(_FOREIGN)}.amazonaws.com", f"{region}.s3.amazonaws.com",
                f"{label}.svc.{top}", f"{label}.internal.{top}", "203.0.113.9", "[2606:4700::1111]", "3405803785",
            ]
        )
    )  # fmt: skip


@st.composite
def foreign_addresses(draw: st.DrawFn) -> str:
    """Returns an address of such a host, in forms that hide it."""
    host = draw(foreign_hosts())
    spelled = draw(st.sampled_from([host, host.upper(), f"{host}.", f"{host}:8443"]))
    user = draw(st.sampled_from(["", "", "user:pw@", "sqs.me-central-1.amazonaws.com@", f"{LISTED}@"]))
    path = draw(st.sampled_from(["", "/", "/x?u=https://10.0.0.1/", f"/.{LISTED}", "?host=10.0.0.1", "#@10.0.0.1"]))
    return draw(st.sampled_from(["https://", "http://", "tcp://", "HTTPS://"])) + user + spelled + path


HOME = st.sampled_from(
    [
        "https://abc.execute-api.me-central-1.amazonaws.com/x", "https://10.0.0.4/", f"https://api.{LISTED}:8443/x",
        "https://t.uaenorth-1.eventgrid.azure.net/api", "http://orders.shop.svc.cluster.local:8080",
        "tcp://b-1.k.kafka.me-central-1.amazonaws.com:9098", "https://C.UAENORTH.KUSTO.WINDOWS.NET.",
    ]
)  # fmt: skip


@st.composite
def movement(draw: st.DrawFn, *, abroad: bool) -> Given:
    """Returns a resource that sends data abroad, or to a host in the country."""
    mover = draw(st.sampled_from(MOVERS))
    address: object = draw(foreign_addresses() if abroad else HOME)
    value = draw(st.sampled_from([address, secret(address)])) if mover.read is addresses else address
    return plan_of(mover, draw(st.sampled_from(mover.tokens)), value)
