"""How much of a file is read, each limit with its reason."""

from __future__ import annotations

MEGABYTE = 1_000_000

LARGEST_BYTES = 10 * MEGABYTE
"""Of a text or a web page: a long book is a tenth of it."""

LARGEST_FILE_BYTES = 50 * MEGABYTE
"""Of a PDF, Word or EPUB file, which may hold pictures. The file is held in memory twice: here and where it
is read."""

MOST_PAGES = 5_000
"""Of a PDF: more than any book has, and what can be read within the time that a reader is given."""

MOST_MEMBERS = 10_000
"""Files within a Word or EPUB file: a long illustrated book has a thousand."""

MOST_UNPACKED_BYTES = 200 * MEGABYTE
"""Of all files within one: pictures hardly shrink when they are packed, so an honest file unpacks to a few
times its own size, and a text is a small part of that."""

MOST_MARKUP_BYTES = 40 * MEGABYTE
"""Of one part of markup within a file: ten long books. Taken apart it needs some thirty times its size."""

MOST_RATIO = 250
"""How far one file within another may be shrunk. Text shrinks to a fifth, and a table full of zeros to a
hundredth; deflate ends at a thousandth, and only a bomb comes near that."""

RATIO_COUNTS_FROM_BYTES = MEGABYTE
"""What unpacks to less does no harm, however far it was shrunk."""

MOST_CHARACTERS = 10_000_000
"""Of the text that comes out of any file: what a text file may hold."""
