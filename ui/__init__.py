"""The window: PySide6. Knows `app`, never `db` or `reports`; what it needs of them is handed to it by
main.py.
"""
