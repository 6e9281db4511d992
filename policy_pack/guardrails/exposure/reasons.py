"""Reasons that the rules on containers share."""

BREAKOUT = "an attacker who breaks out of such a container controls the node and every tenant's pods on it"
DEFENCE_IN_DEPTH = "defence in depth: each restriction limits what a compromised program can do"
