"""Simulation of served models: requests, replicas and their autoscaler, and the machines that the replicas need."""

from falaj.simulation.serving.simulation import simulate_requests

__all__ = ["simulate_requests"]
