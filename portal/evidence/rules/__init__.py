"""Rules of cover: what a contribution costs and what the cover pays, as data with a validity."""
