using System.Text;
using Marketing.Files;
using Marketing.Projects;
using Marketing.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Marketing.Secrets;

/// <summary>Silos that share a database share the keys.</summary>
public sealed class ClusterSecretsTests : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("cluster-secrets-");
    private PostgresDatabase? _database;

    private PostgresDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await PostgresDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        await (_database?.DisposeAsync() ?? ValueTask.CompletedTask);
        _data.Delete(recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_second_silo_reads_what_the_first_protected_and_grain_state_has_no_secret(bool keysInDirectory)
    {
        (string Key, string Value)[] settings = keysInDirectory
            ? [("Distributions:DataProtection:KeysDirectory", Path.Combine(_data.FullName, "shared-keys"))]
            : [];
        ProjectCreated project;
        string link;
        using (var first = await StartAsync(settings))
        {
            var grains = first.Services.GetRequiredService<IGrainFactory>();
            await grains.ProjectDirectory.BootstrapAsync(null, null);
            project = await grains.ProjectDirectory.CreateAsync(new ProjectSettings { Name = "Shop" });
            link = await grains.GetGrain<IProjectSecretsGrain>(0).LinkSecretAsync();
            await first.StopAsync(TestContext.Current.CancellationToken);
        }

        using var second = await StartAsync(settings);
        var secrets = second.Services.GetRequiredService<IGrainFactory>().GetGrain<IProjectSecretsGrain>(0);
        Assert.Equal(project.WebhookSecret, await secrets.WebhookSecretAsync(project.Project.Id));
        Assert.Equal(link, await secrets.LinkSecretAsync());

        var stored = string.Join('\n', (await Database.RowsAsync("SELECT * FROM orleansstorage")).SelectMany(row => row.Select(Text)));
        Assert.Contains(project.Project.Id, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(project.WebhookSecret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(link, stored, StringComparison.Ordinal);
        Assert.Equal(keysInDirectory ? 0 : 1, await Database.NumberAsync("SELECT count(*) FROM data_protection_keys"));
        Assert.Equal(keysInDirectory, Directory.Exists(Path.Combine(_data.FullName, "shared-keys")));
        await second.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_key_that_another_process_added_is_found()
    {
        await Database.UpgradeAsync();
        var (one, other) = (new SecretProtection(new PostgresKeys(Database.DataSource)), new SecretProtection(new PostgresKeys(Database.DataSource)));
        var before = one.Protect("before");
        Assert.Equal("before", other.Read(before));

        // As when two silos make their first key at the same moment: each goes on with its own.
        await Database.ScalarAsync("ALTER TABLE data_protection_keys RENAME TO hidden");
        await Database.ScalarAsync("CREATE TABLE data_protection_keys (name text PRIMARY KEY, xml text NOT NULL)");
        var third = new SecretProtection(new PostgresKeys(Database.DataSource));
        var after = third.Protect("after");
        await Database.ScalarAsync("INSERT INTO data_protection_keys SELECT * FROM hidden");

        Assert.Equal("after", one.Read(after));
        Assert.Equal("before", third.Read(before));
    }

    private static string Text(object? value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : $"{value}";

    private async Task<IHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("ConnectionStrings:Postgres", Database.ConnectionString), new(DataDirectory.Key, _data.FullName),
            .. settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)),
        ]);
        builder.AddClusterSilo();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }
}
