"""Pictures of the desk: taken apart and written anew at upload, kept in the content database."""
