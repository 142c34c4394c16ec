"""Pages as they look: each is kept as a small picture, and a page that looks otherwise is shown beside it."""
