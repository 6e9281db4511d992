"""Rules that join a resource with others of the plan find them by an index, so that many of them take linear time."""

from collections.abc import Mapping

import pytest
from guardrails.engine.plan import Plan
from guardrails.engine.reading import Resource
from guardrails.engine.verdicts import passed
from guardrails.exposure.envoy_gateways import asks_for_identity
from guardrails.exposure.gateway_authentication import gateway_guardrail
from guardrails.exposure.ipv6_subnets import check_ipv6_addresses
from guardrails.identity.aws_combined_grants import _check_combined
from guardrails.identity.aws_log_delivery import _is_of_services
from guardrails.identity.namespace_crossings import namespace_crossings
from guardrails.readers.kubernetes_objects import ObjectPart, objects
from guardrails.readers.topic_policies import lets_in
from guardrails.unverifiable.code_sources import check_sources

from tests.processor_time import within

from .blind import document, statement

_MANY = 2_000
GATEWAY, ENVOY = "kubernetes:gateway.networking.k8s.io", "kubernetes:gateway.envoyproxy.io"


def _plan(*resources: Resource) -> Plan:
    return Plan({item.urn: item for item in resources})


def _gateway(number: int) -> tuple[Resource, ...]:
    def resource(kind: str, spec: Mapping[str, object]) -> Resource:
        meta = {"name": f"{number}", "namespace": f"n{number}"}
        props = {"kind": kind.rpartition(":")[2], "metadata": meta, "spec": spec}
        return Resource(f"{kind}-{number}", kind, f"{number}", props)  # type: ignore[arg-type]

    target = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": f"{number}"}
    controller = {"controllerName": "gateway.envoyproxy.io/gatewayclass-controller"}
    return (
        resource(f"{GATEWAY}/v1:GatewayClass", controller),
        resource(f"{GATEWAY}/v1:Gateway", {"gatewayClassName": f"{number}"}),
        resource(f"{GATEWAY}/v1:HTTPRoute", {"parentRefs": [{"name": f"{number}"}]}),
        resource(
            f"{ENVOY}/v1alpha1:SecurityPolicy", {"targetRefs": [target], "jwt": {"providers": [{"name": "entra"}]}}
        ),
    )


def test_many_gateways_are_joined_with_their_routes_and_policies() -> None:
    resources = [item for number in range(_MANY) for item in _gateway(number)]
    plan = _plan(*resources)

    def gateways() -> list[ObjectPart]:
        return [found for item in resources for found in objects(item, "Gateway")]

    with within(4):
        assert all(asks_for_identity(gateway, plan) for gateway in gateways())


def _mesh(number: int) -> tuple[Resource, ...]:
    def resource(kind: str, spec: Mapping[str, object]) -> Resource:
        meta = {"name": f"{number}", "namespace": f"n{number}"}
        props = {"kind": kind.rpartition(":")[2], "metadata": meta, "spec": spec}
        return Resource(f"{kind}-{number}", kind, f"{number}", props)  # type: ignore[arg-type]

    caller = {"from": [{"source": {"requestPrincipals": ["*"]}}]}
    target = {"group": "gateway.networking.k8s.io", "kind": "Gateway", "name": f"{number}"}
    return (
        resource(f"{GATEWAY}/v1:Gateway", {"gatewayClassName": "istio"}),
        resource(f"{GATEWAY}/v1:HTTPRoute", {"parentRefs": [{"name": f"{number}"}]}),
        resource("kubernetes:security.istio.io/v1:AuthorizationPolicy", {"targetRefs": [target], "rules": [caller]}),
    )


@pytest.mark.parametrize("kind", ["Gateway", "HTTPRoute", "AuthorizationPolicy"])
def test_many_gateways_of_a_mesh_are_joined_with_their_routes_and_policies(kind: str) -> None:
    resources = [item for number in range(_MANY) for item in _mesh(number)]
    plan, evaluate = _plan(*resources), gateway_guardrail({}).plan_predicate
    assert evaluate is not None
    with within(2):
        found = [outcome for item in resources if item.type.endswith(kind) for outcome in evaluate(item, plan)]
    assert found == [passed()] * _MANY


def test_many_programs_are_joined_with_the_buckets_of_their_code() -> None:
    buckets = [Resource(f"b-{n}", "aws:s3/bucket:Bucket", f"b{n}", {"bucket": f"code-{n}"}) for n in range(_MANY)]
    programs = [
        Resource(f"f-{n}", "aws:lambda/function:Function", f"f{n}", {"s3Bucket": f"code-{n}"}) for n in range(_MANY)
    ]
    plan, evaluate = _plan(*buckets, *programs), check_sources(())
    with within(0.3):
        found = [outcome for item in programs for outcome in evaluate(item, plan)]
    assert found == [passed()] * _MANY


def test_many_subnets_are_joined_with_their_route_tables() -> None:
    def network(number: int) -> tuple[Resource, ...]:
        route = {"ipv6CidrBlock": "::/0", "egressOnlyGatewayId": "eigw-1"}
        links = {"subnetId": (f"subnet-{number}",), "routeTableId": (f"table-{number}",)}
        return (
            Resource(f"subnet-{number}", "aws:ec2/subnet:Subnet", "subnet", {"assignIpv6AddressOnCreation": True}),
            Resource(f"table-{number}", "aws:ec2/routeTable:RouteTable", "table", {"routes": [dict(route)]}),
            Resource(f"use-{number}", "aws:ec2/routeTableAssociation:RouteTableAssociation", "use", {},
                     dependencies=links),
        )  # fmt: skip

    resources = [item for number in range(_MANY) for item in network(number)]
    plan = _plan(*resources)
    subnets = [item for item in resources if item.type == "aws:ec2/subnet:Subnet"]
    with within(1):
        found = [outcome for item in subnets for outcome in check_ipv6_addresses(item, plan)]
    assert found == [passed()] * _MANY


def test_many_policies_are_joined_with_the_services_that_have_them() -> None:
    delivery = document(statement(["logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"]))

    def role(number: int) -> tuple[Resource, ...]:
        trust = document(statement("sts:AssumeRole", Principal={"Service": "vpc-flow-logs.amazonaws.com"}))
        return (
            Resource(f"role-{number}", "aws:iam/role:Role", "role", {"name": f"r{number}", "assumeRolePolicy": trust}),
            Resource(f"policy-{number}", "aws:iam/policy:Policy", "policy", {"policy": delivery}),
            Resource(
                f"attachment-{number}", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment",
                {"role": f"r{number}"}, dependencies={"policyArn": (f"policy-{number}",)},
            ),
        )  # fmt: skip

    resources = [item for number in range(_MANY) for item in role(number)]
    plan = _plan(*resources)
    policies = [item for item in resources if item.type == "aws:iam/policy:Policy"]
    with within(2):
        assert all(_is_of_services(item, plan) for item in policies)


def test_many_policies_are_joined_with_their_roles() -> None:
    def role(number: int) -> tuple[Resource, ...]:
        policy = document(statement("s3:GetObject", f"arn:aws:s3:::b{number}/x/*"))
        return (
            Resource(f"role-{number}", "aws:iam/role:Role", "role", {"name": f"r{number}"}),
            Resource(f"policy-{number}", "aws:iam/policy:Policy", "policy", {"name": f"p{number}", "policy": policy}),
            Resource(
                f"attachment-{number}", "aws:iam/rolePolicyAttachment:RolePolicyAttachment", "attachment",
                {"role": f"r{number}"}, dependencies={"policyArn": (f"policy-{number}",)},
            ),
        )  # fmt: skip

    resources = [item for number in range(_MANY) for item in role(number)]
    plan = _plan(*resources)
    policies = [item for item in resources if item.type == "aws:iam/policy:Policy"]
    with within(4):
        found = [outcome for item in policies for outcome in _check_combined(item, plan)]
    assert len(found) == _MANY


def test_many_topics_are_joined_with_their_policies() -> None:
    def topic(number: int) -> tuple[Resource, ...]:
        policy = document(statement("sns:Publish", Principal={"Service": "events.amazonaws.com"}))
        return (
            Resource(f"topic-{number}", "aws:sns/topic:Topic", "topic", {}),
            Resource(f"policy-{number}", "aws:sns/topicPolicy:TopicPolicy", "policy", {"policy": policy},
                     dependencies={"arn": (f"topic-{number}",)}),
        )  # fmt: skip

    resources = [item for number in range(4 * _MANY) for item in topic(number)]
    plan = _plan(*resources)
    topics = [item for item in resources if item.type == "aws:sns/topic:Topic"]
    with within(2):
        assert all(lets_in(item, plan, "events.amazonaws.com") for item in topics)
    assert not lets_in(topics[0], plan, "backup.amazonaws.com")


def test_names_of_roles_are_compared_with_many_namespaces_by_their_words() -> None:
    def team(number: int) -> tuple[Resource, ...]:
        role = f"arn:aws:iam::123456789012:role/ledger{number}y-reader"
        spec = {"provider": {"aws": {"service": "SecretsManager", "role": role}}}
        own, kind = f"bank{number}x", "kubernetes:external-secrets.io/v1:SecretStore"
        meta: Mapping[str, object] = {"name": "store", "namespace": own}
        return (
            Resource(own, "kubernetes:core/v1:Namespace", own, {"kind": "Namespace", "metadata": {"name": own}}),
            Resource(f"s-{own}", kind, own, {"kind": "SecretStore", "metadata": meta, "spec": spec}),  # type: ignore[dict-item]
        )

    resources = [item for number in range(_MANY) for item in team(number)]
    plan, evaluate = _plan(*resources), namespace_crossings(()).plan_predicate
    assert evaluate is not None
    with within(3):
        found = {outcome for item in resources for outcome in evaluate(item, plan)}
    assert found == {passed()}
