"""Quotations: revisions, validity, totals and advice."""
