namespace Marketing.Connections;

/// <summary>Takes what providers report of a project's messages. Keyed by project number.</summary>
[Alias("receipts"), GrainInterfaceType("receipts")]
public interface IReceiptsGrain : IGrainWithIntegerKey
{
    /// <summary>
    /// Takes a call to the address of a connection: notes what became of a message, and suppresses the number of somebody who asks not to be written to. False where the call does not come
    /// from the provider, as far as its signature tells, or there is no such connection. Repeating it changes nothing.
    /// </summary>
    [Alias("receive")]
    Task<bool> ReceiveAsync(ProviderReport report);

    /// <summary>
    /// Takes a mail that came back to a connection: its bytes are the body of the report. False where the call has neither the secret of the connection nor a signature by it. A mail that is no report about
    /// one of ours changes nothing, and repeating it changes nothing.
    /// </summary>
    [Alias("return")]
    Task<bool> ReturnAsync(ProviderReport report);
}

/// <summary>A call of a provider.</summary>
[GenerateSerializer, Immutable, Alias("provider-report")]
public sealed record ProviderReport
{
    /// <summary>Which connection's address was called.</summary>
    [Id(0)] public required string Connection { get; init; }

    /// <summary>Path and query as they were called, from the first slash on.</summary>
    [Id(1)] public required string PathAndQuery { get; init; }

    /// <summary>Headers by names in lower case.</summary>
    [Id(2)] public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The bytes of the body.</summary>
    [Id(3)] public required ReadOnlyMemory<byte> Body { get; init; }
}

/// <summary>How the grains of receipts are addressed.</summary>
public static class ReceiptAddressing
{
    extension(IGrainFactory grains)
    {
        /// <summary>Takes what providers report of a project's messages.</summary>
        public IReceiptsGrain Receipts(int project) => grains.At<IReceiptsGrain>(GrainAddresses.Key(project));

        /// <summary>The mailbox that mail of a connection comes back to.</summary>
        public IBounceMailboxGrain BounceMailbox(int project, string connection) => grains.At<IBounceMailboxGrain>(GrainAddresses.Key(project, connection));
    }
}
