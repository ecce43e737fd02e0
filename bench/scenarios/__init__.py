"""The measurements, each a function from the site to a section of the report."""
