"""Answers made of the portfolio's own sentences, each with its source: `engine` lists the steps,
`answer` is what comes of them, `replies` words fields; setup.cfg says which folder knows which.
"""
