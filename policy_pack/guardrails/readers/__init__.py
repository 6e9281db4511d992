"""Readers that several concerns share: tags, policies, addresses, locations, Kubernetes objects."""
