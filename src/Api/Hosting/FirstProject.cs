using System.Text.Json;
using Marketing.Demo;
using Marketing.Projects;

namespace Marketing.Hosting;

/// <summary>
/// Makes the first project and its keys before the first request is taken, and greets once requests are. Generated secrets are printed once and
/// kept in the data directory, readable by the owner only, because nobody can read them back from the database.
/// </summary>
internal sealed class FirstProject(IGrainFactory grains, IConfiguration configuration, ListenAddress address) : IHostedLifecycleService
{
    public const string KeyFile = "keys.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private IssuedKey? _generated;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var appId = configuration["Distributions:Bootstrap:AppId"];
        var appToken = configuration["Distributions:Bootstrap:AppToken"];
        var result = await grains.ProjectDirectory.BootstrapAsync(appId, appToken);
        if (result.Created is not { } created || result.ManagementKey is not { } management)
        {
            return;
        }

        var file = KeyFileIn(configuration);
        await WriteForOwnerOnlyAsync(file, JsonSerializer.SerializeToUtf8Bytes(new
        {
            project = created.Project.Id,
            server = new { app_id = created.ServerKey.AppId, app_token = created.ServerKey.AppToken },
            client = new { app_id = created.ClientKey.AppId, app_token = created.ClientKey.AppToken },
            management = new { id = management.AppId, token = management.AppToken },
            webhook_secret = created.WebhookSecret,
        }, Readable), cancellationToken);

        _generated = string.IsNullOrEmpty(appToken) ? created.ServerKey : null;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!DemoMode.IsOn(configuration))
        {
            Welcome.PrintWhere(address.Local, DataDirectory.Of(configuration));
            if (_generated is { } key)
            {
                // Not through the logger: a secret belongs to the person in front of the terminal, not to whoever collects logs.
                Welcome.PrintKeys(key.AppId, key.AppToken, KeyFileIn(configuration));
                Welcome.PrintFirstStep(address.Local, key.AppId, key.AppToken);
            }
        }

        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Where generated keys are kept.</summary>
    public static string KeyFileIn(IConfiguration configuration) => Path.Combine(DataDirectory.Of(configuration), KeyFile);

    private static async Task WriteForOwnerOnlyAsync(string file, byte[] content, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(file, options);
        await stream.WriteAsync(content, cancellation);
    }
}
