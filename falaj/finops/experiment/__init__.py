"""A/B experiments on inference cost: a decision from measurements, and a forecast by trace replay."""
