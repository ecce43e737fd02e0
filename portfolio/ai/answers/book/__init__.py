"""What is known of a portfolio: its items and sentences, what goes together, where skills stand."""
