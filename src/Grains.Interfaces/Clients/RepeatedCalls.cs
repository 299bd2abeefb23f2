namespace Marketing.Clients;

/// <summary>Marks calls that are made again because nobody knows what became of the first.</summary>
public static class RepeatedCalls
{
    private const string Key = "distributions.repeated";

    /// <summary>
    /// Whether the current call is one. Grains that would do a thing twice look first whether it was done; the request id of the
    /// <see cref="CommandContext"/> is what they look for.
    /// </summary>
    public static bool IsCurrent => RequestContext.Get(Key) is true;

    /// <summary>Marks the calls this method makes from now on.</summary>
    internal static void Mark() => RequestContext.Set(Key, true);
}
