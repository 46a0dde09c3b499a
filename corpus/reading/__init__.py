"""Bytes -> articles."""

from corpus.article import Reading
from corpus.reading.plain import read

__all__ = ["Reading", "read"]
