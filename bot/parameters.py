"""What is typed behind an option of the terminal -> its value, or a sentence that says how to write it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NoReturn

import click

from corpus import clock
from corpus.characters import clean

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS = {"h": 1 / 24, "d": 1, "w": 7, "m": 30, "y": 365}


class Words(click.ParamType[str]):
    """Words from the command line, which may hold bytes that are no text."""

    name = "text"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:  # noqa: ARG002
        return clean(str(value))


class Address(click.ParamType[str]):
    """A web address."""

    name = "https://…"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        address = clean(str(value)).strip()
        if not address.startswith(("https://", "http://")):
            self.fail("an address begins with https://", param, ctx)
        return address


class Since(click.ParamType[date]):
    """24h, 7d, 2w, 6m, 1y, or a day as 2020-07-02."""

    name = "7d"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            number, unit = float(value[:-1]), _DAYS[value[-1:].lower()]
            return (clock.now() - timedelta(days=number * unit)).date()
        except (KeyError, ValueError, OverflowError):
            pass
        return _day(value, lambda: self.fail("write it like 24h, 7d, 2w, 6m, 1y or 2020-07-02", param, ctx))


class Day(click.ParamType[date]):
    """A day as 2020-07-02."""

    name = "2020-07-02"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        return _day(value, lambda: self.fail("write it like 2020-07-02", param, ctx))


def _day(value: str, fail: Callable[[], NoReturn]) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        fail()
