"""Recovery of a stack whose engine was killed.

The engine records each create in the state before it starts it. After a kill the state lists the creates that may or
may not have happened (pending operations), and the cloud may have resources that the state does not know. They are
matched by identity: type, scope and name; for a type without a name, by equal properties.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from falaj.sandbox.clouds.__main__ import load as spec_for
from falaj.sandbox.clouds.auto_naming import identity_name
from falaj.sandbox.clouds.inventory import Inventory, InventoryTransaction
from falaj.sandbox.clouds.spec import CloudSpec, InventoryItem
from falaj.sandbox.clouds.values import Json, Props
from falaj.sandbox.session import EngineFailed, Session

_SECRET = "4dabf18193072939515e22adb298388d"  # noqa: S105 (marks a secret in a state file)


@dataclass
class Recovery:
    """The result of a recovery: URNs of adopted, not created and ambiguous resources; what the states and the clouds do
    not share.

    orphans: resources of the clouds in no stack's state. A person must import or delete them.
    missing: resources of a state that the clouds do not have.
    """

    adopted: list[str] = field(default_factory=list)
    not_created: list[str] = field(default_factory=list)
    ambiguous: list[str] = field(default_factory=list)
    orphans: list[InventoryItem] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def recover(session: Session, stack: str) -> Recovery:
    """Unlock the stack, adopt resources that the state lacks, refresh, and compare the states with the clouds.

    Raises `EngineFailed` with the engine's last message if a step fails.
    """
    session.repair_checkpoint(stack)
    session.pulumi("cancel", "--yes", "--stack", stack, quiet=True)
    state = export_state(session, stack)
    inventory = Inventory(session.paths.inventory)
    result = Recovery()
    with inventory.transaction() as transaction:
        for operation in state.get("pending_operations", []):
            if operation["type"] == "creating":
                _adopt(operation["resource"], state, transaction, result)
    if result.adopted:
        _import(session, stack, state)
    _run(session, "refresh", "--yes", "--non-interactive", "--clear-pending-creates", "--stack", stack)
    _compare_with_states(session, inventory, result)
    return result


def export_state(session: Session, stack: str) -> dict:
    """The stack's deployment as exported by the engine; secrets remain encrypted. Raises `EngineFailed`."""
    result = session.pulumi("stack", "export", "--stack", stack, quiet=True)
    if result.returncode != 0:
        raise EngineFailed(f"the state of {stack} could not be exported: {result.stderr.strip()}")
    return json.loads(result.stdout)["deployment"]


def _adopt(pending: dict, state: dict, transaction: InventoryTransaction, result: Recovery) -> None:
    """Add the resource of a pending create to the state, if there is exactly one candidate."""
    urn = str(pending["urn"])
    spec = spec_for(str(pending["type"]).split(":", 1)[0])
    candidates = _candidates(spec, pending, state, transaction)
    if len(candidates) == 1:
        # The subsequent refresh reads the outputs from the cloud.
        state["resources"].append({**pending, "id": candidates[0].id, "outputs": pending.get("inputs", {})})
        result.adopted.append(urn)
    elif candidates:
        result.ambiguous.append(f"{urn}: {', '.join(found.id for found in candidates)}")
    else:
        result.not_created.append(urn)


def _candidates(
    spec: CloudSpec, pending: Mapping, state: Mapping, transaction: InventoryTransaction
) -> list[InventoryItem]:
    """Resources of the same identity that are in no state."""
    inputs: Props = pending.get("inputs", {})
    token = spec.normalise_token(str(pending["type"]))
    resource_type = spec.resource_types.get(token) or spec.default_type(token, inputs)
    scope = spec.scope(token, inputs, _provider_settings(pending, state))
    name = identity_name(resource_type.naming, inputs, str(pending["urn"]).rsplit("::", 1)[-1])
    known = {str(resource.get("id")) for resource in state.get("resources", []) if resource["type"] == pending["type"]}
    found = [resource for resource in transaction.find(token, scope, name) if resource.id not in known]
    if resource_type.naming is not None:
        return found
    return [resource for resource in found if _same_inputs(inputs, resource.inputs)]


def _provider_settings(pending: Mapping, state: Mapping) -> Props:
    reference = str(pending.get("provider", "")).rsplit("::", 1)[0]
    for resource in state.get("resources", []):
        if resource["urn"] == reference:
            return resource.get("inputs", {})
    return {}


def _same_inputs(pending: Props, found: Props) -> bool:
    return all(found.get(key) == value for key, value in pending.items() if not _holds_secret(value))


def _holds_secret(value: Json) -> bool:
    return _SECRET in json.dumps(value)


def _import(session: Session, stack: str, state: dict) -> None:
    """Import the state with the adopted resources; its secrets remain encrypted."""
    adopted = {resource["urn"] for resource in state["resources"]}
    pending = [each for each in state["pending_operations"] if each["resource"]["urn"] not in adopted]
    text = json.dumps({"version": 3, "deployment": {**state, "pending_operations": pending}})
    file = session.paths.sandbox / f"recovered-{stack}.json"
    file.write_text(text)
    try:
        _run(session, "stack", "import", "--stack", stack, "--file", str(file))
    finally:
        file.unlink()


def _run(session: Session, *arguments: str) -> None:
    result = session.pulumi(*arguments, quiet=True)
    if result.returncode != 0:
        words = (result.stderr or result.stdout).strip().splitlines() or ["no reason given"]
        raise EngineFailed(f"`pulumi {' '.join(arguments[:2])}` refused: {words[-1]}")


def _compare_with_states(session: Session, inventory: Inventory, result: Recovery) -> None:
    """Compare the inventory with the states of all stacks."""
    states = [export_state(session, stack) for stack in session.known_stacks()]
    known = {(str(r["type"]), str(r.get("id"))) for state in states for r in _custom_resources(state)}
    with inventory.transaction() as transaction:
        everything = transaction.all_items()
    present = {(resource.type, resource.id) for resource in everything}
    normalised = {(_normalised(kind), identifier) for kind, identifier in known}
    result.orphans = [resource for resource in everything if (resource.type, resource.id) not in normalised]
    result.missing = sorted(f"{kind} {identifier}" for kind, identifier in normalised - present)


def _custom_resources(state: Mapping) -> Iterable[Mapping]:
    return (
        resource
        for resource in state.get("resources", [])
        if resource.get("custom") and not str(resource["type"]).startswith("pulumi:")
    )


def _normalised(kind: str) -> str:
    return spec_for(kind.split(":", 1)[0]).normalise_token(kind)
