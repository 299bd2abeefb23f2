namespace Marketing;

/// <summary>
/// How keys of grains are spelled; how the grains of a feature are addressed stands beside them. <c>project</c> is the project's number; a key never leaves its project.
/// </summary>
public static class GrainAddresses
{
    internal static IdSpan Key(int project, string id) => IdSpan.Create($"{project}/{id}");

    internal static IdSpan Key(int project) => GrainIdKeyExtensions.CreateIntegerKey(project);

    // By type and key in their stored form: the generic way reads attributes by reflection on every call, which was a tenth of the cost of an event.
    internal static TGrain At<TGrain>(this IGrainFactory grains, IdSpan key)
        where TGrain : IAddressable =>
        (TGrain)grains.GetGrain(GrainId.Create(Names<TGrain>.Grain, key), Names<TGrain>.Interface);

    /// <summary>Takes a key apart that was made here.</summary>
    public static (int Project, string Id) Split(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return (int.Parse(key.AsSpan(0, slash), System.Globalization.CultureInfo.InvariantCulture), key[(slash + 1)..]);
    }

    /// <summary>The stored names of a grain; its class carries the same name as its interface.</summary>
    private static class Names<TGrain>
    {
        public static readonly GrainInterfaceType Interface = GrainInterfaceType.Create(Name);

        public static readonly GrainType Grain = GrainType.Create(Name);

        private static string Name => typeof(TGrain).GetCustomAttributes(typeof(GrainInterfaceTypeAttribute), false) is [GrainInterfaceTypeAttribute attribute]
            ? attribute.GetGrainInterfaceType(null!, typeof(TGrain)).ToString()
            : throw new InvalidOperationException($"{typeof(TGrain)} has no stored name");
    }
}
