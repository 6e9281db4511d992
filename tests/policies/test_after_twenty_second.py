"""Settings beside the wrong alarms of the twenty-second set: what a listed name frees, and what it does not."""

import pytest
from guardrails.engine.enforcement import Enforcement

from .harness import Pack, blocking
from .idioms.after_twenty_second import interruptions

CALLERS = {"exposure": {"service_callers": {"*[Kk]arpenter*": "its messages carry no data of the bank"}}}


@pytest.mark.parametrize(("name", "queues", "is_refused"), [
    ("karpenter-queue", ("events",), False),
    ("policy", ("apps-karpenter",), False),
    ("policy", ("apps-karpenter", "Karpenter-core"), False),
    ("policy", ("apps-karpenter", "payments"), True),
    ("policy", ("payments",), True),
    ("policy", (), True),
])  # fmt: skip
def test_services_act_on_listed_queues_by_either_name(name: str, queues: tuple[str, ...], is_refused: bool) -> None:
    pack = Pack(Enforcement.model_validate({"default": {"all": "mandatory"}, **CALLERS}))
    found = blocking(pack.evaluate_resource(interruptions(name, *queues)))
    assert ("FJ-EXP-130" in found) is is_refused
