"""What several concerns read out of resources: tags, policies, addresses, locations, Kubernetes objects."""
