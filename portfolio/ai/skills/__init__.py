"""Finding skills in text, by a vocabulary that is data, and how long they were used."""
