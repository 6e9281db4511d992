"""Price books with negotiated rates, and updates of the catalogue from the vendors' price lists."""
