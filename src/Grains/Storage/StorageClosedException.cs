namespace Marketing.Storage;

/// <summary>The process is ending and its database is closed for good: asking again helps nobody.</summary>
[GenerateSerializer, Alias("storage-closed")]
internal sealed class StorageClosedException : StorageUnavailableException
{
    public StorageClosedException()
        : base("The database is closed.")
    {
    }

    public StorageClosedException(Exception cause)
        : base("The database is closed.", cause)
    {
    }
}
