"""To whom an issue goes: a segment as data, and the addresses it stands for.

What is chosen is kept in `Issue.audience` and reckoned anew when sending begins, so that who has unsubscribed or been
routed elsewhere since then is met as they are.
"""

from .chosen import Addressee, Segment
from .digests import digests_of
from .found import addressees, count, is_stopped, reach, stopped

__all__ = ["Addressee", "Segment", "addressees", "count", "digests_of", "is_stopped", "reach", "stopped"]
