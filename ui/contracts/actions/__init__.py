"""What can be done to a contract: a side panel for each action."""
