"""A contract as a timeline of dated facts, and which fact may follow which."""
