"""Around a question: small talk, several sentences in one, and questions that follow others."""
