"""The very first picture: company, desk, member of staff, key; and later the question for the passphrase."""
