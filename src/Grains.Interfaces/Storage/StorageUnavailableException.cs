namespace Marketing.Storage;

/// <summary>The database did not answer. What was asked may or may not have happened; asking again is safe.</summary>
[GenerateSerializer, Alias("storage-unavailable")]
public class StorageUnavailableException : Exception
{
    /// <summary>Without a reason.</summary>
    public StorageUnavailableException()
    {
    }

    /// <summary>With a reason.</summary>
    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and a cause.</summary>
    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
