"""Postings that are fast at any size: segments of numpy arrays, a tail for what is new, a snapshot on disk.

`formula` rounds BM25's term-frequency part up to a byte, `search` finds the best passages by these
bytes and scores only those, `tail` takes in what is new, `segment` holds what has settled, `merging`
makes few segments of many, `array_file` and `snapshot` keep them on disk, `upkeep` does both beside
the library's own thread.
"""
