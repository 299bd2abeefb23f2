namespace Marketing.Suppressions;

/// <summary>Suppressed addresses.</summary>
internal interface ISuppressionStore
{
    /// <summary>Adds the address unless it is there; returns what is stored.</summary>
    Task<Suppression> AddAsync(int project, Suppression suppression);

    Task<bool> RemoveAsync(int project, string channel, string address);

    Task<Page<Suppression>> ListAsync(int project, int limit, int page, string? channel, string? address, CancellationToken cancellation);
}
