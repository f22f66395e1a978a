"""Candidates + rules -> WeekPlan: the proven best week, with reasons and runners-up."""

from __future__ import annotations

from planner.plan.candidates import Candidate, Exclusion, select
from planner.plan.week import Pick, WeekPlan, plan_week

__all__ = ["Candidate", "Exclusion", "Pick", "WeekPlan", "plan_week", "select"]
