"""Every write of the window is a named function in here that says what it changed, and runs off the GUI
thread.
"""
