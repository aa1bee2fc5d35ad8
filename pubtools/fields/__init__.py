"""What one kind of text means: names, dates, titles, identifiers, subjects, venues. Pure recognisers."""
