"""All guardrails of resilience."""

from .choices import Resilience
from .resilience_companions import RESILIENCE_COMPANIONS
from .resilience_locks import LOCKS
from .resilience_places import single_place
from .resilience_rows import RESILIENCE_ROWS
from .resilience_workloads import WORKLOADS
from .rows import Guardrail


def resilience(settings: Resilience) -> tuple[Guardrail, ...]:
    """The guardrails, with the data that is known to be kept elsewhere."""
    return (single_place(settings.kept_elsewhere), *RESILIENCE_ROWS, *RESILIENCE_COMPANIONS, *LOCKS, *WORKLOADS)
