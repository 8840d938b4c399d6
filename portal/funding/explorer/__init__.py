"""The funding explorer: lines filtered, sorted, paged and added up in the database."""
