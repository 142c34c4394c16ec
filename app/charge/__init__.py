"""Timeline and tariff in, charge lines with their reasons out."""
