"""The faces of Footnote.

This file must exist: without it, `import bot` finds `bot.py` in the folder above.
"""
