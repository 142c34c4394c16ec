"""What each document says, line by line, before any page exists."""
