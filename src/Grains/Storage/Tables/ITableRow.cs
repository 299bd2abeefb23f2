namespace Marketing.Storage;

/// <summary>An object as it is stored: what every table has of it.</summary>
internal interface ITableRow
{
    /// <summary>Unique over all projects and silos, increasing with time by and large.</summary>
    long Number { get; }

    /// <summary>Unique in the project; what callers know it by.</summary>
    string Id { get; }

    /// <summary>How often it was written. What is given to be written has the version it was read at, 0 where it is new.</summary>
    long Version { get; }
}
