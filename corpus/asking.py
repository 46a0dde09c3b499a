"""A question -> an Answer: the steps in turn, over an index that keeps up with the store."""

from __future__ import annotations

import math
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from corpus import (
    acceptance,
    answer,
    answering_sentence,
    attribution,
    citation,
    follow_up,
    language,
    newness,
    pointing_back,
    reranker,
    spelling,
    terms,
)
from corpus.article import (
    Answer,
    Query,
    QueryTerm,
    QueryWord,
    Quote,
    Quoted,
    RankedPassage,
    Sentence,
    TopicPassage,
)
from corpus.errors import NoSearchableWords, QuestionTooLong, SourceNotFound
from corpus.index.array_file import SnapshotDamaged
from corpus.standing import Standing
from corpus.wanted import Wanted
from corpus.wanted import read as wanted_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from corpus.article import Status, StoredPassage
    from corpus.ports import ArticleStore, PassageRanker, UpToDateRanker
    from corpus.terms import Word

R = TypeVar("R")

LONGEST_QUESTION = 300
"""In characters: what one can still be expected to mean."""
BACKGROUND = 100
"""Passages that a small library is judged as if it had besides its own."""
N_CANDIDATES = 20
"""How many of BM25's first passages are judged; more did not find more."""
DEEPER = 8
MOST_CANDIDATES = N_CANDIDATES * DEEPER**4
"""How deep is looked for passages with a required phrase, or for different ones, and in what steps."""
MOST_READ = 1_000
"""How many passages are read at once: what is looked for may be among the first, and SQLite has a limit."""

NEWEST_OF = 200
"""Among how many of BM25's first passages the newest are looked for, where the latest is asked for."""

LEAST_OF_TOPIC, LEAST_OF_BEST = 1 / 2, 2 / 3
"""What a passage on a topic holds of the topic's idf mass, and of what the best passage does."""


class Judged(NamedTuple):
    """A question as it was searched, and the passages that match."""

    query: Query
    ranked: list[RankedPassage]
    """Best first."""
    standing: Standing | None
    """Where its words stand in them; None where none matches."""


class Found(NamedTuple):
    """What was found, and whether it answers."""

    judged: Judged
    status: Status
    is_together: bool = False
    """It was searched together with the question before it."""


class Asking:
    """Asks one library. The ranker is brought up to date with the store before each question."""

    def __init__(self, store: ArticleStore, index: UpToDateRanker) -> None:
        self._store = store
        self._index = index

    @property
    def _ranker(self) -> PassageRanker:
        return self._index.ranker

    @property
    def _n_articles(self) -> Mapping[str, int]:
        return self._index.n_articles

    def ask(
        self,
        question: str,
        *,
        top: int,
        source: str | None,
        since: date | None,
        article: str | None,
        previous: str = "",
    ) -> Answer:
        """What `Library.ask` promises."""
        started = perf_counter()
        if len(question) > LONGEST_QUESTION:
            raise QuestionTooLong(len(question), LONGEST_QUESTION)
        with self._store.snapshot():
            among = self._among(source, since, article)
            wanted, missing, found = up_to_date(
                self._index, lambda: self._answering(wanted_of(question), previous, among)
            )
            (query, ranked, standing), status, is_together = found
            matches = answer.matching(ranked)
            quotes = self._quotes(matches[:top], standing) if standing else ()
            held = standing.terms_in(ranked[0].passage.number) if standing and ranked else frozenset()
        lacks_something = bool(missing) or answer.names_the_unknown(query)
        return Answer(
            question=question,
            status="weak" if lacks_something and status == "found" else status,
            confidence=ranked[0].confidence if ranked else 0.0,
            quotes=quotes,
            numbers=tuple(match.passage.number for match in matches),
            language=query.language,
            held_words=_words(query, lambda term: term.term in held),
            missed_words=_words(query, lambda term: term.term not in held),
            unknown_words=_words(query, lambda term: not term.is_known or bool(term.read_as)),
            replaced_words=_replacements(query),
            required_phrases=wanted.phrases,
            missing_phrases=missing,
            excluded_words=wanted.excluded,
            took_ms=round((perf_counter() - started) * 1000, 3),
            n_articles=sum(self._n_articles.values()),
            is_together=is_together,
            is_newest_first=query.wants_newest,
        )

    def quote_again(
        self, question: str, language_code: str, numbers: Sequence[int], previous: str = ""
    ) -> tuple[Quote, ...]:
        """What `Library.quote_again` promises."""
        with self._store.snapshot():
            query = up_to_date(
                self._index, lambda: self._query(wanted_of(question).question, language_code, previous)
            )
            there = self._store.passages(numbers)
            if not there:
                return ()
            standing = Standing(query, there)
            ranked = reranker.order(standing, [0.0] * len(there))
            return self._quotes(sorted(ranked, key=lambda one: numbers.index(one.passage.number)), standing)

    def passages_on(
        self, topic: str, *, source: str | None, since: date | None, limit: int
    ) -> tuple[dict[str, float], list[TopicPassage], int]:
        """The topic's terms with their idf, the *limit* passages that fit it best, and how many articles do.

        None fits where the best holds less than half of the topic's idf mass, nor one that holds
        less than two thirds of what the best does: half of a name is another name.
        """
        if len(topic) > LONGEST_QUESTION:
            raise QuestionTooLong(len(topic), LONGEST_QUESTION)
        with self._store.snapshot():
            return up_to_date(self._index, lambda: self._fitting(topic, source, since, limit))

    def _fitting(
        self, topic: str, source: str | None, since: date | None, limit: int
    ) -> tuple[dict[str, float], list[TopicPassage], int]:
        among = self._among(source, since, None)
        queries = [self._query(topic, code) for code in language.candidates(topic, list(self._n_articles))]
        asked = [query for query in queries if query.terms]
        if not asked:
            raise NoSearchableWords
        judged = [(query, self._by_coverage(query, among, limit)) for query in asked]
        query, found = max(judged, key=lambda one: max((held for held, _ in one[1]), default=0.0))
        best = max((held for held, _ in found), default=0.0)
        enough = LEAST_OF_BEST * best if best >= LEAST_OF_TOPIC else math.inf
        fitting = [passage for held, passage in found if held >= enough]
        return (
            {term.term: term.idf for term in query.terms},
            self._topic_passages(fitting),
            len({passage.article_id for passage in fitting}),
        )

    def _by_coverage(
        self, query: Query, among: NDArray[np.int64] | None, limit: int
    ) -> list[tuple[float, StoredPassage]]:
        """BM25's *limit* best passages, best first, each with the share of the idf mass that it holds."""
        idf = {term.term: term.idf for term in query.terms}
        passages = self._store.passages([hit.number for hit in self._ranker.top(list(idf), limit, among)])
        if not passages:
            return []
        return list(zip(Standing(query, passages).coverage().tolist(), passages, strict=True))

    def openings(
        self, *, source: str | None, since: date | None, n_articles: int, n_paragraphs: int
    ) -> tuple[list[TopicPassage], int]:
        """The first paragraphs of the newest articles, newest first, and how many articles fit in all."""
        with self._store.snapshot():
            publishers = None if source is None else self._publishers_called(source)
            numbers = self._store.openings(
                publishers=publishers, since=since, n_articles=n_articles, n_paragraphs=n_paragraphs
            )
            found = self._topic_passages(self._store.passages(numbers))
            return found, self._store.n_articles(publishers=publishers, since=since)

    def _topic_passages(self, passages: Sequence[StoredPassage]) -> list[TopicPassage]:
        found = []
        for passage, quoted in zip(
            passages, self._quoted([passage.number for passage in passages]), strict=True
        ):
            lines = zip(quoted.sentences, quoted.terms.split("\n"), strict=True)
            sentences = tuple(Sentence(span, tuple(line.split())) for span, line in lines)
            found.append(TopicPassage(quoted.article, quoted.start, quoted.text, passage.position, sentences))
        return found

    def _quoted(self, numbers: Sequence[int]) -> Iterator[Quoted]:
        """What is shown of the passages *numbers*, in that order, read `MOST_READ` at a time."""
        for start in range(0, len(numbers), MOST_READ):
            yield from self._store.quoted(numbers[start : start + MOST_READ])

    def _answering(
        self, wanted: Wanted, previous: str, among: NDArray[np.int64] | None
    ) -> tuple[Wanted, tuple[str, ...], Found]:
        """What can be *wanted* of this library, the phrases it does not have, and what was found."""
        possible, missing = self._possible(wanted, among)
        return possible, missing, self._search_after(previous, possible, among)

    def _possible(self, wanted: Wanted, among: NDArray[np.int64] | None) -> tuple[Wanted, tuple[str, ...]]:
        """*wanted* without the phrases that no passage has, and these.

        A phrase is required wherever it stands at all. Where it stands nowhere, nothing could be answered,
        and one that is quoted from memory, or translated, is mostly said in other words.
        """
        missing = tuple(phrase for phrase in wanted.phrases if not self._stands(phrase, among))
        there = tuple(phrase for phrase in wanted.phrases if phrase not in missing)
        return replace(wanted, phrases=there), missing

    def _stands(self, phrase: str, among: NDArray[np.int64] | None) -> bool:
        """Whether a passage has *phrase*; one of stop words alone cannot be looked for, and may stand."""
        known = language.candidates(phrase, list(self._n_articles))
        for code in known:
            found = {term.term for term in terms.analyse(phrase, code)}
            if not found:
                return True
            rarest = min(found, key=self._ranker.document_frequency)
            accepts = acceptance.of(Wanted(phrase, phrases=(phrase,)), code)
            if any(
                accepts(passage)
                for some in self._by_bm25([rarest], N_CANDIDATES, among)
                for passage, _ in some
            ):
                return True
        return not known

    def _by_bm25(
        self, sought: Sequence[str], depth: int, among: NDArray[np.int64] | None
    ) -> Iterator[list[tuple[StoredPassage, float]]]:
        """The passages that hold a term of *sought*, best first: at most `MOST_READ` of them, then more."""
        n_seen = 0
        while True:
            hits = self._ranker.top(sought, depth, among)
            for start in range(n_seen, len(hits), MOST_READ):
                scores = {hit.number: hit.score for hit in hits[start : start + MOST_READ]}
                yield [(passage, scores[passage.number]) for passage in self._store.passages(list(scores))]
            if len(hits) < depth or depth >= MOST_CANDIDATES:
                return
            n_seen, depth = depth, depth * DEEPER

    def _search_after(self, previous: str, wanted: Wanted, among: NDArray[np.int64] | None) -> Found:
        """What is *wanted*, together with what was asked before where `follow_up` says that it needs that.

        A passage found together must hold a word of the question itself, if it has any that can be searched.
        """
        earlier = wanted_of(previous).question.strip()
        try:
            first = self._search(wanted, among)
        except NoSearchableWords:
            known = language.candidates(earlier, list(self._n_articles))
            if not earlier or not any(follow_up.asks(wanted.question, code) for code in known):
                raise
            together = self._search(wanted, among, earlier)
            return Found(together, answer.status(answer.matching(together.ranked)), is_together=True)
        alone = Found(first, answer.status(answer.matching(first.ranked)))
        if not earlier or (
            alone.status == "found" and not follow_up.leans(wanted.question, first.query.language)
        ):
            return alone
        together = self._search(wanted, among, earlier)
        own = self._query_alone(wanted.question, together.query.language)
        ranked = [one for one in together.ranked if follow_up.holds_any(own, one.passage)]
        status = answer.status(answer.matching(ranked))
        return (
            alone
            if status == "nothing"
            else Found(together._replace(ranked=ranked), status, is_together=True)
        )

    def _search(self, wanted: Wanted, among: NDArray[np.int64] | None, previous: str = "") -> Judged:
        """What is *wanted* in the language that explains it best."""
        queries = [
            self._query(wanted.question, code, previous)
            for code in language.candidates(f"{previous} {wanted.question}".strip(), list(self._n_articles))
        ]
        found = [self._rank(query, wanted, among) for query in queries if query.terms]
        if not found:
            raise NoSearchableWords
        return max(found, key=lambda judged: judged.ranked[0].coverage if judged.ranked else 0.0)

    def _query(self, question: str, language_code: str, previous: str = "") -> Query:
        """*question* as it is searched, together with the *previous* one where there is one."""
        query = self._query_alone(question, language_code)
        earlier = wanted_of(previous).question
        return follow_up.together(query, self._query_alone(earlier, language_code)) if earlier else query

    def _query_alone(self, question: str, language_code: str) -> Query:
        words = terms.words(question, language_code)
        asking = newness.asked_by(question, words, language_code)
        if not any(word.term for place, word in enumerate(words) if place not in asking):
            asking = frozenset()
        searched = [place for place, word in enumerate(words) if word.term and place not in asking]
        n_of_none, *n_of_each = self._ranker.document_frequencies(
            ["", *(words[place].term for place in searched)]
        )
        found = {
            place: self._term(words[place], df, question, language_code)
            for place, df in zip(searched, n_of_each, strict=True)
        }
        return Query(
            question,
            language_code,
            tuple(found.values()),
            tuple(
                QueryWord(term.plain, term.term) if term else QueryWord(word.plain, "")
                for word, term in ((word, found.get(place)) for place, word in enumerate(words))
            ),
            most_idf=self._idf(n_of_none),
            mean_length=self._ranker.avgdl or 1.0,
            wants_newest=bool(asking),
        )

    def _term(self, word: Word, df: int, question: str, language_code: str) -> QueryTerm:
        """*word* of *question* as it is searched: itself, or the nearest word of a library without it.

        *df* passages hold it.
        """
        typed, is_known = question[word.start : word.end], df > 0
        if not is_known and (meant := self._meant_by(word, language_code)):
            read_as = meant.plain.capitalize() if typed[:1].isupper() else meant.plain
            idf = self._idf(self._ranker.document_frequency(meant.term))
            return QueryTerm(meant.term, typed, meant.plain, idf, is_known=True, read_as=read_as)
        return QueryTerm(word.term, typed, word.plain, self._idf(df), is_known)

    def _meant_by(self, word: Word, language_code: str) -> Word | None:
        """The nearest word of the library, of equally near ones the most frequent; None when none is near."""
        if not spelling.is_correctable(word.plain):
            return None
        reach, length = spelling.most_edits(word.plain), len(word.plain)
        like = self._store.spelled_like(
            spelling.trigrams(word.plain), length - reach, length + reach, spelling.N_NEAREST
        )
        for near in spelling.nearest(word.plain, like):
            for meant in terms.words(near, language_code):
                if meant.plain == near and self._ranker.document_frequency(meant.term):
                    return meant
        return None

    def _idf(self, df: int) -> float:
        """How much a term of *df* passages tells, as if the library had a hundred more without it.

        In a library of one or two, a term's own idf says little of it, and unknown words would
        outweigh all others.
        """
        return math.log(1 + (self._ranker.corpus_size + BACKGROUND - df + 0.5) / (df + 0.5))

    def _rank(self, query: Query, wanted: Wanted, among: NDArray[np.int64] | None) -> Judged:
        """The best candidates, the passages with the very same words as one."""
        # Each term once, as confidence is measured against each once: repeating a word proves nothing.
        sought = list(dict.fromkeys(term.term for term in query.terms))
        accepts = acceptance.of(wanted, query.language)
        same: dict[bytes, list[tuple[StoredPassage, float]]] = {}
        n_wanted = NEWEST_OF if query.wants_newest else N_CANDIDATES
        for some in self._by_bm25(sought, n_wanted, among):
            for passage, score in some:
                if accepts(passage):
                    same.setdefault(passage.words, []).append((passage, score))
            if len(same) >= n_wanted:
                break
        judged = self._judged(query, [found[0] for found in same.values()])
        for place, one in enumerate(judged.ranked):
            alike = same[one.passage.words]
            if len(alike) > 1:
                judged.ranked[place] = one._replace(also=_elsewhere(one.passage, alike))
        return judged

    def _judged(self, query: Query, candidates: Sequence[tuple[StoredPassage, float]]) -> Judged:
        """The best of *candidates*, which come by BM25, as they answer *query*."""
        if not candidates:
            return Judged(query, [], None)
        days: Mapping[str, int] = {}
        if query.wants_newest:
            days = self._store.catalogue.days({passage.article_id for passage, _ in candidates})
            candidates = newness.of_newest(query, candidates, days)
        passages, scores = zip(*candidates[:N_CANDIDATES], strict=True)
        standing = Standing(query, passages)
        ranked = reranker.order(standing, scores)
        if query.wants_newest:
            ranked = newness.newest_first(ranked, days, answer.FOUND)
        return Judged(query, ranked, standing)

    def _among(self, source: str | None, since: date | None, article: str | None) -> NDArray[np.int64] | None:
        """The numbers of the passages the filters leave, None without a filter."""
        if source is None and since is None and article is None:
            return None
        publishers = None if source is None else self._publishers_called(source)
        numbers = self._store.numbers_among(publishers=publishers, since=since, article=article)
        return np.array(numbers, np.int64)

    def _publishers_called(self, source: str) -> list[str]:
        """The publishers named exactly *source*, else those that hold it, in any case of letters."""
        known, wanted = self._store.catalogue.publishers(), source.strip().casefold()
        called = [name for name in known if name.casefold() == wanted] or [
            name for name in known if wanted in name.casefold()
        ]
        if not wanted or not called:
            raise SourceNotFound(source, known)
        return called

    def _quotes(self, shown: Sequence[RankedPassage], standing: Standing) -> tuple[Quote, ...]:
        quoted = self._quoted([one.passage.number for one in shown])
        sentence_of = answering_sentence.Finder(standing)
        return tuple(
            self._quote(one, found, standing, sentence_of) for one, found in zip(shown, quoted, strict=True)
        )

    def _quote(
        self,
        ranked: RankedPassage,
        quoted: Quoted,
        standing: Standing,
        sentence_of: answering_sentence.Finder,
    ) -> Quote:
        passage, query = ranked.passage, standing.query
        article, start, text, sentences, _ = quoted
        answering = attribution.with_speaker(text, sentences, sentences[sentence_of(passage.number)])
        marked = pointing_back.with_named(passage.words, sentences, answering, article.language)
        holding = [sentences[line] for line in standing.sentences_with_terms(passage.number)]
        return Quote(
            article=article,
            number=passage.number,
            start=start,
            text=text,
            position=passage.position,
            sentences=sentences,
            answer=marked,
            also_in=tuple(other.article for other in self._quoted(ranked.also)),
            highlights=answer.highlights(query, text, article.language, holding),
            score=ranked.score,
            coverage=ranked.coverage,
            link=citation.link(article.url, text[slice(*marked)]),
        )


def up_to_date(index: UpToDateRanker, search: Callable[[], R]) -> R:
    """What *search* finds when *index* has caught up; it is made anew if its files prove damaged."""
    index.catch_up()
    try:
        return search()
    except SnapshotDamaged:
        index.rebuild()
        return search()


def _words(query: Query, wanted: Callable[[QueryTerm], bool]) -> tuple[str, ...]:
    """The words of the question whose terms are *wanted*, each once, in the order they were typed."""
    return tuple(dict.fromkeys(term.word for term in query.terms if wanted(term)))


def _replacements(query: Query) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((term.word, term.read_as) for term in query.terms if term.read_as))


def _elsewhere(passage: StoredPassage, same: Iterable[tuple[StoredPassage, float]]) -> tuple[int, ...]:
    """The number of a passage of each other article among the *same*."""
    others = {other.article_id: other.number for other, _ in same if other.article_id != passage.article_id}
    return tuple(others.values())
