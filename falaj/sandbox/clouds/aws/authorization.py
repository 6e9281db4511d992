"""IAM in the emulated AWS account: the requests of an operation, evaluated with the identity's policies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from falaj.facts.aws_permissions import invokes, types
from falaj.finops.plan import Planned
from falaj.rights.aws_invokes import invoke_requests
from falaj.rights.aws_names import GLOBAL_REGION, GLOBAL_SERVICES
from falaj.rights.aws_needs import UnknownType
from falaj.rights.aws_requests import AwsRequests, ExistingResource, cluster_group, own_resource
from falaj.rights.iam_evaluation import Request, allowed
from falaj.sandbox.clouds.authorization import Authorization, Rights
from falaj.sandbox.clouds.aws.account import ACCOUNT, region_of
from falaj.sandbox.clouds.aws.caller import caller
from falaj.sandbox.clouds.spec import CloudState, InventoryItem, Operation
from falaj.sandbox.clouds.values import Props

_USER = f"arn:aws:sts::{ACCOUNT}:assumed-role/falaj/pipeline"
_EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@dataclass(frozen=True)
class _Directory:
    """Resources of the inventory."""

    state: CloudState

    def find(self, kind: str, reference: str) -> ExistingResource | None:
        """Returns the resource of a kind with this name, ID or ARN."""
        for entry in types().values():
            if entry.resource == kind:
                for item in self.state.find(entry.type):
                    if reference in (item.id, item.name, item.outputs.get("arn")):
                        return own_resource(_planned(item), region_of(item.inputs, {}), ACCOUNT)
        clusters = self.state.find("aws:eks/cluster:Cluster") if kind == "ec2:security-group" else ()
        groups = (
            cluster_group(item.name, {**item.inputs, **item.outputs}, region_of(item.inputs, {}), ACCOUNT)
            for item in clusters
        )
        return next((group[1] for group in groups if group and group[0] == reference), None)


def _planned(item: InventoryItem) -> Planned:
    return Planned(item.urn, item.type, item.name, {**item.outputs, **item.inputs, "id": item.id})


@dataclass(frozen=True)
class _Iam:
    rights: Rights

    def denial(self, operation: str, op: Operation, outputs: Props) -> str | None:
        """Returns IAM's message for the first request that is denied, or None."""
        props = {**outputs, **op.inputs, "id": op.variables["id"]}
        item = Planned(op.urn, op.token, op.name, props)
        region = _region(op)
        try:
            own = own_resource(item, region, ACCOUNT) if op.token in types() else ExistingResource("*")
            requests = list(AwsRequests(ACCOUNT, _Directory(op.state)).of(item, operation, region, own))
        except UnknownType:
            return f"AccessDenied: the permissions of {op.token} are not in falaj/facts/data/permissions"
        return self._first(requests)

    def invoke_denial(self, token: str, arguments: Props, config: Props) -> str | None:
        """Returns IAM's message for the first request of a function that is denied, or None."""
        if token not in invokes():
            return f"AccessDenied: the permissions of {token} are not in falaj/facts/data/permissions/aws_invokes.csv"
        requests = invoke_requests(token, arguments, region_of(arguments, config), ACCOUNT, caller(config).role)
        return self._first(requests)

    def _first(self, requests: Iterable[Request]) -> str | None:
        return next((message for request in requests if (message := self._message(request)) is not None), None)

    def _message(self, request: Request) -> str | None:
        refused = f"AccessDenied: User: {_USER} is not authorized to perform: {request.action}"
        refused += f" on resource: {request.resource}"
        if not allowed([*self.rights.organisation, {"Statement": [_EVERYTHING]}], request):
            return f"{refused} with an explicit deny in a service control policy"
        documents = self.rights.documents
        if documents is not None and not allowed(documents, request):
            return f"{refused} because no identity-based policy allows the {request.action} action"
        return None


def _region(op: Operation) -> str:
    service = op.token.split(":")[1].split("/")[0]
    return GLOBAL_REGION if service in GLOBAL_SERVICES else region_of(op.inputs, op.config)


def authorization(rights: Rights) -> Authorization:
    """Returns the authorization of the emulated account."""
    return _Iam(rights)
