"""Storage: the encrypted SQLite file, its tables, repositories and migrations. The only room that speaks SQL."""
