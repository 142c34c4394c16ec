"""The real program from outside: a real window, real keys, real files."""
