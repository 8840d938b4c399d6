"""What every domain uses and none owns: pages, paging, figures, dates, page cache, column types."""
