"""What a change of the program does to a plan: what is new, gone and changed, whatever is deployed already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from falaj.finops.plan import Plan, Planned


@dataclass(frozen=True)
class Changes:
    """Resources by what happens to them, each as (type, name); components are left out: what they hold is counted."""

    new: tuple[tuple[str, str], ...]
    gone: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    same: int

    @property
    def none(self) -> bool:
        """Whether the plans are alike."""
        return not (self.new or self.gone or self.changed)


def changes(before: Plan, after: Plan) -> Changes:
    """The difference of two plans. A resource is known again by its URN without the stack."""
    old, new = _known(before), _known(after)
    both = old.keys() & new.keys()
    changed = {key for key in both if old[key].props != new[key].props}
    return Changes(
        new=_named(new, new.keys() - old.keys()),
        gone=_named(old, old.keys() - new.keys()),
        changed=_named(new, changed),
        same=len(both) - len(changed),
    )


def _known(plan: Plan) -> dict[str, Planned]:
    return {item.urn.partition("::")[2]: item for item in plan.resources if not _is_component(item.type)}


def _is_component(kind: str) -> bool:
    return kind.startswith(("falaj:", "pulumi:pulumi:", "pulumi:providers:"))


def _named(found: Mapping[str, Planned], keys: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((found[key].type, found[key].name) for key in keys))
