"""What the accounts list and the states lack, and the other way round."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from falaj.reconcile.listed import Listed, Listing, Place
from falaj.reconcile.state import State, StateResource, key_of


class OtherAccount(Exception):
    """The credentials are those of another account than the state's. The message is one sentence."""


@dataclass(frozen=True)
class Comparison:
    """The result of a comparison."""

    known: int
    """Listed resources that a state has."""
    lacking: Sequence[Listed]
    """Listed resources that no state has."""
    not_seen: Sequence[StateResource]
    """Resources of the state that a list should have, and has not."""
    owned_by_others: Sequence[Listed]
    """Listed resources that controllers of clusters and services have created."""
    not_comparable: int
    """Resources of the state that no list can have: of a type without tags or that the cloud does not list, with other
    tags, or in a place that was not asked."""
    silent: Sequence[Place]
    """Places that list nothing of what the state has there, and would do so too if the caller may not read it."""

    @property
    def is_equal(self) -> bool:
        """Returns whether neither side lacks anything that can be compared."""
        return not self.lacking and not self.not_seen


def compare(listings: Iterable[Listing], state: State, tags: Mapping[str, str]) -> Comparison:
    """Compares what accounts have listed with the states. Raises `OtherAccount`."""
    answers = [*listings]
    in_state = {identifier for resource in state.resources for identifier in resource.ids}
    listed = {resource.id: resource for answer in answers for resource in answer.resources}
    keys = {key for identifier in listed for key in _keys(identifier)}
    others = [item for item in listed.values() if not in_state.intersection(_keys(item.id))]
    places = [answer.place for answer in answers]
    own = [item for item in state.resources if item.expected and _has(item, tags)]
    _require_accounts(places, own)
    expected = [item for item in own if _is_asked(item, places)]
    return Comparison(
        known=len(listed) - len(others),
        lacking=[item for item in others if not item.owner],
        not_seen=[item for item in expected if keys.isdisjoint(item.ids)],
        owned_by_others=[item for item in others if item.owner],
        not_comparable=len(state.resources) - len(expected),
        silent=[
            answer.place
            for answer in answers
            if answer.hides and not answer.resources and any(_is_asked(item, [answer.place]) for item in expected)
        ],
    )


def _keys(identifier: str) -> tuple[str, ...]:
    """Returns the forms of a listed identifier: itself, and the end of an ARN, such as `natgateway/nat-1`."""
    key = key_of(identifier)
    return (key, key.split(":", 5)[5]) if key.count(":") >= 5 else (key,)


def _has(item: StateResource, tags: Mapping[str, str]) -> bool:
    return all(item.tags.get(key) == value for key, value in tags.items())


def _is_asked(item: StateResource, places: Sequence[Place]) -> bool:
    """Returns whether a place was asked that lists the resource. Parts that its identity leaves open are no reason
    against it: ARNs of buckets have neither an account nor a region."""
    return any(
        item.package == place.package
        and account in ("", place.account.lower())
        and (not place.region or region in ("", place.region))
        for account, region in map(_account_and_region, item.ids)
        for place in places
    )


def _account_and_region(key: str) -> tuple[str, str]:
    if key.startswith("/subscriptions/"):
        return key.split("/")[2], ""
    parts = key.split(":", 5)
    return (parts[4], parts[3]) if len(parts) > 5 else ("", "")


def _require_accounts(places: Sequence[Place], own: Sequence[StateResource]) -> None:
    """Raises `OtherAccount` if all resources of a cloud are in other accounts than were asked."""
    for cloud in dict.fromkeys(place.cloud for place in places):
        asked = {place.account.lower(): place for place in places if place.cloud == cloud}
        package = next(iter(asked.values())).package
        keys = (key for item in own if item.package == package for key in item.ids)
        stated = {_account_and_region(key)[0] for key in keys} - {""}
        if stated and not stated & asked.keys():
            raise OtherAccount(
                f"the credentials are of {', '.join(sorted(asked))}, and the resources of the state are in "
                f"{', '.join(sorted(stated))}; use credentials of that account"
            )
