using Marketing.Api;
using Xunit;

namespace Marketing.Observability;

/// <summary>What an API has of this when nothing was configured.</summary>
[Collection(ApiTests.Name)]
public sealed class UnsetKeysTests(ApiHost api)
{
    [Fact]
    public async Task Without_an_admin_key_there_is_no_dashboard()
    {
        using var anybody = new ApiClient(api.Address, ("X-Admin-Key", ""));
        Assert.Equal(404, (await anybody.GetAsync("/admin/dashboard/")).Status);
        Assert.Equal(404, (await anybody.GetAsync("/admin/dashboard/ClusterStats")).Status);
    }

    [Fact]
    public void Without_a_collector_no_spans_are_made() =>
        Assert.Null(api.Services.GetService(typeof(OpenTelemetry.Trace.TracerProvider)));
}
