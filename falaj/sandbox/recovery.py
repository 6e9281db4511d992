"""Recovery of a stack whose engine was killed.

The engine records each create in the state before it starts it. After a kill the state lists the creates that may or
may not have happened (pending operations), and the cloud may have resources that the state lacks. Both are matched by
URN, and else by identity: type, scope and name; for a type without a name, by equal properties. After the end of a
plug-in the engine forgets the creates that it was waiting for: what the stack has created is adopted by its URN too.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from falaj.sandbox.checkpoints import SIGNATURE_KEY
from falaj.sandbox.clouds.__main__ import load as spec_for
from falaj.sandbox.clouds.auto_naming import identity_name
from falaj.sandbox.clouds.inventory import Inventory, InventoryTransaction
from falaj.sandbox.clouds.spec import CloudSpec, InventoryItem
from falaj.sandbox.clouds.values import Json, Props
from falaj.sandbox.engines_at_work import Engines
from falaj.sandbox.environment import CLOUDS
from falaj.sandbox.session import EngineFailed, Session

_Scopes: TypeAlias = Mapping[tuple[str, str], Mapping[str, str]]
"""Type and ID -> URN -> scope in the clouds. Two clusters may have resources of one ID."""


@dataclass
class Recovery:
    """The result of a recovery.

    adopted: URNs of resources that the state lacked. not_created, ambiguous: URNs of pending creates, by outcome.
    orphans: resources of the clouds in no stack's state. A person must import or delete them.
    missing: resources of a state that the clouds do not have.
    """

    adopted: list[str] = field(default_factory=list)
    not_created: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    orphans: list[InventoryItem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def recover(session: Session, stack: str) -> Recovery:
    """Unlocks the stack, adopts resources that the state lacks, refreshes, and compares the states with the clouds.

    Raises `EngineFailed` with the engine's last message if a step fails, and `EnginesAtWork` beside another engine.
    """
    with Engines(session.paths.sandbox).exclusively() as lock:
        return _recover(replace(session, repair=lock), stack)


def _recover(session: Session, stack: str) -> Recovery:
    session.repair_checkpoint(stack)
    session.pulumi("cancel", "--yes", "--stack", stack, quiet=True)
    state = export_state(session, stack)
    inventory = Inventory(session.paths.inventory)
    result = Recovery()
    with inventory.transaction() as transaction:
        for operation in state.get("pending_operations", []):
            if operation["type"] == "creating":
                _adopt(operation["resource"], state, transaction, result)
        _adopt_by_urn(stack, state, transaction, result)
    if result.adopted:
        _import(session, stack, state)
    _run(session, "refresh", "--yes", "--non-interactive", "--clear-pending-creates", "--stack", stack)
    _compare_with_states(session, inventory, result)
    return result


def export_state(session: Session, stack: str) -> dict:
    """Exports the stack's deployment; secrets remain encrypted. Raises `EngineFailed`."""
    result = session.pulumi("stack", "export", "--stack", stack, quiet=True)
    if result.returncode != 0:
        raise EngineFailed(f"the state of {stack} could not be exported: {result.stderr.strip()}")
    return json.loads(result.stdout)["deployment"]


def _adopt(pending: dict, state: dict, transaction: InventoryTransaction, result: Recovery) -> None:
    """Adds the resource of a pending create to the state, if there is exactly one candidate."""
    urn = str(pending["urn"])
    if not pending.get("custom") or _package(str(pending["type"])) == "pulumi":
        result.not_created.append(urn)  # components, providers and the stack are in the state only
        return
    if not _is_emulated(pending):
        result.ambiguous.append(f"{urn}: no emulated cloud has it; look for it where its provider creates it")
        return
    spec = spec_for(_package(str(pending["type"])))
    candidates = _candidates(spec, pending, state, transaction)
    if len(candidates) == 1:
        # The subsequent refresh reads the outputs from the cloud.
        state.setdefault("resources", []).append(
            {**pending, "id": candidates[0].id, "outputs": pending.get("inputs", {})}
        )
        result.adopted.append(urn)
    elif candidates:
        result.ambiguous.append(f"{urn}: {', '.join(candidate.id for candidate in candidates)}")
    else:
        result.not_created.append(urn)


def _adopt_by_urn(stack: str, state: dict, transaction: InventoryTransaction, result: Recovery) -> None:
    """Adds the resources that this stack has created and its state does not know, one a URN, to the state."""
    known = {str(row["urn"]) for row in state.get("resources", [])} | set(result.not_created)
    created: dict[str, list[InventoryItem]] = {}
    items = transaction.all_items()
    scopes: dict[tuple[str, str], dict[str, str]] = {}
    for item in items:
        scopes.setdefault((item.type, item.id), {})[item.urn] = item.scope
    for item in items:
        if item.urn.startswith(f"urn:pulumi:{stack}::") and item.urn not in known:
            created.setdefault(item.urn, []).append(item)
    for urn, [item, *others] in created.items():
        provider = _provider_of(item, state, scopes)
        if provider is not None and not others:
            kind = urn.split("::")[2].rsplit("$", 1)[-1]
            row = {"urn": urn, "custom": True, "id": item.id, "type": kind, "provider": provider}
            state.setdefault("resources", []).append({**row, "inputs": item.inputs, "outputs": item.outputs})
            result.adopted.append(urn)


def _provider_of(item: InventoryItem, state: Mapping, scopes: _Scopes) -> str | None:
    """Returns the reference to the provider with which a resource was created, or None if there is none.

    Where the settings of a provider are secret, the resources that it has made say for which cluster it is. Of several
    for one account or cluster, it is that of most resources of the type, then that of most resources.
    """
    spec = spec_for(item.cloud)
    providers = [
        f"{row['urn']}::{row['id']}"
        for row in state.get("resources", [])
        if row["type"] == f"pulumi:providers:{item.cloud}"
        and spec.scope(item.type, item.inputs, row.get("inputs", {})) == item.scope
    ]
    present = {f"{row['urn']}::{row.get('id')}" for row in state.get("resources", [])}
    uses = [
        (row["type"], row["provider"])
        for row in _custom_resources(state)
        if row.get("provider") in present
        and _package(str(row["type"])) == item.cloud
        and _scope_of(row, scopes) == _place(item.scope)
    ]
    return max(
        dict.fromkeys([*providers, *(used for _, used in uses)]),
        key=lambda given: (uses.count((item.type, given)), sum(used == given for _, used in uses)),
        default=None,
    )


def _scope_of(row: Mapping, scopes: _Scopes) -> str | None:
    """Returns the account or cluster of a resource of the state; None if several have its ID, and none its URN."""
    found = scopes.get(_identity(row), {})
    scope = found.get(str(row["urn"])) or (next(iter(found.values())) if len(found) == 1 else None)
    return None if scope is None else _place(scope)


def _place(scope: str) -> str:
    """Returns the account or cluster of a scope, which in a cluster has the namespace too."""
    return scope.partition("/namespace/")[0]


def _candidates(
    spec: CloudSpec, pending: Mapping, state: Mapping, transaction: InventoryTransaction
) -> list[InventoryItem]:
    """Returns the resources of the same URN that the state does not contain; if there are none, those of the same
    identity. Where the settings of a provider are secret, the state does not say in which cluster to look."""
    inputs: Props = pending.get("inputs", {})
    token = spec.normalise_token(str(pending["type"]))
    naming = (spec.resource_types.get(token) or spec.default_type(token, inputs)).naming
    name = identity_name(naming, inputs, str(pending["urn"]).rsplit("::", 1)[-1])
    known = {(row["urn"], row.get("id")) for row in state.get("resources", [])}
    # One that was kept when it left the state has the URN of its successor, and another name. A name may be secret.
    is_hidden = naming is not None and _holds_secret(inputs.get(naming.property.partition(".")[0]))
    own = [item for item in transaction.find(token, None, None if is_hidden else name) if item.urn == pending["urn"]]
    scope = spec.scope(token, inputs, _provider_settings(pending, state))
    in_state = {str(row.get("id")) for row in state.get("resources", []) if row["type"] == pending["type"]}
    found = [item for item in own if (item.urn, item.id) not in known]
    found = found or [item for item in transaction.find(token, scope, name) if item.id not in in_state]
    return [item for item in found if naming is not None or _same_inputs(inputs, item.inputs)]


def _provider_settings(pending: Mapping, state: Mapping) -> Props:
    """Returns the inputs of the pending resource's provider."""
    reference = str(pending.get("provider", "")).rsplit("::", 1)[0]
    for resource in state.get("resources", []):
        if resource["urn"] == reference:
            return resource.get("inputs", {})
    return {}


def _same_inputs(pending: Props, existing: Props) -> bool:
    """Returns whether the inputs are equal, apart from secrets, which are encrypted in the state."""
    return all(existing.get(key) == value for key, value in pending.items() if not _holds_secret(value))


def _holds_secret(value: Json) -> bool:
    return SIGNATURE_KEY in json.dumps(value)


def _import(session: Session, stack: str, state: dict) -> None:
    """Imports the state with the adopted resources; its secrets remain encrypted."""
    adopted = {resource["urn"] for resource in state.get("resources", [])}
    waiting = state.get("pending_operations", [])
    pending = [operation for operation in waiting if operation["resource"]["urn"] not in adopted]
    text = json.dumps({"version": 3, "deployment": {**state, "pending_operations": pending}})
    file = session.paths.sandbox / f"recovered-{stack}.json"
    file.touch(mode=0o600)
    file.write_text(text)
    try:
        _run(session, "stack", "import", "--stack", stack, "--file", str(file))
    finally:
        file.unlink()


def _run(session: Session, *arguments: str) -> None:
    result = session.pulumi(*arguments, quiet=True)
    if result.returncode != 0:
        lines = (result.stderr or result.stdout).strip().splitlines() or ["no reason given"]
        raise EngineFailed(f"`pulumi {' '.join(arguments[:2])}` failed: {lines[-1]}")


def _compare_with_states(session: Session, inventory: Inventory, result: Recovery) -> None:
    """Compares the inventory with what the states of all stacks have in emulated clouds.

    What a stack only reads is not missing: the clouds answer for some resources that they do not keep, such as nodes.
    """
    states = [export_state(session, stack) for stack in session.known_stacks()]
    rows = [row for state in states for row in _custom_resources(state)]
    in_states = Counter(_identity(row) for row in rows)
    urns = {str(row["urn"]) for row in rows}
    made = {_identity(row) for row in rows if not row.get("external")}
    with inventory.transaction() as transaction:
        items = transaction.all_items()
    in_clouds = Counter((item.type, item.id) for item in items)
    # Two clusters may have a resource of one ID, of which the states know one.
    result.orphans = [
        item
        for item in items
        if (identity := (item.type, item.id)) not in in_states
        or (in_clouds[identity] > in_states[identity] and item.urn not in urns)
    ]
    result.missing = sorted(f"{kind} {identifier}" for kind, identifier in made - in_clouds.keys())


def _custom_resources(state: Mapping) -> Iterable[Mapping]:
    return (resource for resource in state.get("resources", []) if resource.get("custom") and _is_emulated(resource))


def _is_emulated(resource: Mapping) -> bool:
    """Returns whether a resource is in an emulated cloud. A stack may have others, such as `random:index/randomId`."""
    return _package(str(resource["type"])) in CLOUDS


def _package(kind: str) -> str:
    return kind.split(":", 1)[0]


def _identity(resource: Mapping) -> tuple[str, str]:
    """Returns type, as in the inventory, and ID of a resource in an emulated cloud."""
    kind = str(resource["type"])
    return spec_for(_package(kind)).normalise_token(kind), str(resource.get("id"))
