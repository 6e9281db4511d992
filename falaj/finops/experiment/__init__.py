"""A/B experiments on inference cost: decision from measurements, and forecast by trace replay."""
