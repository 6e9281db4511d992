"""Families of the sixteenth set on objects of clusters: what is close to a refused value, unknown values, odd ones."""

from typing import cast

import pytest
from guardrails.engine.enforcement import Enforcement

from .blind import TAGS, k8s, meta
from .harness import UNKNOWN, UNKNOWN_OBJECT, Given, Pack, blocking

PACK = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}}))
RULE = "FJ-ESC-115"
DAY, NIGHT = {"startTime": "00:00", "endTime": "24:00"}, {"startTime": "20:00", "endTime": "24:00"}
CRITICAL = [{"name": "severity", "value": "critical", "matchType": "="}]


def _is_refused(given: Given) -> bool:
    return RULE in blocking(PACK.evaluate_resource(given))


def _object(kind: str, spec: object) -> Given:
    return k8s(kind, {"metadata": meta("x", "payments"), "spec": spec})


def _ignored(**entry: object) -> Given:
    return _object("argoproj.io/v1alpha1:Application", {"ignoreDifferences": [entry]})


def _muted(*intervals: object, name: str = "muteTimeIntervals") -> Given:
    return _object("monitoring.coreos.com/v1beta1:AlertmanagerConfig", {
        "route": {"receiver": "desk", "routes": [{"receiver": "desk", "muteTimeIntervals": ["quiet"]}]},
        name: [{"name": "quiet", "timeIntervals": list(intervals)}]})  # fmt: skip


def _inhibited(**rule: object) -> Given:
    return _object("monitoring.coreos.com/v1beta1:AlertmanagerConfig", {"inhibitRules": [rule]})


def _advertised(part: dict[str, object]) -> Given:
    return _object("cilium.io/v2:CiliumBGPAdvertisement", {"advertisements": [
        {"advertisementType": "Service", "service": {"addresses": ["ClusterIP"]}, **part}]})  # fmt: skip


def _claim(name: str, **annotations: str) -> Given:
    labels = {**TAGS, "velero.io/exclude-from-backup": "true"}
    return k8s("core/v1:PersistentVolumeClaim", {
        "metadata": {"name": name, "labels": labels, "annotations": annotations}, "spec": {}})  # fmt: skip


def _queue(parent: str, quota: object) -> Given:
    return _object("scheduling.run.ai/v2:Queue", {"parentQueue": parent, "resources": {"gpu": {"quota": quota}}})


REFUSED = (
    _ignored(kind="Role", jsonPointers=["/rules/"]),
    _ignored(kind="NetworkPolicy", jqPathExpressions=[".spec"]),
    _ignored(kind="ClusterRole", jqPathExpressions=["."]),
    _ignored(kind="*", managedFieldsManagers=["argocd-controller"]),
    _object("helm.toolkit.fluxcd.io/v2:HelmRelease", {"driftDetection": {"ignore": [{"paths": ["/spec"]}]}}),
    _muted({"times": [DAY]}),
    _muted({}, name="timeIntervals"),
    _muted({"weekdays": ["sunday:thursday"]}, {"weekdays": ["friday", "saturday"], "times": [DAY]}),
    _inhibited(targetMatch=CRITICAL, sourceMatch=[{"name": "team", "value": "b"}]),
    _inhibited(targetMatch=CRITICAL, sourceMatch=[{"name": "alertname", "value": "Watchdog"}], equal=["cluster"]),
    _inhibited(targetMatch=[{"name": "severity", "value": "warning", "matchType": "!="}],
               sourceMatch=[{"name": "team", "value": "b"}]),
    _advertised({"selector": {}}),
    _advertised({"selector": {"matchExpressions": [{"key": "a", "operator": "DoesNotExist"}]}}),
    _claim("ledger"), _claim("data", **{"backup.bank.ae/enabled": "false"}),
    _queue("bank", -1), _queue("bank", "-1"),
)  # fmt: skip
PASSING = (
    _ignored(kind="Role", jsonPointers=["/rules/0/verbs"]),
    _ignored(kind="Secret", jsonPointers=["/data"]),
    _ignored(kind="ClusterRole", jsonPointers=["/rules"]),
    _ignored(kind="*", managedFieldsManagers=["kube-controller-manager", "kubectl-rollout"]),
    _object("helm.toolkit.fluxcd.io/v2:HelmRelease", {"driftDetection": {"ignore": [{"paths": ["/spec/replicas"]}]}}),
    _muted({"times": [NIGHT]}),
    _muted({"weekdays": ["sunday:friday"], "times": [DAY]}),
    _muted({"months": ["1"]}, {"daysOfMonth": [{"start": 1, "end": 2}]}),
    _muted({"times": [{"startTime": "00:06", "endTime": "24:00"}]}),
    _inhibited(targetMatch=CRITICAL, sourceMatch=[{"name": "alertname", "value": "Down"}], equal=["service"]),
    _inhibited(targetMatch=[*CRITICAL, {"name": "service", "value": "ledger"}],
               sourceMatch=[{"name": "alertname", "value": "Down"}]),
    _inhibited(targetMatch=[{"name": "severity", "value": "warning|info", "matchType": "=~"}],
               sourceMatch=[{"name": "severity", "value": "critical"}]),
    _advertised({"selector": {"matchLabels": {"advertise": "names"}}}), _advertised({"selector": UNKNOWN_OBJECT}),
    _advertised({}),
    _claim("model-cache"), _claim("ledger", **{"backup.bank.ae/by": "barman"}),
    _queue("", -1), _queue("bank", 4), _queue("bank", UNKNOWN),
)  # fmt: skip


@pytest.mark.parametrize("given", REFUSED, ids=[str(place) for place in range(len(REFUSED))])
def test_spellings_of_the_mechanism_are_refused(given: Given) -> None:
    assert _is_refused(given)


@pytest.mark.parametrize("given", PASSING, ids=[str(place) for place in range(len(PASSING))])
def test_what_is_close_passes(given: Given) -> None:
    texts = [report.text for report in PACK.evaluate_resource(given) if RULE in report.text]
    ours = ("nor undone", "muted", "silences", "routers learn", "out of each backup", "without bound")
    assert [text for text in texts if any(word in text for word in ours)] == []


def test_an_interval_that_only_wakes_is_none_that_mutes() -> None:
    spec = {"route": {"receiver": "desk", "activeTimeIntervals": ["quiet"]},
            "timeIntervals": [{"name": "quiet", "timeIntervals": [{"times": [DAY]}]}]}  # fmt: skip
    assert not _is_refused(_object("monitoring.coreos.com/v1beta1:AlertmanagerConfig", spec))


ODD: tuple[object, ...] = (None, "x", -1.5, [], [None], {"a": [None]}, UNKNOWN_OBJECT)


@pytest.mark.parametrize("given", REFUSED, ids=[str(place) for place in range(len(REFUSED))])
def test_odd_values_are_no_errors(given: Given) -> None:
    for value in ODD:
        for props in _replaced(given.props, value):
            reports = PACK.evaluate_resource(Given(given.type, cast("dict[str, object]", props)))
            assert [report.text for report in reports if "FJ-PACK-" in report.text] == []


def _replaced(value: object, odd: object) -> list[object]:
    """Returns a value with each of its parts replaced in turn."""
    if isinstance(value, dict):
        return [{**value, key: part} for key, item in value.items() for part in (odd, *_replaced(item, odd))]
    if isinstance(value, list):
        return [[*value[:place], part, *value[place + 1 :]]
                for place, item in enumerate(value) for part in (odd, *_replaced(item, odd))]  # fmt: skip
    return []


@pytest.mark.parametrize(("more", "is_refused"), [({}, True), ({"originatingTLS": {"secret": {"name": "ca"}}}, False)])
def test_a_proxy_that_opens_tls_closes_it_again(more: dict[str, object], *, is_refused: bool) -> None:
    ports = {"ports": [{"port": "443"}], "terminatingTLS": {"secret": {"name": "x"}}, **more}
    policy = _object("cilium.io/v2:CiliumNetworkPolicy", {"endpointSelector": {}, "egress": [{"toPorts": [ports]}]})
    sentence = "the proxy opens TLS and sends on in plain text"
    assert any(sentence in report.text for report in PACK.evaluate_resource(policy)) is is_refused
