// A silo of its own joins a cluster, and a cluster needs a database that several processes can share.
Console.Error.WriteLine("A silo cannot run by itself on SQLite. Run src/Api: it hosts the silo in its own process.");
return 1;
