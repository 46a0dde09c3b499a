"""Pictures of every screen, from the real bot: `python -m tests.gallery [FOLDER]`, by default docs/gallery.

Needs the extras `try` and `browser`, and Chromium. SimCord's page plays Discord and is dark; the light
theme is its page with Discord's own light colours.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from bot.sources import starter_articles
from bot.tryout import GUILD_ID
from corpus.article import Article
from tests.process import PROJECT
from tests.try_page import CHROMIUM, FLAGS, Channel, library_of, served

if TYPE_CHECKING:
    from collections.abc import Callable

DESKTOP, PHONE = 760, 400
"""How wide a channel is, in CSS pixels."""
LIGHT = """:root {
    color-scheme: light; color: #2f3136; background: #fff;
    --discord-bg: #fff; --discord-surface: #f2f3f5; --discord-elevated: #e3e5e8; --discord-control: #ebedef;
    --discord-hover: #f2f3f5; --discord-text: #2f3136; --discord-muted: #5c5e66; --discord-subtle: #4e5058;
    --discord-border: #d9dadd; --component-surface: #fff; --component-border: #d9dadd;
    --control-border: #d9dadd; --chip-surface: #ebedef; --list-surface: #fff; --option-hover: #ebedef;
    --subtle-surface: #e3e5e8; --subtle-surface-text: #2f3136; --input-surface: #ebedef;
    --input-placeholder: #6d6f78; --button-alt: #ebedef; --button-alt-hover: #e3e5e8; --code-surface: #f2f3f5;
    --code-border: #e3e5e8; --code-text: #2f3136; --link-text: #0068c9; --entity-text: #4e5058;
}
.channel-message, .channel-message:hover { --button-secondary-surface: #ebedef; }
.button-style-2, .link-button { color: #2f3136; }"""
"""Over SimCord's own colours, those of Discord's light theme."""
ALONE = """message => document.querySelectorAll("#channel-message-list article").forEach(
    other => { other.hidden = other !== message; })"""

FERRY = """The ferry between Lunde and Varnes was cancelled on Tuesday because of thick fog over the \
harbour. It was the third day without a crossing this month.

“We will not sail where we cannot see,” said Ingrid Solheim, who has been its captain for nine years.

The harbour board expects the next ferry on Thursday. Until then a bus runs round the fjord, \
which takes four hours."""
IN_PERSIAN = Article(
    title="پل تازهٔ رودخانه پس از سه سال باز شد",
    text="""پل تازهٔ رودخانه روز دوشنبه پس از سه سال ساخت و ساز باز شد. \
شهردار گفت که هر روز دوازده هزار نفر از آن می‌گذرند.

ساختن پل چهل میلیون یورو هزینه داشت، ده میلیون بیش از آنچه شورای شهر در آغاز گفته بود.

پل پیشین در سیل بهار ۲۰۱۷ فرو ریخت و از آن پس مردم با قایق به آن سوی رود می‌رفتند.""",
    publisher="روزنامهٔ بندر",
    published=date(2020, 7, 6),
    url="https://bandar.example/pol",
    language="fa",
)
IN_CHINESE = Article(
    title="新桥通车三个月",
    text="""经过三年建设，河上的新桥于星期一通车。市长说，每天有一万两千人从桥上经过。

建桥花费四千万欧元，比市议会最初公布的多一千万。

旧桥在2017年春天的洪水中倒塌，此后居民只能乘船过河。""",
    publisher="港口日报",
    published=date(2020, 7, 6),
    url="https://harbour.example/qiao",
    language="zh",
)


class Screen(NamedTuple):
    """One picture."""

    name: str
    show: Callable[[Channel], Any]
    """Brings the message onto the page that is to be seen."""
    width: int = DESKTOP
    is_light: bool = False


def answer(channel: Channel) -> Any:
    return channel.ask("what did the UN report say")


def weak(channel: Channel) -> Any:
    channel.command("ask", question="what did the report say about glaciers")
    return channel.message("Weak match")


def nothing(channel: Channel) -> Any:
    channel.command("ask", question="who won the football cup")
    return channel.message("No passage matches")


def more_about(channel: Channel) -> Any:
    asked = channel.ask("who found the Rosetta Stone")
    channel.wait_for_turn()
    menu = asked.get_by_role("combobox", name="More about…")
    menu.click()
    channel.page.locator("[role=option]:visible").first.click()
    return channel.message("Whole article")


def summary(channel: Channel) -> Any:
    channel.command("summary", article="Marie Curie")
    return channel.message("sentences, word for word")


def digest(channel: Channel) -> Any:
    channel.command("digest", topic="al-Qaeda and the Taliban")
    return channel.message("word for word")


def articles(channel: Channel) -> Any:
    channel.command("articles")
    return channel.message("newest first")


def preview(channel: Channel) -> Any:
    channel.command("add")
    dialog = channel.dialog()
    dialog.get_by_label("Title").fill("Ferry cancelled for a third day")
    dialog.locator("textarea").first.fill(FERRY)
    dialog.get_by_role("button", name="Submit").click()
    return channel.message("nothing is stored yet")


def help_(channel: Channel) -> Any:
    channel.command("help")
    return channel.message("Manage")


def in_persian(channel: Channel) -> Any:
    return channel.ask("چند نفر هر روز از پل می‌گذرند؟")


def in_chinese(channel: Channel) -> Any:
    return channel.ask("每天有多少人从桥上经过？")


def settings(channel: Channel) -> Any:
    channel.command("settings")
    return channel.message("Delete everything")


def privacy(channel: Channel) -> Any:
    channel.command("privacy")
    return channel.message("Download my data")


def stats(channel: Channel) -> Any:
    channel.command("library stats")
    return channel.message("publishers")


def error(channel: Channel) -> Any:
    channel.command("ask", question="who was Marie Curie")
    return channel.message("Something broke on my side")


SCREENS = (
    Screen("answer", answer),
    Screen("answer-phone", answer, PHONE),
    Screen("answer-light", answer, is_light=True),
    Screen("weak", weak),
    Screen("nothing", nothing),
    Screen("more-about", more_about),
    Screen("summary", summary),
    Screen("summary-light", summary, is_light=True),
    Screen("digest", digest),
    Screen("articles", articles),
    Screen("add", preview),
    Screen("settings", settings),
    Screen("stats", stats),
    Screen("privacy", privacy),
    Screen("help", help_),
    Screen("persian", in_persian),
    Screen("chinese", in_chinese),
)


def main(folder: Path) -> None:
    """Writes a PNG a screen into *folder*."""
    from playwright.sync_api import sync_playwright

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        data_dir = Path(made)
        with library_of(data_dir) as library:
            for _ in library.import_all([*starter_articles(), IN_PERSIAN, IN_CHINESE]):
                pass
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with served(data_dir, "try", "--no-browser") as page:
            for screen in SCREENS:
                take(browser, page.address, screen, folder)
            break_what_it_keeps(data_dir)
            take(browser, page.address, Screen("error", error), folder)
        browser.close()


def take(browser: Any, address: str, screen: Screen, folder: Path) -> None:
    page = browser.new_page(viewport={"width": screen.width, "height": 1_600}, bypass_csp=True)
    page.set_default_timeout(60_000)
    page.goto(address)
    if screen.is_light:
        page.add_style_tag(content=LIGHT)
    channel = Channel(page, folder)
    channel.message("Try Footnote here")
    message = screen.show(channel)
    channel.wait_for_turn()
    page.mouse.move(0, 0)
    message.evaluate(ALONE)
    message.screenshot(path=folder / f"{screen.name}.png")
    page.close()


def break_what_it_keeps(data_dir: Path) -> None:
    """From now on no answer can be kept, for which the bot has no words of its own."""
    with closing(sqlite3.connect(data_dir / "try" / "libraries" / str(GUILD_ID) / "discord.db")) as state:
        state.execute("ALTER TABLE answers RENAME COLUMN question TO asked_for")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "docs" / "gallery")
