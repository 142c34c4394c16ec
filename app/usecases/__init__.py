"""One verb each: what staff can do, and what that asks of storage."""
