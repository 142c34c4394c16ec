"""ホーム: what is due, what waits, what runs out."""
