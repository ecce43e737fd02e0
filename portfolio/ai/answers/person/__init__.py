"""Questions about somebody beside work: contact, studies, languages, prizes, circumstances."""
