"""What runs inside the clusters of the sites, the same on every cloud."""

from components.kubernetes.provider import site_kubernetes

__all__ = ["site_kubernetes"]
