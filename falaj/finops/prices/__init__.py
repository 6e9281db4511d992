"""Price books of negotiated rates, and the refresh of the catalogue from the vendors' own lists."""
