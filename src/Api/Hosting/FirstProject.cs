using System.Text.Json;

namespace Marketing.Hosting;

/// <summary>
/// Makes the first project and its keys before the first request is taken. Generated secrets are printed once and kept in the data directory,
/// readable by the owner only, because nobody can read them back from the database.
/// </summary>
internal sealed class FirstProject(IGrainFactory grains, IConfiguration configuration) : IHostedService
{
    public const string KeyFile = "keys.json";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var appId = configuration["Distributions:Bootstrap:AppId"];
        var appToken = configuration["Distributions:Bootstrap:AppToken"];
        var result = await grains.ProjectDirectory.BootstrapAsync(appId, appToken);
        if (result.Created is not { } created || result.ManagementKey is not { } management)
        {
            return;
        }

        var directory = Path.GetFullPath(configuration[EmbeddedSilo.DataDirectoryKey] ?? "data");
        var file = Path.Combine(directory, KeyFile);
        await WriteForOwnerOnlyAsync(file, JsonSerializer.SerializeToUtf8Bytes(new
        {
            project = created.Project.Id,
            server = new { app_id = created.ServerKey.AppId, app_token = created.ServerKey.AppToken },
            client = new { app_id = created.ClientKey.AppId, app_token = created.ClientKey.AppToken },
            management = new { id = management.AppId, token = management.AppToken },
            webhook_secret = created.WebhookSecret,
        }, Readable), cancellationToken);

        if (string.IsNullOrEmpty(appToken))
        {
            // Not through the logger: a secret belongs to the person in front of the terminal, not to whoever collects logs.
            Console.WriteLine($"Created the first project {created.Project.Id}.");
            Console.WriteLine($"  X-App-Id:    {created.ServerKey.AppId}");
            Console.WriteLine($"  X-App-Token: {created.ServerKey.AppToken}");
            Console.WriteLine($"Its client-side key, webhook secret and the management key are in {file}.");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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
