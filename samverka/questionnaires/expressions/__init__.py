"""The small language of conditions and calculations, as in XLSForm: `${antal} > 3 and selected(${former}, 'iop')`.

It has no loops, no assignment and no way out to Python; text, size and depth are limited, as is every value on the
way.
"""

from .checking import Known, check_expression
from .evaluate import Scope, evaluate, holds
from .nodes import Node, references, unparse
from .parser import ExpressionError, parse

__all__ = [
    "ExpressionError",
    "Known",
    "Node",
    "Scope",
    "check_expression",
    "evaluate",
    "holds",
    "parse",
    "references",
    "unparse",
]
