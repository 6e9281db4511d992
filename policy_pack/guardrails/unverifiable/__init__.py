"""Deployments that the pack cannot verify: other packages, templates, scripts, Helm charts."""
