"""The report on a list for its office to mend it: in sentences, without a name and without a whole NIK."""
