"""Panels of actions on a real desk."""
