"""Monthly showback: actual cost by business unit, from the billing exports of all sites."""
