"""Pages that belong to no domain: home, method, privacy, about, help, errors."""
