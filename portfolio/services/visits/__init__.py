"""Who came: events of visitors on their way into the database, and what is kept of them."""
