"""Commitments in settings: what they may name, and what is warned about."""

from typing import Any

import pytest

from falaj.components.settings.checks.stack import warnings
from falaj.components.settings.load import SettingsRefused, platform_settings
from tests.unit.settings.stacks import raw

H100 = "Standard_NC40ads_H100_v5"
ONE = {"site": "azuae", "machine": H100, "count": 1, "option": "reserved_1y", "until": "2027-11-30"}


def stack(*entries: Any) -> dict[str, Any]:
    """Returns the settings of `prod-uae` with commitments."""
    return raw() | {"commitments": list(entries)}


def problems(*entries: Any) -> list[str]:
    """Returns the problems of commitments."""
    with pytest.raises(SettingsRefused) as refused:
        platform_settings(stack(*entries))
    return [str(problem) for problem in refused.value.problems]


def warned_of(*entries: Any) -> list[str]:
    """Returns the warnings about commitments."""
    return [warning for warning in warnings(platform_settings(stack(*entries))) if warning.startswith("commitments")]


def test_a_commitment_for_machines_of_a_pool_is_good() -> None:
    more = ONE | {"machine": "Standard_D4as_v5", "count": 3, "option": "savings_3y"}
    later = ONE | {"until": "2028-11-30"}
    on_spot_first = ONE | {"site": "awsuae", "machine": "g5.xlarge"}
    settings = platform_settings(stack(ONE, more, later, on_spot_first))
    assert [item.count for item in settings.commitments] == [1, 3, 1, 1]
    assert warned_of(ONE, more) == []
    assert platform_settings(raw()).commitments == []


def test_an_unknown_site_machine_or_option_is_refused_with_those_that_are_there() -> None:
    assert problems(ONE | {"site": "nowhere"}) == [
        'platform.commitments.0.site: "nowhere" is not allowed; allowed: awsuae, azuae. Fix: name a site on a cloud.'
    ]
    assert problems(ONE | {"machine": "Standard_X1"}) == [
        'platform.commitments.0.machine: "Standard_X1" is not allowed; allowed: Standard_D4as_v5, Standard_D8as_v5, '
        "Standard_NC40ads_H100_v5, Standard_NV12ads_A10_v5. Fix: name a machine that a pool of the site starts on "
        "demand: the commitment covers nothing else."
    ]
    assert problems(ONE | {"option": "savings_2y"})[0].startswith('platform.commitments.0.option: "savings_2y" is not')
    assert problems(ONE | {"option": "reserved_1y_upfront"}) == [
        'platform.commitments.0.option: "reserved_1y_upfront" is not allowed; allowed: reserved_1y, reserved_3y, '
        "savings_1y, savings_3y. Fix: choose one of these, or run falaj prices refresh."
    ]


def test_a_machine_that_pools_start_on_spot_only_or_at_another_site_covers_nothing() -> None:
    assert "commitments.0.machine" in problems(ONE | {"machine": "Standard_ND96isr_H200_v5"})[0]
    assert "commitments.0.machine" in problems(ONE | {"site": "awsuae"})[0]
    assert "commitments.0.machine" in problems(ONE | {"site": "awsuae", "machine": "m7g.4xlarge"})[0]


@pytest.mark.parametrize("change", [{"count": 0}, {"count": -1}, {"until": "soon"}, {"until": "2027-02-30"}, {"x": 1}])
def test_invalid_fields_are_refused(change: dict[str, Any]) -> None:
    assert problems(ONE | change)[0].startswith("platform.commitments.0.")


def test_two_entries_alike_are_refused() -> None:
    assert problems(ONE, ONE | {"count": 2}) == [
        f'platform.commitments.1: "{H100} reserved_1y" is not allowed; allowed: one entry for the same site, machine, '
        "option and day, as commitments.0. Fix: add the counts up in one entry."
    ]


def test_a_machine_without_a_price_of_a_commitment_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("falaj.components.settings.checks.commitments.commitments", lambda *_: {})
    assert problems(ONE) == [
        'platform.commitments.0.option: "reserved_1y" is not allowed; allowed: nothing: no price of a commitment for '
        f"{H100} is known. Fix: remove it, or run falaj prices refresh."
    ]


def test_commitments_that_have_ended_or_end_soon_are_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    ending = ONE | {"until": "2026-12-01"}
    monkeypatch.setenv("FALAJ_TODAY", "2026-11-01")
    assert warned_of(ending) == []
    for day in ("2026-11-02", "2026-12-01"):
        monkeypatch.setenv("FALAJ_TODAY", day)
        assert warned_of(ending) == [
            f"commitments.0: the reserved_1y of 1 {H100} ends on 2026-12-01, and its machines cost more after it"
        ]
    monkeypatch.setenv("FALAJ_TODAY", "2026-12-02")
    assert warned_of(ending) == [
        f"commitments.0: the reserved_1y of 1 {H100} ended on 2026-12-01 and does not count: remove it, or set `until` "
        "to the last day of the next one"
    ]


def test_more_machines_than_the_pools_have_are_warned_of() -> None:
    assert warned_of(ONE | {"count": 5}) == []
    assert warned_of(ONE | {"count": 4}, ONE | {"count": 2, "option": "savings_1y"}) == [
        f"commitments: 6 {H100} of site azuae are committed, but its pools have at most 5"
    ]
