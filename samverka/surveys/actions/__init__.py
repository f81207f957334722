"""What changes rounds and what is answered in them."""

from .publishing import publish_results
from .responses import Incoming, add_responses
from .rounds import open_round
from .weighting import set_strata

__all__ = ["Incoming", "add_responses", "open_round", "publish_results", "set_strata"]
