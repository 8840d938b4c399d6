"""What the check answers: the covers found or the one negative answer, and what to do next."""
