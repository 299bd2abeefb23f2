namespace Marketing.Branding;

/// <summary>The brand details of a project, of which there is one set or none. Keyed by project number. When a change is answered, every silo writes mail by it.</summary>
[Alias("branding"), GrainInterfaceType("branding")]
public interface IBrandingGrain : IGrainWithIntegerKey
{
    /// <summary>Stores the first details. <see cref="BrandResult.Exists"/> where there are others; repeating it with the same id changes nothing.</summary>
    [Alias("create")]
    Task<BrandResult> CreateAsync(BrandDetails details);

    /// <summary>Puts details in the place of those with the same id. Repeating it changes nothing.</summary>
    [Alias("change")]
    Task<BrandResult> ChangeAsync(BrandDetails details);

    /// <summary>Stores details whether there are any or not; those there are keep their id. Repeating it changes nothing.</summary>
    [Alias("save")]
    Task<BrandDetails> SaveAsync(BrandDetails details);

    /// <summary>Deletes them. False when there are none with this id. What is live goes on, and its mails say no more who writes; nothing else goes live.</summary>
    [Alias("delete")]
    Task<bool> DeleteAsync(string id);

    /// <summary>The details, or null.</summary>
    [Alias("find")]
    Task<BrandDetails?> FindAsync(CancellationToken cancellation = default);
}

/// <summary>Answer to a change of brand details.</summary>
[GenerateSerializer, Immutable, Alias("brand-result")]
public abstract record BrandResult
{
    /// <summary>Durable.</summary>
    [GenerateSerializer, Immutable, Alias("brand-result.saved")]
    public sealed record Saved([property: Id(0)] BrandDetails Brand) : BrandResult;

    /// <summary>There are none with this id.</summary>
    [GenerateSerializer, Immutable, Alias("brand-result.not-found")]
    public sealed record NotFound : BrandResult;

    /// <summary>The project has some.</summary>
    [GenerateSerializer, Immutable, Alias("brand-result.exists")]
    public sealed record Exists : BrandResult;
}

/// <summary>How the grains of brand details are addressed.</summary>
public static class BrandingAddresses
{
    extension(IGrainFactory grains)
    {
        /// <summary>The brand details of a project.</summary>
        public IBrandingGrain Branding(int project) => grains.At<IBrandingGrain>(GrainAddresses.Key(project));
    }
}
