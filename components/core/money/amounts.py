"""Amounts in dirhams (AED) of settings and arguments."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

MOST_AED = Decimal(10**9)
"""Upper limit of an amount: a billion dirhams. A larger one is a mistake, such as an amount in fils."""

Aed = Annotated[Decimal, Field(gt=0, le=MOST_AED)]
"""An amount in AED."""

AnomalyAed = Annotated[Decimal, Field(ge=1, le=MOST_AED)]
"""An amount in AED from which an unusual cost is reported."""

LEAST_WATCHED_AED = Decimal(100)
"""Lower limit of a monthly budget whose average per hour is enough for an alarm on the cost of running machines."""

WatchedAed = Annotated[Decimal, Field(ge=LEAST_WATCHED_AED, le=MOST_AED)]
"""A monthly budget in AED with such an alarm."""
