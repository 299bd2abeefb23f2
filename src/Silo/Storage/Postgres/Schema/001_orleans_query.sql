-- Orleans' ADO.NET providers hold no SQL of their own: at start they read the statements they run from this table.
CREATE TABLE OrleansQuery
(
    QueryKey  text COLLATE "C" NOT NULL PRIMARY KEY,
    QueryText text NOT NULL
);
