"""Candidates + rules -> WeekPlan: the proven best week, with reasons and runners-up.

Nothing is imported here: the process that solves starts with the model alone.
"""
