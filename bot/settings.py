"""The environment -> Settings. Nothing else reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_BESIDE_BOT_PY = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may set, in the environment or in `.env`."""

    data_dir: Path
    """Where libraries are kept."""
    token: str | None = field(repr=False)
    """The bot's token, without which there is only the page to try it in."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings that *env* holds, with what is usual where it holds none."""
        return cls(
            data_dir=Path(env.get("DATA_DIR") or _BESIDE_BOT_PY / "data").expanduser(),
            token=(env.get("DISCORD_TOKEN") or "").strip() or None,
        )

    @property
    def try_dir(self) -> Path:
        """Where the page to try it in keeps what was added there."""
        return self.data_dir / "try"

    @property
    def terminal_library(self) -> Path:
        """The library of the terminal, which belongs to no server."""
        return self.data_dir / "library"
