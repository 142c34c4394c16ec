"""書類: the archive of issued papers, one of them opened, its proof, and what waits to be approved."""
