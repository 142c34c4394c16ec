"""Papers from the screen: looked at, issued, printed, saved, put into an e-mail, taken out again as 控.

What other rooms of the window call: ``acts.PaperActs`` for a paper that was issued, ``opening.open_issuing``
for one that is to be made. Importing this package loads nothing.
"""
