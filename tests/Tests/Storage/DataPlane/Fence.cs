namespace Marketing.Storage.DataPlane;

/// <summary>A catalogue whose version the test sets.</summary>
internal sealed class Fence : ICatalogueFence
{
    public long Version { get; set; }

    public long CurrentVersion(int project) => Version;
}
