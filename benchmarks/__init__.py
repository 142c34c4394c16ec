"""Measurements, each figure beside its peer or floor in the same run: ``python -m benchmarks [NAME …]``."""
