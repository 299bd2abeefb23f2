namespace Marketing.Suppressions;

/// <summary>Suppressed addresses.</summary>
internal interface ISuppressionStore
{
    /// <summary>Adds the address, or its reason where it is there as unsubscribed only; returns what is stored. Since when it is there stays.</summary>
    Task<Suppression> AddAsync(int project, Suppression suppression);

    /// <summary>Adds each as <see cref="AddAsync"/> does, in one transaction.</summary>
    Task AddAllAsync(int project, IReadOnlyList<Suppression> suppressions);

    /// <summary>Takes an address off the list; of the given reason only, where one is given.</summary>
    Task<bool> RemoveAsync(int project, string channel, string address, string? topic = null, string? reason = null);

    /// <summary>Adds as <see cref="AddAsync"/> does, and takes others off where their reason is the one given, in one transaction.</summary>
    Task ChooseAsync(int project, IReadOnlyList<Suppression> added, IReadOnlyList<Suppression> removed);

    Task<Page<Suppression>> ListAsync(int project, int limit, int page, SuppressionFilter filter, CancellationToken cancellation = default);

    /// <summary>Those of a project in order of address, channel and topic, after a place.</summary>
    Task<IReadOnlyList<Suppression>> WalkAsync(int project, Suppression? after, int limit);
}
