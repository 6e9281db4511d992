"""Price books with negotiated rates, and catalogue updates from the vendors' price lists."""
