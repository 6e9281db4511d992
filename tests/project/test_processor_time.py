"""Limits of processor time in tests: what takes longer fails, and waiting does not count."""

import gc
import time
from collections.abc import Callable

import pytest

from tests import processor_time
from tests.processor_time import hold_in_proportion, seconds_of, within


def _computes() -> None:
    end = time.process_time() + 0.05
    while time.process_time() < end:
        pass


def test_what_takes_longer_fails() -> None:
    with pytest.raises(AssertionError, match=r"took 0\.\d\d s of processor time, 0\.01 s are allowed"), within(0.01):
        _computes()
    assert seconds_of(_computes) >= 0.01


def test_neither_waiting_nor_collections_count() -> None:
    with within(0.1):
        time.sleep(0.2)
        assert not gc.isenabled()
    assert gc.isenabled()
    assert seconds_of(lambda: time.sleep(0.2)) < 0.1


def test_a_slow_processor_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processor_time, "_raw_seconds", lambda code: 4 * processor_time._FAST)
    monkeypatch.setattr(processor_time, "_SHORT", 0.0)
    with within(0.03):
        _computes()
    assert seconds_of(_computes) == processor_time._FAST
    monkeypatch.setattr(processor_time, "_raw_seconds", lambda code: processor_time._FAST / 4)
    with pytest.raises(AssertionError), within(0.03):
        _computes()


def test_a_ratio_that_is_too_high_is_measured_again(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = iter((1.0, 7.0, 1.5, 5.0))
    monkeypatch.setattr(processor_time, "_raw_seconds", lambda code: next(taken))
    hold_in_proportion(_computes, _computes, 6)
    assert next(taken, None) is None
    taken = iter((1.0, 7.0, 1.1, 6.5, 1.2, 16.0))
    with pytest.raises(AssertionError, match=r"at most 6 times.*\[1\.0, 1\.1, 1\.2\] and \[7\.0, 6\.5, 16\.0\]"):
        hold_in_proportion(_computes, _computes, 6)
    taken = iter((0.1, 5.0))
    hold_in_proportion(_computes, _computes, 6, least=1)


def test_the_first_run_of_the_small_one_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    runs: list[str] = []

    def taken_by(code: Callable[[], object]) -> float:
        code()
        return 5.0 if len(runs) == 1 else 1.0

    monkeypatch.setattr(processor_time, "_raw_seconds", taken_by)
    hold_in_proportion(lambda: runs.append("small"), lambda: runs.append("large"), 1)
    assert runs == ["small", "small", "large"]
