"""The settings of visits in the window."""
