"""All guardrails of resilience."""

from ..engine.rows import Guardrail
from ..engine.settings import Resilience
from .data_protection import RESILIENCE_ROWS
from .impaired_regions import single_place
from .locks import LOCKS
from .related_resources import RESILIENCE_COMPANIONS
from .workloads import WORKLOADS


def resilience(settings: Resilience) -> tuple[Guardrail, ...]:
    """The guardrails, with the data that is known to be kept elsewhere."""
    return (single_place(settings.kept_elsewhere), *RESILIENCE_ROWS, *RESILIENCE_COMPANIONS, *LOCKS, *WORKLOADS)
