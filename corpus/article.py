"""The nouns: what is stored, found and answered. Frozen, and without behaviour of their own."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date, datetime


class Span(NamedTuple):
    """The characters *start* up to, not including, *end* of some text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an article was fetched, and what its server said to tell that version from a later one."""

    link: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleInfo:
    """What is known of an article besides its text.

    The library fills in an empty `id`, `title`, `language` or `added` when it stores the article.
    """

    title: str = ""
    id: str = ""
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: date | None = None
    language: str = ""
    """ISO 639-1, or "und" where none could be told."""
    added: datetime | None = None
    n_words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(ArticleInfo):
    """A text and where it comes from. Its paragraphs are parted by an empty line."""

    text: str
    headings: tuple[Span, ...] = ()
    """The paragraphs that are headings: stored, but neither searched nor counted."""
    keeps_paragraphs: bool = False
    """Somebody refers to its paragraphs by number, so none is joined with its neighbour."""
    origin: Origin | None = None
    """None for what came as a file or a text."""


Order = Literal["newest", "oldest", "title"]
"""Of a list of articles: by their day, or by title."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What narrows a list of articles; nothing of it: all articles."""

    words: str = ""
    """What the words of the names must match; `catalogue.matching` makes it of what somebody typed."""
    pieces: tuple[str, ...] = ()
    """What the titles must hold anywhere, folded."""
    publishers: tuple[str, ...] | None = None


PageState = Literal["blocked", "javascript", "consent", "paywall", "short", "garbled"]
"""What a page may be in place of an article: refused to robots, empty without scripts, a question about
cookies, an opening before a paywall, or fewer words than an article has. Of any file: no text."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read from a page or a file."""

    article: Article
    left_out: tuple[str, ...] = ()
    """The lines that seem not to be of the article."""
    state: PageState | None = None
    """What it looks like when it does not look like an article; to be confirmed before it is stored."""


class Sentence(NamedTuple):
    """One sentence of a passage, as it is stored to be searched."""

    span: Span
    """In characters of the passage."""
    terms: tuple[str, ...]
    """In reading order."""
    words: tuple[str, ...] = ()
    """Every word in plain form, stop words among them, in reading order."""
    facts: tuple[str, ...] = ()
    """What it could answer to “when”, “how many” or “who”: “time:2020”, “number:12”, “name:baradar”."""
    term_codes: bytes = b""
    """The `codes.terms` of its terms."""
    word_codes: bytes = b""
    """The `codes.words` of its words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a part of a long one: an exact slice of its article."""

    position: int
    """The paragraph's number in the article, from 0; the parts of one paragraph share it."""
    span: Span
    """In characters of the article's text."""
    sentences: tuple[Sentence, ...]


class PassageRow(NamedTuple):
    """The columns of a passage's row, but for its number and its article's id."""

    position: int
    start: int
    end: int
    sentences: str
    """JSON."""
    terms: str
    """A line a sentence, parted by spaces; so are the facts."""
    facts: str
    term_codes: bytes
    """As `StoredPassage` has them, and so the next."""
    word_codes: bytes


class StoredPassage(NamedTuple):
    """A passage as the store gives it back for ranking: by the `codes` of its words."""

    number: int
    """Its number in the library: ascending in reading order, never used twice."""
    article_id: str
    position: int
    terms: bytes
    """As `codes.of_terms`: a line of the terms of its article's title, then a line a sentence."""
    words: bytes
    """As `codes.of_words`: a line a sentence, of words in plain form."""
    facts: str
    """A line a sentence, parted by spaces."""


class Quoted(NamedTuple):
    """What is read of a passage only when it is shown."""

    article: ArticleInfo
    start: int
    """Where it begins in the article's text."""
    text: str
    sentences: tuple[Span, ...]
    """In characters of its text."""
    terms: str
    """A line a sentence, parted by spaces."""


class QueryWord(NamedTuple):
    """A word of a question in plain form, and its term; an empty one for a stop word."""

    plain: str
    term: str


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A term of a question, the word it was typed as, and how much it tells passages apart."""

    term: str
    word: str
    plain: str
    """The word before its stem was taken."""
    idf: float
    is_known: bool
    """Some passage of the library holds it."""
    read_as: str = ""
    """The word it was taken for, when the library does not know the one that was typed."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question in the form that can be searched; `terms` and `words` in the order they were typed."""

    question: str
    language: str
    terms: tuple[QueryTerm, ...]
    words: tuple[QueryWord, ...] = ()
    most_idf: float = math.inf
    """The idf of a term that no passage holds."""
    mean_length: float = 1.0
    """Of a passage of the library, in terms."""
    wants_newest: bool = False
    """It asks for the latest, which comes first then."""


class Hit(NamedTuple):
    """A passage that holds a term of the question, and its score."""

    number: int
    score: float


Status = Literal["found", "weak", "nothing"]


class RankedPassage(NamedTuple):
    """A passage judged against a question."""

    passage: StoredPassage
    score: float
    confidence: float
    """The score over the question's idf mass: how much of what can be said for it is."""
    coverage: float
    """The share of the question's idf mass that the passage and its title hold, 0 to 1."""
    also: tuple[int, ...] = ()
    """The numbers of passages with the very same words, of other articles."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage in an answer. All spans are in characters of `text`."""

    article: ArticleInfo
    number: int
    """The passage's number in the library."""
    start: int
    """Where it begins in the article's text."""
    text: str
    position: int
    sentences: tuple[Span, ...]
    answer: Span
    """The sentence that answers best."""
    highlights: tuple[Span, ...]
    """The question's words in the passage, neighbours in one run, in reading order."""
    score: float
    coverage: float
    """The share of the question's idf mass that the passage holds, 0 to 1."""
    link: str | None
    """The article's address with a text fragment that scrolls to the passage; None without an address."""
    also_in: tuple[ArticleInfo, ...] = ()
    """Other articles that have the same passage."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a question: passages word for word, best first."""

    question: str
    status: Status
    confidence: float
    """Of the best passage: its score over the question's idf mass; 0 when no passage holds a word of it."""
    quotes: tuple[Quote, ...]
    numbers: tuple[int, ...]
    """The passages that are at least a weak match, best first, 30 at most."""
    language: str
    """The language the question was read in."""
    held_words: tuple[str, ...]
    """The question's searchable words, as typed, that the best passage or its title holds."""
    missed_words: tuple[str, ...]
    """Those that it does not hold."""
    unknown_words: tuple[str, ...]
    """Those that no passage of the library holds."""
    took_ms: float
    n_articles: int
    replaced_words: tuple[tuple[str, str], ...] = ()
    """Unknown words, as typed, each with the word of the library it was read as."""
    required_phrases: tuple[str, ...] = ()
    missing_phrases: tuple[str, ...] = ()
    """Quoted, but no passage that was asked has them word for word: their words were searched."""
    excluded_words: tuple[str, ...] = ()
    is_newest_first: bool = False
    """The question asks for the latest: what fits about as well as the best comes newest first."""
    is_together: bool = False
    """It was searched together with the question before it."""

    @property
    def matches(self) -> int:
        """How many passages are at least a weak match, 30 at most."""
        return len(self.numbers)


class Source(NamedTuple):
    """A passage that holds words of a text exactly: its `answer` is where."""

    quote: Quote
    n_words: int
    """How many, in a row; letter case and what stands between words do not count."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a text comes from: most words of it in a row first; none when no passage has enough."""

    sources: tuple[Source, ...]
    n_articles: int
    took_ms: float


class KeyQuote(NamedTuple):
    """What somebody says in an article, in characters of its text, and who, in its words."""

    span: Span
    speaker: str


@dataclass(frozen=True, slots=True)
class Summary:
    """Sentences of an article that stand for it, in its order; spans in characters of the article's text."""

    article: Article
    spans: tuple[Span, ...]
    """A quotation of several sentences is one of them."""
    took_ms: float
    key_quote: KeyQuote | None = None
    """One of the spans."""
    is_whole: bool = False
    """The article is too short to be summarised: the spans are all its sentences."""
    n_sentences: int = 0
    """A quotation of several counts as several; 0 where nobody counted."""
    n_words: int = 0
    """Of all the sentences."""
    question: str = ""
    """What the sentences were chosen for; empty when they stand for the whole article."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences, word for word."""
        return tuple(self.article.text[start:end] for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class SameStory:
    """An article of the library that tells the story of another one."""

    article: ArticleInfo
    containment: float
    """How much of the shorter of the two stands in the other, 0 to 1."""
    is_same_outlet: bool
    """Both are of one publisher or site, or at one address: then one is a version of the other."""


class Twin(NamedTuple):
    """An article that was added, and one that had told its story before."""

    article: ArticleInfo
    told: SameStory


@dataclass(frozen=True, slots=True)
class TopicPassage:
    """A passage that has to do with a topic, or the opening of what is new, with its text."""

    article: ArticleInfo
    start: int
    """Where it begins in the article's text."""
    text: str
    position: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of a digest, and who says so."""

    article: ArticleInfo
    """Whose words they are."""
    span: Span
    """In characters of that article's text."""
    text: str
    link: str | None
    """The article's address with a text fragment that scrolls to the sentence; None without an address."""
    said_by: tuple[ArticleInfo, ...]
    """Every article that says nearly the same, the one quoted first."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What many articles say, word for word: most reported first, or newest first without a topic."""

    topic: str
    since: date | None
    source: str | None
    statements: tuple[Statement, ...]
    n_articles: int
    """How many articles have to do with the topic or, without one, are new."""
    has_more: bool
    """More statements could be shown."""
    took_ms: float


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What verifying a library found, as sentences; `mended` of the problems are gone now."""

    n_articles: int
    n_passages: int
    problems: tuple[str, ...] = field(default=())
    mended: int = 0
