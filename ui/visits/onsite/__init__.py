"""On site: what is guided step by step between the arrival and the signed report."""
