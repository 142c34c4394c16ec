"""顧客: the list and the form."""
