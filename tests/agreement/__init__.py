"""One amount, four places: on the page, in the finished paper, on the screen, and from ``answer``."""
