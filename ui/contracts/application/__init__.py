"""Applications: the check list, the way to the provider, acceptance."""
