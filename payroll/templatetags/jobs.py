"""Runs of jobs as templates name them."""

from django import template

from payroll import job_words

register = template.Library()
register.filter("job_name", job_words.job_name)
register.filter("run_says", job_words.run_says)
register.filter("run_took", job_words.run_took)
