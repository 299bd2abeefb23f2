namespace Marketing.Storage;

/// <summary>What requests with an idempotency key did. It is kept by the commit that did it: <see cref="OperationWrite"/>.</summary>
internal interface IOperationStore
{
    /// <summary>What the key did, or null.</summary>
    Task<OperationWrite?> FindAsync(int project, string key);
}
