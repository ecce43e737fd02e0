"""Reading and writing profiles, the sections of their résumés, and projects."""
