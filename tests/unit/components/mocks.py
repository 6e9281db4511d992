"""A recording stand-in for the engine: what a program registers, with parents and options, and nothing is deployed.

`build(program)` runs `program` until every resource is registered and every output settled, and returns what was seen.
The stand-in answers reads from tables; a read or a token it does not know is an error, never an empty answer.
"""

import asyncio
import base64
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar
from unittest.mock import patch

import pulumi
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime import mocks, resource, rpc, settings
from pulumi.runtime.proto.resource_pb2 import RegisterResourceResponse
from pulumi.runtime.proto.source_pb2 import StackTrace

from falaj.components import azure
from falaj.components.azure.network.existing import AKS_DELEGATION
from tests.unit.components.computed import ACCOUNT, SUBSCRIPTION, TENANT, Props, computed, id_of
from tests.unit.components.sdk_types import rejected

T = TypeVar("T")

KUBECONFIG = """
clusters:
- name: uae
  cluster: {server: "https://uae.private.example:443", certificate-authority-data: Q0E=}
users:
- name: clusterUser
  user: {token: not-to-be-kept}
"""
"""The kubeconfig that AKS returns; Falaj does not keep its user."""


def existing_subnet(args: Props) -> Props:
    """Returns an existing subnet: one called `api` is delegated to AKS, and every other has egress."""
    group = {"networkSecurityGroup": {"id": "nsg"}}
    if args["subnetName"] == "api":
        return {"addressPrefix": "10.50.0.0/28", "delegations": [{"serviceName": AKS_DELEGATION}], **group}
    return {"addressPrefix": "10.50.4.0/22", "natGateway": {"id": "nat"}, "routeTable": {"id": "table"}, **group}


Answer = Props | Callable[[Props], Props]

ANSWERS: dict[str, Answer] = {
    "aws:index/getCallerIdentity:getCallerIdentity": {
        "accountId": ACCOUNT,
        "arn": f"arn:aws:iam::{ACCOUNT}:role/deployer",
        "userId": "AROAEXAMPLE",
        "id": ACCOUNT,
    },
    "aws:iam/getSessionContext:getSessionContext": {"issuerArn": f"arn:aws:iam::{ACCOUNT}:role/pipelines/deployer"},
    "aws:eks/getCluster:getCluster": {"name": "platform", "version": "1.36"},
    "aws:eks/getAddonVersion:getAddonVersion": {"version": "v1.2.3-eksbuild.4"},
    "azure-native:authorization:getClientConfig": {
        "subscriptionId": SUBSCRIPTION,
        "tenantId": TENANT,
        "clientId": "33333333-3333-3333-3333-333333333333",
        "objectId": "44444444-4444-4444-4444-444444444444",
    },
    "azure-native:keyvault:getVault": {
        "location": "uaenorth",
        "properties": {
            **{"enablePurgeProtection": True, "enableRbacAuthorization": True, "publicNetworkAccess": "Disabled"},
            "networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"},
        },
    },
    "azure-native:keyvault:getKey": {
        **{"kty": "RSA", "keySize": 3072, "keyUri": "https://corp.vault.azure.net/keys/uae"},
        "keyUriWithVersion": "https://corp.vault.azure.net/keys/uae/0123456789abcdef0123456789abcdef",
    },
    "azure-native:network:getSubnet": existing_subnet,
    "azure-native:network:getPublicIPAddress": {"ipAddress": "20.203.9.1"},
    "azure-native:network:getPublicIPPrefix": {"ipPrefix": "20.203.7.0/31"},
    "azure-native:managedidentity:getUserAssignedIdentity": {"principalId": "principal", "clientId": "client"},
    "azure-native:containerservice:listManagedClusterUserCredentials": {
        "kubeconfigs": [{"name": "clusterUser", "value": base64.b64encode(KUBECONFIG.encode()).decode()}]
    },
}
"""Results of the functions that components may call, by token."""


@dataclass(frozen=True)
class RegisteredResource:
    """One registered resource: inputs in camelCase as the engine receives them, plain (secrets unwrapped)."""

    typ: str
    name: str
    inputs: Props
    parent: str
    """URN of the parent; empty for the stack only."""
    urn: str
    custom: bool
    provider: str
    protect: bool
    ignore_changes: tuple[str, ...]
    depends_on: tuple[str, ...]
    replace_on_changes: tuple[str, ...]
    delete_before_replace: bool
    timeouts: Mapping[str, str]
    """Operation -> maximum duration, where it has one of its own."""


@dataclass
class Recording:
    """All resources that one program registered, in order, and the outputs of its components by URN."""

    resources: list[RegisteredResource] = field(default_factory=list)
    outputs: dict[str, Props] = field(default_factory=dict)
    rejected: list[str] = field(default_factory=list)
    """What the types of the SDK do not allow: the resource, the path of the property, and the reason."""

    def of(self, typ: str) -> list[RegisteredResource]:
        """Returns all resources of a type."""
        return [item for item in self.resources if item.typ == typ]

    def one(self, typ: str, name: str | None = None) -> RegisteredResource:
        """Returns the only resource of a type, or of that type and name. Raises if there is not exactly one."""
        result = [item for item in self.of(typ) if name in (None, item.name)]
        assert len(result) == 1, f"{typ} {name or ''}: {[seen.name for seen in result]}"
        return result[0]

    def custom(self) -> list[RegisteredResource]:
        """Returns the cloud resources, without components and providers."""
        return [s for s in self.resources if s.custom and not s.typ.startswith("pulumi:providers:")]

    def names(self) -> set[tuple[str, str]]:
        """Returns the type and name of each cloud resource."""
        return {(item.typ, item.name) for item in self.custom()}

    def children_of(self, parent: str) -> list[RegisteredResource]:
        """Returns the resources whose parent has that name."""
        urns = {seen.urn for seen in self.resources if seen.name == parent}
        return [item for item in self.resources if item.parent in urns]

    def parent_of(self, seen: RegisteredResource) -> RegisteredResource | None:
        """Returns the parent, or None if it is the stack."""
        return next((other for other in self.resources if other.urn == seen.parent), None)


class _Cloud(pulumi.runtime.Mocks):
    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers

    def call(self, args: pulumi.runtime.MockCallArgs) -> Props:  # type: ignore[override]
        if args.token not in self.answers:
            raise AssertionError(f"a component calls {args.token}, which this test has no answer for")
        answer = self.answers[args.token]
        return answer(args.args) if callable(answer) else answer

    def new_resource(self, args: pulumi.runtime.MockResourceArgs) -> tuple[str, Props]:
        if not args.custom:
            return "", dict(args.inputs)
        state = _merged(computed(args.typ, args.name), args.inputs)
        if args.typ == "azure-native:authorization:RoleDefinition":
            state["name"] = args.inputs["roleDefinitionId"]  # as Azure answers
        return id_of(args.typ, args.name), state


class _Monitor(mocks.MockMonitor):
    def __init__(self, cloud: _Cloud, recording: Recording) -> None:
        super().__init__(cloud)
        self.cloud = cloud
        self.recording = recording

    def RegisterResource(self, request: Any) -> Any:
        """Responds with the inputs and the computed outputs. Passes inputs on unchanged, because serialising each
        again is slow.
        """
        if request.type == "pulumi:pulumi:Stack":
            return super().RegisterResource(request)
        inputs = rpc.deserialize_properties(request.object)
        identity, state = self.cloud.new_resource(
            pulumi.runtime.MockResourceArgs(request.type, request.name, inputs, custom=request.custom)
        )
        answer = Struct()
        answer.CopyFrom(request.object)
        answer.update({key: value for key, value in state.items() if value is not inputs.get(key)})
        urn = self.make_urn(request.parent, request.type, request.name)
        self._see(request, urn, inputs)
        return RegisterResourceResponse(urn=urn, id=identity, object=answer)

    def _see(self, request: Any, urn: str, given: object) -> None:
        inputs = _plain(given)
        assert isinstance(inputs, dict)
        self.recording.rejected += rejected(request.type, request.name, inputs)
        self.recording.resources.append(
            RegisteredResource(
                typ=request.type,
                name=request.name,
                inputs=inputs,
                parent="" if "pulumi:pulumi:Stack" in request.parent.split("::")[2:3] else request.parent,
                urn=urn,
                custom=request.custom,
                provider=request.provider,
                protect=request.protect,
                ignore_changes=tuple(request.ignoreChanges),
                depends_on=tuple(request.dependencies),
                replace_on_changes=tuple(request.replaceOnChanges),
                delete_before_replace=request.deleteBeforeReplace,
                timeouts={
                    field.name: value for field, value in request.customTimeouts.ListFields() if isinstance(value, str)
                },
            )
        )

    def RegisterResourceOutputs(self, request: Any) -> Any:
        outputs = _plain(rpc.deserialize_properties(request.outputs))
        assert isinstance(outputs, dict)
        self.recording.outputs[request.urn] = outputs
        return super().RegisterResourceOutputs(request)


def build(program: Callable[[], T], answers: Mapping[str, Answer] = ANSWERS) -> Recording:
    """Runs `program` against the mock engine until all outputs are resolved, so that tests may assert absence and
    exact sets.
    """
    recording = Recording()
    cloud = _Cloud(answers)

    with fresh_loop(), patch.object(resource, "_get_stack_trace", StackTrace):  # no test reads stack traces
        first = settings.get_root_resource() is None
        monitor = _Monitor(cloud, recording)
        pulumi.runtime.set_mocks(cloud, project="falaj", stack="test", preview=False, monitor=monitor)
        if first:  # The root stack outlives a run, so a callback registered twice would be called twice.
            pulumi.runtime.register_stack_transformation(azure.without_old_versions)
        pulumi.runtime.test(program)()
    assert not recording.rejected, recording.rejected
    return recording


class _Here(ThreadPoolExecutor):
    """An executor that runs a call in the calling thread: the mock never waits, and a thread switch costs more than
    the call.
    """

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        answer: Future[T] = Future()
        try:
            answer.set_result(fn(*args, **kwargs))
        except BaseException as error:  # as an executor's thread does
            answer.set_exception(error)
        return answer


@contextmanager
def fresh_loop() -> Iterator[None]:
    """Creates an event loop for this run, and closes it afterwards.

    Without it the SDK creates loops that nobody closes, one in each thread of the default executor, and the warning of
    that fails whatever test runs when they are collected.
    """
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    try:
        loop.set_default_executor(_Here())
        yield
    finally:
        asyncio.set_event_loop(None)
        loop.close()


def document(text: str) -> Any:
    """Parses a JSON document that is an input of a resource."""
    return json.loads(text)


def _plain(value: object) -> object:
    if rpc.is_rpc_secret(value):
        return _plain(rpc.unwrap_rpc_secret(value))
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def _merged(computed: Props, inputs: Props) -> Props:
    """Merges inputs over computed outputs, also inside input objects that are given."""
    both = {
        key: value for key, value in computed.items() if isinstance(value, dict) and isinstance(inputs.get(key), dict)
    }
    merged = {**computed, **inputs, **{key: {**value, **inputs[key]} for key, value in both.items()}}
    identities = (inputs.get("identity") or {}).get("userAssignedIdentities")
    if identities:  # Azure takes a list of ids and returns a mapping by id.
        merged["identity"] = {**inputs["identity"], "userAssignedIdentities": {identity: {} for identity in identities}}
    return merged
