"""Files of JSON Resume: its shapes, older and looser forms of it, and what else a file may be."""
