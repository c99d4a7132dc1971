"""Many engagements together: which models, how much of whose time, what is at risk, and who could cover for whom."""

from advisor.portfolio.lines import line_of
from advisor.portfolio.summary import summarise
from advisor.portfolio.values import Line, Portfolio

__all__ = ["Line", "Portfolio", "line_of", "summarise"]
