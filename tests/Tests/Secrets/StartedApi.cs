using Marketing.Api;
using Marketing.Branding;
using Marketing.Projects;
using Marketing.Suppressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketing.Secrets;

/// <summary>The real API with its embedded silo on a data directory that outlives it.</summary>
internal sealed class StartedApi : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StartedApi(WebApplication app) => _app = app;

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public UnsubscribeTokens Links => _app.Services.GetRequiredService<UnsubscribeTokens>();

    public static async Task<StartedApi> OnAsync(DirectoryInfo data, Action<WebApplicationBuilder>? configure = null)
    {
        var app = ApiApplication.Build(
            ["--urls=http://127.0.0.1:0", $"--Distributions:DataDirectory={data.FullName}"],
            builder =>
            {
                builder.Logging.ClearProviders();
                configure?.Invoke(builder);
            });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new StartedApi(app);
    }

    public ProjectClient Client(ProjectCreated project) => new(new Uri(_app.Urls.First()), project);

    public async Task<ProjectCreated> NewProjectAsync()
    {
        var created = await Grains.ProjectDirectory.CreateAsync(new ProjectSettings { Name = "Shop" });
        await Grains.Branding(created.Project.Number).SaveAsync(Samples.BrandDetails);
        return created;
    }

    public Task<string> LinkSecretAsync() => Grains.GetGrain<IProjectSecretsGrain>(0).LinkSecretAsync();

    public Task<string> WebhookSecretAsync(ProjectCreated project) => Grains.GetGrain<IProjectSecretsGrain>(0).WebhookSecretAsync(project.Project.Id);

    /// <summary>A message that went to the outbox.</summary>
    public async Task SendMailAsync(ProjectCreated project)
    {
        using var shop = Client(project);
        await shop.NewCustomerAsync("""{"source_id":"ada","email":"ada@example.com"}""");
        var id = await shop.NewDistributionAsync("""
            {"name":"Thanks","type":"automatic","trigger":{"type":"customer.custom_event","custom_event":"seen"},"action":{"type":"plain_message"},
             "channels":[{"type":"email","template":{"subject":"Hi","html":"<a href=\"{{ unsubscribe_url }}\">x</a>"}}]}
            """);
        (await shop.PostAsync($"/v1/distributions/{id}/activate")).Ok();
        (await shop.PostAsync("/v1/events", """{"event":"seen","customer":{"source_id":"ada"}}""")).Ok();
        await shop.UntilAsync(
            $"/v1/distributions/{id}/messages", list => list.GetProperty("data").EnumerateArray().Any(message => message.GetProperty("status").GetString() == "sent"));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
