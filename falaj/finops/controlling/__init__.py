"""For the controller: VAT, exchange rate policies, budgets, journal lines, and reconciliation of invoices."""
