"""Comparing what a job description asks for with what a portfolio says; no model decides."""
