"""The laboratory: a real Kubernetes on this machine, with simulated nodes."""
