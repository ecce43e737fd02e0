"""The words that questions and portfolios are made of: as data, and as they are compared."""
