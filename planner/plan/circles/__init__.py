"""The communities behind events: who holds them, how steadily they meet, when next, how to join."""

from planner.plan.circles.cadence import Cadence
from planner.plan.circles.circle import Circle, Outline, circles, circles_of, holders, is_by_rule, outlines
from planner.plan.circles.joining import Join

__all__ = ["Cadence", "Circle", "Join", "Outline", "circles", "circles_of", "holders", "is_by_rule", "outlines"]
