"""Files that visitors send: recognised by their content, and read where they can do no harm."""
