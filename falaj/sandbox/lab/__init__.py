"""The laboratory: a real Kubernetes control plane on this machine, with simulated nodes."""
