"""The ARN of an anomaly monitor."""

from typing import Annotated

from falaj.components.core.validation.text_forms import TextForm

MonitorArn = Annotated[
    str,
    TextForm(
        r"^arn:aws:ce::[0-9]{12}:anomalymonitor/[0-9a-f-]+$",
        "the ARN of a monitor of cost anomalies",
        "arn:aws:ce::111122223333:anomalymonitor/5bcd0d0c-0c1e-4a2b-9f8e-1d2c3b4a5f60",
    ),
]
