"""What stands around every page: the rail of places, the top bar with search, the status line, notices."""
