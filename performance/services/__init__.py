"""Writes of performance: targets, appraisals, activities."""
