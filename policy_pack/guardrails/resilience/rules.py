"""Collects the guardrails of resilience."""

from ..engine.rows import Guardrail
from ..engine.settings import ResilienceSettings
from .call_records import CALL_RECORDS
from .data_protection import RESILIENCE_ROWS
from .impaired_regions import impaired_region_guardrail
from .locks import LOCKS
from .log_retention import RECORDS
from .related_resources import RELATED_PROTECTIONS
from .spot_pods import SPOT_PODS
from .workloads import WORKLOADS


def resilience_guardrails(settings: ResilienceSettings) -> tuple[Guardrail, ...]:
    """Returns the guardrails, with the data that has a copy elsewhere."""
    return (
        impaired_region_guardrail(settings.kept_elsewhere),
        *RESILIENCE_ROWS,
        *RELATED_PROTECTIONS,
        *LOCKS,
        *RECORDS,
        *CALL_RECORDS,
        *WORKLOADS,
        *SPOT_PODS,
    )
