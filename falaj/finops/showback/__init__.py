"""The month that was: who spent what and why, from the bills of all sites together."""
