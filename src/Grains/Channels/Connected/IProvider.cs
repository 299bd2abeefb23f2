namespace Marketing.Channels;

/// <summary>Whom a connection is with. One implementation each; the catalogue, the checks and the API find it by channel and name.</summary>
internal interface IProvider
{
    ProviderDescriptor Descriptor { get; }

    /// <summary>What is wrong beside what the fields themselves say. Paths begin with <c>settings.</c> or <c>credentials.</c></summary>
    IEnumerable<FieldProblem> Check(ConnectionValues values) => [];

    /// <summary>Finds out whether the provider knows us, without sending or changing anything there. Never throws for what the other side does.</summary>
    /// <param name="call">The connection, and how it is called over HTTP.</param>
    Task<ConnectionCheck> TestAsync(ProviderCall call);
}

/// <summary>A provider as forms show it.</summary>
/// <param name="Channel">The type of the channel.</param>
/// <param name="Name">On the wire.</param>
/// <param name="Label">What it is called.</param>
internal sealed record ProviderDescriptor(string Channel, string Name, string Label)
{
    /// <summary>What is entered. Secrets belong to <c>credentials</c>, the others to <c>settings</c>.</summary>
    public required IReadOnlyList<FieldDescriptor> Fields { get; init; }

    /// <summary>Its own description of what is called; null where it is a protocol.</summary>
    public string? Documentation { get; init; }

    /// <summary>Whether it tells what became of a message after it took it.</summary>
    public bool GivesReceipts { get; init; }
}

/// <summary>What a test of a connection came to.</summary>
/// <param name="Works">Whether messages could be sent now, as far as can be told without sending one.</param>
/// <param name="Detail">What the other side said, in words for people; nothing secret.</param>
internal readonly record struct ConnectionCheck(bool Works, string Detail);

/// <summary>The providers this deployment has.</summary>
internal sealed class ProviderRegistry(IEnumerable<IProvider> providers)
{
    private readonly IProvider[] _all = [.. providers];

    public IProvider? Find(string channel, string provider) =>
        Array.Find(_all, known => known.Descriptor.Channel == channel && known.Descriptor.Name == provider);

    /// <summary>Those of a channel, in the order in which they are registered.</summary>
    public IEnumerable<IProvider> Of(string channel) => _all.Where(known => known.Descriptor.Channel == channel);
}
