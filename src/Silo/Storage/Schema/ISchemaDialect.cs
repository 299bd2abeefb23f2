using System.Data.Common;

namespace Marketing.Storage;

/// <summary>The little in which database engines differ while their schema is upgraded.</summary>
internal interface ISchemaDialect
{
    /// <summary>Creates <c>schema_versions(version, name, applied_at)</c> when it does not exist; runs under the lock.</summary>
    string CreateVersionTable { get; }

    /// <summary>What an operator calls the database.</summary>
    string NameOf(DbConnection connection);

    /// <summary>A transaction that also holds the one lock of all upgraders of this database, and gives it back at its end.</summary>
    Task<DbTransaction> BeginLockedAsync(DbConnection connection, CancellationToken cancellationToken);
}
