"""The pages of sources: each publication with everything on the portal that cites it."""
