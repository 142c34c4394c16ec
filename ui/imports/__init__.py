"""Bringing an existing ledger in."""
