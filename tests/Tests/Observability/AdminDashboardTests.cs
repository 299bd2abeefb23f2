using Marketing.Api;
using Xunit;

namespace Marketing.Observability;

/// <summary>The door of the dashboard.</summary>
[Collection(ObservedApiTests.Name)]
public sealed class AdminDashboardTests(ObservedApiHost api)
{
    private const string Page = "/admin/dashboard/";

    [Theory]
    [InlineData(Page)]
    [InlineData("/admin/dashboard")]
    [InlineData("/admin/dashboard/index.min.js")]
    [InlineData("/admin/dashboard/ClusterStats")]
    [InlineData("/Admin/Dashboard/DashboardCounters")]
    public async Task Nothing_of_it_is_there_without_the_key(string path)
    {
        using var anybody = api.Anonymous();
        var refused = await anybody.GetAsync(path);
        Assert.Equal(401, refused.Status);
        Assert.StartsWith("Basic ", refused.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal(401, (await anybody.SendAsync("GET", path, (string?)null, ("X-Admin-Key", $"{ObservedApiHost.AdminKey}x"))).Status);
        Assert.Equal(401, (await anybody.SendAsync("GET", path, (string?)null, MetricsApiTests.Basic("admin", "wrong"))).Status);
        Assert.Equal(401, (await anybody.SendAsync("GET", path, (string?)null, ("Authorization", "Basic nonsense"))).Status);
    }

    [Fact]
    public async Task A_browser_opens_it_with_the_key_as_password_and_a_script_with_a_header()
    {
        using var browser = new ApiClient(api.Address, MetricsApiTests.Basic("anybody", ObservedApiHost.AdminKey));
        using var script = new ApiClient(api.Address, ("X-Admin-Key", ObservedApiHost.AdminKey));
        var page = await browser.GetAsync(Page);
        Assert.Equal((200, "text/html"), (page.Status, page.MediaType));
        Assert.Equal(200, (await browser.GetAsync($"{Page}index.min.js")).Status);
        Assert.True((await script.GetAsync($"{Page}DashboardCounters")).Ok().TryGetProperty("totalActivationCount", out _));
    }

    [Theory]
    [InlineData("GrainState")]
    [InlineData("GrainState/")]
    [InlineData("grainstate")]
    public async Task The_stored_state_of_grains_is_not_shown_to_anybody(string path)
    {
        using var script = new ApiClient(api.Address, ("X-Admin-Key", ObservedApiHost.AdminKey));
        var answer = await script.GetAsync($"{Page}{path}?grainId=0&grainType=Marketing.Projects.ProjectDirectoryGrain");
        Assert.Equal(404, answer.Status);
        Assert.DoesNotContain("Secret", answer.Text, StringComparison.OrdinalIgnoreCase);
    }
}
