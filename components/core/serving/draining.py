"""How long a replica keeps running after it is stopped, so that requests in progress are completed. Pure."""

from falaj.components.core.serving.specs import ServingSpec

REQUEST_TIMEOUT_SECONDS = 300
"""Timeout of a request in seconds, without the wait for a cold start."""

PRE_STOP_SECONDS = 5
"""Seconds between the removal of a pod from the Service and SIGTERM, so that gateways stop sending requests to it."""

EXIT_SECONDS = 30
"""Seconds that a server without requests may take to exit."""

PROXY_GRACE_SECONDS = 600
"""Termination grace period of the proxies before the servers: the gateway's pods and the interceptors. They exit as
soon as they have no connections. Cluster autoscalers wait no longer for a pod (`max-graceful-termination-sec`)."""


def drain_seconds(serving: ServingSpec) -> int:
    """Returns the seconds that requests in progress may take: no request takes longer than the route's timeout."""
    return REQUEST_TIMEOUT_SECONDS if serving.drain_seconds is None else serving.drain_seconds


def pre_stop_seconds(serving: ServingSpec) -> int:
    """Returns the seconds before SIGTERM. A server that ends the requests in progress then is left running for them,
    and for those that a gateway sends until it knows that the pod is being deleted."""
    return PRE_STOP_SECONDS + (0 if serving.runtime_row.drains else drain_seconds(serving))


def grace_seconds(serving: ServingSpec) -> int:
    """Returns the termination grace period, which includes the seconds before SIGTERM. Spot machines may be gone
    earlier: after 120 s on AWS and 30 s on Azure."""
    after_signal = drain_seconds(serving) if serving.runtime_row.drains else 0
    return pre_stop_seconds(serving) + after_signal + EXIT_SECONDS
