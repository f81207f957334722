"""`manage.py load_content`: each app registers what it loads from content/; loading again changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class ContentLoader:
    """A loader: its name, its place in the order, and the function that returns how many rows changed."""

    name: str
    order: int
    load: Callable[[], int]


_loaders: dict[str, ContentLoader] = {}


def register_loader(name: str, *, order: int) -> Callable[[Callable[[], int]], Callable[[], int]]:
    """Decorate a function without arguments that loads content and returns the number of rows written."""

    def decorate(load: Callable[[], int]) -> Callable[[], int]:
        _loaders[name] = ContentLoader(name, order, load)
        return load

    return decorate


def loaders() -> list[ContentLoader]:
    """Return the registered loaders in the order they run."""
    return sorted(_loaders.values(), key=lambda loader: loader.order)
