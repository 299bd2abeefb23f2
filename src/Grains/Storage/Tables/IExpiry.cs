namespace Marketing.Storage;

/// <summary>What ends with rows of a table that have expired, beside the rows: what they held is given back in the commit that removes them.</summary>
internal interface IExpiry
{
    /// <summary>The table.</summary>
    Table Table { get; }

    /// <summary>Adds to a commit what removes a row and what ends with it. Adds nothing where the row is gone.</summary>
    Task AddEndAsync(Commit commit, string id);
}
