"""How a month is charged: one module for each proration policy of the tariffs."""
