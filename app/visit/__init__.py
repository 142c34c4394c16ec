"""Work at a visit: its price, data-migration bands, free entitlement, permitted days."""
