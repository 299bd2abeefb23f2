using Marketing.Branding;
using Marketing.Projects;
using Marketing.Suppressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketing.Api;

/// <summary>The real API with its embedded silo, on a port of its own and in a directory of its own.</summary>
public class ApiHost : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("api-tests-");
    private WebApplication? _app;

    /// <summary>Further command line arguments.</summary>
    protected virtual IEnumerable<string> Arguments => [];

    /// <summary>Further services, for tests that look inside.</summary>
    protected virtual void Configure(WebApplicationBuilder builder) => builder.Logging.ClearProviders();

    /// <summary>Where it keeps everything.</summary>
    internal DirectoryInfo Data => _data;

    internal Uri Address => new(App.Urls.First());

    internal IGrainFactory Grains => App.Services.GetRequiredService<IGrainFactory>();

    /// <summary>The token that the unsubscribe link of a message to this address carries.</summary>
    internal async Task<string> UnsubscribeTokenAsync(int project, string address)
    {
        var tokens = App.Services.GetRequiredService<UnsubscribeTokens>();
        await tokens.PrepareAsync();
        return tokens.Write(new UnsubscribeTarget(project, "email", address));
    }

    internal IServiceProvider Services => App.Services;

    internal IEnumerable<RouteEndpoint> Routes => App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    internal IssuedKey ManagementKey { get; private set; } = new("", "");

    private WebApplication App => _app ?? throw new InvalidOperationException("The host was not started.");

    public async ValueTask InitializeAsync()
    {
        _app = ApiApplication.Build(
            [
                "--urls=http://127.0.0.1:0", $"--Distributions:DataDirectory={_data.FullName}", "--Distributions:Bootstrap:AppId=first-app",
                "--Distributions:Bootstrap:AppToken=first-token", "--Distributions:ActivityStream:PollInterval=00:00:00.1",
                "--Distributions:ActivityStream:Heartbeat=00:00:00.3", .. Arguments,
            ],
            Configure);
        await _app.StartAsync(TestContext.Current.CancellationToken);
        ManagementKey = SavedKeys.ReadManagement(_data);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }

        _data.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A fresh project, so that no test sees another's objects.</summary>
    internal async Task<ProjectClient> NewProjectAsync(Func<ProjectSettings, ProjectSettings>? change = null, bool branded = true)
    {
        var settings = new ProjectSettings { Name = "Test", ClientTrustedDomains = ["shop.example"] };
        var created = await Grains.ProjectDirectory.CreateAsync(change is null ? settings : change(settings));
        if (branded)
        {
            await Grains.Branding(created.Project.Number).SaveAsync(Samples.BrandDetails);
        }

        return new ProjectClient(Address, created);
    }

    internal ApiClient Anonymous() => new(Address);

    internal ApiClient Management() => new(Address, ("X-Management-Id", ManagementKey.AppId), ("X-Management-Token", ManagementKey.AppToken));
}
