using Marketing.Http;

namespace Marketing.Customers;

/// <summary>Whom a body means, and what it says about them.</summary>
/// <param name="Id">The customer id, which wins over the source id.</param>
/// <param name="SourceId">The shop's id.</param>
/// <param name="Patch">The profile fields that came along.</param>
internal sealed record CustomerReference(string? Id, string? SourceId, CustomerPatch Patch)
{
    /// <summary>The id to address, which may be one of a customer that does not exist yet.</summary>
    public async ValueTask<string> ResolveAsync(Caller caller, IGrainFactory grains)
    {
        if (Id is not null)
        {
            return Id;
        }

        return SourceId is not null ? await grains.CustomerQueries(caller.Number).ResolveAsync(null, SourceId) : caller.NewId("cust_");
    }
}
