"""Scale: what reads one resource takes time in proportion to its lists and maps, whatever the rule that reads them."""

import json
from collections.abc import Callable

import pytest
from guardrails.engine import evaluate

from tests.policies.harness import STRICT, Given, Pack
from tests.processor_time import hold_in_proportion

SMALL, LARGE = 300, 1200
MOST = 8
"""Allowed ratio of processor time for four times the items; 16 is quadratic."""
LEAST = 0.04
"""Seconds below which the ratio says nothing."""
TCP = {"protocol": "Tcp", "access": "Allow", "direction": "Inbound", "destinationAddressPrefix": "*"}
Make = Callable[[int], Given]


def _object(token: str, **props: object) -> Given:
    return Given(f"kubernetes:{token}", {"metadata": {"name": "x", "namespace": "t"}, **props})


def _policy(**statement: object) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def _security_group(size: int) -> Given:
    rules = [{**TCP, "name": f"r{n}", "priority": n, "sourceAddressPrefix": f"10.0.{n}.0", "sourcePortRange": "*",
              "destinationPortRange": str(n)} for n in range(size)]  # fmt: skip
    return Given("azure-native:network:NetworkSecurityGroup", {"location": "uaenorth", "securityRules": rules})


def _role(size: int) -> Given:
    permission = {"actions": [f"Microsoft.X/{n}/write" for n in range(size)],
                  "notActions": [f"Microsoft.Y/{n}/*" for n in range(size)]}  # fmt: skip
    return Given("azure-native:authorization:RoleDefinition",
                 {"roleName": "x", "permissions": [permission], "assignableScopes": ["/subscriptions/1"]})  # fmt: skip


def _cluster_role(size: int) -> Given:
    names = [f"n{n}" for n in range(size)]
    rule = {"apiGroups": names, "resources": names, "verbs": ["get", "create"]}
    return _object("rbac.authorization.k8s.io/v1:ClusterRole", rules=[rule])


def _containers(size: int) -> Given:
    items = [{"name": f"a{n}", "image": "r/a:1", "args": ["--tls=false"], "env": [{"name": "A", "value": f"v{n}"}]}
             for n in range(size)]  # fmt: skip
    return _object("apps/v1:Deployment", spec={"replicas": 2, "template": {"spec": {"containers": items}}})


def _mounts(size: int) -> Given:
    container = {"name": "a", "image": "r/a:1",
                 "volumeMounts": [{"name": f"v{n}", "mountPath": f"/m{n}"} for n in range(size)]}  # fmt: skip
    volumes = [{"name": f"v{n}", "hostPath": {"path": f"/x{n}"}} for n in range(size)]
    return _object("apps/v1:Deployment", spec={"template": {"spec": {"containers": [container], "volumes": volumes}}})


def _allowed(size: int) -> Given:
    rules = [{"from": [{"source": {"principals": [f"p{n}"], "notNamespaces": [f"n{n}"]}}],
              "to": [{"operation": {"paths": [f"/x{n}/*"]}}]} for n in range(size)]  # fmt: skip
    return _object("security.istio.io/v1:AuthorizationPolicy", spec={"action": "ALLOW", "rules": rules})


def _kyverno(size: int) -> Given:
    rules = [{"name": f"r{n}", "match": {"any": [{"resources": {"kinds": ["Pod"], "namespaces": [f"n{n}"]}}]},
              "exclude": {"any": [{"resources": {"namespaces": [f"m{n}"]}}]}} for n in range(size)]  # fmt: skip
    return _object("kyverno.io/v1:ClusterPolicy", spec={"validationFailureAction": "Enforce", "rules": rules})


def _plug_ins(size: int) -> Given:
    items = [{"name": f"p{n}", "enable": True, "config": {"a": n}} for n in range(size)]
    return _object("apisix.apache.org/v2:ApisixRoute", spec={"http": [{"name": "r", "plugins": items}]})


def _text(size: int, line: str) -> Given:
    return _object("core/v1:ConfigMap", data={"a": "".join(line.format(n=n) for n in range(size))})


SHAPES: dict[str, Make] = {
    "rules of a security group of Azure": _security_group,
    "actions of a role of Azure": _role,
    "groups and resources of a cluster role": _cluster_role,
    "containers": _containers,
    "volumes and their mounts": _mounts,
    "rules of a mesh": _allowed,
    "rules of Kyverno": _kyverno,
    "plug-ins of a route": _plug_ins,
    "parameters of a database": lambda size: Given("aws:rds/parameterGroup:ParameterGroup", {
        "family": "postgres16", "parameters": [{"name": f"p{n}", "value": str(n)} for n in range(size)]}),
    "actions and resources of a policy": lambda size: Given("aws:iam/policy:Policy", {"policy": _policy(
        Action=[f"s3:Get{n}*" for n in range(size)], Resource=[f"arn:aws:s3:::b{n}/*" for n in range(size)])}),
    "fields of events": lambda size: Given("aws:cloudwatch/eventRule:EventRule", {
        "eventPattern": json.dumps({"detail": {f"k{n}": [{"anything-but": [f"x{n}"]}] for n in range(size)}})}),
    "settings": lambda size: _object("core/v1:ConfigMap", data={f"KEY_{n}": f"v-{n}" for n in range(size)}),
    "users of a broker": lambda size: _object("kafka.strimzi.io/v1:Kafka", spec={"kafka": {
        "config": {f"listener.name.l{n}.ssl.client.auth": "required" for n in range(size)}}}),
    "lines of YAML": lambda size: _text(size, "key{n}: value{n}\n"),
    "lines of properties": lambda size: _text(size, "listener.name{n}.ssl=true\n"),
    "rules of Falco": lambda size: _text(
        size, "- list: l{n}\n  items: [a{n}]\n- rule: r{n}\n  condition: proc.name in (l{n})\n  output: x\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_four_times_the_items_take_at_most_eight_times_as_long(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "DEADLINE", 1e9)
    make = SHAPES[name]
    small, large = make(SMALL), make(LARGE)
    hold_in_proportion(
        lambda: Pack(STRICT).evaluate_resource(small), lambda: Pack(STRICT).evaluate_resource(large), MOST, LEAST
    )
