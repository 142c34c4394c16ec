"""The place of the contracts: their list, the page of one, its months, its actions."""
