"""Explaining the important points of a contract: the summary, who and how, and the signature."""
