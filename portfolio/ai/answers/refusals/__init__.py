"""What is not answered: private matters, what the portfolio does not say, and unknown words."""
