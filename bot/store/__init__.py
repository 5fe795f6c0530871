"""Everything durable: tables, the database, and one repository a subject."""
