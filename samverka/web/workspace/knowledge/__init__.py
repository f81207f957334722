"""Examples, portraits and questions, for the organisation one acts for."""
