"""Reading job descriptions: what they ask for, and where they say so."""
