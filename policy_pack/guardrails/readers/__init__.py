"""Readers that the rules of several concerns share: tags, policies, addresses, locations and Kubernetes objects."""
