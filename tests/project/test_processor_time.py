"""Limits of processor time in tests: what takes longer fails, and waiting does not count."""

import gc
import time

import pytest

from tests import processor_time
from tests.processor_time import seconds_of, within


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
