"""An article, or many on a topic -> the few sentences that stand for them, word for word.

one       one article, or what it says on a question
digest    many articles
units     what can be shown: whole sentences, whole quotations, nothing that leans on what is not shown
"""

from corpus.summary.one import N_SENTENCES, Length

__all__ = ["N_SENTENCES", "Length"]
