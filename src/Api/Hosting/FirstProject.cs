using System.Text.Json;
using Marketing.Files;
using Marketing.Http;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Hosting;

/// <summary>
/// Makes the first project and its keys before the first request is taken, and greets once requests are. Generated secrets are printed once and
/// kept in the data directory, readable by the owner only, because nobody can read them back from the database.
/// </summary>
/// <remarks>In a cluster requests are taken before the first silo answers, and refused until then; the project is made as soon as one does.</remarks>
internal sealed class FirstProject(IGrainFactory grains, IConfiguration configuration, ListenAddress address, SignInCode signIn) : IFirstProject, IHostedLifecycleService
{
    public const string KeyFile = "keys.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private IssuedKey? _generated;
    private volatile bool _exists;

    public bool Exists => _exists;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var appId = configuration["Distributions:Bootstrap:AppId"];
        var appToken = configuration["Distributions:Bootstrap:AppToken"];
        var result = await BootstrapAsync(appId, appToken, cancellationToken);
        _exists = true;
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

    private async Task<BootstrapResult> BootstrapAsync(string? appId, string? appToken, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await grains.ProjectDirectory.BootstrapAsync(appId, appToken);
            }
            catch (Exception failure) when (ClusterConnection.IsCluster(configuration) && Outages.IsOutage(failure))
            {
                await Task.Delay(Pause, cancellationToken);
            }
        }
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!Welcome.IsTurnedOff(configuration))
        {
            Welcome.PrintWhere(address.Local, ClusterConnection.IsCluster(configuration) ? null : DataDirectory.Of(configuration));
            if (_generated is { } key)
            {
                // Not through the logger: a secret belongs to the person in front of the terminal, not to whoever collects logs.
                Welcome.PrintKeys(key.AppId, key.AppToken, KeyFileIn(configuration));
                Welcome.PrintSignIn(address.Local, signIn.Issue(key.AppId));
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
        OwnerOnly.CreateDirectory(Path.GetDirectoryName(file)!);
        await using var stream = OwnerOnly.OpenWrite(file, FileMode.Create);
        await stream.WriteAsync(content, cancellation);
    }
}
