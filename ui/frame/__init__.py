"""What stands around every page: the rail of places, the top bar with its search, the status line, notices."""
