"""Going back to a backup, in the window."""
