"""Deployments that the pack cannot verify: other packages, templates, scripts and Helm charts."""
