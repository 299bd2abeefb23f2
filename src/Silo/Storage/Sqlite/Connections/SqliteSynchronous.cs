namespace Marketing.Storage.Sqlite;

/// <summary>How much of a commit has reached the disk when it is answered; the values are those of SQLite's pragma.</summary>
internal enum SqliteSynchronous
{
    /// <summary>A power cut may corrupt the database. For files that can be thrown away.</summary>
    Off = 0,

    /// <summary>A power cut loses the last commits, never the database.</summary>
    Normal = 1,

    /// <summary>What was answered is on the disk.</summary>
    Full = 2,
}
