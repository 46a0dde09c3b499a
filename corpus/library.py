"""The front door: one method for each thing a user can ask of the articles."""

from __future__ import annotations

import secrets
from dataclasses import fields, replace
from functools import wraps
from itertools import islice
from time import perf_counter
from typing import TYPE_CHECKING, Any, Concatenate, Literal, NamedTuple, ParamSpec, Self, TypeVar

from corpus import citation, clock, giving_way, language, passages, schema, stories, terms
from corpus.article import (
    Answer,
    Article,
    ArticleInfo,
    CheckReport,
    Digest,
    Passage,
    Quote,
    SameStory,
    Sources,
    Statement,
    Summary,
)
from corpus.asking import Asking
from corpus.characters import storable
from corpus.errors import (
    AlreadyInLibrary,
    ArticleNotFound,
    LibraryNotFound,
    QuestionError,
    SameStoryThere,
    reporting,
)
from corpus.finding import Finding
from corpus.index import snapshot
from corpus.keeping_up import KeepingUp
from corpus.noting import Noting
from corpus.packing import packed
from corpus.preparing import Workers, n_cores, prepare, title_terms
from corpus.reading.canonical import key
from corpus.sourcing import Sourcing
from corpus.store import Store
from corpus.stories import Stories
from corpus.summary import digest, one

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path
    from types import TracebackType

    from corpus.article import Order, Passage
    from corpus.finding import Page
    from corpus.ports import ArticleStore, UpToDateRanker
    from corpus.preparing import Prepared
    from corpus.summary import Length
    from corpus.summary.digest import Said

_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
_ID_LENGTH = 6
LONGEST_READ = 100_000
"""Characters of an article that are read to sum it up; of a longer one its opening and parts of the rest."""
WORTH_WORKERS = 1_000_000
"""Characters of an import from which on worker processes prepare the rest: they take a second to start."""
_AT_ONCE = 50
_MOST_CHARACTERS = 1_000_000
"""Of the articles that share a transaction."""
_MOST_NEW_ARTICLES = 100
"""What is new is told of the newest of them."""
_OPENING = 3
"""The paragraphs of an article that tell what its story is."""
N_STATEMENTS: dict[Length, int] = {"short": 4, "medium": 8, "long": 12}
"""Of a digest."""

P = ParamSpec("P")
R = TypeVar("R")


class Outcome(NamedTuple):
    """What became of one article of an import."""

    article_id: str
    change: Literal["added", "replaced", "skipped"]


class Figures(NamedTuple):
    """How large a library is; `languages` by how many articles are in each, the most first."""

    n_articles: int
    n_words: int
    n_publishers: int
    languages: tuple[str, ...]


def _goes_first(method: Callable[Concatenate[Library, P], R]) -> Callable[Concatenate[Library, P], R]:
    """The *method*, which somebody waits for: what is written in bulk gives way meanwhile."""

    @wraps(method)
    def answering(library: Library, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with giving_way.HERE.one_in_work():
            return method(library, *args, **kwargs)

    return answering


def _reporting(method: Callable[Concatenate[Library, P], R]) -> Callable[Concatenate[Library, P], R]:
    """The *method*, with what SQLite and the file system raise turned into a `LibraryError`."""

    @wraps(method)
    def reported(library: Library, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with reporting(library.folder):
            return method(library, *args, **kwargs)

    return reported


class Library:
    """The articles of one folder. Belongs to the thread that opened it."""

    def __init__(self, folder: Path, store: ArticleStore, index: UpToDateRanker) -> None:
        self.folder = folder
        self._store = store
        self._index = index
        self._asking = Asking(store, index)
        self._sourcing = Sourcing(store, index)
        self._stories = Stories(store)
        self._step = giving_way.GivingWay().step
        self._noting = Noting(store, self._step)
        self._finding = Finding(store)

    @classmethod
    def open(cls, folder: Path, *, create: bool = True) -> Self:
        """The library in *folder*; without *create* only one that is there already.

        Raises `LibraryNotFound`, or another `LibraryError` that says why it cannot be used.
        """
        with reporting(folder):
            if (
                not create
                and not (folder / schema.FILE).exists()
                and (folder.is_dir() or not folder.exists())
            ):
                raise LibraryNotFound(folder)
            store = Store(schema.open_database(folder))
            library = cls(folder, store, KeepingUp(store, folder / snapshot.FOLDER))
            try:
                library._analyse_anew()
                library._noting.catch_up()
            except BaseException:
                library.close()
                raise
        return library

    def close(self) -> None:
        """Saves the index when that is worth it, and closes the files."""
        try:
            self._index.close()
        finally:
            self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- articles

    @_reporting
    def add(self, article: Article) -> Article:
        """Stores *article* under its id, or a new one, and gives it back as stored.

        Raises `AlreadyInLibrary` when its id is taken or, for an article without an id, when the
        same text is there.
        """
        article = _storable(article)
        with self._store.transaction():
            taken = article.id or self._store.id_of_text(article.text)
            if taken and (other := self._store.get(taken)):
                raise _already_there(other)
            return self._insert(article)

    @_reporting
    def refuse_same_text(self, article: Article) -> None:
        """Raises `AlreadyInLibrary` when an article with the text of *article* is there."""
        same = self._store.id_of_text(storable(article.text))
        if same and (other := self._store.get(same)):
            raise _already_there(other)

    @_reporting
    def refuse_same_address(self, link: str) -> None:
        """Raises `AlreadyInLibrary` when an article is there that came from *link* or can be read there."""
        there = self._store.id_of_address([key(link)])
        if there and (other := self._store.get(there)):
            raise _already_there(other)

    @_reporting
    def same_story(self, article: Article) -> SameStory | None:
        """The article that tells the story of *article* already, at its address or in its words."""
        return self._stories.same_story(_storable(article))

    @_reporting
    def told_before(self, article_id: str) -> SameStory | None:
        """The article that told the story of this one when it was added. Raises `ArticleNotFound`."""
        return self._stories.same_story(self.get(article_id), since_before=True)

    @_reporting
    def refuse_same_story(self, article: Article) -> SameStory | None:
        """The other outlet's article that tells the story of *article*; None where there is none.

        Raises `SameStoryThere` when the outlet of *article* has told it: that one is to be refreshed.
        """
        found = self._stories.same_story(_storable(article))
        if found and found.is_same_outlet:
            there = self.get(found.article.id)
            raise SameStoryThere(there.id, there.title, added=there.added, can_refresh=_can_refresh(there))
        return found

    @_reporting
    def publishers(self) -> tuple[str, ...]:
        """The publishers of all articles, by name."""
        return tuple(self._store.catalogue.publishers())

    @_reporting
    def replace(self, article: Article) -> Article:
        """Stores *article* in place of the one with its id. Raises `ArticleNotFound`."""
        article = _storable(article)
        with self._store.transaction():
            if self._store.get(article.id) is None:
                raise ArticleNotFound(article.id)
            self._store.delete(article.id)
            return self._insert(article)

    @_reporting
    def refresh(self, article_id: str, fetched: Article) -> Outcome:
        """Puts the text of *fetched*, and where it came from, into the article with this id.

        What is known of the stored article stays, as somebody may have corrected it; what was not
        known is taken from *fetched*. The same text is “skipped”: its passages keep their numbers.
        Raises `ArticleNotFound`.
        """
        fetched = _storable(fetched)
        with self._store.transaction():
            stored = self._store.get(article_id)
            if stored is None:
                raise ArticleNotFound(article_id)
            fresh = replace(
                stored,
                publisher=stored.publisher or fetched.publisher,
                author=stored.author or fetched.author,
                published=stored.published or fetched.published,
                url=stored.url or fetched.url,
                origin=fetched.origin,
            )
            if fetched.text == stored.text:
                self._update_details(fresh)
                return Outcome(article_id, "skipped")
            self._store.delete(article_id)
            self._insert(
                replace(
                    fresh,
                    text=fetched.text,
                    headings=fetched.headings,
                    language=fetched.language,
                    keeps_paragraphs=fetched.keeps_paragraphs,
                )
            )
        return Outcome(article_id, "replaced")

    @_reporting
    def change_details(self, article: Article) -> Article:
        """Stores what is known of *article* besides its text. Raises `ArticleNotFound`.

        Its passages keep their numbers, so that older answers still know them, unless the title's
        words change: they are searched with every passage. Under another address it came from nowhere
        that is known.
        """
        article = _storable(article)
        with self._store.transaction():
            stored = self._store.get(article.id)
            if stored is None:
                raise ArticleNotFound(article.id)
            article = replace(article, origin=stored.origin if article.url == stored.url else None)
            if title_terms(article) != title_terms(stored):
                self._store.delete(article.id)
                return self._insert(
                    replace(
                        stored,
                        title=article.title,
                        url=article.url,
                        publisher=article.publisher,
                        author=article.author,
                        published=article.published,
                        origin=article.origin,
                    )
                )
            self._update_details(article)
        return self.get(article.id)

    def import_all(self, articles: Iterable[Article], *, batch: int = 50) -> Iterator[Outcome]:
        """Adds or replaces each of *articles*, and says what became of it once it is committed.

        An article whose id has the same text already is skipped, as is one without an id whose
        text is there. *batch* articles share a transaction: when it is cut off, whole articles
        are in, and importing again goes on from there.
        """
        groups = _groups(map(_storable, articles), batch)
        n_characters = 0
        for group in groups:
            yield from self._import(group, prepare)
            n_characters += sum(len(article.text) for article in group)
            if n_characters > WORTH_WORKERS and n_cores() > 1:
                yield from self._import_much(groups)

    @_reporting
    def remove(self, article_ids: Iterable[str]) -> tuple[ArticleInfo, ...]:
        """Removes these articles, all or none. Raises `ArticleNotFound` for the first that is not there."""
        with self._store.transaction():
            removed = tuple(self.get(article_id) for article_id in dict.fromkeys(article_ids))
            for article in removed:
                self._store.delete(article.id)
        self._index.is_behind = True
        return removed

    @_reporting
    def get(self, article_id: str) -> Article:
        """The article with this id. Raises `ArticleNotFound`, with the nearest ids and titles."""
        article = self._store.get(storable(article_id))
        if article is None:
            raise ArticleNotFound(article_id, self._finding.nearest(storable(article_id)))
        return article

    @_goes_first
    @_reporting
    def find(self, wanted: str, *, by_text: bool = False) -> Article:
        """The article that *wanted* names: its id, address or title, or words of a title that no other has.

        *by_text*: where no title holds the words, the article that answers *wanted* best, if one surely does.
        Raises `ArticleNotFound`, with the nearest ids and titles.
        """
        wanted = storable(wanted)
        try:
            return self._finding.named(wanted)
        except ArticleNotFound:
            if by_text and not self._finding.names_some(wanted) and (found := self._surely_saying(wanted)):
                return found
            raise

    @_reporting
    def list(self, query: str = "") -> tuple[ArticleInfo, ...]:
        """The articles whose title, publisher, author or id hold each word of *query*, newest first.

        A word is found from its beginning; where no article has such a word, as a part of a title.
        """
        return tuple(self._finding.listed(query))

    @_goes_first
    @_reporting
    def page(
        self, query: str = "", *, source: str = "", order: Order = "newest", first: int = 1, most: int = 25
    ) -> Page:
        """*most* of the articles that `list` gives back, of publishers whose name holds *source*.

        They begin with number *first* from 1, or the nearest there is.
        """
        with self._store.snapshot():
            return self._finding.page(query, source, order, first, most)

    @_goes_first
    @_reporting
    def suggest(self, typed: str, most: int = 25) -> tuple[ArticleInfo, ...]:
        """The articles that somebody may mean who has *typed* so much, the likeliest first.

        By id, title or the words of their names; where that finds none, by what their texts say.
        """
        typed = storable(typed)
        found = self._finding.suggested(typed, most)
        return tuple(found or (self._saying(typed, most) if typed.strip() else ()))

    @_reporting
    def with_words_of(self, words: Sequence[str], most: int) -> tuple[ArticleInfo, ...]:
        """The articles whose titles hold most of *words*, the best first."""
        return tuple(self._finding.with_words_of([storable(word) for word in words], most))

    @_reporting
    def n_articles(self) -> int:
        """How many articles there are."""
        return sum(self._store.languages().values())

    @_reporting
    def figures(self) -> Figures:
        """How large the library is."""
        return Figures(
            n_articles=self.n_articles(),
            n_words=self._store.catalogue.n_words(),
            n_publishers=len(self._store.catalogue.publishers()),
            languages=tuple(self._store.languages()),
        )

    def export(self) -> Iterator[Article]:
        """Every article, in the order they were added."""
        with reporting(self.folder):
            yield from self._store.articles()

    # --- questions

    @_goes_first
    @_reporting
    def ask(
        self,
        question: str,
        *,
        top: int = 3,
        source: str | None = None,
        since: date | None = None,
        article: str | None = None,
        previous: str = "",
    ) -> Answer:
        """The *top* passages that answer *question* best, best first; none when nothing matches.

        *source* (a publisher), *since* and the id of an *article* narrow the search, as do the
        question's own operators: a “quoted phrase” must stand in a passage if it stands in any, and a
        -word must not. A word that the library does not know is read as the nearest one it knows, and
        the answer says so. With the *previous* question this one follows it up, and is searched
        together with it where that helps. Raises `QuestionTooLong`, `NoSearchableWords` and `SourceNotFound`.
        """
        return self._asking.ask(
            question, top=top, source=source, since=since, article=article, previous=previous
        )

    @_goes_first
    @_reporting
    def quote_again(
        self, question: str, language: str, numbers: Sequence[int], previous: str = ""
    ) -> tuple[Quote, ...]:
        """The passages *numbers* of an earlier answer to *question*, in that order, as it showed them.

        *language* is the answer's, *previous* the question that it was searched together with, if any. A
        passage that was removed meanwhile is left out.
        """
        return self._asking.quote_again(question, language, numbers, previous)

    @_goes_first
    @_reporting
    def sources(self, text: str, *, top: int = 3) -> Sources:
        """The *top* passages that hold the longest runs of words of *text*, exactly; none when none does.

        Case, punctuation and space do not count. Raises `TooFewWords`.
        """
        return self._sourcing.sources(text, top=top)

    # --- summaries

    @_goes_first
    @_reporting
    def summary(self, article_id: str, length: Length = "short", question: str = "") -> Summary:
        """The few sentences that stand for an article, or that say most of a *question*.

        Where no sentence of it holds a word of the question they stand for the article. Raises
        `ArticleNotFound`.
        """
        started = perf_counter()
        article = self.get(article_id)
        wanted = [term.term for term in terms.analyse(question, article.language)]
        found = [] if wanted else _parts_of_long(article)
        found = found or self._store.passages_of(article.id)
        if wanted and (on_question := one.around(article, found, length, wanted)):
            return _summary(article, on_question, started, question)
        return _summary(article, one.of(article, found, length), started)

    @_goes_first
    @_reporting
    def digest(
        self,
        topic: str = "",
        *,
        since: date | None = None,
        source: str | None = None,
        length: Length = "short",
    ) -> Digest:
        """What the articles say on *topic*, or what is new: a sentence for each story.

        On a topic what most articles report comes first, else what is newest. Nothing where no
        article fits. Raises `QuestionTooLong`, `NoSearchableWords` and `SourceNotFound`.
        """
        started = perf_counter()
        n = N_STATEMENTS[length]
        if topic.strip():
            idf, found, n_articles = self._asking.passages_on(
                topic, source=source, since=since, limit=digest.MOST_PASSAGES
            )
            picked = digest.on_topic(found, idf, statements=n + 1)
            shown = digest.most_reported_first(picked[:n])
        else:
            found, n_articles = self._asking.openings(
                source=source, since=since, n_articles=_MOST_NEW_ARTICLES, n_paragraphs=_OPENING
            )
            picked = digest.stories(found)
            shown = digest.newest_first(picked[:n])
        return Digest(
            topic=topic,
            since=since,
            source=source,
            statements=tuple(_statement(said) for said in shown),
            n_articles=n_articles,
            has_more=len(picked) > n,
            took_ms=_milliseconds_since(started),
        )

    # --- its state

    @_reporting
    def check(self) -> CheckReport:
        """Verifies the library, and mends what can be: passages that do not fit their article.

        A text that somebody changed in the database cannot be brought back. It is reported, once,
        and from then on taken as it stands.
        """
        problems, mended = list(self._store.damage()), 0
        if problems:
            return CheckReport(0, 0, tuple(problems))
        with self._store.transaction():
            if n_strays := self._store.remove_strays():
                problems.append(f"{n_strays} passages belonged to no article.")
                mended += 1
        infos = tuple(self._store.infos())
        n_passages = 0
        for info in infos:
            article = self.get(info.id)
            found = passages.split(article)
            if problem := self._misfit(article, found):
                problems.append(problem)
                self.replace(article)
                mended += 1
            n_passages += len(found)
        if mended:
            # What was wrong may be in the index, and no note of a removal takes it out.
            with self._store.snapshot():
                self._index.rebuild()
        return CheckReport(len(infos), n_passages, tuple(problems), mended)

    def _misfit(self, article: Article, found: Sequence[Passage]) -> str | None:
        """What is wrong with how *article*, whose passages are *found*, is stored; None for nothing."""
        named = f"“{article.title}” ({article.id})"
        if not self._store.is_as_added(article):
            return (
                f"The text of {named} is not the one that was added: it was changed in the database. "
                "Its passages were made anew from the text as it stands."
            )
        titled = title_terms(article)
        if not self._store.holds(article, titled, [packed(passage, titled) for passage in found]):
            return f"The passages of {named} did not fit its text."
        return None

    # --- inside: articles

    def _surely_saying(self, wanted: str) -> Article | None:
        """The article that answers *wanted* best; None where no answer is sure."""
        try:
            found = self._asking.ask(wanted, top=1, source=None, since=None, article=None)
        except QuestionError:
            return None
        return self._store.get(found.quotes[0].article.id) if found.status == "found" else None

    def _saying(self, typed: str, most: int) -> Sequence[ArticleInfo]:
        """The articles whose texts answer *typed*, the best first; none where it cannot be searched."""
        try:
            numbers = self._asking.ask(typed, top=0, source=None, since=None, article=None).numbers
        except QuestionError:
            return ()
        ids = dict.fromkeys(passage.article_id for passage in self._store.passages(numbers))
        return self._store.infos_of(list(ids)[:most])

    def _insert(self, article: Article) -> Article:
        """Completes and writes *article*, inside a transaction."""
        inserted = self._insert_prepared(prepare(article))
        self._noting.write()
        return inserted

    def _insert_prepared(self, prepared: Prepared, added: datetime | None = None) -> Article:
        """Writes a *prepared* article, inside a transaction; *added* is when it first was.

        What it is known by is for `Noting.write` to write.
        """
        article, title, found, words, shingles = prepared
        complete = replace(
            article, id=article.id or self._new_id(), added=added or article.added or clock.now()
        )
        self._store.insert(complete, title, found, terms.ANALYSIS_VERSION)
        self._noting.add(complete, words, shingles)
        self._index.is_behind = True
        return complete

    def _import_much(self, groups: Iterator[Sequence[Article]]) -> Iterator[Outcome]:
        """The rest of an import that is worth other cores. The index goes along, and settles at the end."""
        workers = Workers()
        self._noting.expect_many()
        try:
            with self._store.much_to_write():
                for group, prepare_one in workers.prepared(groups, self._is_there):
                    yield from self._import(group, prepare_one)
                    self._keep_pace()
                self._settle_index()
        finally:
            workers.close()
            self._note_rest()

    @_reporting
    def _note_rest(self) -> None:
        with self._store.transaction():
            self._noting.write_rest()

    def _update_details(self, article: Article) -> None:
        self._store.update_details(article)
        self._store.set_addresses(article.id, stories.addresses(article))

    @_reporting
    def _keep_pace(self) -> None:
        with self._store.snapshot():
            self._index.keep_pace(self._step)

    @_reporting
    def _settle_index(self) -> None:
        with self._store.snapshot():
            self._index.catch_up(self._step)
            self._index.settle()

    @_reporting
    def _is_there(self, article: Article) -> bool:
        """Whether importing *article* would change nothing."""
        if not article.id:
            return self._store.id_of_text(article.text) is not None
        stored = self._store.get(article.id)
        return stored is not None and stored.text == article.text

    @_reporting
    def _import(
        self, articles: Sequence[Article], prepare_one: Callable[[Article], Prepared]
    ) -> tuple[Outcome, ...]:
        with self._store.transaction():
            outcomes = tuple(self._add_or_replace(article, prepare_one) for article in articles)
            self._noting.write()
            return outcomes

    def _add_or_replace(self, article: Article, prepare_one: Callable[[Article], Prepared]) -> Outcome:
        self._step()
        if not article.id:
            same = self._store.id_of_text(article.text)
            if same:
                return Outcome(same, "skipped")
            return Outcome(self._insert_prepared(prepare_one(article)).id, "added")
        stored = self._store.get(article.id)
        if stored is None:
            return Outcome(self._insert_prepared(prepare_one(article)).id, "added")
        if stored.text == article.text:
            return Outcome(article.id, "skipped")
        prepared = prepare_one(article)
        self._store.delete(article.id)
        return Outcome(self._insert_prepared(prepared, stored.added).id, "replaced")

    def _new_id(self) -> str:
        while True:
            article_id = "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
            if self._store.get(article_id) is None:
                return article_id

    def _analyse_anew(self) -> None:
        """Brings articles up to date whose terms an earlier version of the analysis made.

        Some at a time, and each only when nobody else has meanwhile: another process may do the same,
        and its people may change or remove what it is done with.
        """
        old = self._store.analysed_otherwise(terms.ANALYSIS_VERSION)
        if not old:
            return
        remaining = iter(old)
        self._noting.expect_many()
        with self._store.much_to_write():
            while some := list(islice(remaining, _AT_ONCE)):
                with self._store.transaction():
                    still = self._store.analysed_otherwise(terms.ANALYSIS_VERSION, among=some)
                    for article in filter(None, map(self._store.get, still)):
                        self._step()
                        self._store.delete(article.id)
                        self._insert_prepared(prepare(article))
                    self._noting.write()
        self._note_rest()


def summarise(article: Article, length: Length = "short") -> Summary:
    """The few sentences that stand for *article*, which is in no library."""
    started = perf_counter()
    known = article if article.language else replace(article, language=language.detect(article.text))
    chosen = one.of(known, passages.spread(known, LONGEST_READ) or passages.split(known), length)
    return _summary(article, chosen, started)


def _statement(said: Said) -> Statement:
    piece = said.piece
    return Statement(
        article=piece.article,
        span=piece.span,
        text=piece.text,
        link=citation.link(piece.article.url, piece.text),
        said_by=said.articles,
    )


def _parts_of_long(article: Article) -> list[Passage]:
    """What is read of an article that is too long to be read whole; nothing where that need not be."""
    return passages.spread(article, LONGEST_READ) if len(article.text) > LONGEST_READ else []


def _summary(article: Article, chosen: one.Chosen, started: float, question: str = "") -> Summary:
    return Summary(
        article=article if article.n_words else replace(article, n_words=terms.n_words(article.text)),
        spans=chosen.spans,
        took_ms=_milliseconds_since(started),
        key_quote=chosen.key_quote,
        is_whole=chosen.is_whole,
        n_sentences=chosen.n_sentences,
        n_words=sum(terms.n_words(article.text[slice(*span)]) for span in chosen.spans),
        question=question,
    )


def _milliseconds_since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 3)


def _already_there(article: Article) -> AlreadyInLibrary:
    return AlreadyInLibrary(article.id, article.title, added=article.added, can_refresh=_can_refresh(article))


def _can_refresh(article: Article) -> bool:
    return bool(article.origin or article.url)


def _storable(article: Article) -> Article:
    """*article* without characters that SQLite cannot keep; offsets stay."""
    values = {field.name: getattr(article, field.name) for field in fields(article)}
    texts: dict[str, Any] = {
        name: storable(value) for name, value in values.items() if isinstance(value, str)
    }
    return replace(article, **texts)


def _groups(articles: Iterable[Article], most: int) -> Iterator[list[Article]]:
    """*articles* by *most* at a time, or fewer that are long: what is read ahead stays small."""
    group: list[Article] = []
    n_characters = 0
    for article in articles:
        group.append(article)
        n_characters += len(article.text)
        if len(group) == most or n_characters > _MOST_CHARACTERS:
            yield group
            group, n_characters = [], 0
    if group:
        yield group
