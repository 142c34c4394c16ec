"""Finished papers in, PDF bytes out. Computes nothing."""
