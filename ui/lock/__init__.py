"""The locked window, signing in, and the recovery code."""
