"""Reasons that the rules on encryption in transit share."""

PLAINTEXT = "traffic that is not encrypted can be read and changed on its way, inside a network too"
