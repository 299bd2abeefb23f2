-- Orleans' ADO.NET providers hold no SQL of their own: at start they read the statements they run from this table.
CREATE TABLE OrleansQuery
(
    QueryKey  TEXT NOT NULL PRIMARY KEY,
    QueryText TEXT NOT NULL
) WITHOUT ROWID;
