"""How long the law wants records kept."""

TAX_RECORD_DAYS = 8 * 366
"""Records that support a tax return are kept for seven years after the tax period (Federal Decree-Law 47/2022,
article 56): eight years after a day at the beginning of one."""
