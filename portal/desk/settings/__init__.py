"""How a region's team works: after how long a draft is overdue, and whether mail tells of the next step."""
