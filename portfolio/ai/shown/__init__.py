"""What a portfolio shows of skills: where it names them, and when they were used."""
