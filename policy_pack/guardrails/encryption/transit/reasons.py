"""Sentences that the rules on encryption in transit share."""

PLAINTEXT = "whoever sits on the way reads and changes what is not encrypted, inside a network too"
