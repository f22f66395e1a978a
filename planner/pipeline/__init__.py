"""The weekly and the daily job between gathering and publishing: what is known is rated once, planned, and kept.

Each step takes the moment of its `Run`; none asks the clock. What is published is kept by whoever publishes it
(`Run.keep_published`), once the files are in place; a plan that was only looked at is kept as a trial.
"""

from planner.pipeline.result import NOBODY, PlanResult
from planner.pipeline.run import Run, gather_step

__all__ = ["NOBODY", "PlanResult", "Run", "gather_step"]
