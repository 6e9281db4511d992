"""Rules that join a resource with others read four times as many resources in four times the copies of a plan."""

from collections.abc import Mapping, Sequence

import pytest
from guardrails.engine.enforcement import load_enforcement
from guardrails.engine.examples import examples
from guardrails.registry import IDS, all_guardrails

from tests.distribution import ROOT

from .harness import Given
from .replicas import reads_of, replicated
from .test_attacks import ATTACKS
from .test_idioms import IDIOMS, STACK

_FEW, _MANY = 10, 40
_PLANS: Mapping[str, Sequence[Given]] = {item.name: item.plan for item in (*ATTACKS, *IDIOMS)}
_RULES = {rule.id: rule for rule in all_guardrails(load_enforcement(ROOT / "policy_pack" / "enforcement.yaml", IDS))}
_BAD, _GOOD = "its bad example", "its good example"
_JOINS: Mapping[str, Sequence[str]] = {
    "FJ-COST-114": (
        "Network Watcher: flows of the network are analysed each ten minutes, and the line's ends are tried",
    ),
    "FJ-COST-122": (_GOOD, "an HTTP balancer writes its requests, and one of connections has none to write"),
    "FJ-COST-123": (_BAD,),
    "FJ-COST-126": (
        "each minute a build of 72 processors starts that lasts eight hours",
        "a workflow with machines starts each minute by a rule",
        "windows of five minutes each start a cluster of 144 cores",
    ),
    "FJ-COST-301": (_GOOD, "the quota of a tenant is for pods that ask for nothing"),
    "FJ-ENC-115": ("vectors of a knowledge base in a private collection",),
    "FJ-ENC-409": (_GOOD,),
    "FJ-ESC-115": (
        "a yearly backup of payments stands beside a nightly one of others",
        "a database is backed up each night by six fields",
    ),
    "FJ-ESC-117": (
        _BAD,
        "a binding is for other objects than its policy",
        "a policy in CEL takes its limits from the platform's map",
    ),
    "FJ-ESC-116": ("images of AKS come from a premium registry with quarantine, a key and an endpoint of the network",),
    "FJ-EXP-109": ("subnet that gives each machine a public IPv6 address",),
    "FJ-EXP-110": ("a name without certificates of callers leads to an API with tokens",),
    "FJ-EXP-127": (
        "a path without sign-in leads to all that the balancer asks it for",
        "names that everybody registers are answered before the list of blocked ones",
        "a rule of the web firewall lets in a set that has everybody",
        "the list of blocked names is never asked",
    ),
    "FJ-EXP-135": (
        "robots are counted first where injections and known bad inputs are blocked",
        "somebody is called when errors stay, but not while the platform itself is known to be down",
        "alarms, one of which is of several others",
    ),
    "FJ-EXP-204": ("an app names its internal environment by its id",),
    "FJ-IDN-113": ("analysts change the tables of every level and area",),
    "FJ-IDN-121": ("users write the claim from which the role of a session follows",),
    "FJ-IDN-201": ("an app has an identity that is Contributor of the group",),
    "FJ-IDN-311": ("a certificate of a tenant is an authority under the platform's, in the plan",),
    "FJ-RES-002": ("Logic Apps: flows in the network keep their state in an account without keys, and are watched",),
    "FJ-RES-106": ("DataSync copies there in a task of the plan",),
    "FJ-RES-112": ("DataSync copies there in a task of the plan",),
    "FJ-RES-205": ("requests spill over to a deployment outside the stack",),
    "FJ-RES-208": ("a cache is one with the cache of a stranger",),
    "FJ-RES-212": (_GOOD,),
    "FJ-RSL-001": (_GOOD,),
    "FJ-RSL-116": (_GOOD,),
    "FJ-RSL-117": (
        "the bucket of a trail takes no object at all",
        "activity of the subscription is collected, and what is done is off",
    ),
    "FJ-RSL-118": ("network of three zones with a NAT gateway and flow logs",),
    "FJ-TAG-003": (
        "pulumi-eks runs a managed group of nodes from a template, and the disk driver takes its role by its pod",
    ),
    "FJ-TAG-006": (_GOOD,),
}
"""Rule -> plans, by the names of attacks and idioms, in which it joins resources."""


def _plan(rule: str, name: str) -> Sequence[Given]:
    if name in _PLANS:
        return _PLANS[name]
    example = examples()[rule]
    items = example.bad if name == _BAD else example.good
    return [Given(item.type, item.props, item.name, item.provider, links=item.links) for item in items]


@pytest.mark.parametrize(("rule", "name"), [(rule, name) for rule, names in _JOINS.items() for name in names])
def test_four_times_the_copies_are_read_four_times_as_often(rule: str, name: str) -> None:
    few, many = (reads_of(_RULES[rule], replicated((STACK, *_plan(rule, name)), copies)) for copies in (_FEW, _MANY))
    assert few > 0
    assert many <= _MANY / _FEW * few, (few, many)
