"""What only a real account can say about a stack before its first `pulumi up`. All requests are read-only."""
