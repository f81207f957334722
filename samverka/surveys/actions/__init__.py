"""What changes rounds and what is answered in them."""

from .responses import Incoming, add_responses
from .rounds import open_round

__all__ = ["Incoming", "add_responses", "open_round"]
