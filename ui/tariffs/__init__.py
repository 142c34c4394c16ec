"""料金・規約: the services with their editions, what changed between two, how unclear passages are read."""
