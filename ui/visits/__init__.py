"""The visits: the week with its technicians, and the panel in which a request is taken."""
